/** Which figure is explained: a part of the address, so that it can be linked to and the way back closes it. */
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { findIndicator } from '../../shared/catalogue.ts';
import { parsePeriod } from '../../shared/period.ts';

/** A figure to be explained: of the unit and the period of the page where it names no others. */
export type ExplainTarget = { indicator: string; unit?: string | undefined; period?: string | undefined };

const PARTS = { indicator: 'explain', unit: 'explainUnit', period: 'explainPeriod' } as const;

/** The figure that an address explains; null for none, or one that is not in the catalogue. */
export function parseExplain(search: string): ExplainTarget | null {
  const query = new URLSearchParams(search);
  const indicator = findIndicator(query.get(PARTS.indicator) ?? '')?.id;
  if (indicator === undefined) return null;
  const [unit, period] = [query.get(PARTS.unit), query.get(PARTS.period)];
  return {
    indicator,
    ...(unit && { unit }),
    ...(period && parsePeriod(period) && { period }),
  };
}

/** An address that explains a figure, or none; the rest of it stays. */
export function formatExplain(path: string, search: string, target: ExplainTarget | null): string {
  const query = new URLSearchParams(search);
  for (const part of ['indicator', 'unit', 'period'] as const) {
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
