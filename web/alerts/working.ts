import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { AlertBrief } from '../../shared/alert.ts';
import { useSession } from '../session.tsx';
import type { Asking } from './asking.tsx';
import { useKeys } from './keys.ts';
import { alertPath } from './place.ts';
import { mayAnswer, mayShelve } from './rights.ts';

/** Where the keys were when an alert was opened: there they are again on the way back. */
let keptPlace: { id: number; index: number } | null = null;

/** The place of the keys among episodes that come and go: where its own is gone, the one that took its place. */
function usePlace(alerts: readonly AlertBrief[]) {
  const [place, setPlace] = useState(keptPlace);
  const [holdsFocus, holdFocus] = useState(keptPlace !== null);
  const found = place === null ? -1 : alerts.findIndex(({ id }) => id === place.id);
  const index = found >= 0 ? found : Math.min(place?.index ?? -1, alerts.length - 1);
  const moveTo = (next: number) => {
    const to = Math.max(0, Math.min(alerts.length - 1, next));
    const alert = alerts[to];
    if (!alert) return;
    keptPlace = { id: alert.id, index: to };
    setPlace(keptPlace);
    holdFocus(true);
  };
  return { index, current: alerts[index] ?? null, holdsFocus, moveTo, releaseFocus: () => holdFocus(false) };
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

/** Whether there is something to acknowledge. */
function needsAnswer({ label }: AlertBrief): boolean {
  return label === 'new' || label === 'gone';
}

/** What is being done with a list of episodes: where the keys are, which are chosen, which form is open; and the keys themselves. */
export function useWorking(alerts: readonly AlertBrief[]) {
  const { session } = useSession();
  const [, navigate] = useLocation();
  const place = usePlace(alerts);
  const selection = useSelection(alerts);
  const [asking, ask] = useState<{ what: Asking; alerts: readonly AlertBrief[] } | null>(null);
  const [isHelpOpen, openHelp] = useState(false);
  const caller = session?.caller ?? null;
  const may = { acknowledge: mayAnswer(caller), shelve: mayShelve(caller), comment: mayAnswer(caller) };
  const request = (what: Asking) => {
    const touched = selection.selected.length > 0 ? selection.selected : place.current ? [place.current] : [];
    const of = what === 'acknowledge' ? touched.filter(needsAnswer) : touched;
    if (!may[what] || of.length === 0) return;
    place.releaseFocus();
    ask({ what, alerts: of });
  };
  const close = () => {
    ask(null);
    if (place.index >= 0) place.moveTo(place.index);
  };
  const finish = () => {
    selection.clear();
    close();
  };
  const turnHelp = () => openHelp(!isHelpOpen);
  const back = () => {
    if (isHelpOpen) turnHelp();
    else if (asking) close();
    else selection.clear();
  };
  const step = (by: number) => () => place.moveTo(place.index + by);
  useKeys({
    ...{
      j: step(1),
      arrowdown: step(1),
      k: step(-1),
      arrowup: step(-1),
      pagedown: step(10),
      pageup: step(-10),
    },
    home: () => place.moveTo(0),
    end: () => place.moveTo(alerts.length - 1),
    enter: () => place.current && navigate(alertPath(place.current.id)),
    x: () => place.current && selection.toggle(place.current.id),
    'shift+a': selection.selectAll,
    a: () => request('acknowledge'),
    s: () => request('shelve'),
    c: () => request('comment'),
    escape: back,
    '?': turnHelp,
  });
  return { place, selection, may, request, asking, close, finish, isHelpOpen, turnHelp };
}

/** What is being done with a list of episodes. */
export type Working = ReturnType<typeof useWorking>;
