import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AuditEntry } from '../../shared/people.ts';
import { auditExport, auditPages } from '../api.ts';
import type { Preferences } from '../preferences.ts';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Field } from './asking.tsx';
import { OfficeFrame, OfficeRead } from './office.tsx';

const FILTERS = ['caller', 'act', 'subject', 'from', 'to'] as const;
type Filter = (typeof FILTERS)[number];
type Filters = Partial<Record<Filter, string>>;

const isDay = (filter: Filter) => filter === 'from' || filter === 'to';

/** What was done, newest first; narrowed, and downloaded whole for other programs. */
export function AuditPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const [filters, setFilters] = useState<Filters>({});
  return (
    <OfficeFrame page="audit" about={t('audit.about')} preferences={preferences}>
      <AuditFilter onFilter={setFilters} />
      <p className="office-tools">
        <a className="button" href={auditExport({ ...filters, format: 'csv' })} download={true}>
          {t('audit.csv')}
        </a>
        <a className="button" href={auditExport({ ...filters, format: 'ndjson' })} download={true}>
          {t('audit.ndjson')}
        </a>
      </p>
      <AuditList filters={filters} />
    </OfficeFrame>
  );
}

function AuditFilter({ onFilter }: { onFilter: (filters: Filters) => void }) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState<Filters>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const set = FILTERS.flatMap((filter) => {
      const text = draft[filter]?.trim() ?? '';
      return text === '' ? [] : [[filter, text] as const];
    });
    onFilter(Object.fromEntries(set));
  };
  return (
    <form className="office-form" onSubmit={submit}>
      {FILTERS.map((filter) => (
        <Field key={filter} id={`audit-${filter}`} label={t(`audit.${filter}`)}>
          <input
            id={`audit-${filter}`}
            type={isDay(filter) ? 'date' : 'text'}
            autoComplete="off"
            maxLength={120}
            value={draft[filter] ?? ''}
            onChange={(event) => setDraft({ ...draft, [filter]: event.target.value })}
          />
        </Field>
      ))}
      <div className="office-submit">
        <button type="submit" className="button">
          {t('audit.filter')}
        </button>
      </div>
    </form>
  );
}

function AuditList({ filters }: { filters: Filters }) {
  const { t } = useLanguage();
  const pages = useInfiniteQuery(auditPages(filters));
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  const heads = ['at', 'caller', 'act', 'subject', 'before', 'after', 'address'] as const;
  return (
    <OfficeRead isPending={pages.isPending} error={pages.error} retry={() => void pages.refetch()}>
      <div className="office-scroll">
        <table className="office-table audit">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`audit.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries of one commit have one number, and stand still
              <AuditRow key={`${entry.seq} ${index}`} entry={entry} />
            ))}
          </tbody>
        </table>
      </div>
      {entries.length === 0 && <p>{t('audit.none')}</p>}
      {pages.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('audit.more')}
        </button>
      )}
    </OfficeRead>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { format } = useLanguage();
  const now = useAskedAt();
  return (
    <tr>
      <td>
        <time dateTime={entry.at}>{format.moment(Date.parse(entry.at), now)}</time>
      </td>
      <th scope="row">{entry.caller}</th>
      <td>{entry.act}</td>
      <td>{entry.subject}</td>
      <td>{wordFacts(entry.before)}</td>
      <td>{wordFacts(entry.after)}</td>
      <td>{entry.address}</td>
    </tr>
  );
}

/** Facts of an entry as `name: value`, one after another. */
function wordFacts(facts: AuditEntry['before']): string {
  const word = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.entries(facts ?? {})
    .map(([name, value]) => `${name}: ${word(value)}`)
    .join(', ');
}
