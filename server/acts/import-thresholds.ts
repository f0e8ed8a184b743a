/** A table of overrides taken in at once: all of it or nothing; a dry run says what it would change. */
import { isDeepStrictEqual } from 'node:util';
import type { OverrideValues } from '../../shared/rule.ts';
import type { ImportAnswer } from '../../shared/rule-view.ts';
import { AppError, createFaults, type InputError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { createReach, rootsOf } from '../people/roles.ts';
import { readOverrides, type StoredOverride } from '../store/rule-store.ts';
import { noteRules } from '../store/write/clock.ts';
import { insertOverrides, updateOverrides } from '../store/write/rules.ts';
import type { Act } from './act.ts';
import { nameCaller, noteAll } from './audit.ts';
import { type Editor, openEditor } from './editing.ts';
import { compareImport, type Planned } from './import-differences.ts';
import { checkOverride, findJudging, openRules, type Rules } from './override-checks.ts';
import { daysOf, endBefore, factsOf, type OverrideOrder } from './overrides.ts';
import type { Work } from './work.ts';

/** A line of the table, by its number as people count; the table's reason holds where it names none. */
export type ImportLine = Omit<OverrideOrder, 'reason'> & { line: number; reason: string | null };

export type ImportOrder = { lines: readonly ImportLine[]; reason: string; isDryRun: boolean };

type Known = Pick<StoredOverride, 'rule' | 'unit' | 'level'>;
const keyOf = ({ rule, unit, level }: Known) => `${rule}\u0000${unit}\u0000${level ?? ''}`;

const saysSame = (line: ImportLine, stored: StoredOverride): boolean =>
  isDeepStrictEqual(JSON.parse(stored.values), JSON.parse(JSON.stringify(line.values))) &&
  (line.from === undefined || line.from === stored.validFrom) &&
  (line.to === undefined || line.to === stored.validTo);

/** Overrides that hold, will hold or wait, by rule, unit and level. */
async function readCurrent(work: Work, today: string): Promise<Map<string, StoredOverride[]>> {
  const alive = (await readOverrides(work.tx)).filter(
    ({ state, validTo }) => (state === 'active' || state === 'proposed') && validTo > today,
  );
  return Map.groupBy(alive, keyOf);
}

/** An AppError's own words on a line. */
const onLine = (line: number, error: unknown): InputError[] => {
  if (!(error instanceof AppError)) throw error;
  return error.errors.map((one) => ({ ...one, index: line }));
};

type Planning = { work: Work; editor: Editor; rules: Rules; current: Map<string, StoredOverride[]> };

/** What a line would write; null where it says what is so already. Lines of days gone by begin today. */
function planLine({ work, editor, rules, current }: Planning, line: ImportLine): Planned | null {
  const { today } = editor.standing;
  const known = current.get(keyOf(line)) ?? [];
  if (known.some((stored) => saysSame(line, stored))) return null;
  const from = line.from !== undefined && line.from < today ? today : line.from;
  const days = daysOf({ from, to: line.to }, { today, usual: work.site.alerting.overrideDays });
  const judge = findJudging(rules, line.rule, line.unit);
  return {
    line,
    judge,
    days,
    replaces: known.filter(({ validTo }) => validTo > days.from),
    isNew: known.length === 0,
  };
}

function findTwins(plans: readonly Planned[]): InputError[] {
  return [...Map.groupBy(plans, ({ line }) => keyOf(line)).values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => (a.days.from < b.days.from ? -1 : 1));
    return sorted.flatMap(({ line, days }, index) => {
      const before = sorted[index - 1];
      if (!before || before.days.to <= days.from) return [];
      const reason = `says something else for the same rule, unit and days as line ${before.line.line}`;
      const said = { code: 'twin' as const, params: { line: before.line.line } };
      return [{ index: line.line, field: 'unit', reason, ...said }];
    });
  });
}

