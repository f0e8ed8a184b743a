/** Figures that do not travel on the live link: the server is asked for them, and asked again as the link tells of changes. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { FigureView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { isLive } from '../../shared/live-measures.ts';
import { fallBack } from '../../shared/reported.ts';
import { figuresQuery, pauseAfter } from '../api.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';

/** Between two questions, however much changes. */
export const ASK_MS = 15_000;

/** Asks again, at most every 15 s, once the link knows of a commit that an answer does not. `seq`: that of the answer. */
function useAskingAgain(
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
  const { unit, period, isCurrent } = figures;
  const isAsked = isCurrent && unit !== null && !isLive(indicator);
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...figuresQuery({
      ...{ unit: unit?.ref ?? '', period: period.key, indicators: indicator.id },
      ...{ children: '1' as const, compare: '1' as const },
    }),
    enabled: isAsked,
    refetchInterval: ({ state }) => pauseAfter(state.error) || false,
  });
  useAskingAgain(refetch, { seq: isAsked ? data?.seq : undefined, answeredAt: dataUpdatedAt });
  return useMemo(() => {
    if (!isAsked) return figures;
    const told = new Map(
      data?.units.flatMap(({ id, figures: own }): [number, FigureView][] => {
        const figure = own[indicator.id];
        return id !== undefined && figure ? [[id, fallBack(figure)]] : [];
      }),
    );
    const status = data ? figures.status : error ? 'error' : 'loading';
    return {
      ...{ ...figures, status, error: data ? figures.error : error },
      retry: () => {
        figures.retry();
        void refetch();
      },
      figureOf: (id, asked) =>
        asked === indicator.id ? (told.get(id) ?? null) : figures.figureOf(id, asked),
      figuresOf: (asked) => {
        if (asked !== indicator.id) return figures.figuresOf(asked);
        return new Map(figures.children.flatMap(({ id }) => [...entryOf(told, id)]));
      },
    };
  }, [isAsked, figures, data, error, refetch, indicator]);
}

function entryOf(told: ReadonlyMap<number, FigureView>, id: number): [number, FigureView][] {
  const figure = told.get(id);
  return figure ? [[id, figure]] : [];
}
