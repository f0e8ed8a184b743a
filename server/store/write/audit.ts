import type { Insertable } from 'kysely';
import type { AuditRow } from '../people-schema.ts';
import type { Tx } from '../store.ts';

/** What is written of an entry beside its number and instant. */
export type NewEntry = Omit<Insertable<AuditRow>, 'n' | 'seq' | 'at'>;

/** Adds an entry to the audit; there is no way to change or remove one. */
export async function insertAudit(tx: Tx, entry: NewEntry): Promise<void> {
  await tx.db
    .insertInto('audit')
    .values({ ...entry, seq: tx.seq, at: tx.at })
    .execute();
}
