/** Which share of the units that report below another told anything in the window of a rule, slot by slot. */
import type { Condition, Window } from '../../shared/rule.ts';
import type { UnitTree } from '../../shared/unit.ts';
import type { Axis } from '../rules/axis.ts';
import { sumWindows } from '../rules/known-sums.ts';
import { laggedWindows, ownWindows, type SlotWindows } from '../rules/windows.ts';
import { type LineOrder, readSumSeries, type SumSource } from './sums.ts';

function windowsOf(condition: Condition, axis: Axis): SlotWindows {
  const window: Window | null = 'window' in condition ? condition.window : null;
  return window === null ? laggedWindows(axis, 0) : ownWindows(axis, window);
}

function listLeaves(tree: UnitTree, unit: number, day: string): number[] {
  const children = tree.childrenOn(unit, day);
  return children.length === 0 ? [unit] : children.flatMap((child) => listLeaves(tree, child.id, day));
}

const changeDays = new WeakMap<UnitTree, readonly string[]>();

/** The days on which any unit begins, ends or moves, in order. */
function listChangeDays(tree: UnitTree): readonly string[] {
  let days = changeDays.get(tree);
  if (!days) {
    const all = new Set<string>();
    for (const { id, from, to } of tree.units.values()) {
      all.add(from);
      if (to !== null) all.add(to);
      for (const day of tree.pathChangesAfter(id, from)) all.add(day);
    }
    days = [...all].sort();
    changeDays.set(tree, days);
  }
  return days;
}

/** The leaves below a unit in each slot: the same list while no unit changes. */
function listLeavesBySlot(tree: UnitTree, unit: number, axis: Axis): number[][] {
  const changes = listChangeDays(tree);
  let known: { epoch: number; leaves: number[] } | null = null;
  return axis.days.map((day, slot) => {
    if (slot > 0 && axis.days[slot - 1] === day && known) return known.leaves;
    const epoch = changes.findLastIndex((change) => change <= day);
    if (known?.epoch !== epoch) known = { epoch, leaves: listLeaves(tree, unit, day) };
    return known.leaves;
  });
}

/** The share, 0..1, of each unit and slot. */
export async function readTold(
  source: SumSource,
  asked: { units: ReadonlySet<number>; condition: Condition; axis: Axis; order: LineOrder },
): Promise<Map<number, Float64Array>> {
  const { units, condition, axis, order } = asked;
  const { tree } = source;
  const leaves = new Map([...units].map((unit) => [unit, listLeavesBySlot(tree, unit, axis)]));
  const tellers = new Set([...leaves.values()].flatMap((slots) => [...new Set(slots)].flat()));
  const from = axis.days[0] ?? order.from;
  const series = await readSumSeries(source, { ...order, from, units: [...tellers], ids: ['steps'] });
  const windows = windowsOf(condition, axis);
  const steps = new Map([...series].map(([unit, one]) => [unit, sumWindows(one, 'steps', windows)]));
  return new Map(
    [...leaves].map(([unit, slots]) => [
      unit,
      Float64Array.from(slots, (own, slot) => {
        const told = own.filter((leaf) => (steps.get(leaf)?.[slot] ?? 0) > 0).length;
        return own.length === 0 ? Number.NaN : told / own.length;
      }),
    ]),
  );
}
