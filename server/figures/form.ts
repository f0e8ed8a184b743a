import type { FormAnswer } from '../../shared/answers.ts';
import { emptySums, MEASURE_IDS } from '../../shared/measure.ts';
import type { DayRange } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readAbsences, showTerritory } from './absence.ts';
import { NO_FIELD, readAreas } from './areas.ts';
import { getPeriod } from './asked.ts';
import { readCompleteness } from './reporting.ts';
import { readSubjectSums } from './subjects.ts';
import { type PeriodSums, readPeriodSums, type View } from './sums.ts';
import { showUnit } from './views.ts';

const round = (value: number) => Math.round(value * 100) / 100;

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

function addIntakes(parts: readonly Intake[]): Intake {
  const total = { online: 0, offline: 0, carried: 0 };
  for (const { online, offline, carried } of parts) {
    total.online += online;
    total.offline += offline;
    total.carried += carried;
  }
  return total;
}

/** Columns 3 to 13 of form II.06a/VPCP/KSTT (TT 01/2020): 6 is read from the stock, so 3 = 7 + 11 is a real check. */
export function toColumns(period: PeriodSums, intake: Intake = splitIntake(period)): number[] {
  const { sums } = period;
  const { online, offline, carried } = intake;
  const resolved = sums.resolvedEarly + sums.resolvedOnTime + sums.resolvedLate;
  return [
    online + offline + carried,
    online,
    offline,
    carried,
    resolved,
    sums.resolvedEarly,
    sums.resolvedOnTime,
    sums.resolvedLate,
    sums.open,
    sums.open - sums.overdue,
    sums.overdue,
  ].map(round);
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

type FormRows = Pick<FormAnswer, 'rows' | 'total'>;

/** A form in which nothing is known: not even 0. */
const EMPTY: FormRows = { rows: [], total: [] };

async function readRows(view: View, unit: ScopedUnit, period: DayRange): Promise<FormRows> {
  const total = (await readPeriodSums(view, [unit], period)).get(unit) ?? { sums: emptySums(), carried: 0 };
  const fields = await readFields(view, unit, period);
  const areas = await readAreas(view);
  const rows = [...fields].map(([code, sums]) => ({
    field: areas.show(code),
    columns: toColumns(sums),
  }));
  const other = subtract(total, fields.values());
  const rest = toColumns(other);
  if (rest.some((value) => value !== 0) && fields.size > 0) {
    rows.push({ field: areas.show(NO_FIELD), columns: rest });
  }
  // Where there are rows the total is theirs: what one area passed on is not taken out of another's.
  const parts = fields.size > 0 ? [...fields.values(), other] : [total];
  return {
    rows: rows.filter(({ columns }) => columns.some((value) => value !== 0)),
    total: toColumns(total, addIntakes(parts.map(splitIntake))),
  };
}

/** Form II.06a of a unit over a period, a row per area of work; days long past, and those of nobody, have the total alone. */
export async function readForm(view: View, unit: ScopedUnit, key: string): Promise<FormAnswer> {
  const period = getPeriod(key);
  const absence = (await readAbsences(view, [unit]))(unit, period);
  return {
    unit: showUnit(view, unit),
    period: period.key,
    from: period.from,
    to: period.to,
    provisional: period.to > view.today,
    completeness: absence ? null : await readCompleteness(view, unit, period),
    seq: view.clock.seq,
    ...absence,
    ...showTerritory(view, unit, period),
    ...(absence ? EMPTY : await readRows(view, unit, period)),
  };
}
