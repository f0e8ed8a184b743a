import type { LineageRecord, MoveRecord, UnitRecord } from '../../../shared/unit-record.ts';
import { isAnyOf, runBulks } from '../dialect.ts';
import type { Tx } from '../store.ts';
import { noteUnits } from './clock.ts';

const UNIT_INSERT = {
  table: 'unit',
  columns: [
    { name: 'code', type: 'text' },
    { name: 'nameVi', type: 'text' },
    { name: 'nameEn', type: 'text' },
    { name: 'level', type: 'text' },
    { name: 'validFrom', type: 'text' },
    { name: 'validTo', type: 'text' },
    { name: 'lat', type: 'double precision' },
    { name: 'lon', type: 'double precision' },
    { name: 'seq', type: 'bigint' },
  ],
  conflict: `on conflict ("code", "validFrom") do update set "nameVi" = excluded."nameVi", "nameEn" = excluded."nameEn",
    "level" = excluded."level", "validTo" = excluded."validTo", "lat" = excluded."lat", "lon" = excluded."lon",
    "seq" = excluded."seq"`,
} as const;

const PARENT_INSERT = {
  table: 'unitParent',
  columns: [
    { name: 'unit', type: 'integer' },
    { name: 'parent', type: 'integer' },
    { name: 'validFrom', type: 'text' },
  ],
  conflict: `on conflict ("unit", "validFrom") do update set "parent" = excluded."parent"`,
} as const;

const LINEAGE_INSERT = {
  table: 'unitLineage',
  columns: [
    { name: 'predecessor', type: 'integer' },
    { name: 'successor', type: 'integer' },
    { name: 'validOn', type: 'text' },
    { name: 'share', type: 'double precision' },
  ],
  conflict: `on conflict ("predecessor", "successor") do update set "validOn" = excluded."validOn",
    "share" = excluded."share"`,
} as const;

const ALIAS_INSERT = {
  table: 'unitAlias',
  columns: [
    { name: 'alias', type: 'text' },
    { name: 'unit', type: 'integer' },
  ],
  conflict: 'on conflict do nothing',
} as const;

/** Finds the id of the unit a code meant on a day. */
export type FindUnitId = (code: string, day: string) => number;

/** Writes units as they are stated: a known (code, from) is brought up to date, a new one added. */
export async function writeUnits(tx: Tx, units: readonly UnitRecord[]): Promise<void> {
  const rows = units.map((unit) => [
    unit.code,
    unit.name.vi,
    unit.name.en,
    unit.level,
    unit.from,
    unit.to,
    unit.lat ?? null,
    unit.lon ?? null,
    tx.seq,
  ]);
  await runBulks(tx, [{ statement: UNIT_INSERT, rows }]);
}

/** Parents of later days than a unit's first: those of the units named, all anew. */
async function replaceMoves(tx: Tx, moves: readonly MoveRecord[], find: FindUnitId): Promise<void> {
  const rows = moves.map(({ unit, parent, on }) => [
    find(unit, on),
    parent === null ? null : find(parent, on),
    on,
  ]);
  const moved = [...new Set(rows.map(([unit]) => Number(unit)))];
  if (moved.length === 0) return;
  await tx.db
    .deleteFrom('unitParent')
    .where(isAnyOf(tx.dialect, 'unit', moved))
    .where('validFrom', '>', (eb) =>
      eb.selectFrom('unit').select('unit.validFrom').whereRef('unit.id', '=', 'unitParent.unit'),
    )
    .execute();
  await runBulks(tx, [{ statement: PARENT_INSERT, rows }]);
}

/**
 * Writes parents, aliases, moves and lineage of units already written; lineage, or moves, of a unit replace all that was
 * stated of it. Marks the units as changed by this commit.
 */
export async function writeUnitLinks(
  tx: Tx,
  stated: {
    units: readonly UnitRecord[];
    lineage: readonly LineageRecord[];
    moves: readonly MoveRecord[];
  },
  links: { find: FindUnitId; dayBefore: (day: string) => string },
): Promise<void> {
  const { units, lineage, moves } = stated;
  const { find, dayBefore } = links;
  const parents = units.map((unit) => [
    find(unit.code, unit.from),
    unit.parent === null ? null : find(unit.parent, unit.from),
    unit.from,
  ]);
  const aliases = units.flatMap((unit) =>
    (unit.aliases ?? []).map((alias) => [alias, find(unit.code, unit.from)]),
  );
  const successions = lineage.map(({ from, to, on, share }) => [
    find(from, dayBefore(on)),
    find(to, on),
    on,
    share,
  ]);
  await runBulks(tx, [{ statement: PARENT_INSERT, rows: parents }]);
  await replaceMoves(tx, moves, find);
  await runBulks(tx, [{ statement: ALIAS_INSERT, rows: aliases }]);
  const divided = [...new Set(successions.map(([predecessor]) => Number(predecessor)))];
  if (divided.length > 0)
    await tx.db
      .deleteFrom('unitLineage')
      .where(isAnyOf(tx.dialect, 'predecessor', divided))
      .execute();
  await runBulks(tx, [{ statement: LINEAGE_INSERT, rows: successions }]);
  await noteUnits(tx);
}

/** Replaces the boundaries of units; each geometry is GeoJSON. */
export async function writeGeometries(
  tx: Tx,
  rows: readonly { unit: number; geometry: string }[],
): Promise<void> {
  const statement = {
    table: 'geometry',
    columns: [
      { name: 'unit', type: 'integer' },
      { name: 'geometry', type: 'text' },
    ],
    conflict: 'on conflict ("unit") do update set "geometry" = excluded."geometry"',
  } as const;
  await runBulks(tx, [{ statement, rows: rows.map((row) => [row.unit, row.geometry]) }]);
  await noteUnits(tx);
}
