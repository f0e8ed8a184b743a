import { addDays, hasEndedBy } from '../../shared/period.ts';
import type { UnitTree } from '../../shared/unit.ts';

const subtrees = new WeakMap<UnitTree, Map<string, readonly number[]>>();

/** The unit with all below it on a day, and below those it took over from as they last stood; each once. */
export function listSubtree(
  { tree, today }: { tree: UnitTree; today: string },
  unit: number,
): readonly number[] {
  const known = subtrees.get(tree) ?? new Map<string, readonly number[]>();
  subtrees.set(tree, known);
  const key = `${unit} ${today}`;
  let list = known.get(key);
  if (!list) {
    const roots = [...tree.ancestry(unit).keys()].map((id) => tree.get(id));
    const units = roots.flatMap((root) =>
      tree.subtreeOn(root.id, hasEndedBy(root, today) ? addDays(root.to, -1) : today),
    );
    list = [...new Set(units.map(({ id }) => id))];
    known.set(key, list);
  }
  return list;
}
