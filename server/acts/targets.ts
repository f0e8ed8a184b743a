import { findIndicator } from '../../shared/catalogue.ts';
import { isAimed } from '../../shared/target.ts';
import { AppError, type InputError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { requireRole } from '../people/roles.ts';
import { isVisible } from '../people/scope.ts';
import { readTargets, readTargetsById, type StoredTarget } from '../store/target-store.ts';
import { insertTargets, updateTargets } from '../store/write/targets.ts';
import type { Act } from './act.ts';
import { nameCaller, note, noteAll } from './audit.ts';
import { type Editor, openEditor } from './editing.ts';
import type { Work } from './work.ts';

/** A target to set: by whose decision (`office`), by which paper, and why. `value` null takes the unit's own back. */
export type TargetOrder = {
  unit: number;
  indicator: string;
  year: number;
  value: number | null;
  office: string;
  paper: string;
  reason: string;
};

/** How far ahead a target may be set. */
const YEARS_AHEAD = 10;

/** What keeps targets of a year from being set. */
export function checkYear(year: number, thisYear: number): InputError[] {
  if (year < thisYear) return [{ field: 'year', reason: `is over: this is ${thisYear}`, code: 'past' }];
  const last = thisYear + YEARS_AHEAD;
  if (year > last)
    return [{ field: 'year', reason: 'lies too far ahead', code: 'most', params: { limit: last } }];
  return [];
}

/** What keeps a target from being set, by field. */
export function checkTarget(
  { indicator: id, year, value }: Pick<TargetOrder, 'indicator' | 'year' | 'value'>,
  thisYear: number,
): InputError[] {
  const ofYear = checkYear(year, thisYear);
  const indicator = findIndicator(id);
  if (!indicator) return [{ field: 'indicator', reason: `${id} is not in the catalogue`, code: 'unknown' }];
  if (!isAimed(indicator))
    return [{ field: 'indicator', reason: 'has no good direction, so no target', code: 'noAim' }];
  if (ofYear.length > 0) return ofYear;
  const isShare = indicator.unit === 'points' || (indicator.unit === 'percent' && indicator.hero === 'value');
  if (isShare && value !== null && value > 100)
    return [{ field: 'value', reason: 'is over 100', code: 'most', params: { limit: 100 } }];
  return [];
}

/** What a target says, as the audit keeps it. */
export const factsOf = ({ indicator, year, value, office, paper, reason }: TargetOrder | StoredTarget) => ({
  ...{ indicator, year, value, office, paper, reason },
});

const idsIn = (versions: readonly StoredTarget[], state: StoredTarget['state']) =>
  versions.filter((one) => one.state === state).map(({ id }) => id);

/**
 * Sets a target of a unit for a year; it holds once it is signed. One that waited in its place is superseded. AppError `forbidden` for
 * who is not editor of the unit, `unprocessable` for what can be no target, `conflict` where there is none to take back.
 */
export const setTarget: Act<PersonCaller, TargetOrder, { id: number }> = async (work, asking, order) => {
  const { caller, standing } = await openEditor(work, asking);
  requireRole(caller, 'editor', order.unit, standing);
  const faults = checkTarget(order, Number(standing.today.slice(0, 4)));
  if (faults.length > 0) throw new AppError('unprocessable', 'This can be no target.', faults);
  const { unit, indicator, year, value } = order;
  const known = await readTargets(work.tx, { year, indicators: [indicator], units: [unit] });
  const held = known.find(({ state }) => state === 'signed');
  if (value === null && (held?.value ?? null) === null)
    throw new AppError('conflict', 'The unit has no target of its own.', [
      { field: 'value', reason: 'there is none to take back', code: 'noTarget' },
    ]);
  await updateTargets(work.tx, idsIn(known, 'proposed'), { state: 'superseded', endedAt: work.tx.at });
  const [id = 0] = await insertTargets(work.tx, [{ ...order, savedBy: nameCaller(caller) }]);
  await note(work, caller, {
    ...{ act: 'setTarget', subject: `target:${id}`, unit },
    before: held ? factsOf(held) : null,
    after: { ...factsOf(order), state: 'proposed' },
  });
  return { answer: { id }, changed: null };
};

/** What to do with targets that wait. */
export type TargetDecision = { ids: readonly number[]; decision: 'sign' | 'reject'; reason: string };

/** The targets that an editor names; AppError `notFound` for one that he does not see, `forbidden` for one he may not change. */
async function getTargets(work: Work, editor: Editor, ids: readonly number[]): Promise<StoredTarget[]> {
  const { caller, standing, reach } = editor;
  const wanted = [...new Set(ids)];
  const found = new Map((await readTargetsById(work.tx, wanted)).map((one) => [one.id, one]));
  return wanted.map((id) => {
    const target = found.get(id);
    if (!target || !isVisible(reach, target.unit))
      throw new AppError('notFound', `There is no target ${id}.`, [{ field: 'ids', reason: 'is not known' }]);
    requireRole(caller, 'editor', target.unit, standing);
    return target;
  });
}

function refuseDecision(
  work: Work,
  { caller }: Editor,
  targets: readonly StoredTarget[],
  decision: string,
): void {
  const settled = targets.find(({ state }) => state !== 'proposed');
  if (settled)
    throw new AppError('conflict', `Target ${settled.id} does not wait to be signed.`, [
      { field: 'ids', reason: `${settled.id} is ${settled.state}` },
    ]);
  const own = targets.find(({ savedBy }) => savedBy === nameCaller(caller));
  if (decision === 'sign' && own && work.site.alerting.fourEyes)
    throw new AppError('forbidden', 'Whoever set a target cannot sign it: another editor must.', [
      { field: 'decision', reason: 'needs another editor' },
    ]);
}

/** Ends what held of the units, indicators and years of some targets. */
async function supersede({ tx }: Work, targets: readonly StoredTarget[]): Promise<void> {
  for (const [year, group] of Map.groupBy(targets, (one) => one.year)) {
    const keys = new Set(group.map(({ unit, indicator }) => `${unit} ${indicator}`));
    const indicators = [...new Set(group.map(({ indicator }) => indicator))];
    const units = [...new Set(group.map(({ unit }) => unit))];
    const known = await readTargets(tx, { year, indicators, units });
    const held = known.filter(({ unit, indicator }) => keys.has(`${unit} ${indicator}`));
    await updateTargets(tx, idsIn(held, 'signed'), { state: 'superseded', endedAt: tx.at });
  }
}

/**
 * Signs targets that wait, so that they hold from now on, or rejects them; all or none. AppError `forbidden` for who is not editor of
 * their units, and where two must agree for whoever set one; `conflict` for one that does not wait.
 */
export const signTargets: Act<PersonCaller, TargetDecision, { signed: number; rejected: number }> = async (
  work,
  asking,
  { ids, decision, reason },
) => {
  const editor = await openEditor(work, asking);
  const targets = await getTargets(work, editor, ids);
  refuseDecision(work, editor, targets, decision);
  const all = targets.map(({ id }) => id);
  const { tx } = work;
  if (decision === 'reject') await updateTargets(tx, all, { state: 'rejected', endedAt: tx.at });
  else {
    await supersede(work, targets);
    const signed = { state: 'signed', signedAt: tx.at, signedBy: nameCaller(editor.caller) } as const;
    await updateTargets(tx, all, signed);
  }
  await noteAll(
    work,
    editor.caller,
    targets.map((one) => ({
      ...{ act: 'signTargets', subject: `target:${one.id}`, unit: one.unit },
      before: { ...factsOf(one), state: one.state },
      after: { decision, reason },
    })),
  );
  const signed = decision === 'sign' ? all.length : 0;
  return { answer: { signed, rejected: all.length - signed }, changed: null };
};
