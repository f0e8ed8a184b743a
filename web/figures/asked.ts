/** Figures that do not travel on the live link: the server is asked for them, and asked again as the link tells of changes. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { FigureView } from '../../shared/answers.ts';
import type { Tile } from '../../shared/board.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { isLive } from '../../shared/live-measures.ts';
import { fallBack } from '../../shared/reported.ts';
import { figuresQuery, pauseAfter } from '../api.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';

/** Between two questions, however much changes. */
export const ASK_MS = 15_000;

/** Asks again, at most every 15 s, once the link knows of a commit that an answer does not. `seq`: that of the answer. */
export function useAskingAgain(
  refetch: () => unknown,
  { seq, answeredAt }: { seq: number | undefined; answeredAt: number },
): void {
  const told = useFollowing().state?.seq;
  const isBehind = seq !== undefined && told !== undefined && told > seq;
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(refetch, Math.max(0, answeredAt + ASK_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [isBehind, answeredAt, refetch]);
}

/**
 * Figures by an indicator, whether it is told live or must be asked for: while an answer is awaited, or where there was none,
 * the view says so, and knows nothing.
 */
export function useFiguresOf(figures: FiguresView, indicator: Indicator): FiguresView {
  return useAsked(figures, { indicators: [indicator], children: '1' });
}

/** Figures of a unit by all indicators that tiles show: those that are not told live are asked for in one question. */
export function useTileFigures(figures: FiguresView, tiles: readonly Tile[]): FiguresView {
  const ids = tiles.flatMap(({ indicator, past, part }) => [indicator, past ?? '', part?.indicator ?? '']);
  const indicators = [...new Set(ids)].flatMap((id) => findIndicator(id) ?? []);
  return useAsked(figures, { indicators });
}

type Order = { indicators: readonly Indicator[]; children?: '1' };

function useAsked(figures: FiguresView, { indicators, children }: Order): FiguresView {
  const { unit, period, isCurrent } = figures;
  const ids = indicators.flatMap((indicator) => (isLive(indicator) ? [] : indicator.id)).join(',');
  const isAsked = isCurrent && unit !== null && ids !== '';
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...figuresQuery({
      ...{ unit: unit?.ref ?? '', period: period.key, indicators: ids },
      ...{ children, compare: '1' as const },
    }),
    enabled: isAsked,
    refetchInterval: ({ state }) => pauseAfter(state.error) || false,
  });
  useAskingAgain(refetch, { seq: isAsked ? data?.seq : undefined, answeredAt: dataUpdatedAt });
  return useMemo(() => {
    if (!isAsked) return figures;
    const asked = new Set(ids.split(','));
    const rows = new Map(data?.units.map((row) => [row.id, row.figures]));
    const told = (id: number, indicator: string) => {
      const figure = rows.get(id)?.[indicator];
      return figure ? fallBack(figure) : null;
    };
    const status = data ? figures.status : error ? 'error' : 'loading';
    return {
      ...{ ...figures, status, error: data ? figures.error : error },
      retry: () => {
        figures.retry();
        void refetch();
      },
      figureOf: (id, indicator) =>
        asked.has(indicator) ? told(id, indicator) : figures.figureOf(id, indicator),
      figuresOf: (indicator) => {
        if (!asked.has(indicator)) return figures.figuresOf(indicator);
        const entries = figures.children.map(({ id }) => [id, told(id, indicator)] as const);
        return new Map(entries.filter((entry): entry is [number, FigureView] => entry[1] !== null));
      },
    };
  }, [isAsked, figures, data, error, refetch, ids]);
}
