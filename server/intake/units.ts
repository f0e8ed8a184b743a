import { createHash } from 'node:crypto';
import { keyOfText } from '../../shared/text.ts';
import { BEGINNING, type UnitLevel } from '../../shared/unit.ts';
import type { UnitRecord } from '../../shared/unit-record.ts';
import { AppError } from '../errors.ts';
import type { Mapping } from './mapping.ts';
import { compileScalar, makeCode, type Reader, type Row, refuse } from './source.ts';

/** A unit a row stands under; `identity` is the same for the same unit however it is spelt in capitals or spaces. */
export type RowUnit = {
  level: UnitLevel | undefined;
  code: string;
  identity: string;
  record: UnitRecord | undefined;
};
/** The units of a row, the root first, the deepest last. */
export type UnitReader = (row: Row) => RowUnit[];

const LONGEST_CODE = 40;

/** A code of at most 40 characters; a longer one keeps its start and ends in a short digest of the whole. */
export function shortenCode(code: string): string {
  if (code.length <= LONGEST_CODE) return code;
  return `${code.slice(0, LONGEST_CODE - 7)}-${createHash('sha256').update(code).digest('hex').slice(0, 6)}`;
}

type Tier = {
  level: UnitLevel;
  isWhole: boolean;
  code: Reader<string | number | boolean>;
  name: Reader<string | number | boolean>;
  nameEn: Reader<string | number | boolean>;
};

function compileTiers(mapping: Mapping): Tier[] {
  return (mapping.units?.levels ?? []).map((tier, index) => {
    const rules = { field: `units.levels[${index}]`, isCode: true, mapping, dateOnly: mapping.dateOnly };
    const name = tier.name ?? tier.code;
    return {
      level: tier.level,
      isWhole: tier.whole,
      code: compileScalar(tier.code, rules),
      name: compileScalar(name, { ...rules, isCode: false }),
      nameEn: compileScalar(tier.nameEn ?? name, { ...rules, isCode: false }),
    };
  });
}

type Above = RowUnit & { path: string };

function stepDown(above: Above, tier: Tier, given: { row: Row; from: string }): Above | undefined {
  const raw = tier.code(given.row);
  if (raw === undefined) return undefined;
  const text = String(raw);
  const part =
    makeCode(text) || createHash('sha256').update(keyOfText(text)).digest('hex').slice(0, 6).toUpperCase();
  const path = tier.isWhole ? text : `${above.path}.${part}`;
  if (tier.isWhole && path.length > LONGEST_CODE)
    throw refuse('units', `the code ${text} is longer than 40 characters`);
  const code = shortenCode(path);
  const vi = String(tier.name(given.row) ?? text);
  const name = { vi, en: String(tier.nameEn(given.row) ?? vi) };
  const record = { code, name, level: tier.level, from: given.from, to: null, parent: above.code };
  const identity = tier.isWhole ? text : `${above.identity}\n${keyOfText(text)}`;
  return { level: tier.level, code, identity, record, path };
}

/** A reader of a row's units from its columns; a tier whose code is empty is passed over. */
export function compileUnits(mapping: Mapping): UnitReader {
  if (!mapping.units) return () => [];
  const { root, from = BEGINNING } = mapping.units;
  const tiers = compileTiers(mapping);
  const record =
    root.name && root.level
      ? { code: root.code, name: root.name, level: root.level, from, to: null, parent: null }
      : undefined;
  const top: Above = { level: root.level, code: root.code, identity: root.code, record, path: root.code };
  return (row) => {
    const units: Above[] = [top];
    for (const tier of tiers) {
      const below = stepDown(units.at(-1) ?? top, tier, { row, from });
      if (below) units.push(below);
    }
    return units;
  };
}

/** The code of a row's unit at a level, or of the nearest above it where the row has none there. */
export function findUnitAt(
  units: readonly RowUnit[],
  wanted: { level: string; order: readonly string[] },
): string | undefined {
  if (wanted.level === 'deepest') return units.at(-1)?.code;
  const limit = wanted.order.lastIndexOf(wanted.level);
  return units.findLast((unit) => wanted.order.lastIndexOf(unit.level ?? '') <= limit)?.code;
}

/** Gathers the units of rows, each once, parents first; throws AppError when two different units get one code. */
export function createUnitCollector(): {
  add(units: readonly RowUnit[], line: number): void;
  list(): UnitRecord[];
} {
  const known = new Map<string, { unit: RowUnit; line: number }>();
  const add = (unit: RowUnit, line: number) => {
    const before = known.get(unit.code);
    if (!before) {
      known.set(unit.code, { unit, line });
      return;
    }
    const isSame =
      before.unit.identity === unit.identity && before.unit.record?.parent === unit.record?.parent;
    if (isSame) return;
    const names = `"${before.unit.record?.name.vi}" (line ${before.line}) and "${unit.record?.name.vi}" (line ${line})`;
    throw new AppError(
      'conflict',
      `two different units would get the code ${unit.code}: ${names}; tell them apart with values in units.levels`,
    );
  };
  return {
    add: (units, line) => {
      for (const unit of units) add(unit, line);
    },
    list: () => [...known.values()].map(({ unit }) => unit.record).filter((record) => record !== undefined),
  };
}
