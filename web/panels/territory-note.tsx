import type { Territory } from '../../shared/answers.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { useLanguage } from '../words/words.ts';

const NAMED = 4;

/** Whose figures stand in for a unit that ended, in words: today's communes, without departments, some in part. */
export function useTerritoryNote(territory: Territory | undefined, level: UnitLevel | undefined): string[] {
  const { t, say, format } = useLanguage();
  if (!territory) return [];
  const word = level === 'district' ? 'territory.noteDistrict' : 'territory.note';
  const note = t(word, { day: format.day(territory.since), count: territory.units });
  const named = territory.partly.map(({ unit, share }) =>
    t('territory.part', { unit: say(unit.name), percent: format.number(Math.round(share * 100)) }),
  );
  if (named.length === 0) return [note];
  const rest = named.length - NAMED;
  const units = [...named.slice(0, NAMED), ...(rest > 0 ? [t('unit.more', { count: rest })] : [])];
  return [note, t('territory.partly', { units: units.join(', ') })];
}
