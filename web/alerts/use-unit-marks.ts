/** The open alerts of the unit that is followed, as they come live. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AlertBrief } from '../../shared/alert.ts';
import type { UnitView } from '../../shared/answers.ts';
import { unitsQuery } from '../api.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';
import { type AlertMark, markOf, markUnits, type ParentOf, type RollUp, rollUp } from './unit-marks.ts';

const NONE: readonly AlertBrief[] = [];

/** Open alerts of the followed unit and all below it; empty while they are not known. */
export function useOpenAlerts(): readonly AlertBrief[] {
  return useFollowing().state?.alerts ?? NONE;
}

/** The unit above each; asked for only where an alert lies deeper than the units that are drawn. */
function useParents(alerts: readonly AlertBrief[], { unit, children }: Drawn): ParentOf {
  const isDeep = useMemo(() => {
    const known = new Set([unit?.id, ...children.map(({ id }) => id)]);
    return alerts.some((alert) => !known.has(alert.unit));
  }, [alerts, unit, children]);
  const { data } = useQuery({ ...unitsQuery(), enabled: isDeep });
  return useMemo(() => {
    const parents = new Map(data?.units.map(({ id, parent }) => [id, parent]));
    return (id) => parents.get(id) ?? undefined;
  }, [data]);
}

type Drawn = Pick<FiguresView, 'unit' | 'children'>;

/** Marks of the units below the one shown, `of` one indicator or of all; none of a period that is over. */
export function useMarksBelow(figures: FiguresView): ReadonlyMap<number, AlertMark> {
  const open = useOpenAlerts();
  const alerts = figures.isProvisional ? open : NONE;
  const parentOf = useParents(alerts, figures);
  const { children } = figures;
  return useMemo(() => markUnits(alerts, children, parentOf), [alerts, children, parentOf]);
}

/** What is in alert of one figure: the unit's own, and how many of the units below it. */
export type FigureAlerts = { own: AlertMark | null; below: RollUp | null };

/** By indicator what is in alert, of the unit shown and of those below it, all or one level of them. */
export function useFigureAlerts(
  figures: FiguresView,
  units: readonly UnitView[] = figures.children,
): (indicator: string) => FigureAlerts {
  const open = useOpenAlerts();
  const alerts = figures.isProvisional ? open : NONE;
  const parentOf = useParents(alerts, figures);
  const unit = figures.unit?.id;
  return useMemo(() => {
    const byIndicator = Map.groupBy(alerts, ({ indicator }) => indicator);
    const known = new Map<string, FigureAlerts>();
    return (indicator) => {
      const told = known.get(indicator);
      if (told) return told;
      const own = byIndicator.get(indicator) ?? [];
      const found: FigureAlerts = {
        own: markOf(own.filter((alert) => alert.unit === unit)),
        below: rollUp(units, markUnits(own, units, parentOf)),
      };
      known.set(indicator, found);
      return found;
    };
  }, [alerts, units, parentOf, unit]);
}
