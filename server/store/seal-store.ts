import type { Selectable } from 'kysely';
import { isAnyOf } from './dialect.ts';
import type { IndexSealRow, SealedUnitRow } from './seal-tables.ts';
import type { Reader } from './store.ts';

/** A sealed period as it is read. */
export type StoredSeal = Selectable<IndexSealRow>;

/** What was told of units when a period was sealed, by unit, and the seals of which that is part. */
export async function readSealed(
  { db, dialect }: Reader,
  units: readonly number[],
  { period, basis }: Pick<SealedUnitRow, 'period' | 'basis'>,
): Promise<{ told: Map<number, SealedUnitRow>; seals: Map<number, StoredSeal> }> {
  if (units.length === 0) return { told: new Map(), seals: new Map() };
  const rows = await db
    .selectFrom('sealedUnit')
    .selectAll()
    .where(isAnyOf(dialect, 'unit', units))
    .where('period', '=', period)
    .where('basis', '=', basis)
    .execute();
  const ids = [...new Set(rows.map(({ seal }) => seal))];
  const seals =
    ids.length === 0 ? [] : await db.selectFrom('indexSeal').selectAll().where('id', 'in', ids).execute();
  return {
    told: new Map(rows.map((row) => [row.unit, row])),
    seals: new Map(seals.map((seal) => [seal.id, seal])),
  };
}

/** The seal of a unit's period, made for the unit itself. */
export async function findSeal(
  { db }: Reader,
  { unit, period }: Pick<IndexSealRow, 'unit' | 'period'>,
): Promise<StoredSeal | undefined> {
  return db
    .selectFrom('indexSeal')
    .selectAll()
    .where('unit', '=', unit)
    .where('period', '=', period)
    .executeTakeFirst();
}
