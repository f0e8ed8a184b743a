/** The catalogue: official formulas where they are known, with their source; every figure is num and den, never a bare rate. */
import { DOSSIER_INDICATORS } from './dossier-indicators.ts';
import type { Indicator } from './indicator.ts';
import { OFFICE_INDICATORS } from './office-indicators.ts';
import { QUALITY_INDICATORS } from './quality-indicators.ts';
import { SERVICE_INDICATORS } from './service-indicators.ts';

/** Every indicator, by group. */
export const INDICATORS: readonly Indicator[] = [
  ...DOSSIER_INDICATORS,
  ...SERVICE_INDICATORS,
  ...QUALITY_INDICATORS,
  ...OFFICE_INDICATORS,
];

const byId = new Map(INDICATORS.map((indicator) => [indicator.id, indicator]));

/** The indicator with an id. */
export function findIndicator(id: string): Indicator | undefined {
  return byId.get(id);
}
