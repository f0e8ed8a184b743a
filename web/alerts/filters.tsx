import { type ReactNode, useMemo } from 'react';
import type { AlertBrief } from '../../shared/alert.ts';
import { ALERT_SEVERITIES, AlertSeverity } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';
import { ALERT_SHAPES } from './figure.ts';
import { type AlertFilter, findReadTab, isFound, isIn, TABS } from './filter.ts';

type FiltersProps = {
  filter: AlertFilter;
  onFilter: (change: Partial<AlertFilter>) => void;
  /** Every open episode, whatever the filter. */
  alerts: readonly AlertBrief[] | null;
  /** Beside them: what else can be set. */
  children?: ReactNode;
};

/** The lists of the alert centre with how many each holds under the filter, and the filter. */
export function AlertFilters({ filter, onFilter, alerts, children }: FiltersProps) {
  const { t, format } = useLanguage();
  const counts = useMemo(() => {
    const found = (alerts ?? []).filter((alert) => isFound(alert, filter));
    return new Map(TABS.map((tab) => [tab, found.filter((alert) => isIn(alert, tab)).length]));
  }, [alerts, filter]);
  return (
    <div className="alert-filters">
      <div className="alert-tabs" role="tablist" aria-label={t('alerts.lists')}>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            aria-selected={tab === filter.tab}
            aria-controls="alert-list"
            onClick={() => onFilter({ tab })}
          >
            {t(`alertTab.${tab}`)}
            {findReadTab(tab) === undefined && alerts !== null && (
              <b>{format.number(counts.get(tab) ?? 0)}</b>
            )}
          </button>
        ))}
      </div>
      <div className="alert-narrow">
        <input
          type="search"
          aria-label={t('alerts.unitText')}
          placeholder={t('alerts.unitText')}
          value={filter.text}
          onChange={(event) => onFilter({ text: event.target.value })}
        />
        <select
          aria-label={t('alerts.head.severity')}
          value={filter.severity ?? ''}
          onChange={(event) =>
            onFilter({ severity: AlertSeverity.safeParse(event.target.value).data ?? null })
          }
        >
          <option value="">{t('alerts.anySeverity')}</option>
          {ALERT_SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {ALERT_SHAPES[severity]} {t(`alertSeverity.${severity}`)}
            </option>
          ))}
        </select>
        <RuleChoice filter={filter} onFilter={onFilter} alerts={alerts ?? []} />
        {children}
      </div>
    </div>
  );
}

function RuleChoice({
  filter,
  onFilter,
  alerts,
}: {
  filter: AlertFilter;
  onFilter: FiltersProps['onFilter'];
  alerts: readonly AlertBrief[];
}) {
  const { t, say } = useLanguage();
  const rules = useMemo(() => {
    const names = new Map(alerts.map(({ rule, name }) => [rule, say(name)]));
    // The one that is chosen stays to be seen, also where none of its episodes is open any longer.
    if (filter.rule !== null && !names.has(filter.rule)) names.set(filter.rule, filter.rule);
    return [...names].sort(([, a], [, b]) => a.localeCompare(b));
  }, [alerts, say, filter.rule]);
  return (
    <select
      aria-label={t('alerts.rule')}
      value={filter.rule ?? ''}
      onChange={(event) => onFilter({ rule: event.target.value || null })}
    >
      <option value="">{t('alerts.anyRule')}</option>
      {rules.map(([rule, name]) => (
        <option key={rule} value={rule}>
          {name}
        </option>
      ))}
    </select>
  );
}
