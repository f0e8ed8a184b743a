/** The catalogue in its groups, and what a search finds in it. Pure. */
import { INDICATORS } from '../../shared/catalogue.ts';
import { GROUPS, type Group, type Indicator } from '../../shared/indicator.ts';
import { matchesSearch } from './rank.ts';

/** What a map, a ranking and a trend can show: what is worked out of sums, unit by unit and day by day. */
export const CHOOSABLE: readonly Indicator[] = INDICATORS.filter(({ basis }) => basis === 'sums');

/** Indicators by group, in the order of the catalogue; a group without any is left out. */
export function groupIndicators(
  indicators: readonly Indicator[],
): { group: Group; indicators: Indicator[] }[] {
  const byGroup = Map.groupBy(indicators, ({ group }) => group);
  return GROUPS.flatMap((group) => {
    const own = byGroup.get(group);
    return own ? [{ group, indicators: own }] : [];
  });
}

/** Those whose id, names or source have every word of a search, with or without marks. */
export function findIndicators(search: string): Indicator[] {
  return INDICATORS.filter(({ id, words, source }) =>
    matchesSearch([id, words.vi, words.en, source], search),
  );
}
