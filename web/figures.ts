import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Absence, FigureView, Territory, UnitView } from '../shared/answers.ts';
import { findIndicator } from '../shared/catalogue.ts';
import type { Figure } from '../shared/indicator.ts';
import { isLive } from '../shared/live-measures.ts';
import { addDays, hasEndedBy, type Period } from '../shared/period.ts';
import { fallBack } from '../shared/reported.ts';
import type { AnswerOf } from '../shared/wire.ts';
import { periodAt } from './address.ts';
import { figuresQuery, pauseAfter, seriesQuery, shouldRetry, unitQuery } from './api.ts';
import { findAbsence } from './figures/absence.ts';
import { findHeldFigures } from './figures/held-figures.ts';
import { isCurrentPeriod, liveFigure, readSpark, SPARK_DAYS, sparkOf } from './figures/live-figures.ts';
import { useFollowing, useToday } from './following.tsx';
import type { LiveState } from './live/fold.ts';
import type { Glimpse } from './live/held.ts';

const COMPARE_MS = 300_000;

/** A unit and its children over a period; the same shape for what moves now and for what is past. */
export type FiguresView = {
  period: Period;
  /** Whether the figures are live ones, of the period that is running. */
  isCurrent: boolean;
  /** Whether the period is not over. */
  isProvisional: boolean;
  /** The day whose tree is shown: the last one of the period, or today. */
  on: string;
  unit: UnitView | null;
  path: readonly UnitView[];
  /** Children on that day; before the unit existed, its predecessors. */
  children: readonly UnitView[];
  /** Why the unit has no figures in the period; absent where it has some. */
  absence?: Absence;
  /** Whose figures these are, of a unit that ended before; absent while they are its own. */
  territory?: Territory;
  /** `own`: figures of the unit alone are known, from the one above it; who its children are is not. */
  status: 'loading' | 'own' | 'ready' | 'error';
  error: Error | null;
  retry: () => void;
  /** The figure of the unit or one of its children; null while it is not known. */
  figureOf: (unit: number, indicator: string) => FigureView | null;
  /** Figures of all children, by unit id; of one of which nothing is known no value. */
  figuresOf: (indicator: string) => Map<number, FigureView>;
};

type Told = AnswerOf<'getFigures'>;

function newestAt(state: LiveState, told: FigureView | undefined): string | null {
  const heard = state.steps[0]?.at ?? null;
  const known = told?.asOf ?? null;
  if (heard === null || known === null) return heard ?? known;
  return Date.parse(heard) > Date.parse(known) ? heard : known;
}

function findTold(told: Told | undefined, { unit, indicator }: { unit: number; indicator: string }) {
  const row = told?.units.find((candidate, index) => candidate.id === unit || (index === 0 && !candidate.id));
  return row?.figures[indicator];
}

type Source = { state: LiveState | null; told: Told | undefined; period: Period; isCurrent: boolean };

function readFigure(source: Source, unit: number, id: string): FigureView | null {
  const told = findTold(source.told, { unit, indicator: id });
  if (!source.isCurrent) return told ? fallBack(told) : null;
  const indicator = findIndicator(id);
  if (!source.state || !indicator) return null;
  const figure: Figure = liveFigure(source.state, { unit, period: source.period, indicator });
  return {
    ...figure,
    provisional: source.state.unit.to === null,
    asOf: newestAt(source.state, told),
    completeness: told?.completeness ?? null,
    ...(told?.previous ? { previous: told.previous } : {}),
    ...(told?.target ? { target: told.target } : {}),
  };
}

type Around = { on: string; state: LiveState | null; glimpse: Glimpse | null };

function useUnitOn(ref: string, { on, state, glimpse }: Around) {
  const answer = useQuery({ ...unitQuery(ref, { on }), staleTime: COMPARE_MS, enabled: state === null });
  if (state) return { unit: state.unit, path: state.path, children: state.children, answer };
  const { unit, path, children } = answer.data ?? { unit: null, path: [], ...glimpse, children: [] };
  return { unit, path, children, answer };
}

/** How figures of a unit and its children are read from what is known. */
function useReaders(source: Source, children: readonly UnitView[]) {
  const { state, told, period, isCurrent } = source;
  const figureOf = useCallback(
    (id: number, indicator: string) => readFigure({ state, told, period, isCurrent }, id, indicator),
    [state, told, period, isCurrent],
  );
  const figuresOf = useCallback(
    (indicator: string) => {
      const figures = children.map((child) => [child.id, figureOf(child.id, indicator)] as const);
      return new Map(figures.filter((entry): entry is [number, FigureView] => entry[1] !== null));
    },
    [children, figureOf],
  );
  return { figureOf, figuresOf };
}

