import type { Insertable, Updateable } from 'kysely';
import type { OverrideRow, RuleRow } from '../alert-schema.ts';
import { isAnyOf } from '../dialect.ts';
import type { Tx } from '../store.ts';

/** Adds a version of a rule; what a version says is never changed. */
export async function insertVersion(tx: Tx, row: Omit<RuleRow, 'seq' | 'savedAt'>): Promise<void> {
  await tx.db
    .insertInto('rule')
    .values({ ...row, savedAt: tx.at, seq: tx.seq })
    .execute();
}

/** Changes where a version stands. */
export async function updateVersion(
  tx: Tx,
  { id, version }: Pick<RuleRow, 'id' | 'version'>,
  change: Pick<Updateable<RuleRow>, 'state' | 'approvedBy' | 'activeFrom' | 'activeTo'>,
): Promise<void> {
  await tx.db
    .updateTable('rule')
    .set({ ...change, seq: tx.seq })
    .where('id', '=', id)
    .where('version', '=', version)
    .execute();
}

/** An override to be. */
export type NewOverride = Omit<Insertable<OverrideRow>, 'id' | 'seq' | 'savedAt'>;

/** Overrides that one statement adds. */
const AT_ONCE = 500;

/** Adds overrides and gives their ids, in order. */
export async function insertOverrides(tx: Tx, rows: readonly NewOverride[]): Promise<number[]> {
  const ids: number[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const values = rows.slice(from, from + AT_ONCE).map((row) => ({ ...row, savedAt: tx.at, seq: tx.seq }));
    const added = await tx.db.insertInto('override').values(values).returning('id').execute();
    ids.push(...added.map(({ id }) => id));
  }
  return ids;
}

/** Changes where overrides stand, or on which days they hold. */
export async function updateOverrides(
  tx: Tx,
  ids: readonly number[],
  change: Pick<Updateable<OverrideRow>, 'state' | 'validFrom' | 'validTo' | 'approvedBy'>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('override')
    .set({ ...change, seq: tx.seq })
    .where(isAnyOf(tx.dialect, 'id', ids))
    .execute();
}
