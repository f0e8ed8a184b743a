/** What the server tells of every indicator of one unit: figures now and of the months before, and of its peers. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { type Period, periodOf, previousPeriod } from '../../shared/period.ts';
import { rankUnits } from '../../shared/ranking.ts';
import { fallBack } from '../../shared/reported.ts';
import type { TargetView } from '../../shared/target.ts';
import type { TargetVersion } from '../../shared/target-wire.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { CurrentGrain } from '../address.ts';
import { figuresQuery, pauseAfter, targetsQuery, thresholdsQuery, unitQuery } from '../api.ts';
import { createBook, type ThresholdBook } from '../thresholds.tsx';

const RENEW_MS = 60_000;
/** How many months a small trend covers. */
const MONTHS = 6;

type Told = AnswerOf<'getFigures'>;

/** The unit, its figures of a period, and by what they are judged; `peersOf` is null where nobody stands beside it. */
export type CatalogueTold = {
  unit: UnitView | null;
  parent: UnitView | null;
  period: Period;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
  figureOf: (id: string) => FigureView | null;
  /** Of the last months, the oldest first; null where nothing occurred or is known. */
  courseOf: (indicator: Indicator) => (number | null)[];
  book: ThresholdBook;
  /** What the unit is to reach in the year of the period; null where nothing is, or while it is not known. */
  targetOf: (id: string) => YearlyTarget | null;
};

/** A target of a year, and what waits to be signed in its place. */
export type YearlyTarget = { year: number; held: TargetView | null; waiting: TargetVersion | null };

const isRunning = (period: Period, today: string) => period.to > today;

function listMonths(today: string): Period[] {
  const months = [periodOf(today, 'month')];
  while (months.length < MONTHS && months[0]) months.unshift(previousPeriod(months[0]));
  return months;
}

/** What people read of a figure. */
function readHero({ hero }: Indicator, figure: FigureView | undefined): number | null {
  if (!figure || (figure.value === null && figure.denominator !== 0)) return null;
  return hero === 'numerator' ? figure.numerator : figure.value;
}

function useCourse(ref: string, today: string): CatalogueTold['courseOf'] {
  const months = useMemo(() => listMonths(today), [today]);
  const told = useQueries({
    queries: months.map((period) => ({
      ...figuresQuery({ unit: ref, period: period.key }),
      staleTime: isRunning(period, today) ? RENEW_MS : Number.POSITIVE_INFINITY,
    })),
    combine: (answers) => answers.map(({ data }) => data?.units[0]),
  });
  return (indicator) => told.map((row) => readHero(indicator, row?.figures[indicator.id]));
}

/** Targets of a unit in the year of a period. */
function useTargets(ref: string, period: Period): CatalogueTold['targetOf'] {
  const year = Number(period.from.slice(0, 4));
  const { data } = useQuery({ ...targetsQuery({ unit: ref, year }), staleTime: RENEW_MS });
  return (id) => {
    const row = data?.rows.find(({ indicator }) => indicator === id);
    if (!row) return null;
    const waiting = row.versions.find(({ state }) => state === 'proposed') ?? null;
    return row.target || waiting ? { year, held: row.target, waiting } : null;
  };
}

/** All that the catalogue shows of a unit, asked for again every minute. */
export function useCatalogue(
  ref: string,
  { grain, today }: { grain: CurrentGrain; today: string },
): CatalogueTold {
  const period = useMemo(() => periodOf(today, grain), [today, grain]);
  const about = useQuery(unitQuery(ref));
  const figures = useQuery({
    ...figuresQuery({ unit: ref, period: period.key, compare: '1' }),
    refetchInterval: ({ state }) => pauseAfter(state.error) || RENEW_MS,
  });
  const limits = useQuery(thresholdsQuery({ unit: ref }, { rulesSeq: null, today }));
  const courseOf = useCourse(ref, today);
  const targetOf = useTargets(ref, period);
  const told = limits.data?.thresholds ?? null;
  const book = useMemo(() => createBook(told), [told]);
  const row = figures.data?.units[0];
  return {
    ...{ unit: about.data?.unit ?? null, parent: about.data?.path.at(-2) ?? null, period, book },
    ...{ courseOf, targetOf },
    isPending: about.isPending || figures.isPending,
    error: about.error ?? figures.error,
    retry: () => {
      void about.refetch();
      void figures.refetch();
    },
    figureOf: (id) => {
      const figure = row?.figures[id];
      return figure ? fallBack(figure) : null;
    },
  };
}

/** A unit's place among those of its level; `rank` is null where its cases are too few, or there are too few others. */
export type Rank = { rank: number | null; count: number };

function rankIn(
  told: Told,
  { unit, book }: Pick<CatalogueTold, 'book'> & { unit: UnitView },
  indicator: Indicator,
): Rank {
  const entries = told.units.slice(1).flatMap(({ id, code, ref, level, figures }) => {
    const figure = figures[indicator.id];
    const isPeer = level === unit.level;
    return isPeer && id !== undefined && code && ref && figure
      ? [{ unit: { id, code, ref }, figure: fallBack(figure) }]
      : [];
  });
  const { ranked, isSparse } = rankUnits(entries, {
    indicator,
    thresholdsOf: (entry) => book.of(indicator.id, { id: entry.unit.id, level: unit.level }),
  });
  const own = ranked.find((entry) => entry.unit.id === unit.id);
  return { rank: isSparse ? null : (own?.rank ?? null), count: ranked.length };
}

/** Ranks among the units of the same level below the same parent, by some indicators; null while it is not known. */
export function useRanks(
  { unit, parent, period, book }: Pick<CatalogueTold, 'unit' | 'parent' | 'period' | 'book'>,
  indicators: readonly Indicator[],
): (indicator: Indicator) => Rank | null {
  const { data } = useQuery({
    ...figuresQuery({
      ...{ unit: parent?.ref ?? '', period: period.key, children: '1' as const },
      indicators: indicators.map(({ id }) => id).join(','),
    }),
    enabled: parent !== null && unit !== null,
    refetchInterval: ({ state }) => pauseAfter(state.error) || RENEW_MS,
  });
  return (indicator) => (data && unit ? rankIn(data, { unit, book }, indicator) : null);
}
