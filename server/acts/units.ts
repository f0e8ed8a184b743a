import { addDays } from '../../shared/period.ts';
import { type UnitFacts, UnitTree } from '../../shared/unit.ts';
import { findUnitFaults } from '../../shared/unit-faults.ts';
import type { LineageRecord, MoveRecord, UnitRecord } from '../../shared/unit-record.ts';
import { AppError } from '../errors.ts';
import { isLogEmpty } from '../store/event-store.ts';
import type { Tx } from '../store/store.ts';
import { readUnitFacts } from '../store/unit-store.ts';
import { writeGeometries, writeUnitLinks, writeUnits } from '../store/write/units.ts';
import type { Act } from './act.ts';
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

async function write(tx: Tx, { units, lineage, moves = [] }: UnitSelection): Promise<boolean> {
  const before = fingerprint(await readUnitFacts(tx));
  await writeUnits(tx, units);
  const written = new UnitTree({ ...(await readUnitFacts(tx)), aliases: [] });
  checkMoves(written, moves);
  await writeUnitLinks(
    tx,
    { units, lineage, moves },
    { find: finder(written), dayBefore: (day) => addDays(day, -1) },
  );
  const facts = await readUnitFacts(tx);
  const faults = findUnitFaults(facts);
  if (faults.length > 0)
    throw new AppError('badInput', `The units contradict themselves: ${faults.join('; ')}.`);
  return fingerprint(facts) !== before;
}

/**
 * Loads units: what is known already changes nothing. Where the log holds events, the past is folded anew in the same
 * commit, because who answers for whom may have changed. Throws AppError `badInput` for shares, parents or lives that fail.
 */
export const loadUnits: Act<{ kind: 'command' }, UnitSelection, LoadedUnits> = async (
  work,
  _caller,
  selection,
) => {
  checkShares(selection.lineage);
  const changed = await write(work.tx, selection);
  // The tree has changed within this very commit: what is folded here reads it anew.
  const refolded =
    changed && !(await isLogEmpty(work.tx)) ? await refoldLog({ ...work, trees: createTreeCache() }) : 0;
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
> = async ({ tx }, _caller, { boundaries }) => {
  await writeGeometries(tx, boundaries);
  return { answer: null, changed: { units: 'any', feeds: false } };
};
