import type { Insertable, Updateable } from 'kysely';
import { isAnyOf } from '../dialect.ts';
import type { TargetRow } from '../plan-schema.ts';
import type { Tx } from '../store.ts';

/** A target to be. */
export type NewTarget = Pick<
  Insertable<TargetRow>,
  'unit' | 'indicator' | 'year' | 'value' | 'office' | 'paper' | 'reason' | 'savedBy'
>;

/** Targets that one statement adds. */
const AT_ONCE = 500;

/** Adds versions that wait to be signed and gives their ids, in order. */
export async function insertTargets(tx: Tx, rows: readonly NewTarget[]): Promise<number[]> {
  const ids: number[] = [];
  const blank = { state: 'proposed', signedAt: null, signedBy: null, endedAt: null } as const;
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const values = rows
      .slice(from, from + AT_ONCE)
      .map((row) => ({ ...row, ...blank, savedAt: tx.at, seq: tx.seq }));
    const added = await tx.db.insertInto('target').values(values).returning('id').execute();
    ids.push(...added.map(({ id }) => id));
  }
  return ids;
}

/** Changes where versions stand; what a version says is never changed. */
export async function updateTargets(
  tx: Tx,
  ids: readonly number[],
  change: Pick<Updateable<TargetRow>, 'state' | 'signedAt' | 'signedBy' | 'endedAt'>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('target')
    .set({ ...change, seq: tx.seq })
    .where(isAnyOf(tx.dialect, 'id', ids))
    .execute();
}
