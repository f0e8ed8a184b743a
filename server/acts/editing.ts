/** What acts on rules and thresholds have in common: who may edit where, and which rules there are for whom. */
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { listRoots, requireRole, requireRoleAnywhere, rootsOf, type Standing } from '../people/roles.ts';
import { openReach, type Reach, touches } from '../people/scope.ts';
import { type RuleHistory, readHistory } from '../store/rule-store.ts';
import { confirm, openStanding } from './audit.ts';
import type { Work } from './work.ts';

/** Whoever edits, confirmed at this commit, with what it may see. */
export type Editor = { caller: PersonCaller; standing: Standing; reach: Reach };

/** The editor that a caller still is at this commit; AppError `forbidden` for who edits nowhere. */
export async function openEditor(work: Work, asking: PersonCaller): Promise<Editor> {
  const caller = await confirm(work, asking);
  requireRoleAnywhere(caller, 'editor');
  const standing = await openStanding(work);
  return { caller, standing, reach: openReach(standing.tree, rootsOf(caller, 'viewer'), standing.today) };
}

/** Passes for editors of a unit; of every unit there is, where a rule is of all. AppError `forbidden`. */
export function requireEditor({ caller, standing }: Editor, unit: number | null): void {
  for (const one of listRoots(standing, unit)) requireRole(caller, 'editor', one, standing);
}

/** The rule with an id, if somebody may see it; AppError `notFound` else. */
export async function getHistory(work: Work, { reach }: Editor, id: string): Promise<RuleHistory> {
  const history = await readHistory(work.tx, id);
  if (history?.versions.some(({ rule }) => touches(reach, rule.unit))) return history;
  throw new AppError('notFound', `There is no rule ${id}.`, [{ field: 'rule', reason: 'is not known' }]);
}
