import type { FormAnswer } from '../../shared/answers.ts';
import { addRows, FORMS, fillColumns } from '../../shared/form-layout.ts';
import type { WideFormAnswer } from '../../shared/form-wire.ts';
import { emptySums, MEASURE_IDS } from '../../shared/measure.ts';
import type { DayRange } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readAbsences, showTerritory } from './absence.ts';
import { type Areas, NO_FIELD, readAreas } from './areas.ts';
import { getPeriod } from './asked.ts';
import { readCompleteness } from './reporting.ts';
import { readSubjectSums } from './subjects.ts';
import { type PeriodSums, readPeriodSums, type View } from './sums.ts';
import { showUnit } from './views.ts';

/** Columns 4, 5 and 6: what a unit had to resolve, by the way it came. */
type Intake = { online: number; offline: number; carried: number };

/** What was passed on to other units is taken out of what was carried over, then of what came in: offline, then online. */
function splitIntake({ sums, carried }: PeriodSums): Intake {
  let rest = sums.passedOn;
  const reduce = (size: number) => {
    const out = Math.min(rest, Math.max(size, 0));
    rest -= out;
    return size - out;
  };
  const over = reduce(carried);
  const offline = reduce(sums.takenOffline);
  const online = reduce(sums.takenOnline);
  return { online, offline, carried: over - rest };
}

/** Columns 3 to 13 of form II.06a/VPCP/KSTT (TT 01/2020): 6 is read from the stock, so 3 = 7 + 11 is a real check. */
export function toColumns(period: PeriodSums): number[] {
  const { sums } = period;
  const { online, offline, carried } = splitIntake(period);
  const counted = {
    ...{ 4: online, 5: offline, 6: carried },
    ...{ 8: sums.resolvedEarly, 9: sums.resolvedOnTime, 10: sums.resolvedLate },
    ...{ 12: sums.open - sums.overdue, 13: sums.overdue },
  };
  return fillColumns(FORMS['II.06a'], counted).map((value) => value ?? 0);
}

/**
 * Columns 3 to 27 of form 07a/BTP; null where nothing that is told counts a column. 4 to 9 count at the unit that received,
 * all others at the one that resolves. 6 is whatever came online and is not fully so.
 */
export function toWideColumns(period: PeriodSums): (number | null)[] {
  const { sums } = period;
  return fillColumns(FORMS['07a'], {
    ...{ 4: sums.receivedDirect, 5: sums.receivedFull, 6: sums.receivedOnline - sums.receivedFull },
    ...{ 9: sums.receivedPostal, 10: splitIntake(period).carried },
    12: sums.resolvedEarly + sums.resolvedOnTime,
    ...{ 13: sums.lateApologised, 14: sums.resolvedLate - sums.lateApologised },
    ...{ 16: sums.open - sums.overdue, 17: sums.overdue },
    ...{ 20: sums.feeDue, 21: sums.feePaidOnline },
    ...{ 23: sums.waiting - sums.waitingLate, 24: sums.waitingLate },
    ...{ 25: sums.stopped, 26: sums.withdrawn, 27: sums.refused },
  });
}

function subtract(total: PeriodSums, parts: Iterable<PeriodSums>): PeriodSums {
  const rest = { sums: { ...total.sums }, carried: total.carried };
  for (const { sums, carried } of parts) {
    rest.carried -= carried;
    for (const id of MEASURE_IDS) rest.sums[id] -= sums[id];
  }
  return rest;
}

async function readFields(view: View, unit: ScopedUnit, range: { from: string; to: string }) {
  try {
    return await readSubjectSums(view, unit, { kind: 'field', range });
  } catch (error) {
    if (error instanceof AppError && error.code === 'badInput') return new Map<string, PeriodSums>();
    throw error;
  }
}

/** What the forms of a unit and a period are made of; `fields` by the key of the area, `rest` what has none. */
type FormSums = { total: PeriodSums; rest: PeriodSums; fields: ReadonlyMap<string, PeriodSums> };

async function readFormSums(view: View, unit: ScopedUnit, period: DayRange): Promise<FormSums> {
  const total = (await readPeriodSums(view, [unit], period)).get(unit) ?? { sums: emptySums(), carried: 0 };
  const fields = await readFields(view, unit, period);
  return { total, fields, rest: subtract(total, fields.values()) };
}

type ToColumns<V> = (period: PeriodSums) => V[];
type Rows<V> = { rows: { field: FormAnswer['rows'][number]['field']; columns: V[] }[]; total: V[] };

const addWideColumns = (rows: readonly (number | null)[][]) => addRows(FORMS['07a'], rows);
const addColumns = (rows: readonly number[][]) => addRows(FORMS['II.06a'], rows).map((value) => value ?? 0);

/** The rows of a form. Where there are rows the total is theirs: what one area passed on is not taken out of another's. */
function layRows<V extends number | null>(
  { total, rest, fields }: FormSums,
  { areas, to, add }: { areas: Areas; to: ToColumns<V>; add: (rows: readonly V[][]) => V[] },
): Rows<V> {
  if (fields.size === 0) return { rows: [], total: to(total) };
  const all = [...fields, [NO_FIELD, rest] as const].map(([code, sums]) => ({
    field: areas.show(code),
    columns: to(sums),
  }));
  const rows = all.filter(({ columns }) => columns.some((value) => value !== null && value !== 0));
  return { rows, total: add(all.map(({ columns }) => columns)) };
}

/** Both forms of a unit over a period, of the same sums, and those sums; null where nothing is known: not even 0. */
export async function readForms(
  view: View,
  unit: ScopedUnit,
  key: string,
): Promise<{ form: FormAnswer; wide: WideFormAnswer; total: PeriodSums | null }> {
  const period = getPeriod(key);
  const absence = (await readAbsences(view, [unit]))(unit, period);
  const head = {
    unit: showUnit(view, unit),
    period: period.key,
    from: period.from,
    to: period.to,
    provisional: period.to > view.today,
    completeness: absence ? null : await readCompleteness(view, unit, period),
    seq: view.clock.seq,
    ...absence,
    ...showTerritory(view, unit, period),
  };
  if (absence) {
    const nothing = { ...head, rows: [], total: [] };
    return { form: nothing, wide: nothing, total: null };
  }
  const sums = await readFormSums(view, unit, period);
  const areas = await readAreas(view);
  const form = layRows(sums, { areas, to: toColumns, add: addColumns });
  const wide = layRows(sums, { areas, to: toWideColumns, add: addWideColumns });
  return { form: { ...head, ...form }, wide: { ...head, ...wide }, total: sums.total };
}

/** Form II.06a of a unit over a period, a row per area of work; days long past, and those of nobody, have the total alone. */
export async function readForm(view: View, unit: ScopedUnit, key: string): Promise<FormAnswer> {
  return (await readForms(view, unit, key)).form;
}
