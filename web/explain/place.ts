/** Of which unit and period the figure is that is explained, and its story from the server. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { findIndicator } from '../../shared/catalogue.ts';
import type { ExplainAnswer } from '../../shared/explain.ts';
import { isLive } from '../../shared/live-measures.ts';
import { dayOf, type Period, parsePeriod } from '../../shared/period.ts';
import { periodAt, useAddress } from '../address.ts';
import { explainQuery, pauseAfter } from '../api.ts';
import { isCurrentPeriod, liveFigure } from '../figures/live-figures.ts';
import { useFollowingIfAny } from '../following.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import type { ExplainTarget } from './address.ts';

const RENEW_MS = 30_000;
/** How soon the story of a figure that moved is asked for again. */
const FOLLOW_MS = 1_500;

/** The server's time as near as the page knows it, epoch ms. */
export function useNow(): number {
  const following = useFollowingIfAny();
  const askedAt = useAskedAt();
  return following?.serverNow() ?? askedAt;
}

/** The unit and the period of a target: its own, else those of the page. */
export function useExplainPlace(target: ExplainTarget): { unit: string; period: Period } {
  const following = useFollowingIfAny();
  const { session, zone } = useSession();
  const { place } = useAddress();
  const now = useNow();
  const today = following?.state?.day ?? dayOf(now, zone);
  const period = (target.period && parsePeriod(target.period)) || periodAt(place.period, today);
  return { unit: target.unit ?? following?.ref ?? session?.unit.ref ?? '', period };
}

/** Whether the live figure is another than the one that is told. */
function useHasMoved(story: ExplainAnswer | undefined): boolean {
  const state = useFollowingIfAny()?.state;
  const indicator = findIndicator(story?.indicator.id ?? '');
  const period = parsePeriod(story?.period ?? '');
  if (!state || !story || story.subject || !indicator || !period || !isLive(indicator)) return false;
  const { id } = story.unit;
  const isWatched = id === state.unit.id || state.children.some((child) => child.id === id);
  if (!isWatched || !isCurrentPeriod(period, state.day)) return false;
  const { value, numerator, denominator } = liveFigure(state, { unit: id, period, indicator });
  const told = story.figure;
  return value !== told.value || numerator !== told.numerator || denominator !== told.denominator;
}

/** The story of a figure: renewed by itself, and at once when the figure moves. */
export function useStory(target: ExplainTarget) {
  const { unit, period } = useExplainPlace(target);
  const answer = useQuery({
    ...explainQuery({
      ...{ unit, indicator: target.indicator, period: period.key },
      ...{ field: target.field, procedure: target.procedure, by: target.by },
    }),
    enabled: unit !== '',
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      pauseAfter(state.error) || (state.data?.figure.provisional === false ? false : RENEW_MS),
  });
  const { refetch, isPlaceholderData } = answer;
  const story = isPlaceholderData && !isSame(answer.data, target) ? undefined : answer.data;
  const hasMoved = useHasMoved(story);
  const seq = story?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer that came and is behind again is followed again
  useEffect(() => {
    if (!hasMoved) return;
    const timer = setTimeout(() => void refetch(), FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [hasMoved, refetch, seq]);
  return { unit, period, story, error: answer.error, retry: () => void refetch() };
}

const isSame = (story: ExplainAnswer | undefined, { indicator }: ExplainTarget) =>
  story?.indicator.id === indicator;
