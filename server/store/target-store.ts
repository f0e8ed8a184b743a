import type { Selectable } from 'kysely';
import { isAnyOf } from './dialect.ts';
import type { TargetRow } from './plan-schema.ts';
import type { Reader } from './store.ts';

/** A version of a target as it is kept. */
export type StoredTarget = Selectable<TargetRow>;

/** Which versions: of a year, of some indicators and some units. */
export type TargetFilter = { year: number; indicators: readonly string[]; units: readonly number[] };

/** Every version of the targets of some units for a year, the oldest first. */
export async function readTargets(
  { db, dialect }: Reader,
  { year, indicators, units }: TargetFilter,
): Promise<StoredTarget[]> {
  if (indicators.length === 0 || units.length === 0) return [];
  return db
    .selectFrom('target')
    .selectAll()
    .where('year', '=', year)
    .where(isAnyOf(dialect, 'indicator', indicators))
    .where(isAnyOf(dialect, 'unit', units))
    .orderBy('id')
    .execute();
}

/** Versions of targets by their ids. */
export async function readTargetsById(
  { db, dialect }: Reader,
  ids: readonly number[],
): Promise<StoredTarget[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('target')
    .selectAll()
    .where(isAnyOf(dialect, 'id', ids))
    .orderBy('id')
    .execute();
}

/** The versions for a year that wait to be signed, the oldest first. */
export async function readWaiting({ db }: Reader, year: number): Promise<StoredTarget[]> {
  return db
    .selectFrom('target')
    .selectAll()
    .where('year', '=', year)
    .where('state', '=', 'proposed')
    .orderBy('id')
    .execute();
}
