/** Why there is no figure of a unit in some days, and whose figures stand in. Law: what is not known is never a 0. */
import type { Absence, Territory } from '../../shared/answers.ts';
import { type DayRange, hasEndedBy } from '../../shared/period.ts';
import { readFirstMonths, readFirstMonthsKnown } from '../store/span-store.ts';
import { listParts, listTerritory } from './parts.ts';
import { mapOf, treeDayOf, type View } from './sums.ts';
import { showUnit } from './views.ts';

/** Says of a unit and some days why there is no figure; undefined where there is one. */
export type FindAbsence = (unit: number, range: DayRange) => Absence | undefined;

/** When any of those who tell for a unit first told anything, unit by unit: one query for all. */
async function readFirstWords(
  view: View,
  tellers: ReadonlyMap<number, readonly number[]>,
): Promise<Map<number, string | undefined>> {
  const all = [...new Set([...tellers.values()].flat())];
  const firsts =
    view.asKnown === null
      ? await readFirstMonths(view.reader, all)
      : await readFirstMonthsKnown(view.reader, all, view.asKnown);
  return new Map(
    [...tellers].map(([unit, by]) => [unit, by.flatMap((teller) => firsts.get(teller) ?? []).sort()[0]]),
  );
}

const listPast = ({ tree }: View, unit: number) => [...tree.ancestry(unit).keys()];

/** When each unit, those it took over and those on its territory first told anything: the first day of the month. */
export async function readFirsts(
  view: View,
  units: readonly number[],
): Promise<Map<number, string | undefined>> {
  const territoryOf = (unit: number) => listTerritory(view, unit, view.today).map((part) => part.unit);
  return readFirstWords(
    view,
    new Map(units.map((unit) => [unit, [...listPast(view, unit), ...territoryOf(unit)]])),
  );
}

/** What is to be known, of some units, to say why they have no figures. */
export async function readAbsences(view: View, units: readonly number[]): Promise<FindAbsence> {
  const firsts = await readFirsts(view, units);
  return (unit, range) => {
    const facts = view.tree.get(unit);
    if (listParts(view, unit, range, mapOf(range, view.today)).length === 0)
      return hasEndedBy(facts, range.from) ? { ended: facts.to } : { begins: facts.from };
    if (range.from > view.today) return { noData: 'notBegun' };
    const first = firsts.get(unit);
    if (first === undefined) return { noData: 'neverTold' };
    return range.to <= first ? { noData: 'beforeData', dataFrom: first } : undefined;
  };
}

/** Those of some units that never told anything, nor anybody before them; the same whoever asks. */
export async function listNeverTold(view: View, units: readonly number[]): Promise<number[]> {
  const firsts = await readFirstWords(view, new Map(units.map((unit) => [unit, listPast(view, unit)])));
  return units.filter((unit) => firsts.get(unit) === undefined);
}

/** Whose figures stand in for a unit that ended before the end of some days; nothing where it goes on itself, or nobody does. */
export function showTerritory(view: View, unit: number, range: DayRange): { territory?: Territory } {
  const facts = view.tree.get(unit);
  const day = treeDayOf(range, view.today);
  const parts = listTerritory(view, unit, day);
  if (parts.length === 0 || !hasEndedBy(facts, day)) return {};
  const partly = parts
    .filter(({ weight }) => weight < 1)
    .map((part) => ({ unit: showUnit(view, part.unit), share: Math.round(part.weight * 10_000) / 10_000 }));
  return { territory: { since: facts.to, units: parts.length, partly } };
}
