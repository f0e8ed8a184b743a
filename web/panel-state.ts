/** How a panel stands, decided here for all of them. Law: what is missing never looks like nothing, nor what is old like new. */

import type { FeedView, FigureView } from '../shared/answers.ts';
import { type FeedState, judgeFeed } from '../shared/feed-state.ts';
import { ApiError } from './api.ts';
import { useFollowing } from './following.tsx';
import { isLost, type Stage } from './live/stage.ts';

/** What came of asking for what a panel shows; `nobody`: told that nobody answers for the unit in that time. */
export type Told =
  | { kind: 'pending' }
  | { kind: 'failed'; error: Error }
  | { kind: 'told'; has: 'figures' | 'nothing' | 'nobody' };

/** How the link stands, and since when the figures are late (epoch ms), where they are. */
export type Around = { stage: Stage; lostAt: number | null; lateSince: number | null };

/**
 * How a panel stands. With figures to show: `ready`, `late` (older than they should be), `stale` (as they were when the link
 * was lost). Without: `loading`, `empty`, `missing` (no such unit, or none to be seen), `nobody`, `offline`, `error`.
 */
export type PanelState =
  | { kind: 'ready' }
  | { kind: 'late'; since: number }
  | { kind: 'stale'; since: number | null }
  | { kind: 'loading' }
  | { kind: 'empty' }
  | { kind: 'nobody' }
  | { kind: 'missing'; error: ApiError }
  | { kind: 'offline'; error: Error | null }
  | { kind: 'error'; error: Error };

function stateOfFailure(error: Error): PanelState {
  if (!(error instanceof ApiError)) return { kind: 'error', error };
  if (error.status === 404 || error.status === 403) return { kind: 'missing', error };
  return error.status === 0 ? { kind: 'offline', error } : { kind: 'error', error };
}

/** The one decision how a panel stands. */
export function stateOf(told: Told, { stage, lostAt, lateSince }: Around): PanelState {
  switch (told.kind) {
    case 'failed':
      return stateOfFailure(told.error);
    case 'pending':
      return isLost(stage) ? { kind: 'offline', error: null } : { kind: 'loading' };
    case 'told':
      if (told.has === 'nothing') return { kind: 'empty' };
      if (told.has === 'nobody') return { kind: 'nobody' };
      if (isLost(stage)) return { kind: 'stale', since: lostAt };
      return lateSince === null ? { kind: 'ready' } : { kind: 'late', since: lateSince };
  }
}

/** Whether a panel shows its figures, rather than words in their stead. */
export function hasFigures({ kind }: PanelState): boolean {
  return kind === 'ready' || kind === 'late' || kind === 'stale';
}

type Answer<T> = { data: T | undefined; error: Error | null };

/** What came of a query; `hasIn` says what there is in an answer, figures without it. */
export function toldBy<T>({ data, error }: Answer<T>, hasIn?: (data: T) => HasFigures): Told {
  if (data !== undefined) return { kind: 'told', has: hasIn?.(data) ?? 'figures' };
  return error === null ? { kind: 'pending' } : { kind: 'failed', error };
}

/** What there is in an answer. */
export type HasFigures = Extract<Told, { kind: 'told' }>['has'];

/** How a panel stands by what came of asking, with the link as it is now. */
export function usePanelState(told: Told, lateSince: number | null = null): PanelState {
  const { stage, lostAt } = useFollowing();
  return stateOf(told, { stage, lostAt, lateSince });
}

/** Without a word for longer than a weekend, the figure of a running period is called late, unless its feeds are well. */
const LATE_MS = 72 * 3_600_000;

/** Whether the feeds that concern a unit have all spoken when they should: what is old then is all there is. */
function areFeedsWell(feeds: readonly FeedView[], now: number): boolean {
  const kinds = feeds
    .map((feed): FeedState['kind'] => judgeFeed(feed, now).kind)
    .filter((kind) => kind !== 'unheard');
  return kinds.length > 0 && kinds.every((kind) => kind === 'fresh');
}

/** Since when a figure has heard nothing, epoch ms, where that is late; null where it is not, or not known. */
export function lateSinceOf(
  figure: Pick<FigureView, 'asOf' | 'provisional'> | null,
  { feeds, now }: { feeds: readonly FeedView[]; now: number },
): number | null {
  if (!figure?.provisional || figure.asOf === null) return null;
  const since = Date.parse(figure.asOf);
  return now - since > LATE_MS && !areFeedsWell(feeds, now) ? since : null;
}
