/** Which units are in alert, as maps, rankings and tiles mark them. Pure. */
import type { AlertBrief } from '../../shared/alert.ts';
import { isAnnounced } from '../../shared/alert-label.ts';
import type { UnitView } from '../../shared/answers.ts';
import type { AlertSeverity } from '../../shared/rule.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { keepLook } from '../address.ts';
import { levelsOf } from '../figures/levels.ts';
import { compareAlerts } from './counts.ts';

/** What stands at a unit or figure in alert: the worst of its alerts, and whether any waits for somebody to acknowledge it. */
export type AlertMark = { worst: AlertBrief; isNew: boolean; count: number };

/** Whose parent is whose: the unit above one, undefined of those not known. */
export type ParentOf = (unit: number) => number | undefined;

/** Whether nobody has acknowledged it yet: it is new, or went as it came. */
export function isUnacknowledged({ label }: Pick<AlertBrief, 'label'>): boolean {
  return label === 'new' || label === 'gone';
}

/** The mark of some alerts; null without any. Messages and what is kept down by people or by design leave none. */
export function markOf(alerts: readonly AlertBrief[]): AlertMark | null {
  const told = alerts.filter(isAnnounced);
  const [worst] = told.toSorted(compareAlerts);
  return worst ? { worst, isNew: told.some(isUnacknowledged), count: told.length } : null;
}

/** The one of `shown` in whose subtree a unit lies; undefined where none is, or nobody knows. */
function findShown(unit: number, shown: ReadonlySet<number>, parentOf: ParentOf): number | undefined {
  const seen = new Set<number>();
  let at: number | undefined = unit;
  while (at !== undefined && !shown.has(at)) {
    if (seen.has(at)) return undefined;
    seen.add(at);
    at = parentOf(at);
  }
  return at;
}

/** By unit of those shown, the mark of all alerts in its subtree. */
export function markUnits(
  alerts: readonly AlertBrief[],
  units: readonly UnitView[],
  parentOf: ParentOf,
): ReadonlyMap<number, AlertMark> {
  const shown = new Set(units.map(({ id }) => id));
  const byUnit = Map.groupBy(alerts, ({ unit }) => findShown(unit, shown, parentOf));
  const marks = new Map<number, AlertMark>();
  for (const [unit, own] of byUnit) {
    const mark = unit === undefined ? null : markOf(own);
    if (unit !== undefined && mark) marks.set(unit, mark);
  }
  return marks;
}

/** How many units of a level are in alert. */
export type Share = { level: UnitLevel; affected: number; of: number };

/** What alerts below a unit come to: how many of how many, by level, and the worst of them. */
export type RollUp = { affected: number; of: number; worst: AlertSeverity; levels: Share[] };

/** How many of some units are marked; null where none is. */
export function rollUp(units: readonly UnitView[], marks: ReadonlyMap<number, AlertMark>): RollUp | null {
  const marked = units.flatMap(({ id }) => marks.get(id) ?? []);
  const [first] = marked.map(({ worst }) => worst).toSorted(compareAlerts);
  if (!first) return null;
  const levels = levelsOf(units).map((level): Share => {
    const own = units.filter((unit) => unit.level === level);
    return { level, affected: own.filter(({ id }) => marks.has(id)).length, of: own.length };
  });
  return { affected: marked.length, of: units.length, worst: first.severity, levels };
}

/** The unit whose mark may flash: of those not acknowledged the worst, then the oldest. */
export function findFlashing(
  units: readonly UnitView[],
  marks: ReadonlyMap<number, AlertMark>,
): number | null {
  const waiting = units.flatMap(({ id }) => {
    const mark = marks.get(id);
    return mark?.isNew ? [{ id, worst: mark.worst }] : [];
  });
  return waiting.toSorted((a, b) => compareAlerts(a.worst, b.worst))[0]?.id ?? null;
}

/** Where a mark leads: to the alert, or to all of the unit where there are several; `search` keeps language and theme. */
export function hrefOfMark({ worst, count }: AlertMark, { ref, search }: { ref: string; search: string }) {
  return count === 1 ? hrefOfAlert(worst.id, search) : hrefOfAlerts(ref, search);
}

/** The page of an alert. */
export function hrefOfAlert(id: number, search: string): string {
  return `/alerts/${id}${keep(search)}`;
}

/** The alerts of a unit and all below it. */
export function hrefOfAlerts(unit: string, search: string): string {
  return `/alerts${keep(search, unit)}`;
}

function keep(search: string, unit?: string): string {
  const kept = new URLSearchParams(unit === undefined ? {} : { unit });
  for (const [key, value] of new URLSearchParams(keepLook(search))) kept.set(key, value);
  return kept.size > 0 ? `?${kept}` : '';
}
