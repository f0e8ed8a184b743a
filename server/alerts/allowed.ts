/** What a caller may do with an episode now: the same rules as the acts apply, asked beforehand. */
import type { AlertDetail, ExplanationDeed } from '../../shared/alert.ts';
import { severityOf } from '../../shared/alert-label.ts';
import { POLICY } from '../../shared/alert-policy.ts';
import type { Role } from '../../shared/people.ts';
import type { View } from '../figures/sums.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { hasRole } from '../people/roles.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import type { StoredExplanation } from '../store/explanation-store.ts';

type Deed = AlertDetail['may'][number];

/** What the caller may do with one explanation, as the acts judge it: by its own unit. Screens and visitors: nothing. */
export function listExplanationDeeds(
  view: View,
  { unit, answeredAt, checkedAt }: StoredExplanation,
  caller: ViewerCaller,
): ExplanationDeed[] {
  if (caller.kind !== 'person') return [];
  const isOperator = hasRole(caller, 'operator', unit, view);
  if (answeredAt !== null) return isOperator && checkedAt === null ? ['check'] : [];
  const isHead = hasRole(caller, 'head', unit, view);
  return [...(isHead ? (['answer'] as const) : []), ...(isOperator ? (['urge'] as const) : [])];
}

/** What the caller may do with an episode and its explanations, as far as it stands now. Screens and visitors: nothing. */
export function listAllowed(
  view: View,
  episode: StoredEpisode,
  { caller, explanations }: { caller: ViewerCaller; explanations: readonly StoredExplanation[] },
): Deed[] {
  if (caller.kind !== 'person') return [];
  const has = (role: Role) => hasRole(caller, role, episode.unit, view);
  const isOpen = episode.closedAt === null;
  const isOperator = has('operator');
  const isEditor = has('editor');
  const canShelve = isEditor || (isOperator && POLICY[severityOf(episode)].shelfHours !== null);
  const waiting = explanations.find(({ answeredAt }) => answeredAt === null);
  const deeds = new Set(explanations.flatMap((one) => listExplanationDeeds(view, one, caller)));
  const allowed: Record<Deed, boolean> = {
    acknowledge: isOpen && isOperator && episode.response !== 'none',
    comment: isOperator || has('head'),
    assign: isOpen && isOperator,
    shelve: isOpen && canShelve,
    unshelve: isOpen && episode.suppression === 'shelved' && (isOperator || isEditor),
    takeOut: isOpen && isEditor,
    putBack: isOpen && isEditor && episode.suppression === 'outOfService',
    explain: isOperator && waiting === undefined,
    answer: deeds.has('answer'),
    urge: deeds.has('urge'),
    check: deeds.has('check'),
  };
  return (Object.keys(allowed) as Deed[]).filter((deed) => allowed[deed]);
}