/** Why there are no figures, or whose they are: by the live view of what runs, else by what was told. */
function readStanding(unit: UnitView | null, { state, told, isCurrent }: Source) {
  const absence = findAbsence({ unit, state, told: isCurrent ? undefined : told });
  const territory = isCurrent ? undefined : told?.units[0]?.territory;
  return { ...(absence && { absence }), ...(territory && { territory }) };
}

/** Whether a period moves by itself: it runs, and the unit lives. What is told of a former unit's territory is asked for. */
function useIsCurrent(period: Period): boolean {
  const { state } = useFollowing();
  const today = useToday();
  return isCurrentPeriod(period, today) && !(state && hasEndedBy(state.unit, today));
}

/** What figures are read from; while the unit's own is not there, what came with the one above it. */
function useSource({ told, period, isCurrent }: Omit<Source, 'state'>, unit: UnitView | null): Source {
  const { state, glimpse = null } = useFollowing();
  const client = useQueryClient();
  const isAsked = told === undefined && unit !== null;
  return {
    state: isCurrent ? (state ?? glimpse?.state ?? null) : null,
    told: isAsked ? findHeldFigures(client, { unit: unit.id, period: period.key }) : told,
    ...{ period, isCurrent },
  };
}

/** How a view stands that is not whole: a refusal hides what was known before. */
function standingOf(failed: Error | null, known: unknown): 'loading' | 'own' | 'error' {
  if (failed && !shouldRetry(0, failed)) return 'error';
  if (known) return 'own';
  return failed ? 'error' : 'loading';
}

/** Figures of a unit over a period: a grain (`month`, now running) or a period's key. Below `FollowUnit` of that unit. */
export function useFigures(ref: string, periodName: string): FiguresView {
  const following = useFollowing();
  const today = useToday();
  const period = useMemo(() => periodAt(periodName, today), [periodName, today]);
  const isCurrent = useIsCurrent(period);
  const on = period.to <= today ? addDays(period.to, -1) : today;
  const state = isCurrent ? following.state : null;
  const { glimpse = null } = following;
  const { unit, path, children, answer } = useUnitOn(ref, { on, state, glimpse });
  const {
    data: told,
    error,
    refetch,
  } = useQuery({
    ...figuresQuery({
      unit: ref,
      period: period.key,
      compare: '1',
      ...(isCurrent ? {} : { children: '1' as const }),
    }),
    staleTime: COMPARE_MS,
    refetchInterval: ({ state: asked }) => pauseAfter(asked.error) || (period.to > today && COMPARE_MS),
  });
  const source = useSource({ told, period, isCurrent }, unit);
  const readers = useReaders(source, children);
  const failed = answer.error ?? (isCurrent ? null : error);
  const isReady = isCurrent ? state !== null : told !== undefined && unit !== null;
  const retry = () => {
    void refetch();
    void answer.refetch();
  };
  return {
    ...readStanding(unit, source),
    ...{ period, isCurrent, isProvisional: period.to > today, on, unit, path, children },
    status: isReady ? 'ready' : standingOf(failed, isCurrent ? source.state : source.told),
    error: failed,
    retry,
    ...readers,
  };
}

/** Day values of a unit for the 30 days up to the end of a period (or today, or its own end), oldest first, by indicator. */
export function useSparks(
  ref: string,
  figures: FiguresView,
  indicators: readonly string[],
): Map<string, (number | null)[]> {
  const { state } = useFollowing();
  const { isCurrent, unit } = figures;
  const isOver = unit !== null && hasEndedBy(unit, figures.on) && !figures.territory;
  const on = isOver && unit.to !== null ? addDays(unit.to, -1) : figures.on;
  const live = isCurrent ? state : null;
  const isAskedFor = (id: string) => {
    const indicator = findIndicator(id);
    return indicator?.basis === 'sums' && !(isCurrent && isLive(indicator));
  };
  const answers = useQueries({
    queries: indicators.map((indicator) => ({
      ...seriesQuery({
        unit: ref,
        indicator,
        from: addDays(on, 1 - SPARK_DAYS),
        to: addDays(on, 1),
        grain: 'day',
        tree: 'now',
      }),
      enabled: isAskedFor(indicator),
      staleTime: COMPARE_MS,
      placeholderData: keepPreviousData,
    })),
  });
  const sparks = new Map<string, (number | null)[]>();
  for (const [index, id] of indicators.entries()) {
    const indicator = findIndicator(id);
    if (!indicator) continue;
    const points = answers[index]?.data?.series[0]?.points ?? [];
    const isToldLive = live !== null && isLive(indicator);
    sparks.set(id, isToldLive ? sparkOf(live, indicator) : readSpark(indicator, points));
  }
  return sparks;
}
