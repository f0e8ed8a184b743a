import { findIndicator } from './catalogue.ts';
import { DOSSIER_MEASURES } from './dossier-measures.ts';
import type { Indicator } from './indicator.ts';
import { MEASURE_IDS, type MeasureId } from './measure.ts';

/** Indicators beside those of dossiers whose figures boards show live. */
const SHOWN_LIVE = ['DOC02', 'SAT02', 'SYS01', 'DX01'];

const measuresOf = ({ numerator, denominator }: Indicator): string[] =>
  Object.keys({ ...numerator, ...denominator });

const told = new Set<string>([
  ...Object.keys(DOSSIER_MEASURES),
  ...SHOWN_LIVE.flatMap((id) => {
    const indicator = findIndicator(id);
    return indicator ? measuresOf(indicator) : [];
  }),
]);

/** The measures that travel on the live link, in column order: what boards show, whatever else the catalogue holds. */
export const LIVE_IDS: readonly MeasureId[] = MEASURE_IDS.filter((id) => told.has(id));

/** Whether a viewer can work an indicator out from what is told live; of any other the server is asked. */
export function isLive(indicator: Indicator): boolean {
  return indicator.basis === 'sums' && measuresOf(indicator).every((id) => told.has(id));
}
