/** A flood of alerts as the wall tells of it: since when, what was first, and where they are. Pure. */
import type { AlertBrief } from '../../shared/alert.ts';
import { isAnnounced } from '../../shared/alert-label.ts';
import type { Words } from '../../shared/words.ts';
import { compareAlerts, findFloodStart } from './counts.ts';

/** The alerts of one unit in a flood; `worst` is the first of them by severity, then age. */
export type FloodUnit = { unit: number; ref: string; name: Words; count: number; worst: AlertBrief };

/** `firstOut`: the first that was raised of those still open; `units`: where most are first. */
export type Flood = { firstOut: AlertBrief; raised: number; units: FloodUnit[] };

/** The flood that open episodes make at `now` (epoch ms); null while they can be read one by one. */
export function findFlood(alerts: readonly AlertBrief[], now: number): Flood | null {
  const told = alerts.filter(isAnnounced);
  const raisedAt = ({ openedAt }: AlertBrief) => Date.parse(openedAt);
  const start = findFloodStart(told.map(raisedAt), now);
  if (start === null) return null;
  const raised = told.filter((alert) => raisedAt(alert) >= start);
  const [firstOut] = raised.toSorted((a, b) => raisedAt(a) - raisedAt(b) || a.id - b.id);
  if (!firstOut) return null;
  const units = [...Map.groupBy(raised, ({ unit }) => unit)].flatMap(([unit, own]): FloodUnit[] => {
    const [worst] = own.toSorted(compareAlerts);
    return worst ? [{ unit, ref: worst.ref, name: worst.unitName, count: own.length, worst }] : [];
  });
  units.sort((a, b) => b.count - a.count || compareAlerts(a.worst, b.worst));
  return { firstOut, raised: raised.length, units };
}
