import { type Query, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { Session } from '../shared/people.ts';
import { dayOf } from '../shared/period.ts';
import { sessionQuery } from './api.ts';
import { isLost } from './live/stage.ts';
import type { Follower, LiveView } from './live/view.ts';
import { followLive } from './live.ts';
import { reloadFor } from './reload.ts';
import { useSession } from './session.tsx';

/** The live view with the server's clock. */
export type Following = LiveView & { serverNow: () => number };

const FollowingContext = createContext<Following | null>(null);

/** Gives a live view to everything below; `FollowUnit` is the one that keeps a link. */
export const FollowingProvider = FollowingContext.Provider;

type FollowProps = { unit: string; session: Session; children: ReactNode };

/** Keeps one link for everything below and follows `unit` over it; `session` says what the server's clock shows at first. */
export function FollowUnit({ unit, session, children }: FollowProps) {
  const client = useQueryClient();
  const [view, setView] = useState<LiveView>(() => emptyView(unit));
  const follower = useRef<Follower | null>(null);
  const first = useRef({ unit, session });
  useEffect(() => {
    const { unit: start, session: known } = first.current;
    const link = followLive(start, setView, {
      build: known.build,
      serverTime: Date.parse(known.now),
      onReload: reloadFor,
      onRefused: () => void client.invalidateQueries({ queryKey: sessionQuery().queryKey }),
    });
    follower.current = link;
    return () => {
      follower.current = null;
      link.close();
    };
  }, [client]);
  useEffect(() => follower.current?.turn(unit), [unit]);
  useAskingAgain(isLost(view.stage));
  const current = view.ref === unit ? view : { ...emptyView(unit), stage: view.stage, lostAt: view.lostAt };
  const serverNow = () => follower.current?.serverNow() ?? Date.parse(session.now);
  return <FollowingProvider value={{ ...current, serverNow }}>{children}</FollowingProvider>;
}

/** What could not be had while the link was lost is asked for again as soon as it is back. */
function useAskingAgain(isLinkLost: boolean): void {
  const client = useQueryClient();
  const wasLost = useRef(isLinkLost);
  useEffect(() => {
    if (wasLost.current && !isLinkLost) {
      const hasFailed = ({ state }: Query) => state.status === 'error' || state.fetchFailureCount > 0;
      void client.refetchQueries({ type: 'active', predicate: hasFailed });
    }
    wasLost.current = isLinkLost;
  }, [client, isLinkLost]);
}

function emptyView(ref: string): LiveView {
  return { ref, state: null, glimpse: null, stage: 'connecting', lostAt: null, problem: null };
}

/** What is followed now; only below `FollowUnit`. */
export function useFollowing(): Following {
  const following = useContext(FollowingContext);
  if (!following) throw new Error('no unit is followed here');
  return following;
}

/** The same where a unit is followed; null on pages that follow none. */
export const useFollowingIfAny = (): Following | null => useContext(FollowingContext);

/** Today at the site, by the server's clock. */
export function useToday(): string {
  const { state, serverNow } = useFollowing();
  const { zone } = useSession();
  return state?.day ?? dayOf(serverNow(), zone);
}
