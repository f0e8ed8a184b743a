import type { UnitFacts, UnitLevel } from '../../shared/unit.ts';
import type { Reader } from './store.ts';

/** Everything stored of units. */
export async function readUnitFacts({ db }: Reader): Promise<UnitFacts> {
  const units = await db.selectFrom('unit').selectAll().orderBy('id').execute();
  const parents = await db.selectFrom('unitParent').selectAll().execute();
  const successions = await db.selectFrom('unitLineage').selectAll().execute();
  const aliases = await db.selectFrom('unitAlias').selectAll().execute();
  return {
    units: units.map((row) => ({
      id: row.id,
      code: row.code,
      name: { vi: row.nameVi, en: row.nameEn },
      level: row.level as UnitLevel,
      from: row.validFrom,
      to: row.validTo,
      lat: row.lat,
      lon: row.lon,
    })),
    parents: parents.map((row) => ({ unit: row.unit, parent: row.parent, from: row.validFrom })),
    successions: successions.map((row) => ({
      predecessor: row.predecessor,
      successor: row.successor,
      on: row.validOn,
      share: row.share,
    })),
    aliases,
  };
}

/** Boundaries of units as GeoJSON texts, by unit id. */
export async function readGeometries({ db }: Reader, units: readonly number[]): Promise<Map<number, string>> {
  if (units.length === 0) return new Map();
  const rows = await db
    .selectFrom('geometry')
    .selectAll()
    .where('unit', 'in', [...units])
    .execute();
  return new Map(rows.map((row) => [row.unit, row.geometry]));
}

/** The ids of all units, ended ones too. */
export async function readUnitIds({ db }: Reader): Promise<number[]> {
  const rows = await db.selectFrom('unit').select('id').execute();
  return rows.map(({ id }) => id);
}
