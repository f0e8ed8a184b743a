import { addDays } from '../../shared/period.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import type { OverrideValues } from '../../shared/rule.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { requireRole } from '../people/roles.ts';
import { isVisible } from '../people/scope.ts';
import { findOverride, readOverrides, type StoredOverride } from '../store/rule-store.ts';
import { noteRules } from '../store/write/clock.ts';
import { insertOverrides, updateOverrides } from '../store/write/rules.ts';
import type { Act } from './act.ts';
import { nameCaller, note } from './audit.ts';
import { type Editor, openEditor } from './editing.ts';
import { checkOverride, findJudging, isOver, openRules, refuseOverride } from './override-checks.ts';
import type { Work } from './work.ts';

/** Thresholds for a unit's subtree, or for one level of it. Days begin today and end as the site says unless named. */
export type OverrideOrder = {
  rule: string;
  unit: number;
  level: UnitLevel | null;
  values: OverrideValues;
  from?: string | undefined;
  to?: string | undefined;
  reason: string;
};

const CHANGED = { units: 'any', feeds: false } as const;

/** What the audit says of an override. */
export const factsOf = ({ rule, level, values, validFrom, validTo, state, reason }: StoredOverride) => ({
  ...{ rule, level, values: JSON.parse(values) as object, from: validFrom, to: validTo, state, reason },
});

/** The days an order is for; AppError `unprocessable` where they are over, turned round, or more than a year. */
export function daysOf(
  { from, to }: Pick<OverrideOrder, 'from' | 'to'>,
  { today, usual }: { today: string; usual: number },
): { from: string; to: string } {
  const begins = from ?? today;
  const ends = to ?? addDays(begins, usual);
  const refuse = (field: string, reason: string, code: ProblemCode) =>
    new AppError('unprocessable', 'These are no days for an override.', [{ field, reason, code }], {
      says: { code: 'overrideDays' },
    });
  if (begins < today) throw refuse('from', `lies before today, ${today}`, 'past');
  if (ends <= begins) throw refuse('to', 'is not after its first day', 'notAfter');
  if (ends > addDays(begins, 366)) throw refuse('to', 'is more than a year after its first day', 'tooLong');
  return { from: begins, to: ends };
}

/** Ends overrides before a day: one that has not begun by then never judges. */
export async function endBefore(
  { tx }: Work,
  overrides: readonly StoredOverride[],
  day: string,
): Promise<void> {
  const idsOf = (list: readonly StoredOverride[]) => list.map(({ id }) => id);
  const ahead = overrides.filter(({ validFrom }) => validFrom >= day);
  const begun = overrides.filter(({ validFrom, validTo }) => validFrom < day && validTo > day);
  await updateOverrides(tx, idsOf(ahead), { state: 'ended' });
  await updateOverrides(tx, idsOf(begun), { validTo: day });
}

/** Of one rule, unit and level at most one judges from a day on, and at most one waits: others make room for the newer one. */
async function makeRoom(
  work: Work,
  { id, rule, unit, level }: Pick<StoredOverride, 'id' | 'rule' | 'unit' | 'level'>,
  day: string,
): Promise<StoredOverride[]> {
  const all = await readOverrides(work.tx, rule);
  const replaced = all.filter(
    (one) =>
      one.id !== id &&
      one.unit === unit &&
      one.level === level &&
      one.state === 'active' &&
      one.validTo > day,
  );
  await endBefore(work, replaced, day);
  return replaced;
}

/** Adds an override; where two must agree, it only waits for approval. Gives its id, and what it takes the place of. */
export async function writeOverride(
  work: Work,
  { caller }: Editor,
  order: Omit<OverrideOrder, 'from' | 'to'> & { from: string; to: string },
): Promise<{ id: number; state: 'active' | 'proposed'; replaced: StoredOverride[] }> {
  const { rule, unit, level, values, from, to, reason } = order;
  const state = work.site.alerting.fourEyes ? 'proposed' : 'active';
  const row = { rule, unit, level, values: JSON.stringify(values), validFrom: from, validTo: to, reason };
  const who = { state, savedBy: nameCaller(caller), approvedBy: null } as const;
  const [id = 0] = await insertOverrides(work.tx, [{ ...row, ...who }]);
  const replaced = state === 'active' ? await makeRoom(work, { id, rule, unit, level }, from) : [];
  return { id, state, replaced };
}

