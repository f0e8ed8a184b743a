/** What a list of episodes comes to: how many, which first, whether there are too many at once. Pure. */
import { type AlertBrief, type AlertCounts, type AlertLabel, FLOOD } from '../../shared/alert.ts';
import { isAnnounced, isListed } from '../../shared/alert-label.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';

/** What an open episode may be to an operator. */
export type OpenLabel = Exclude<AlertLabel, 'closed' | 'message'>;

/** Open episodes by what they are, in the order in which they ask for somebody. */
export const OPEN_LABELS = [
  'new',
  'inHand',
  'gone',
  'shelved',
  'suppressed',
  'outOfService',
] as const satisfies readonly OpenLabel[];

/**
 * Counts of open episodes, messages left out. `pressing`: new ones; `worst`: the severity of the worst of these;
 * `newest`: the one raised last of all that are told aloud; `recent`: how many of these in the last ten minutes.
 */
export type AlertSums = AlertCounts & {
  bySeverity: Record<AlertSeverity, Record<OpenLabel, number>>;
  byLabel: Record<OpenLabel, number>;
  open: number;
  pressing: number;
  worst: AlertSeverity | null;
  newest: AlertBrief | null;
  oldestNew: AlertBrief | null;
  isFlood: boolean;
};

const zeros = (): Record<OpenLabel, number> => ({
  ...{ new: 0, inHand: 0, gone: 0, shelved: 0, suppressed: 0, outOfService: 0 },
});

const rankOf = (severity: AlertSeverity) => ALERT_SEVERITIES.indexOf(severity);

/** Worst first, then the oldest, then by number: never two equal. */
export function compareAlerts(a: AlertBrief, b: AlertBrief): number {
  return (
    rankOf(a.severity) - rankOf(b.severity) || Date.parse(a.openedAt) - Date.parse(b.openedAt) || a.id - b.id
  );
}

/**
 * When the first of those was raised that make the flood at `now`; null where there is none. Begins with more than ten in ten
 * minutes, ends when fewer than five are left. Instants are epoch ms; one ahead of `now` counts as now.
 */
export function findFloodStart(raisedAt: readonly number[], now: number): number | null {
  const times = raisedAt.map((at) => Math.min(at, now)).sort((a, b) => a - b);
  let start: number | null = null;
  let first = 0;
  const countAt = (at: number, next: number) => {
    while (first < next && (times[first] ?? 0) <= at - FLOOD.windowMs) first += 1;
    return next - first;
  };
  for (const [index, at] of times.entries()) {
    if (countAt(at, index) < FLOOD.ends) start = null;
    if (start === null && index + 1 - first > FLOOD.begins) start = times[first] ?? null;
  }
  return countAt(now, times.length) >= FLOOD.ends ? start : null;
}

/** Whether so many were raised in a short time that one by one they cannot be read. */
export function isFloodAt(raisedAt: readonly number[], now: number): boolean {
  return findFloodStart(raisedAt, now) !== null;
}

/** Counts open episodes as they are at `now` (epoch ms); closed ones among them are left out. */
export function countAlerts(alerts: readonly AlertBrief[], now: number): AlertSums {
  const bySeverity = { critical: zeros(), major: zeros(), warning: zeros(), advisory: zeros() };
  const byLabel = zeros();
  const raisedAt: number[] = [];
  let newest: AlertBrief | null = null;
  let oldestNew: AlertBrief | null = null;
  for (const alert of alerts) {
    if (!isListed(alert)) continue;
    const { severity } = alert;
    const label = alert.label as OpenLabel;
    bySeverity[severity][label] += 1;
    byLabel[label] += 1;
    if (!isAnnounced(alert)) continue;
    raisedAt.push(Date.parse(alert.openedAt));
    if (newest === null || isLater(alert, newest)) newest = alert;
    if (label === 'new' && (oldestNew === null || isLater(oldestNew, alert))) oldestNew = alert;
  }
  return {
    bySeverity,
    byLabel,
    open: Object.values(byLabel).reduce((sum, count) => sum + count, 0),
    pressing: byLabel.new,
    worst: ALERT_SEVERITIES.find((one) => bySeverity[one].new > 0) ?? null,
    newest,
    oldestNew,
    oldestNewAt: oldestNew?.openedAt ?? null,
    recent: raisedAt.filter((at) => at > now - FLOOD.windowMs).length,
    isFlood: isFloodAt(raisedAt, now),
  };
}

function isLater(a: AlertBrief, b: AlertBrief): boolean {
  const apart = Date.parse(a.openedAt) - Date.parse(b.openedAt);
  return apart > 0 || (apart === 0 && a.id > b.id);
}
