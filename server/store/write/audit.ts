import type { Insertable } from 'kysely';
import { type BulkStatement, runBulks } from '../dialect.ts';
import type { AuditRow } from '../people-schema.ts';
import type { Tx } from '../store.ts';

/** What is written of an entry beside its number and instant. */
export type NewEntry = Omit<Insertable<AuditRow>, 'n' | 'seq' | 'at'>;

const ENTRIES: BulkStatement = {
  table: 'audit',
  columns: [
    { name: 'seq', type: 'bigint' },
    { name: 'at', type: 'bigint' },
    { name: 'caller', type: 'text' },
    { name: 'act', type: 'text' },
    { name: 'subject', type: 'text' },
    { name: 'unit', type: 'integer' },
    { name: 'before', type: 'text' },
    { name: 'after', type: 'text' },
    { name: 'address', type: 'text' },
  ],
  conflict: '',
};

/** Adds entries to the audit, in their order; there is no way to change or remove one. */
export async function insertAudits(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  const rows = entries.map(({ caller, act, subject, unit, before, after, address }) => [
    ...[tx.seq, tx.at, caller, act, subject],
    ...[unit ?? null, before ?? null, after ?? null, address ?? null],
  ]);
  await runBulks(tx, [{ statement: ENTRIES, rows }]);
}
