import { isDeepStrictEqual } from 'node:util';
import { addDays } from '../../shared/period.ts';
import { type Unit, type UnitFacts, UnitTree } from '../../shared/unit.ts';
import { findUnitFaults, findUpsideDown } from '../../shared/unit-faults.ts';
import type { LineageRecord, MoveRecord, UnitRecord } from '../../shared/unit-record.ts';
import { AppError } from '../errors.ts';
import { isLogEmpty } from '../store/event-store.ts';
import type { Tx } from '../store/store.ts';
import { readUnitFacts } from '../store/unit-store.ts';
import { writeGeometries, writeUnitLinks, writeUnits } from '../store/write/units.ts';
import type { Act } from './act.ts';
import { note } from './audit.ts';
import { refoldLog } from './rebuild.ts';
import { createTreeCache } from './work.ts';

/** Units and lineage as a gazetteer or an office states them. */
export type UnitSelection = {
  units: readonly UnitRecord[];
  lineage: readonly LineageRecord[];
  moves?: readonly MoveRecord[];
};

/** What loading units did: how many were new or changed, and whether the figures of the past were folded anew. */
export type LoadedUnits = { stated: number; changed: boolean; refolded: number };

const SHARE_TOLERANCE = 1e-6;

function checkShares(lineage: readonly LineageRecord[]): void {
  const totals = new Map<string, number>();
  for (const { from, on, share } of lineage)
    totals.set(`${from} ${on}`, (totals.get(`${from} ${on}`) ?? 0) + share);
  for (const [key, total] of totals) {
    if (Math.abs(total - 1) <= SHARE_TOLERANCE) continue;
    throw new AppError('badInput', `The shares of ${key} sum to ${total.toFixed(4)}, not to 1.`);
  }
}

/** The rows without those that say the same again; AppError where two of one name differ. */
function stateOnce<T>(rows: readonly T[], nameOf: (row: T) => string): T[] {
  const byName = new Map<string, T>();
  for (const row of rows) {
    const name = nameOf(row);
    const known = byName.get(name);
    if (known !== undefined && !isDeepStrictEqual(known, row))
      throw new AppError('badInput', `${name} is stated twice, each time otherwise.`);
    byName.set(name, row);
  }
  return [...byName.values()];
}

/** What is stated, each thing once. */
function checkTwice({ units, lineage, moves = [] }: UnitSelection): Required<UnitSelection> {
  return {
    units: stateOnce(units, ({ code, from }) => `${code} from ${from}`),
    lineage: stateOnce(lineage, ({ from, to, on }) => `What passes from ${from} to ${to} on ${on}`),
    moves: stateOnce(moves, ({ unit, on }) => `The move of ${unit} on ${on}`),
  };
}

/** A unit's level says what figures it is compared in: one of another level is another unit. */
function checkLevels(stored: readonly Unit[], units: readonly UnitRecord[]): void {
  const levels = new Map(stored.map(({ code, from, level }) => [`${code} from ${from}`, level]));
  for (const { code, from, level } of units) {
    const known = levels.get(`${code} from ${from}`);
    if (known === undefined || known === level) continue;
    const words = `${code} from ${from} is of the level ${known}, and cannot become ${level}`;
    throw new AppError('badInput', `${words}: end it, and begin another one.`);
  }
}

function checkFaults(faults: readonly string[]): void {
  if (faults.length > 0)
    throw new AppError('badInput', `The units contradict themselves: ${faults.join('; ')}.`);
}

function finder(tree: UnitTree) {
  return (code: string, day: string): number => {
    const unit = tree.findOn(code, day);
    if (!unit) throw new AppError('badInput', `No unit has the code ${code} on ${day}.`);
    return unit.id;
  };
}

const fingerprint = ({ units, parents, successions, aliases }: UnitFacts) =>
  JSON.stringify([
    units,
    [...parents.map((row) => JSON.stringify(row))].sort(),
    [...successions.map((row) => JSON.stringify(row))].sort(),
    [...aliases.map((row) => JSON.stringify(row))].sort(),
  ]);

function checkMoves(tree: UnitTree, moves: readonly MoveRecord[]): void {
  for (const { unit, on } of moves) {
    if (tree.findOn(unit, on)?.from !== on) continue;
    throw new AppError('badInput', `${unit} begins on ${on}: say its parent there, not in moves.`);
  }
}

async function write(tx: Tx, stated: Required<UnitSelection>): Promise<boolean> {
  const stored = await readUnitFacts(tx);
  checkFaults(findUpsideDown(stated.units));
  checkLevels(stored.units, stated.units);
  await writeUnits(tx, stated.units);
  const written = new UnitTree({ ...(await readUnitFacts(tx)), aliases: [] });
  checkMoves(written, stated.moves);
  await writeUnitLinks(tx, stated, { find: finder(written), dayBefore: (day) => addDays(day, -1) });
  const facts = await readUnitFacts(tx);
  checkFaults(findUnitFaults(facts));
  return fingerprint(facts) !== fingerprint(stored);
}

/**
 * Loads units: what is known already changes nothing. Where the log holds events, the past is folded anew in the same
 * commit, because who answers for whom may have changed. Throws AppError `badInput` for what contradicts itself.
 */
export const loadUnits: Act<{ kind: 'command' }, UnitSelection, LoadedUnits> = async (
  work,
  caller,
  selection,
) => {
  const stated = checkTwice(selection);
  checkShares(stated.lineage);
  const changed = await write(work.tx, stated);
  // The tree has changed within this very commit: what is folded here reads it anew.
  const refolded =
    changed && !(await isLogEmpty(work.tx)) ? await refoldLog({ ...work, trees: createTreeCache() }) : 0;
  if (changed)
    await note(work, caller, {
      ...{ act: 'loadUnits', subject: 'units:all', unit: null },
      after: {
        units: stated.units.length,
        lineage: stated.lineage.length,
        moves: stated.moves.length,
        refolded,
      },
    });
  return {
    answer: { stated: selection.units.length, changed, refolded },
    changed: { units: 'any', feeds: false },
  };
};

/** Replaces the boundaries of units; each geometry is GeoJSON. */
export const saveBoundaries: Act<
  { kind: 'command' },
  { boundaries: readonly { unit: number; geometry: string }[] },
  null
> = async (work, caller, { boundaries }) => {
  await writeGeometries(work.tx, boundaries);
  await note(work, caller, {
    ...{ act: 'saveBoundaries', subject: 'units:all', unit: null },
    after: { boundaries: boundaries.length },
  });
  return { answer: null, changed: { units: 'any', feeds: false } };
};
