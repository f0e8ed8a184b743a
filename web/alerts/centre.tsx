import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { isListed } from '../../shared/alert-label.ts';
import { useFollowing } from '../following.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { AskForm } from './asking.tsx';
import { BellControls } from './bell-controls.tsx';
import { compareAlerts } from './counts.ts';
import { type AlertFilter, findReadTab, formatFilter, isFound, isIn, parseFilter } from './filter.ts';
import { AlertFilters } from './filters.tsx';
import { AlertFrame } from './frame.tsx';
import { KeyHelp } from './key-help.tsx';
import { OpenList } from './open-list.tsx';
import { ReadList } from './read-list.tsx';
import { useVisit, type Visit } from './visit.ts';
import { useWorking } from './working.ts';

type CentreProps = { unit: string | null; preferences: Preferences };

/** The filter that the address holds; a change of it is one of the address. */
function useFilter(): [AlertFilter, (change: Partial<AlertFilter>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const filter = useMemo(() => parseFilter(search), [search]);
  const change = useCallback(
    (part: Partial<AlertFilter>) => {
      const query = formatFilter({ ...filter, ...part }, search);
      navigate(query === '' ? path : `${path}?${query}`, { replace: true });
    },
    [filter, search, path, navigate],
  );
  return [filter, change];
}

/** The alert centre: every alert of a unit's subtree, worst first, and what is done about them; by the keyboard all through. */
export function CentrePage({ unit, preferences }: CentreProps) {
  const { t, say } = useLanguage();
  const { ref, state } = useFollowing();
  const [filter, changeFilter] = useFilter();
  const visit = useVisit(ref);
  const read = findReadTab(filter.tab);
  const whose = unit === null || !state ? '' : ` · ${say(state.unit.name)}`;
  return (
    <AlertFrame
      page="alerts"
      title={`${t('alerts.title')}${whose}`}
      unit={unit}
      preferences={preferences}
      shape="whole"
    >
      <div className="alerts-title">
        <h1>
          {t('alerts.title')}
          {whose}
        </h1>
        <BellControls standing="desk" />
      </div>
      <AlertFilters filter={filter} onFilter={changeFilter} alerts={state?.alerts ?? null} />
      {read ? (
        <ReadList key={read} tab={read} filter={filter} unit={unit} />
      ) : (
        <OpenAlerts filter={filter} visit={visit} />
      )}
    </AlertFrame>
  );
}

function OpenAlerts({ filter, visit }: { filter: AlertFilter; visit: Visit }) {
  const { state } = useFollowing();
  const all = state?.alerts;
  const alerts = useMemo(
    () =>
      (all ?? []).filter((alert) => isIn(alert, filter.tab) && isFound(alert, filter)).sort(compareAlerts),
    [all, filter],
  );
  const isNarrowed = (all ?? []).some((alert) => isListed(alert) && !alerts.includes(alert));
  const working = useWorking(alerts);
  return (
    <>
      <OpenList alerts={alerts} isNarrowed={isNarrowed} working={working} visit={visit} />
      {working.asking && (
        <AskForm
          asking={working.asking.what}
          alerts={working.asking.alerts}
          onCancel={working.close}
          onDone={working.finish}
        />
      )}
      {working.isHelpOpen && <KeyHelp onClose={working.turnHelp} />}
    </>
  );
}
