/** The way back: what a screen was opened with, and when it shows that again after somebody touched it. */
import './return.css';
import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { CallerView } from '../shared/people.ts';
import { formatPlace, isDeskPage, keepLook, type Place, parsePlace, useAddress } from './address.ts';
import { useLanguage } from './words/words.ts';

/** For how many seconds the way back is announced. */
export const COUNTED_S = 10;
const KEY = 'opened-with';

/** Inputs that change something on the page; a pointer that moves only tells that somebody is there. */
const DEEDS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

type Standing = { kind: CallerView['kind']; entry: Place['page']; page: Place['page'] };

/**
 * Whether what is shown gives way to the overview when nobody touches it. On a screen with a token always; for others only
 * where the wall was opened, and for a person only while it is the wall: nobody is thrown off a desk's page they read.
 */
export function canReturn({ kind, entry, page }: Standing): boolean {
  if (kind === 'screen') return true;
  if (isDeskPage(entry)) return false;
  return kind === 'visitor' || !isDeskPage(page);
}

function wasReloaded(): boolean {
  const [navigation] = globalThis.performance.getEntriesByType?.('navigation') ?? [];
  return navigation !== undefined && 'type' in navigation && navigation.type === 'reload';
}

/** What this screen was opened with. A page that is loaded anew, as after an update, is not opened anew. */
export function findEntry(here: Place, isReloaded: boolean): Place {
  try {
    const kept = isReloaded ? sessionStorage.getItem(KEY) : null;
    if (kept !== null) {
      const { pathname, search } = new URL(kept, location.origin);
      return parsePlace(pathname, search);
    }
    sessionStorage.setItem(KEY, formatPlace(here, ''));
  } catch {
    // A browser without storage knows no more than where it is now.
  }
  return here;
}

/** Whether the pointer is elsewhere than before: browsers tell of moves, too, when the page moves below a pointer at rest. */
function watchMoves(): (event: Event) => boolean {
  let last = '';
  return (event) => {
    if (!(event instanceof MouseEvent)) return true;
    const place = `${event.screenX} ${event.screenY}`;
    const hasMoved = place !== last;
    last = place;
    return hasMoved;
  };
}

type Waiting = { isOn: boolean; afterMs: number; onDeed: () => void; onEnd: () => void };

/** Seconds left before `onEnd`, null while they are not counted yet; any input begins the wait anew. */
function useWait({ isOn, afterMs, onDeed, onEnd }: Waiting): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!isOn) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = (seconds: number) => {
      if (seconds === 0) {
        setLeft(null);
        onEnd();
        return;
      }
      setLeft(seconds);
      timer = setTimeout(() => count(seconds - 1), 1000);
    };
    const begin = () => {
      clearTimeout(timer);
      setLeft(null);
      timer = setTimeout(() => count(COUNTED_S), afterMs - COUNTED_S * 1000);
    };
    const hasMoved = watchMoves();
    const move = (event: Event) => hasMoved(event) && begin();
    begin();
    addEventListener('pointermove', move, { passive: true, capture: true });
    for (const deed of DEEDS) addEventListener(deed, begin, { passive: true, capture: true });
    return () => {
      clearTimeout(timer);
      setLeft(null);
      removeEventListener('pointermove', move, { capture: true });
      for (const deed of DEEDS) removeEventListener(deed, begin, { capture: true });
    };
  }, [isOn, afterMs, onEnd]);
  useEffect(() => {
    for (const deed of DEEDS) addEventListener(deed, onDeed, { passive: true, capture: true });
    return () => {
      for (const deed of DEEDS) removeEventListener(deed, onDeed, { capture: true });
    };
  }, [onDeed]);
  return left;
}

type ReturnState = {
  /** Seconds before the overview is shown again; null while they are not counted. */
  left: number | null;
  /** How often it was shown again: what was opened on the page meanwhile is then closed. */
  returns: number;
};

type ReturnInput = {
  kind: CallerView['kind'];
  afterMs: number;
  /** Whether nothing moves by itself now, as in a flood of alerts: what is looked at stays; afterwards the wait begins anew. */
  isPaused?: boolean;
  /** Whether a page is shown that the address of a board does not name, as those of alerts: nobody is thrown off one but a wall. */
  isElsewhere?: boolean;
};

/**
 * Leads a wall that was touched back to what it was opened with, `afterMs` after the last input; language, theme and screen
 * stay as they were chosen. Menus, tables and scrolling count as touches, too.
 */
export function useReturn({
  kind,
  afterMs,
  isPaused = false,
  isElsewhere = false,
}: ReturnInput): ReturnState {
  const { place, go } = useAddress();
  const [, navigate] = useLocation();
  const page = isElsewhere ? 'unit' : place.page;
  const [entry] = useState(() => findEntry(place, wasReloaded()));
  const [beganElsewhere] = useState(() => isElsewhere && !wasReloaded());
  const [isTouched, touch] = useState(false);
  const [returns, setReturns] = useState(0);
  const isAway = isElsewhere || formatPlace(place, '') !== formatPlace(entry, '');
  const isOn =
    !isPaused &&
    (isAway || isTouched) &&
    canReturn({ kind, entry: beganElsewhere ? 'unit' : entry.page, page });
  const onDeed = useCallback(() => touch(true), []);
  const onEnd = useCallback(() => {
    if (isElsewhere) navigate(formatPlace(entry, keepLook(location.search)));
    else if (isAway) go(entry);
    touch(false);
    setReturns((count) => count + 1);
    globalThis.scrollTo?.(0, 0);
  }, [go, navigate, entry, isAway, isElsewhere]);
  const left = useWait({ isOn, afterMs, onDeed, onEnd });
  return { left, returns };
}

/** In the last seconds before a wall shows its overview again: how many, and how to stay. */
export function ReturnLine({ left }: { left: number | null }) {
  const { t } = useLanguage();
  if (left === null) return null;
  return (
    <p className="return-line" role="timer">
      <i style={{ width: `${(100 * left) / COUNTED_S}%` }} aria-hidden="true" />
      <span>{t('return.left', { count: left })}</span>
    </p>
  );
}
