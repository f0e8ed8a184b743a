import { POLICY } from '../../shared/alert-policy.ts';
import type { CallerView, Role } from '../../shared/people.ts';
import type { AlertSeverity } from '../../shared/rule.ts';

const hasRole = ({ grants }: CallerView, role: Role) => grants.some((grant) => grant.role === role);

/** Whether a caller answers alerts somewhere; the server judges where. */
export const mayAnswer = (caller: CallerView | null): boolean =>
  caller !== null && hasRole(caller, 'operator');

/** Whether a caller may shelve somewhere: who answers alerts, and for longer whoever sets thresholds. */
export const mayShelve = (caller: CallerView | null): boolean =>
  caller !== null && (hasRole(caller, 'operator') || hasRole(caller, 'editor'));

/** For how many hours at most a caller may shelve episodes of these severities together; null: not at all. */
export function shelfCap(caller: CallerView | null, severities: readonly AlertSeverity[]): number | null {
  if (!mayShelve(caller) || caller === null) return null;
  const caps = severities.map((severity) => {
    const { shelfHours, longestShelfHours } = POLICY[severity];
    return hasRole(caller, 'editor') ? longestShelfHours : shelfHours;
  });
  const least = caps.reduce<number | null>(
    (cap, one) => (cap === null || one === null ? null : Math.min(cap, one)),
    Number.POSITIVE_INFINITY,
  );
  return least !== null && Number.isFinite(least) ? least : null;
}
