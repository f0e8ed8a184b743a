/** The rows that a series is made of, unit by unit. */
import { emptySums, type MeasureId, type Sums } from '../../shared/measure.ts';
import type { DayRange, Grain } from '../../shared/period.ts';
import {
  coverDays,
  readFieldRows,
  readSeriesRows,
  type SomeSums,
  sumRanges,
  sumTopics,
} from '../store/sum-store.ts';
import { readAreas } from './areas.ts';
import { groupSubjects } from './subjects.ts';
import type { View } from './sums.ts';

/** Rows of a unit by their start, and what its stocks were before the first. */
export type Read = { rows: Map<string, SomeSums>; base: Sums };

/** Days or hours of a series, with the measures it is made of. */
export type Span = DayRange & { ids: readonly MeasureId[] };

/** What units answer with over a span, in two queries however many they are; by area of work in some for each. */
export async function readUnits(
  view: View,
  units: readonly number[],
  { grain: asked, field }: { grain: Grain; field?: string | undefined },
  span: Span,
): Promise<Map<number, Read>> {
  if (field !== undefined) {
    const reads = new Map<number, Read>();
    for (const unit of units) reads.set(unit, await readField(view, { unit, field }, span));
    return reads;
  }
  const bases = await sumRanges(view.reader, units, coverBefore(span));
  const grain = asked === 'week' ? 'day' : asked;
  const rows = await readSeriesRows(view.reader, units, { ...span, grain });
  return new Map(
    units.map((unit) => [unit, { rows: rows.get(unit) ?? new Map(), base: bases.get(unit) ?? emptySums() }]),
  );
}

const coverBefore = ({ from }: Span) => coverDays({ from: '0001-01-01', to: from.slice(0, 10) });

async function readField(
  view: View,
  { unit, field }: { unit: number; field: string },
  span: Span,
): Promise<Read> {
  const until = coverBefore(span);
  const months = until.map((row) => ({ ...row, grain: 'month' as const }));
  const areas = await readAreas(view);
  const told = await sumTopics(view.reader, unit, { ranges: months, kind: 'work' });
  const base = groupSubjects(told, { kind: 'field', areas });
  const range = { ...span, grain: 'month' as const };
  const rows = new Map<string, Sums>();
  for (const key of areas.keysOf(field)) {
    for (const [start, row] of await readFieldRows(view.reader, { unit, field: key }, range)) {
      const known = rows.get(start) ?? emptySums();
      addInto(known, row, { weight: 1, ids: span.ids });
      rows.set(start, known);
    }
  }
  return { rows, base: base.get(areas.keyOf(field)) ?? emptySums() };
}

/** Adds some measures of a row, weighted. */
export function addInto(
  into: Sums,
  sums: SomeSums,
  { weight, ids }: { weight: number; ids: readonly MeasureId[] },
): void {
  for (const id of ids) into[id] += (sums[id] ?? 0) * weight;
}
