import { useQuery } from '@tanstack/react-query';
import type { UnitView } from '../../shared/answers.ts';
import type { Period } from '../../shared/period.ts';
import { figuresQuery } from '../api.ts';
import { useLanguage } from '../words/words.ts';

/** An area of work as an address names it. */
export type Field = { name: string | null; noData?: 'unknownField' | 'neverTold' };

/** The area of work that the address names: its name (its code while that is not known), and whether anybody knows it. */
export function useField(unit: Pick<UnitView, 'ref'> | null, period: Period, field: string | null): Field {
  const { say } = useLanguage();
  const { data } = useQuery({
    ...figuresQuery({ unit: unit?.ref ?? '', period: period.key, field: field ?? '', indicators: 'HS01' }),
    enabled: unit !== null && field !== null,
    staleTime: 600_000,
  });
  if (field === null) return { name: null };
  const row = data?.units[0];
  const noData = data?.noData;
  return {
    name: row ? say(row.name) : field,
    ...((noData === 'unknownField' || noData === 'neverTold') && { noData }),
  };
}
