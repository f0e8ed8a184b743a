import { DOSSIER_MEASURES } from './dossier-measures.ts';
import type { Indicator } from './indicator.ts';
import type { MeasureId } from './measure.ts';
import { DOCUMENT_MEASURES } from './other-measures.ts';

/** What every unit that reports is expected to tell of. */
export type Expected = 'dossier' | 'document';

/** The measures by which a unit is known to have told of it. */
export const TOLD_BY: Readonly<Record<Expected, readonly MeasureId[]>> = {
  dossier: ['steps'],
  document: ['docOut', 'docIn'],
};

/** All of these measures. */
export const TOLD_IDS: readonly MeasureId[] = Object.values(TOLD_BY).flat();

/**
 * What of an indicator every unit is expected to tell; null where nobody knows who should: a unit without petitions is not silent. The
 * index is mostly of dossiers.
 */
export function expectedOf({ basis, numerator, denominator }: Indicator): Expected | null {
  if (basis === 'index') return 'dossier';
  if (basis !== 'sums') return null;
  const ids = Object.keys({ ...numerator, ...denominator });
  if (ids.some((id) => Object.hasOwn(DOSSIER_MEASURES, id))) return 'dossier';
  return ids.every((id) => Object.hasOwn(DOCUMENT_MEASURES, id)) ? 'document' : null;
}
