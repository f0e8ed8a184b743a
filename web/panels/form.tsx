import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { FormAnswer, UnitView } from '../../shared/answers.ts';
import type { Period } from '../../shared/period.ts';
import { useAddress } from '../address.ts';
import { figuresQuery, formQuery } from '../api.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { toldBy, usePanelState } from '../panel-state.ts';
import { useLanguage } from '../words/words.ts';
import { PanelFrame } from './frame.tsx';
import { ShortShare } from './silent.tsx';

/** The columns of the form, by its own numbers, under their headings. */
const GROUPS = [
  { word: 'form.received', columns: [3, 4, 5, 6] },
  { word: 'form.resolved', columns: [7, 8, 9, 10] },
  { word: 'form.pending', columns: [11, 12, 13] },
] as const;

const COLUMNS = GROUPS.flatMap(({ columns }) => columns);
const SUMS: readonly number[] = [3, 7, 11];
const LATE: readonly number[] = [10, 13];
/** The indicators whose stories hold the sums of a column. */
const STORIES: Readonly<Record<number, string>> = {
  ...{ 4: 'TT08', 5: 'TT08', 7: 'HS02', 8: 'TT01', 9: 'TT01', 10: 'TT01' },
  ...{ 11: 'HS03', 12: 'TT04', 13: 'TT04' },
};
const RENEW_MS = 60_000;

type FormPanelProps = { unit: UnitView; period: Period; field: string | null };

/** Form II.06a of a unit and a period: a row per area of work, which narrows the page to it, and the sum. */
export function FormPanel({ unit, period, field }: FormPanelProps) {
  const { t, format } = useLanguage();
  const { data, error, refetch } = useQuery({
    ...formQuery({ unit: unit.ref, period: period.key }),
    refetchInterval: (query) => (query.state.data?.provisional === false ? false : RENEW_MS),
  });
  const state = usePanelState(
    toldBy({ data, error }, (told) =>
      sumOf(told, field).some((value) => value !== 0) ? 'figures' : 'nothing',
    ),
  );
  const note = `${format.period(period)}${data?.provisional ? ` · ${t('form.open')}` : ''}`;
  return (
    <PanelFrame
      className="form"
      id="part-form"
      title={t('form.title')}
      note={
        <>
          {note} <ShortShare unit={unit} period={period} share={data?.completeness ?? null} />
        </>
      }
      state={state}
      retry={() => void refetch()}
      emptyNext={t('form.empty')}
    >
      {data && <FormTable answer={data} period={period} field={field} />}
      <FormNote unit={unit} period={period} field={field} />
    </PanelFrame>
  );
}

/** Why the form and the key figure of what was received differ: each counts at another unit. */
function FormNote({ unit, period, field }: FormPanelProps) {
  const { t, format } = useLanguage();
  const { data } = useQuery({
    ...figuresQuery({
      ...{ unit: unit.ref, period: period.key, indicators: 'HS01' },
      ...(field === null ? {} : { field }),
    }),
    refetchInterval: RENEW_MS,
  });
  const received = data?.units[0]?.figures.HS01;
  const count = received && received.value !== null ? `: ${format.number(received.value)}` : '';
  return <p className="form-note">{t('form.note', { count })}</p>;
}

function rowsOf({ rows }: FormAnswer, field: string | null): FormAnswer['rows'] {
  return field === null ? rows : rows.filter((row) => row.field.code === field);
}

/** The sum of what is shown: of the unit, or of the area of work alone. */
function sumOf(answer: FormAnswer, field: string | null): readonly number[] {
  if (field === null) return answer.total;
  const rows = rowsOf(answer, field);
  return answer.total.map((_, index) => rows.reduce((sum, { columns }) => sum + (columns[index] ?? 0), 0));
}

type FormTableProps = { answer: FormAnswer; period: Period; field: string | null };

/** The table itself; it scrolls in its own box, with the areas of work always in sight. */
export function FormTable({ answer, period, field }: FormTableProps) {
  const { t, say, format } = useLanguage();
  const rows = rowsOf(answer, field);
  const label = t('form.label', { unit: say(answer.unit.name), period: format.period(period) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-box" tabIndex={0} aria-label={label}>
      <table className="figures-table form-table">
        <caption className="hidden">{label}</caption>
        <thead>
          <tr>
            <th rowSpan={2} scope="col">
              {t('form.field')}
            </th>
            {GROUPS.map(({ word, columns }) => (
              <th key={word} colSpan={columns.length} scope="colgroup" className="group">
                {t(word)}
              </th>
            ))}
          </tr>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`form.${column}`)} <small className="column-number">({column})</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <FormRow
              key={row.field.code}
              heading={<FieldLink {...row.field} />}
              of={row.field}
              columns={row.columns}
            />
          ))}
        </tbody>
        <tfoot>
          <FormRow heading={t('form.sum')} columns={sumOf(answer, field)} />
        </tfoot>
      </table>
    </section>
  );
}

type FormRowProps = {
  heading: React.ReactNode;
  /** The area of work; the whole unit without it. */
  of?: FormAnswer['rows'][number]['field'];
  columns: readonly number[];
};

function FormRow({ heading, of, columns }: FormRowProps) {
  const { t, say, format } = useLanguage();
  return (
    <tr>
      <th scope="row">{heading}</th>
      {COLUMNS.map((column) => {
        const value = columns[column - 3] ?? 0;
        const isBad = LATE.includes(column) && value > 0;
        return (
          <td key={column} data-sum={SUMS.includes(column) || undefined} data-bad={isBad || undefined}>
            <ExplainButton
              indicator={STORIES[column] ?? ''}
              {...(of && { field: of.code })}
              label={`${t(`form.${column}`)} (${column}), ${of ? say(of.name) : t('form.sum')}`}
            >
              {format.number(value)}
            </ExplainButton>
          </td>
        );
      })}
    </tr>
  );
}

/** The name of an area of work, as the way to the page narrowed to it. */
export function FieldLink({ code, name }: FormAnswer['rows'][number]['field']) {
  const { href, place } = useAddress();
  const { say } = useLanguage();
  return (
    <Link
      href={href({ field: place.field === code ? null : code })}
      aria-current={place.field === code || undefined}
    >
      {say(name)}
    </Link>
  );
}
