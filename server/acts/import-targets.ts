/** A table of targets taken in at once: all of it or nothing; a dry run says what it would set. */
import type { TargetsImported } from '../../shared/target-wire.ts';
import { AppError, createFaults } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { createReach, rootsOf } from '../people/roles.ts';
import { readTargets, type StoredTarget } from '../store/target-store.ts';
import { insertTargets, updateTargets } from '../store/write/targets.ts';
import type { Act } from './act.ts';
import { nameCaller, noteAll } from './audit.ts';
import { type Editor, openEditor } from './editing.ts';
import { checkTarget, checkYear, factsOf, type TargetOrder } from './targets.ts';
import type { Work } from './work.ts';

/** A line of the table, by its number as people count; the table's reason holds where it names none. */
export type TargetLineOrder = Omit<TargetOrder, 'reason' | 'year'> & {
  line: number;
  reason?: string | undefined;
};

export type TargetsOrder = {
  year: number;
  lines: readonly TargetLineOrder[];
  reason: string;
  isDryRun: boolean;
};

/** A line that sets something: what holds of the unit's own, and what waits in its place. */
type Planned = { line: TargetLineOrder; held: StoredTarget | undefined; waiting: readonly StoredTarget[] };

const keyOf = ({ unit, indicator }: Pick<TargetOrder, 'unit' | 'indicator'>) => `${unit} ${indicator}`;

async function readCurrent(work: Work, { year, lines }: TargetsOrder): Promise<Map<string, StoredTarget[]>> {
  const units = [...new Set(lines.map(({ unit }) => unit))];
  const indicators = [...new Set(lines.map(({ indicator }) => indicator))];
  const known = await readTargets(work.tx, { year, indicators, units });
  return Map.groupBy(
    known.filter(({ state }) => state === 'signed' || state === 'proposed'),
    keyOf,
  );
}

type Said = Pick<TargetOrder, 'value' | 'office' | 'paper'>;

/** Whether a target says what a line says; of one taken back by whom and why is not asked. */
function saysSame(line: Said, stored: Said | undefined): boolean {
  if (line.value === null) return (stored?.value ?? null) === null;
  return stored?.value === line.value && stored.office === line.office && stored.paper === line.paper;
}

/** What a line would set; null where it says what waits already, or holds while nothing waits. */
function planLine(line: TargetLineOrder, known: readonly StoredTarget[]): Planned | null {
  const held = known.find(({ state }) => state === 'signed');
  const waiting = known.filter(({ state }) => state === 'proposed');
  return saysSame(line, waiting.at(-1) ?? held) ? null : { line, held, waiting };
}

/** What every line that sets anything would set. Throws AppError with every line that cannot be, and why. */
function plan(
  { caller, standing }: Editor,
  { lines, year }: TargetsOrder,
  current: ReadonlyMap<string, StoredTarget[]>,
): Planned[] {
  const faults = createFaults();
  const denied = createFaults();
  const isEdited = createReach(standing, rootsOf(caller, 'editor'));
  const first = new Map<string, number>();
  const plans = lines.flatMap((line): Planned[] => {
    const at = { index: line.line };
    const key = keyOf(line);
    const twin = first.get(key);
    if (twin === undefined) first.set(key, line.line);
    else {
      const reason = `is of the same unit and indicator as line ${twin}`;
      faults.note({ ...at, field: 'unit', reason, code: 'twinTarget', params: { line: twin } });
    }
    for (const fault of checkTarget({ ...line, year }, Number(standing.today.slice(0, 4))))
      faults.note({ ...fault, ...at });
    const planned = planLine(line, current.get(key) ?? []);
    if (planned && !isEdited(line.unit))
      denied.note({ ...at, field: 'unit', reason: 'needs the role editor there', code: 'noRole' });
    return planned ? [planned] : [];
  });
  faults.raise('unprocessable', 'Some lines cannot be taken; none was.', { code: 'tableLines' });
  denied.raise('forbidden', 'Some lines are of units whose targets you may not set; none was taken.', {
    code: 'tableDenied',
  });
  return plans;
}

function compare({ tree, today }: Editor['standing'], plans: readonly Planned[]) {
  return plans.map(({ line, held }): TargetsImported['differences'][number] => {
    const unit = tree.get(line.unit);
    return {
      ...{ line: line.line, unit: tree.referenceOf(unit, today), unitName: unit.name },
      ...{ indicator: line.indicator, before: held?.value ?? null, after: line.value },
    };
  });
}

async function write(work: Work, { caller }: Editor, order: TargetsOrder, plans: readonly Planned[]) {
  const { tx } = work;
  const replaced = plans.flatMap(({ waiting }) => waiting.map(({ id }) => id));
  await updateTargets(tx, replaced, { state: 'superseded', endedAt: tx.at });
  const rows = plans.map(({ line: { unit, indicator, value, office, paper, reason } }) => ({
    ...{ unit, indicator, value, office, paper, year: order.year, reason: reason ?? order.reason },
  }));
  const savedBy = nameCaller(caller);
  const ids = await insertTargets(
    tx,
    rows.map((row) => ({ ...row, savedBy })),
  );
  await noteAll(
    work,
    caller,
    rows.map((row, index) => {
      const held = plans[index]?.held;
      return {
        ...{ act: 'importTargets', subject: `target:${ids[index]}`, unit: row.unit },
        before: held ? factsOf(held) : null,
        after: { ...factsOf(row), state: 'proposed' },
      };
    }),
  );
}

/**
 * Sets the targets of a table, which then wait to be signed, or only says what it would set; the same table again sets nothing.
 * AppError `unprocessable` with every line that cannot be taken, `forbidden` for lines of units where the caller is not editor.
 */
export const importTargets: Act<PersonCaller, TargetsOrder, TargetsImported> = async (
  work,
  asking,
  order,
) => {
  const editor = await openEditor(work, asking);
  const ofYear = checkYear(order.year, Number(editor.standing.today.slice(0, 4)));
  if (ofYear.length > 0) throw new AppError('unprocessable', 'Of this year no target can be set.', ofYear);
  const plans = plan(editor, order, await readCurrent(work, order));
  const isNew = ({ held, waiting }: Planned) => (held?.value ?? null) === null && waiting.length === 0;
  const added = plans.filter(isNew).length;
  const answer: TargetsImported = {
    ...{ isDryRun: order.isDryRun, lines: order.lines.length, added, changed: plans.length - added },
    same: order.lines.length - plans.length,
    units: new Set(plans.map(({ line }) => line.unit)).size,
    differences: compare(editor.standing, plans),
  };
  if (order.isDryRun || plans.length === 0) return { answer, changed: null, isUndone: true };
  await write(work, editor, order, plans);
  return { answer, changed: null };
};
