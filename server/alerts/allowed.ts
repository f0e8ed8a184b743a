/** What a caller may do with an episode now: the same rules as the acts apply, asked beforehand. */
import type { AlertDetail } from '../../shared/alert.ts';
import { POLICY } from '../../shared/alert-policy.ts';
import type { Role } from '../../shared/people.ts';
import type { View } from '../figures/sums.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { hasRole } from '../people/roles.ts';
import { type StoredEpisode, severityOf } from '../store/episode-store.ts';
import type { StoredExplanation } from '../store/explanation-store.ts';

type Deed = AlertDetail['may'][number];

/** What the caller may do with an episode and its explanations, as far as it stands now. Screens and visitors: nothing. */
export function listAllowed(
  view: View,
  episode: StoredEpisode,
  { caller, explanations }: { caller: ViewerCaller; explanations: readonly StoredExplanation[] },
): Deed[] {
  if (caller.kind !== 'person') return [];
  const has = (role: Role, unit = episode.unit) => hasRole(caller, role, unit, view);
  const isOpen = episode.closedAt === null;
  const isOperator = has('operator');
  const isEditor = has('editor');
  const canShelve = isEditor || (isOperator && POLICY[severityOf(episode)].shelfHours !== null);
  const waiting = explanations.find(({ answeredAt }) => answeredAt === null);
  const answered = explanations.find((one) => one.answeredAt !== null && one.checkedAt === null);
  const allowed: Record<Deed, boolean> = {
    acknowledge: isOpen && isOperator && episode.response !== 'none',
    comment: isOperator || has('head'),
    assign: isOpen && isOperator,
    shelve: isOpen && canShelve,
    unshelve: isOpen && episode.suppression === 'shelved' && (isOperator || isEditor),
    explain: isOperator && waiting === undefined,
    answer: waiting !== undefined && has('head', waiting.unit),
    urge: waiting !== undefined && has('operator', waiting.unit),
    check: answered !== undefined && has('operator', answered.unit),
  };
  return (Object.keys(allowed) as Deed[]).filter((deed) => allowed[deed]);
}
