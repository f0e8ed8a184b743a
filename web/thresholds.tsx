import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Thresholds } from '../shared/judgement.ts';
import { addDays, type Period } from '../shared/period.ts';
import type { ThresholdView } from '../shared/rule-view.ts';
import { findShippedThresholds, findThreshold, type OfUnit } from '../shared/thresholds.ts';
import { periodAt, useAddress } from './address.ts';
import { thresholdsQuery } from './api.ts';
import { useFollowing, useToday } from './following.tsx';

/** What figures are judged by, unit by unit. */
export type ThresholdBook = {
  /** Null: no rule judges it. */
  of: (indicator: string, unit: OfUnit) => Thresholds | null;
  /** The same as it was told, with where it comes from; undefined while nothing was. */
  told: (indicator: string, unit: OfUnit) => ThresholdView | undefined;
};

/** A book of thresholds that were told; before they are, those that are shipped hold. */
export function createBook(told: readonly ThresholdView[] | null): ThresholdBook {
  const find = (indicator: string, unit: OfUnit) => (told ? findThreshold(told, indicator, unit) : undefined);
  return {
    told: find,
    of: (indicator, unit) =>
      told ? (find(indicator, unit) ?? null) : findShippedThresholds(indicator, unit.level),
  };
}

const BookContext = createContext<ThresholdBook>(createBook(null));

/** Gives a book of thresholds to everything below. */
export const BookProvider = BookContext.Provider;

/** The last day of a period that is over: its figures keep the thresholds of then. */
const lastDayOf = ({ to }: Period, today: string): string | undefined =>
  to <= today ? addDays(to, -1) : undefined;

/**
 * The thresholds by which the page's period is judged, of the unit followed and of what stands below it; asked for again
 * whenever a rule changes or a day begins.
 */
export function FollowThresholds({ children }: { children: ReactNode }) {
  const { ref, state } = useFollowing();
  const today = useToday();
  const { place } = useAddress();
  const on = lastDayOf(periodAt(place.period, today), today);
  const rulesSeq = state?.rulesSeq ?? null;
  const { data } = useQuery({
    ...thresholdsQuery({ unit: ref, on }, { rulesSeq, today }),
    enabled: rulesSeq !== null,
    placeholderData: (before, query) => (query?.queryKey[1] === ref ? before : undefined),
  });
  const told = data?.thresholds ?? null;
  const book = useMemo(() => createBook(told), [told]);
  return <BookProvider value={book}>{children}</BookProvider>;
}

/** What figures are judged by here. */
export const useThresholds = (): ThresholdBook => useContext(BookContext);
