/** Which figure is explained: a part of the address, so that it can be linked to and the way back closes it. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useLocation, useSearch } from 'wouter';
import { findIndicator } from '../../shared/catalogue.ts';
import { parsePeriod } from '../../shared/period.ts';

/** A figure to be explained: of the unit and the period of the page where it names no others. */
export type ExplainTarget = {
  indicator: string;
  unit?: string | undefined;
  period?: string | undefined;
  /** Narrowed to an area of work, or to a procedure. */
  field?: string | undefined;
  procedure?: string | undefined;
  /** Of the index: by whose figures. */
  by?: 'own' | 'portal' | undefined;
};

const PARTS = {
  indicator: 'explain',
  unit: 'explainUnit',
  period: 'explainPeriod',
  field: 'explainField',
  procedure: 'explainProcedure',
  by: 'explainBy',
} as const;

/** A target as one text: two with the same are the same figure. */
export const keyOfTarget = (target: ExplainTarget | null): string =>
  target === null
    ? ''
    : (['indicator', 'unit', 'period', 'field', 'procedure', 'by'] as const)
        .map((part) => target[part] ?? '')
        .join('|');

/** The figure that an address explains; null for none, or one that is not in the catalogue. */
export function parseExplain(search: string): ExplainTarget | null {
  const query = new URLSearchParams(search);
  const indicator = findIndicator(query.get(PARTS.indicator) ?? '')?.id;
  if (indicator === undefined) return null;
  const period = query.get(PARTS.period);
  const by = query.get(PARTS.by);
  const others = (['unit', 'field', 'procedure'] as const).flatMap((part) => {
    const value = query.get(PARTS[part]);
    return value ? [[part, value] as const] : [];
  });
  return {
    indicator,
    ...Object.fromEntries(others),
    ...((by === 'own' || by === 'portal') && { by }),
    ...(period && parsePeriod(period) && { period }),
  };
}

/** An address that explains a figure, or none; the rest of it stays. */
export function formatExplain(path: string, search: string, target: ExplainTarget | null): string {
  const query = new URLSearchParams(search);
  for (const part of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    const value = target?.[part];
    if (value) query.set(PARTS[part], value);
    else query.delete(PARTS[part]);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

/** What had the focus when an explanation was opened: it gets it back. */
let opener: HTMLElement | null = null;

/** Gives the focus back to what opened the explanation, or to another way to the same one. */
function giveBackFocus(indicator: string | undefined): void {
  const other = indicator && document.querySelector<HTMLElement>(`[data-explains="${indicator}"]`);
  const target = opener?.isConnected ? opener : other || null;
  opener = null;
  target?.focus();
}

/** The figure that is explained now, and the ways to another and to none. */
export type Explaining = {
  target: ExplainTarget | null;
  href: (target: ExplainTarget | null) => string;
  open: (target: ExplainTarget, from?: HTMLElement | null) => void;
  close: () => void;
};

/** What the address explains, and how to change it: `open` is what any page calls for any of its figures. */
export function useExplain(): Explaining {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const target = useMemo(() => parseExplain(search), [search]);
  const href = useCallback((next: ExplainTarget | null) => formatExplain(path, search, next), [path, search]);
  const open = useCallback(
    (next: ExplainTarget, from: HTMLElement | null = null) => {
      opener = from;
      navigate(href(next));
    },
    [href, navigate],
  );
  const indicator = target?.indicator;
  const close = useCallback(() => {
    navigate(href(null), { replace: true });
    giveBackFocus(indicator);
  }, [href, navigate, indicator]);
  return useMemo(() => ({ target, href, open, close }), [target, href, open, close]);
}

let glimpse: ExplainTarget | null = null;
const listeners = new Set<() => void>();

/** Says which figure's way to its story has the focus; null when it has gone. */
export function glimpseAt(target: ExplainTarget | null): void {
  glimpse = target;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The figure whose way to its story has the focus: a wall shows it before it is chosen. */
export const useGlimpse = (): ExplainTarget | null => useSyncExternalStore(listen, () => glimpse);
