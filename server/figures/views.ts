import type { UnitView } from '../../shared/answers.ts';
import type { Words } from '../../shared/words.ts';
import type { View } from './sums.ts';

/** A unit as answers show it. */
export function showUnit({ tree, today }: Pick<View, 'tree' | 'today'>, id: number): UnitView {
  const unit = tree.get(id);
  return { ...unit, ref: tree.referenceOf(unit, today) };
}

const OTHER: Words = { vi: 'Lĩnh vực khác', en: 'Other areas' };

/** The code under which dossiers without an area of work are shown. */
export const NO_FIELD = '-';

/** An area of work or procedure as answers show it; its code where no name is known. */
export function showSubject(
  view: View,
  kind: 'field' | 'procedure',
  code: string,
): { code: string; name: Words } {
  if (kind === 'field' && code === NO_FIELD) return { code, name: OTHER };
  const name = kind === 'field' ? view.site.fields.get(code) : view.site.procedures.get(code)?.name;
  return { code, name: name ?? { vi: code, en: code } };
}
