/**
 * Which target holds for a unit: its own, else the nearest above it on the tree of that year, else the catalogue's.
 * Law: what was signed at an instant holds from then until something else is; what only waits holds nowhere.
 */
import type { Indicator } from '../../shared/indicator.ts';
import { isoOf } from '../../shared/period.ts';
import { isAimed, isHandedDown, type TargetView } from '../../shared/target.ts';
import { sayWho } from '../alerts/provenance.ts';
import { treeDayOf, type View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { nearestDay } from '../people/scope.ts';
import { readTitlesByLogin } from '../store/account-store.ts';
import { readTargets, type StoredTarget } from '../store/target-store.ts';

/** Finds the target that holds for a unit; null where there is none. */
export type FindTarget = (unit: number, indicator: Indicator) => TargetView | null;

/** The days of a year. */
export const yearRange = (year: number) => ({ from: `${year}-01-01`, to: `${year + 1}-01-01` });

/** A unit and what stands above it in a year, the unit first. */
export function pathIn(
  { tree, today }: Pick<View, 'tree' | 'today'>,
  unit: number,
  year: number,
): readonly number[] {
  return tree.pathOn(unit, nearestDay(tree.get(unit), treeDayOf(yearRange(year), today)));
}

function isHeldAt({ state, signedAt, endedAt }: StoredTarget, at: number): boolean {
  if (state !== 'signed' && state !== 'superseded') return false;
  return signedAt !== null && signedAt <= at && (endedAt === null || endedAt > at);
}

const ofCatalogue = ({ target, source }: Indicator): TargetView | null =>
  target === null
    ? null
    : {
        ...{ value: target, source: 'catalogue', unit: null, unitName: null },
        ...{ office: null, paper: source, signedAt: null, signedBy: null },
      };

type Titles = Awaited<ReturnType<typeof readTitlesByLogin>>;

function show(
  view: View,
  stored: StoredTarget,
  { unit, titles }: { unit: number; titles: Titles },
): TargetView {
  const { ref, name } = showUnit(view, stored.unit);
  return {
    ...{
      value: stored.value ?? 0,
      source: stored.unit === unit ? 'own' : 'above',
      unit: ref,
      unitName: name,
    },
    ...{ office: stored.office, paper: stored.paper, signedBy: sayWho({ titles }, stored.signedBy) },
    signedAt: stored.signedAt === null ? null : isoOf(stored.signedAt, view.site.zone),
  };
}

/** What is asked for: targets of some units for some indicators in a year. */
export type HeldOrder = { year: number; indicators: readonly Indicator[]; units: readonly number[] };

/** The targets that hold as the view sees them; the catalogue's of a count that is to rise is one of the top alone. */
export async function openTargets(view: View, { year, indicators, units }: HeldOrder): Promise<FindTarget> {
  const paths = new Map(units.map((unit) => [unit, pathIn(view, unit, year)]));
  const aimed = indicators.filter(isAimed).map(({ id }) => id);
  const wanted = [...new Set([...paths.values()].flat())];
  const stored = await readTargets(view.reader, { year, indicators: aimed, units: wanted });
  const held = stored.filter((one) => isHeldAt(one, view.now));
  const byPlace = new Map(held.map((one) => [`${one.unit} ${one.indicator}`, one]));
  const titles: Titles = held.length === 0 ? new Map() : await readTitlesByLogin(view.reader);
  return (unit, indicator) => {
    if (!isAimed(indicator)) return null;
    const path = paths.get(unit) ?? [unit];
    const isShared = isHandedDown(indicator);
    for (const place of isShared ? path : [unit]) {
      const found = byPlace.get(`${place} ${indicator.id}`);
      if (found && found.value !== null) return show(view, found, { unit, titles });
    }
    return isShared || path.length === 1 ? ofCatalogue(indicator) : null;
  };
}
