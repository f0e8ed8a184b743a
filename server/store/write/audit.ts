import type { Insertable } from 'kysely';
import type { AuditRow } from '../people-schema.ts';
import type { Tx } from '../store.ts';

/** What is written of an entry beside its number and instant. */
export type NewEntry = Omit<Insertable<AuditRow>, 'n' | 'seq' | 'at'>;

/** Entries that one statement adds. */
const AT_ONCE = 500;

/** Adds entries to the audit; there is no way to change or remove one. */
export async function insertAudit(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const values = entries.slice(from, from + AT_ONCE).map((entry) => ({ ...entry, seq: tx.seq, at: tx.at }));
    await tx.db.insertInto('audit').values(values).execute();
  }
}
