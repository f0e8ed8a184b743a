import { useQuery } from '@tanstack/react-query';
import { unitQuery } from '../api.ts';
import { spansStart } from '../figures/kin.ts';
import type { FiguresView } from '../figures.ts';
import { useLanguage } from '../words/words.ts';

/** Whose figures else are in a period that began before the unit did, in words; null where the unit alone is told. */
export function useSpanNote({
  unit,
  period,
  on,
}: Pick<FiguresView, 'unit' | 'period' | 'on'>): string | null {
  const { t, format } = useLanguage();
  const isSpanned = unit !== null && on >= unit.from && spansStart(unit, period);
  const { data } = useQuery({ ...unitQuery(unit?.ref ?? ''), enabled: isSpanned });
  if (!isSpanned || !data || data.predecessors.length === 0) return null;
  const hadDistricts = unit.level === 'province' || unit.level === 'commune';
  return t(hadDistricts ? 'period.spansDistricts' : 'period.spans', { day: format.day(unit.from) });
}
