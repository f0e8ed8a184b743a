import type { UnitView } from '../../shared/answers.ts';
import type { Words } from '../../shared/words.ts';
import type { View } from './sums.ts';

/** A unit as answers show it. */
export function showUnit({ tree, today }: Pick<View, 'tree' | 'today'>, id: number): UnitView {
  const unit = tree.get(id);
  return { ...unit, ref: tree.referenceOf(unit, today) };
}

/** A procedure as answers show it; its code where no name is known. */
export function showProcedure({ site }: Pick<View, 'site'>, code: string): { code: string; name: Words } {
  return { code, name: site.procedures.get(code)?.name ?? { vi: code, en: code } };
}
