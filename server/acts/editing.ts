/** What acts on rules and thresholds have in common: who may edit where, and which rules there are for whom. */
import { livesOn } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { requireRole, requireRoleAnywhere, rootsOf, type Standing } from '../people/roles.ts';
import { isAbove, isVisible, openReach, type Reach } from '../people/scope.ts';
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

/** The units of today that stand under none. */
export function listTops({ tree, today }: Standing): number[] {
  return [...tree.units.values()].flatMap((unit) =>
    livesOn(unit, today) && tree.parentOn(unit.id, today) === undefined ? unit.id : [],
  );
}

/** Passes for editors of a unit; of every unit there is, where a rule is of all. AppError `forbidden`. */
export function requireEditor({ caller, standing }: Editor, unit: number | null): void {
  for (const one of unit === null ? listTops(standing) : [unit]) requireRole(caller, 'editor', one, standing);
}

/** Whether a rule over a unit's subtree (null: over every unit) judges anything that somebody may see. */
export function touches(reach: Reach, unit: number | null): boolean {
  return unit === null || isVisible(reach, unit) || isAbove(reach, unit);
}

/** The rule with an id, if somebody may see it; AppError `notFound` else. */
export async function getHistory(work: Work, { reach }: Editor, id: string): Promise<RuleHistory> {
  const history = await readHistory(work.tx, id);
  if (history?.versions.some(({ rule }) => touches(reach, rule.unit))) return history;
  throw new AppError('notFound', `There is no rule ${id}.`, [{ field: 'rule', reason: 'is not known' }]);
}
