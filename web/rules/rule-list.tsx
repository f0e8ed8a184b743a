/** The rules in force, by indicator. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import { indicatorOf } from '../../shared/rule.ts';
import type { RuleView } from '../../shared/rule-view.ts';
import { keyOfText } from '../../shared/text.ts';
import { rulesQuery } from '../api.ts';
import { OfficeRead } from '../people/office.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Decisions, OverridesLink, Withdraw } from './rule-ways.tsx';
import { type Telling, wordLimit, wordRule } from './sentence.ts';
import { AlertShape } from './shape.tsx';
import { useTelling } from './telling.ts';
import { mayWrite } from './ways.ts';

/** Rules in groups of one indicator, in the order of the catalogue; those of none come last. */
export function groupRules(rules: readonly RuleView[]): { indicator: string | null; rules: RuleView[] }[] {
  const ids = [...INDICATORS.map(({ id }) => id), null];
  return ids.flatMap((indicator) => {
    const own = rules.filter(({ current }) => indicatorOf(current.body.condition) === indicator);
    return own.length === 0 ? [] : [{ indicator, rules: own }];
  });
}

/** Every rule that judges a unit of the scope, with what may be done about it. */
export function RuleList() {
  const { t } = useLanguage();
  const { session } = useSession();
  const { data, error, isPending, refetch } = useQuery(rulesQuery());
  const { telling } = useTelling(data?.rules ?? []);
  const [search, setSearch] = useState('');
  const wanted = keyOfText(search);
  const found = (data?.rules ?? []).filter(({ id, current }) => {
    const { vi, en } = current.body.name;
    return [id, vi, en, wordRule(current.body, telling)].some((text) => keyOfText(text).includes(wanted));
  });
  return (
    <OfficeRead isPending={isPending} error={error} retry={() => void refetch()}>
      <div className="office-tools">
        <input
          type="search"
          aria-label={t('rules.search')}
          placeholder={t('rules.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span role="status">{t('rules.count', { count: found.length })}</span>
        {mayWrite(session) ? (
          <Link className="button" href="/rules/new">
            {t('rules.new')}
          </Link>
        ) : (
          <span className="rule-why">{t('rules.noNew')}</span>
        )}
      </div>
      {found.length === 0 && <p>{t('rules.none')}</p>}
      <div className="rule-groups">
        {groupRules(found).map(({ indicator, rules }) => (
          <RuleGroup key={indicator} indicator={indicator} rules={rules} telling={telling} />
        ))}
      </div>
    </OfficeRead>
  );
}

type GroupProps = { indicator: string | null; rules: readonly RuleView[]; telling: Telling };

function RuleGroup({ indicator, rules, telling }: GroupProps) {
  const { t, say } = useLanguage();
  const known = indicator === null ? undefined : findIndicator(indicator);
  const title = known ? say(known.words) : t('rules.group.none');
  return (
    <section className="rule-group" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {rules.map((rule) => (
          <RuleCard key={rule.id} rule={rule} telling={telling} />
        ))}
      </ul>
    </section>
  );
}

function RuleCard({ rule, telling }: { rule: RuleView; telling: Telling }) {
  const { t, say } = useLanguage();
  const { body } = rule.current;
  const name = say(body.name);
  const maySave = rule.may.includes('save');
  return (
    <li className="rule-card" data-off={!body.isEnabled || undefined}>
      <h3>{name}</h3>
      <p className="rule-words">{wordRule(body, telling)}</p>
      <ul className="rule-levels">
        {body.levels.map((level) => (
          <li key={level.severity}>
            <AlertShape severity={level.severity} /> {t(`alertSeverity.${level.severity}`)}{' '}
            {wordLimit(level, body, telling)}
          </li>
        ))}
      </ul>
      <RuleFacts rule={rule} />
      <Decisions rule={rule} />
      <div className="rule-ways">
        <Link
          className="button"
          href={`/rules/${encodeURIComponent(rule.id)}`}
          aria-label={t(maySave ? 'rules.editOf' : 'rules.lookOf', { name })}
        >
          {t(maySave ? 'rules.edit' : 'rules.look')}
        </Link>
        <Withdraw rule={rule} />
      </div>
    </li>
  );
}

function RuleFacts({ rule }: { rule: RuleView }) {
  const { t, format } = useLanguage();
  const now = useAskedAt();
  const { current, isShipped, isIdle, open } = rule;
  const { version, savedAt, savedBy } = current;
  const saved =
    savedAt === null
      ? null
      : t('rules.savedBy', { who: savedBy ?? '', moment: format.moment(Date.parse(savedAt), now) });
  return (
    <p className="rule-facts">
      <span data-open={open > 0 || undefined}>{t('rules.open', { count: open })}</span>
      <OverridesLink rule={rule} />
      <span>{isShipped && version === 0 ? t('rules.shipped') : t('rules.version', { version })}</span>
      {saved && <span>{saved}</span>}
      {!current.body.isEnabled && <strong>{t('rules.off')}</strong>}
      {isIdle && <span className="rule-idle">{t('rules.idle')}</span>}
    </p>
  );
}
