import { type BulkStatement, runBulks } from '../dialect.ts';
import type { Tx } from '../store.ts';

const INSERT: BulkStatement = {
  table: 'correction',
  columns: [
    { name: 'unit', type: 'integer' },
    { name: 'knownOn', type: 'text' },
    { name: 'feed', type: 'text' },
  ],
  conflict: 'on conflict ("unit", "knownOn", "feed") do nothing',
};

/** Notes that a feed has, on a day, corrected days gone by of some units. */
export async function noteCorrections(
  tx: Tx,
  { feed, knownOn, units }: { feed: string; knownOn: string; units: Iterable<number> },
): Promise<void> {
  const rows = [...new Set(units)].sort((a, b) => a - b).map((unit) => [unit, knownOn, feed]);
  await runBulks(tx, [{ statement: INSERT, rows }]);
}
