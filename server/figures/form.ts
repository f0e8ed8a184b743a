import type { FormAnswer } from '../../shared/answers.ts';
import { emptySums, MEASURE_IDS } from '../../shared/measure.ts';
import { AppError } from '../errors.ts';
import { NO_FIELD, readAreas } from './areas.ts';
import { getPeriod } from './figures.ts';
import { readSubjectSums } from './subjects.ts';
import { findAbsence, type PeriodSums, readPeriodSums, type View } from './sums.ts';
import { showUnit } from './views.ts';

const round = (value: number) => Math.round(value * 100) / 100;

/** Columns 3 to 13 of form II.06a/VPCP/KSTT (TT 01/2020): 6 is read from the stock, so 3 = 7 + 11 is a real check. */
export function toColumns({ sums, carried }: PeriodSums): number[] {
  const resolved = sums.resolvedEarly + sums.resolvedOnTime + sums.resolvedLate;
  return [
    sums.takenOnline + sums.takenOffline + carried,
    sums.takenOnline,
    sums.takenOffline,
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

async function readFields(view: View, unit: number, range: { from: string; to: string }) {
  try {
    return await readSubjectSums(view, unit, { kind: 'field', range });
  } catch (error) {
    if (error instanceof AppError && error.code === 'badInput') return new Map<string, PeriodSums>();
    throw error;
  }
}

/** Form II.06a of a unit over a period, a row per area of work; days long past, and those of nobody, have the total alone. */
export async function readForm(view: View, unit: number, key: string): Promise<FormAnswer> {
  const period = getPeriod(key);
  const total = (await readPeriodSums(view, [unit], period)).get(unit) ?? { sums: emptySums(), carried: 0 };
  const fields = await readFields(view, unit, period);
  const areas = await readAreas(view);
  const rows = [...fields].map(([code, sums]) => ({
    field: areas.show(code),
    columns: toColumns(sums),
  }));
  const rest = toColumns(subtract(total, fields.values()));
  if (rest.some((value) => value !== 0) && fields.size > 0) {
    rows.push({ field: areas.show(NO_FIELD), columns: rest });
  }
  return {
    unit: showUnit(view, unit),
    period: period.key,
    from: period.from,
    to: period.to,
    provisional: period.to > view.today,
    seq: view.clock.seq,
    ...findAbsence(view, unit, period),
    rows: rows.filter(({ columns }) => columns.some((value) => value !== 0)),
    total: toColumns(total),
  };
}
