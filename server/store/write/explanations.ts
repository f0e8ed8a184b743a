import type { Insertable, Updateable } from 'kysely';
import type { ExplanationRow } from '../alert-schema.ts';
import type { StoredExplanation } from '../explanation-store.ts';
import type { Tx } from '../store.ts';

/** Asks for an explanation, and gives its id. */
export async function insertExplanation(
  tx: Tx,
  asked: Pick<Insertable<ExplanationRow>, 'episode' | 'unit' | 'askedBy' | 'question' | 'dueAt' | 'nextAt'>,
): Promise<number> {
  const row = await tx.db
    .insertInto('explanation')
    .values({ ...asked, askedAt: tx.at, urges: 0, step: 0, seq: tx.seq })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Changes an explanation. */
export async function updateExplanation(
  tx: Tx,
  { id }: Pick<StoredExplanation, 'id'>,
  changes: Omit<Updateable<ExplanationRow>, 'id' | 'episode' | 'unit' | 'seq'>,
): Promise<void> {
  await tx.db
    .updateTable('explanation')
    .set({ ...changes, seq: tx.seq })
    .where('id', '=', id)
    .execute();
}