/** What every line that changes anything would write. Throws AppError with every line that cannot be, and why. */
function plan(planning: Planning, lines: readonly ImportLine[]): Planned[] {
  const faults = createFaults();
  const denied = createFaults();
  const plans: Planned[] = [];
  const isEdited = createReach(planning.editor.standing, rootsOf(planning.editor.caller, 'editor'));
  for (const line of lines) {
    try {
      const planned = planLine(planning, line);
      if (planned) plans.push(planned);
      if (planned && !isEdited(line.unit))
        denied.note({
          index: line.line,
          field: 'unit',
          reason: 'needs the role editor there',
          code: 'noRole',
        });
    } catch (error) {
      for (const fault of onLine(line.line, error)) faults.note(fault);
    }
  }
  for (const fault of findTwins(plans)) faults.note(fault);
  faults.raise('unprocessable', 'Some lines cannot be taken; none was.', { code: 'tableLines' });
  denied.raise('forbidden', 'Some lines are of units whose thresholds you may not set; none was taken.', {
    code: 'tableDenied',
  });
  return plans;
}

function checkAll(after: Rules, plans: readonly Planned[]): void {
  const faults = createFaults();
  for (const { line, judge, days } of plans)
    for (const fault of checkOverride(after, judge, { ...line, from: days.from }))
      faults.note({ ...fault, index: line.line });
  faults.raise('unprocessable', 'Some lines cannot be taken; none was.', { code: 'tableLines' });
}

/** Writes what is planned: one statement for all that is added, one for each day on which others end. */
async function write(
  work: Work,
  { caller }: Editor,
  plans: readonly Planned[],
  reason: string,
): Promise<void> {
  const savedBy = nameCaller(caller);
  const state = work.site.alerting.fourEyes ? ('proposed' as const) : ('active' as const);
  const rows = plans.map(({ line, days }) => ({
    ...{ rule: line.rule, unit: line.unit, level: line.level, values: JSON.stringify(line.values) },
    ...{ validFrom: days.from, validTo: days.to, reason: line.reason ?? reason },
    ...{ state, savedBy, approvedBy: null },
  }));
  await insertOverrides(work.tx, rows);
  const waiting = plans.flatMap(({ replaces }) => replaces.filter((one) => one.state === 'proposed'));
  await updateOverrides(
    work.tx,
    waiting.map(({ id }) => id),
    { state: 'rejected' },
  );
  if (state === 'proposed') return;
  for (const [day, group] of Map.groupBy(plans, ({ days }) => days.from)) {
    const ended = group.flatMap(({ replaces }) => replaces.filter((one) => one.state === 'active'));
    await endBefore(work, ended, day);
  }
}

const toAudit = ({ line, days, replaces }: Planned, reason: string) => ({
  ...{ act: 'importThresholds', subject: `rule:${line.rule}`, unit: line.unit },
  before: replaces.length > 0 ? { replaced: replaces.map((one) => ({ id: one.id, ...factsOf(one) })) } : null,
  after: { level: line.level, values: line.values as OverrideValues, ...days, reason: line.reason ?? reason },
});

/**
 * Takes a table of overrides, or only says what it would change; the same table again changes nothing. AppError `unprocessable`
 * with every line that cannot be taken, `forbidden` for lines of units where the caller is not editor.
 */
export const importThresholds: Act<PersonCaller, ImportOrder, ImportAnswer> = async (work, asking, order) => {
  const editor = await openEditor(work, asking);
  const rules = await openRules(work, editor.standing);
  const current = await readCurrent(work, editor.standing.today);
  const plans = plan({ work, editor, rules, current }, order.lines);
  const { after, differences, units } = compareImport(rules, plans);
  checkAll(after, plans);
  const added = plans.filter(({ isNew }) => isNew).length;
  const answer: ImportAnswer = {
    ...{ isDryRun: order.isDryRun, lines: order.lines.length, added, changed: plans.length - added },
    ...{ same: order.lines.length - plans.length, units, differences },
  };
  if (order.isDryRun || plans.length === 0) return { answer, changed: null, isUndone: true };
  await write(work, editor, plans, order.reason);
  await noteRules(work.tx);
  await noteAll(
    work,
    editor.caller,
    plans.map((planned) => toAudit(planned, order.reason)),
  );
  return { answer, changed: { units: 'any', feeds: false } };
};
