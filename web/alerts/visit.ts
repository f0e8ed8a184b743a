import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { act, visitQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { useSession } from '../session.tsx';

/** A page looked at for less than this was not read. */
const READ_MS = 3_000;

/** `seenSeq`: up to which commit the viewer had seen the alerts when the page was opened; null where it never was, or nobody keeps that. */
export type Visit = { seenSeq: number | null; markAllSeen: () => void };

/**
 * What changed since the last visit: it stays marked while the page is open. That it was seen is told when the page is left
 * after it was read, or when the viewer says so.
 */
export function useVisit(unit: string): Visit {
  const { state } = useFollowing();
  const { session } = useSession();
  const isPerson = session?.caller.kind === 'person';
  const { data } = useQuery({ ...visitQuery(unit), enabled: isPerson });
  const [markedSeq, mark] = useState<number | null>(null);
  const newest = useRef({ seq: 0, told: 0 });
  const visited = data?.visitedSeq ?? null;
  newest.current.seq =
    state?.alerts.reduce((seq, alert) => Math.max(seq, alert.seq), 0) ?? newest.current.seq;
  const tell = useCallback(() => {
    const { seq, told } = newest.current;
    if (seq <= told) return;
    newest.current.told = seq;
    act('visitAlerts', { seq }).catch(() => {
      newest.current.told = told;
    });
  }, []);
  useEffect(() => {
    if (!isPerson || data === undefined) return;
    newest.current.told = Math.max(newest.current.told, visited ?? 0);
    const openedAt = performance.now();
    const leave = () => {
      if (performance.now() - openedAt >= READ_MS) tell();
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [isPerson, data, visited, tell]);
  const markAllSeen = useCallback(() => {
    mark(newest.current.seq);
    tell();
  }, [tell]);
  const seenSeq = visited === null ? markedSeq : Math.max(visited, markedSeq ?? 0);
  return { seenSeq, markAllSeen };
}
