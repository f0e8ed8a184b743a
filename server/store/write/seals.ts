import type { Insertable } from 'kysely';
import type { IndexSealRow, SealedUnitRow } from '../seal-tables.ts';
import type { Tx } from '../store.ts';

/** Of a bulk of rows so many go into one statement. */
const AT_ONCE = 100;

/** Seals a period, and gives the id of the seal. */
export async function insertSeal(
  tx: Tx,
  seal: Omit<Insertable<IndexSealRow>, 'id' | 'at' | 'seq'>,
): Promise<number> {
  const row = await tx.db
    .insertInto('indexSeal')
    .values({ ...seal, at: tx.at, seq: tx.seq })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Keeps what was told of units; what was sealed of a unit before stays as it is. */
export async function insertSealedUnits(tx: Tx, rows: readonly SealedUnitRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await tx.db
      .insertInto('sealedUnit')
      .values(rows.slice(from, from + AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