/**
 * Gives a unit's subtree thresholds of its own; of the same rule, unit and level they take the place of those before from their
 * first day on. AppError `forbidden` for who is not editor of the unit; `unprocessable` where the rule allows no looser ones, or none.
 */
export const addOverride: Act<PersonCaller, OverrideOrder, { id: number }> = async (work, asking, order) => {
  const editor = await openEditor(work, asking);
  const { standing } = editor;
  requireRole(editor.caller, 'editor', order.unit, standing);
  const days = daysOf(order, { today: standing.today, usual: work.site.alerting.overrideDays });
  const rules = await openRules(work, standing);
  const judging = findJudging(rules, order.rule, order.unit);
  const full = { ...order, ...days };
  refuseOverride(checkOverride(rules, judging, full));
  const { id, state, replaced } = await writeOverride(work, editor, full);
  await noteRules(work.tx);
  await note(work, editor.caller, {
    ...{ act: 'addOverride', subject: `override:${id}`, unit: order.unit },
    before:
      replaced.length > 0 ? { replaced: replaced.map((one) => ({ id: one.id, ...factsOf(one) })) } : null,
    after: {
      rule: order.rule,
      level: order.level,
      values: order.values,
      ...days,
      state,
      reason: order.reason,
    },
  });
  return { answer: { id }, changed: CHANGED };
};

/** What to do with an override. */
export type OverrideDecision = { id: number; decision: 'approve' | 'reject' | 'end'; reason: string };

/** The override with an id; AppError `notFound` of one that the editor does not see, `forbidden` of one it may not change. */
async function getOverride({ tx }: Work, { caller, standing, reach }: Editor, id: number) {
  const override = await findOverride(tx, id);
  if (!override || !isVisible(reach, override.unit))
    throw new AppError('notFound', `There is no override ${id}.`, [{ field: 'id', reason: 'is not known' }]);
  requireRole(caller, 'editor', override.unit, standing);
  return override;
}

const refuse = (message: string, reason: string) =>
  new AppError('conflict', message, [{ field: 'id', reason }]);

async function approve(work: Work, editor: Editor, override: StoredOverride): Promise<void> {
  const approvedBy = nameCaller(editor.caller);
  if (override.savedBy === approvedBy)
    throw new AppError(
      'forbidden',
      'Whoever saved an override cannot approve it: another editor must.',
      [{ field: 'decision', reason: 'needs another editor' }],
      { says: { code: 'notYours' } },
    );
  const { today } = editor.standing;
  if (isOver(override, today)) throw refuse('The days of this override are over.', 'is over');
  const rules = await openRules(work, editor.standing);
  const from = override.validFrom < today ? today : override.validFrom;
  const values = JSON.parse(override.values) as OverrideValues;
  const judging = findJudging(rules, override.rule, override.unit);
  refuseOverride(checkOverride(rules, judging, { ...override, values, from }));
  await updateOverrides(work.tx, [override.id], { state: 'active', approvedBy, validFrom: from });
  await makeRoom(work, override, from);
}

async function decide(
  work: Work,
  editor: Editor,
  { override, decision }: { override: StoredOverride; decision: OverrideDecision['decision'] },
): Promise<void> {
  const { state, id } = override;
  if (decision === 'end') {
    if (state !== 'active' || isOver(override, editor.standing.today))
      throw refuse(`Override ${id} is not in force.`, 'is not in force');
    return endBefore(work, [override], editor.standing.today);
  }
  if (state !== 'proposed') throw refuse(`Override ${id} does not wait for approval.`, 'is not proposed');
  if (decision === 'reject') return updateOverrides(work.tx, [id], { state: 'rejected' });
  return approve(work, editor, override);
}

/**
 * Approves or rejects an override that is proposed, or ends one: from today on it holds no more. AppError `forbidden` for approval
 * by whoever saved it; `conflict` where it is not, or no longer, what is decided on.
 */
export const decideOverride: Act<PersonCaller, OverrideDecision, { id: number }> = async (
  work,
  asking,
  { id, decision, reason },
) => {
  const editor = await openEditor(work, asking);
  const override = await getOverride(work, editor, id);
  await decide(work, editor, { override, decision });
  await noteRules(work.tx);
  const after = await findOverride(work.tx, id);
  await note(work, editor.caller, {
    ...{ act: 'decideOverride', subject: `override:${id}`, unit: override.unit },
    before: factsOf(override),
    after: { decision, reason, ...(after && { state: after.state, to: after.validTo }) },
  });
  return { answer: { id }, changed: CHANGED };
};
