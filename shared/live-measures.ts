import { INDICATORS } from './catalogue.ts';
import { DOSSIER_MEASURES } from './dossier-measures.ts';
import type { Indicator } from './indicator.ts';
import { MEASURE_IDS, type MeasureId } from './measure.ts';

/** Indicators of other kinds whose figures boards show live. */
const SHOWN_LIVE: ReadonlySet<string> = new Set(['DOC02', 'SAT02', 'SYS01', 'DX01']);

/** Indicators of dossiers that are asked for: theirs are long numbers that no other needs, and no board shows them first. */
const ASKED: ReadonlySet<string> = new Set([
  ...['TT06', 'TT08', 'TT09', 'TT10', 'TT11', 'DG03', 'DG05', 'DG06'],
]);

const measuresOf = ({ numerator, denominator }: Indicator): string[] =>
  Object.keys({ ...numerator, ...denominator });

const ofDossiers = (id: string) => Object.hasOwn(DOSSIER_MEASURES, id);

/** Whether boards show it live: what dossiers alone make, and a few others. */
function isShownLive(indicator: Indicator): boolean {
  if (SHOWN_LIVE.has(indicator.id)) return true;
  return !ASKED.has(indicator.id) && measuresOf(indicator).every(ofDossiers);
}

const told = new Set<string>(INDICATORS.filter(isShownLive).flatMap(measuresOf));

/** The measures that travel on the live link, in column order: what boards show, whatever else the catalogue holds. */
export const LIVE_IDS: readonly MeasureId[] = MEASURE_IDS.filter((id) => told.has(id));

/** Whether a viewer can work an indicator out from what is told live; of any other the server is asked. */
export function isLive(indicator: Indicator): boolean {
  return indicator.basis === 'sums' && measuresOf(indicator).every((id) => told.has(id));
}
