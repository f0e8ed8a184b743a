import type { UnitTree } from '../../shared/unit.ts';
import type { Axis } from '../rules/axis.ts';
import { createQuality, type FeedPast, listTurns, standingAt } from './feeds.ts';

/** Of each unit the slots at whose end nobody told of it; null where somebody always did. */
export function listMissing(
  tree: UnitTree,
  pasts: readonly FeedPast[],
  { units, axis, from }: { units: readonly number[]; axis: Axis; from: number },
): Map<number, Uint8Array> | null {
  const first = axis.ends[from - 1] ?? 0;
  const last = axis.ends[axis.size - 1] ?? 0;
  // One that was silent before the first slot turned before it.
  const hasTurned = pasts.some((past) => listTurns(past, { after: 0, upTo: last }).length > 0);
  if (!hasTurned || first > last) return null;
  const missing = new Map(units.map((unit) => [unit, new Uint8Array(axis.size)]));
  for (let slot = from; slot < axis.size; slot++) {
    const at = axis.ends[slot] ?? 0;
    if (!pasts.some((past) => standingAt(past, at) === 'missing')) continue;
    const quality = createQuality(tree, pasts, { at, day: axis.days[slot] ?? '' });
    for (const unit of units) if (quality(unit) === 'missing') missing.get(unit)?.fill(1, slot, slot + 1);
  }
  return missing;
}
