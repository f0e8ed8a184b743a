import { type BulkStatement, runBulks } from '../dialect.ts';
import type { Tx } from '../store.ts';

const INSERT: BulkStatement = {
  table: 'correction',
  columns: [
    { name: 'unit', type: 'integer' },
    { name: 'knownOn', type: 'text' },
    { name: 'day', type: 'text' },
    { name: 'measure', type: 'text' },
    { name: 'feed', type: 'text' },
    { name: 'seq', type: 'bigint' },
  ],
  conflict: 'on conflict ("unit", "knownOn", "day", "measure", "feed") do update set "seq" = excluded."seq"',
};

/** A measure of a day of a unit that was corrected. */
export type Corrected = { unit: number; day: string; measure: string };

/** Notes that a feed, or the clock (null), has corrected on a day measures of days gone by. */
export async function noteCorrections(
  tx: Tx,
  { feed, knownOn, corrected }: { feed: string | null; knownOn: string; corrected: readonly Corrected[] },
): Promise<void> {
  const rows = corrected.map(({ unit, day, measure }) => [unit, knownOn, day, measure, feed ?? '', tx.seq]);
  await runBulks(tx, [{ statement: INSERT, rows }]);
}
