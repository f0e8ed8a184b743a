/** Sums over slots as tests make them: what happened in which slot, and from which slot on it was known. */
import type { SumSeries } from '../server/rules/series.ts';
import { MEASURES, type MeasureId } from '../shared/measure.ts';
import { addDays } from '../shared/period.ts';

/** An amount of a measure: it belongs to one slot and is known from another on. Of a stock: by how much the level changed. */
export type Told = { slot: number; known: number; measure: MeasureId; amount: number };

/** So many days from a day on. */
export function listDays(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

/** So many hours from midnight of a day on. */
export function listHours(from: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${addDays(from, Math.floor(index / 24))}T${String(index % 24).padStart(2, '0')}`,
  );
}

/** The series of a unit from what was told; `until`: as it stood at the end of a slot, that slot the last. */
export function seriesOf(
  starts: readonly string[],
  told: readonly Told[],
  { unit = 1, until = starts.length - 1 }: { unit?: number; until?: number } = {},
): SumSeries {
  const size = until + 1;
  const sums = new Map<MeasureId, Float64Array>();
  const revisions: SumSeries['revisions'][number][] = [];
  for (const { slot, known, measure, amount } of told) {
    if (Math.max(slot, known) > until) continue;
    const line = sums.get(measure) ?? new Float64Array(size);
    sums.set(measure, line);
    const last = MEASURES[measure].kind === 'stock' ? size - 1 : slot;
    for (let at = slot; at <= last; at++) line[at] = (line[at] ?? 0) + amount;
    if (known > slot) revisions.push({ slot, known, measure, amount });
  }
  const grain = starts[0]?.length === 10 ? 'day' : 'hour';
  return { unit, grain, starts: starts.slice(0, size), sums, revisions, lives: [0, size], told: null };
}
