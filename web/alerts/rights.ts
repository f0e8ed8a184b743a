import { POLICY } from '../../shared/alert-policy.ts';
import type { CallerView, Role } from '../../shared/people.ts';
import type { AlertSeverity } from '../../shared/rule.ts';

const hasRole = ({ grants }: CallerView, role: Role) => grants.some((grant) => grant.role === role);

/** Answers alerts somewhere; the server judges where. */
const mayAnswer = (caller: CallerView | null): boolean => caller !== null && hasRole(caller, 'operator');

/** Who answers alerts shelves, and for longer whoever sets thresholds. */
const mayShelve = (caller: CallerView | null): boolean =>
  caller !== null && (hasRole(caller, 'operator') || hasRole(caller, 'editor'));

/** What a caller may ask for in a list of alerts. */
export function listRights(caller: CallerView | null) {
  const isHead = caller !== null && hasRole(caller, 'head');
  const isAnswering = mayAnswer(caller);
  return { acknowledge: isAnswering, shelve: mayShelve(caller), comment: isAnswering || isHead };
}

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
