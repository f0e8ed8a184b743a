import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { AlertBrief } from '../../shared/alert.ts';
import { useSession } from '../session.tsx';
import { type Asking, isInHand, needsAnswer } from './asking.tsx';
import { type Keys, useKeys } from './keys.ts';
import { alertPath, FROM_CENTRE } from './place.ts';
import { listRights } from './rights.ts';

type Place = { id: number; index: number };

/** Where the keys were when an alert was opened, as the browser's history keeps it: there they are again on the way back. */
function readPlace(): Place | null {
  const kept: unknown = history.state?.alert;
  return kept !== null && typeof kept === 'object' && 'id' in kept && 'index' in kept
    ? { id: Number(kept.id), index: Number(kept.index) }
    : null;
}

/** The place of the keys among episodes that come and go: where its own is gone, the one that took its place. */
export function usePlace(alerts: readonly AlertBrief[]) {
  const [place, setPlace] = useState(readPlace);
  const [focusWish, wishFocus] = useState(() => (readPlace() === null ? 0 : 1));
  const found = place === null ? -1 : alerts.findIndex(({ id }) => id === place.id);
  const index = found >= 0 ? found : Math.min(place?.index ?? -1, alerts.length - 1);
  const settle = (id: number) => setPlace({ id, index: alerts.findIndex((alert) => alert.id === id) });
  const moveTo = (next: number) => {
    const alert = alerts[Math.max(0, Math.min(alerts.length - 1, next))];
    if (!alert) return;
    settle(alert.id);
    wishFocus((count) => count + 1);
  };
  return { index, current: alerts[index] ?? null, focusWish, moveTo, settle };
}

function useSelection(alerts: readonly AlertBrief[]) {
  const [chosen, choose] = useState<ReadonlySet<number>>(new Set());
  const selected = useMemo(() => alerts.filter(({ id }) => chosen.has(id)), [alerts, chosen]);
  const toggle = useCallback((id: number) => {
    choose((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const selectAll = () =>
    choose(selected.length === alerts.length ? new Set() : new Set(alerts.map(({ id }) => id)));
  return { chosen, selected, toggle, selectAll, clear: () => choose(new Set()) };
}

/** The keys that move through a list. */
export function stepsOf(
  { index, moveTo }: { index: number; moveTo: (index: number) => void },
  count: number,
): Keys {
  const by = (rows: number) => () => moveTo(index + rows);
  return {
    ...{ j: by(1), arrowdown: by(1), k: by(-1), arrowup: by(-1), pagedown: by(10), pageup: by(-10) },
    home: () => moveTo(0),
    end: () => moveTo(count - 1),
  };
}

/** Why acknowledging comes to nothing: none is chosen, or each is in hand or asks for nothing. */
type Hint = 'alerts.hint.none' | 'alerts.hint.inHand' | 'alerts.hint.asksNothing';

function hintOf(touched: readonly AlertBrief[]): Hint {
  if (touched.length === 0) return 'alerts.hint.none';
  return touched.some(isInHand) ? 'alerts.hint.inHand' : 'alerts.hint.asksNothing';
}

/** What is being done with a list of episodes: where the keys are, which are chosen, which form is open; and the keys themselves. */
export function useWorking(alerts: readonly AlertBrief[]) {
  const { session } = useSession();
  const [, navigate] = useLocation();
  const place = usePlace(alerts);
  const selection = useSelection(alerts);
  const [asking, ask] = useState<{ what: Asking; alerts: readonly AlertBrief[] } | null>(null);
  const [isHelpOpen, openHelp] = useState(false);
  const [hinted, hint] = useState<Hint | null>(null);
  const may = listRights(session?.caller ?? null);
  const request = (what: Asking) => {
    const touched = selection.selected.length > 0 ? selection.selected : place.current ? [place.current] : [];
    const of = what === 'acknowledge' ? touched.filter(needsAnswer) : touched;
    if (!may[what]) return;
    hint(what === 'acknowledge' && of.length === 0 ? hintOf(touched) : null);
    if (of.length > 0) ask({ what, alerts: of });
  };
  const close = () => {
    ask(null);
    if (place.index >= 0) place.moveTo(place.index);
  };
  const finish = () => {
    selection.clear();
    close();
  };
  const keepPlace = (id: number) => {
    const index = alerts.findIndex((alert) => alert.id === id);
    history.replaceState({ alert: { id, index } }, '');
  };
  const open = () => {
    if (!place.current) return;
    keepPlace(place.current.id);
    navigate(alertPath(place.current.id), { state: FROM_CENTRE });
  };
  const turnHelp = () => openHelp(!isHelpOpen);
  const back = () => {
    if (isHelpOpen) turnHelp();
    else if (asking) close();
    else selection.clear();
  };
  useKeys({
    ...stepsOf(place, alerts.length),
    enter: open,
    x: () => place.current && selection.toggle(place.current.id),
    'shift+a': selection.selectAll,
    a: () => request('acknowledge'),
    s: () => request('shelve'),
    c: () => request('comment'),
    escape: back,
    '?': turnHelp,
  });
  return { place, keepPlace, selection, may, request, hinted, asking, close, finish, isHelpOpen, turnHelp };
}

/** What is being done with a list of episodes. */
export type Working = ReturnType<typeof useWorking>;
