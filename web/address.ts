import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { FIRST_INDICATOR } from '../shared/boards/common.ts';
import { findIndicator } from '../shared/catalogue.ts';
import { type Period, parsePeriod, periodOf } from '../shared/period.ts';
import { UnitLevel } from '../shared/unit.ts';

/** What the address bar holds: the page, the unit, the period, the indicator and the reading of the past. */
export type Place = {
  page: 'home' | BoardPage;
  /** null: the root of the viewer's scope. */
  unit: string | null;
  /** `day`, `month`, `quarter` and `year` move with the clock; anything else is the key of a period. */
  period: string;
  indicator: string;
  tree: 'then' | 'now';
  /** The step of time of a trend. */
  grain: CurrentGrain;
  /** An area of work that narrows the page; null: all. Another unit is shown whole. */
  field: string | null;
  /** The level of units that rankings show; null, or one that is not there: all. */
  group: UnitLevel | null;
};

/** Pages that are a board of a unit, by the first part of their address. */
const BOARD_PAGES = ['wall', 'unit', 'leaders'] as const;
export type BoardPage = (typeof BOARD_PAGES)[number];

/** Whether a page is one for a desk. */
export const isDeskPage = (page: Place['page']): boolean => page === 'unit' || page === 'leaders';

/** The grains that may be asked for as "the current one". */
export const CURRENT = ['day', 'month', 'quarter', 'year'] as const;
export type CurrentGrain = (typeof CURRENT)[number];

const DEFAULTS = {
  period: 'month',
  indicator: FIRST_INDICATOR,
  tree: 'now',
  grain: 'month',
  field: null,
  group: null,
} as const;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Reads a place from a path and a query; what is missing or wrong gets its default. */
export function parsePlace(path: string, search: string): Place {
  const [, page = '', ref = ''] = path.split('/');
  const query = new URLSearchParams(search);
  const period = query.get('period') ?? DEFAULTS.period;
  const isCurrent = CURRENT.some((grain) => grain === period);
  return {
    page: BOARD_PAGES.find((known) => known === page) ?? 'home',
    unit: ref ? decode(ref) : null,
    period: isCurrent || parsePeriod(period) ? period : DEFAULTS.period,
    indicator: findIndicator(query.get('indicator') ?? '')?.id ?? DEFAULTS.indicator,
    tree: query.get('tree') === 'then' ? 'then' : 'now',
    grain: CURRENT.find((grain) => grain === query.get('grain')) ?? DEFAULTS.grain,
    field: query.get('field') || null,
    group: UnitLevel.safeParse(query.get('group')).data ?? null,
  };
}

/** A part of an address that names nothing there is. */
export type Unknown = { what: 'page' | 'period' | 'indicator' | 'tree' | 'grain' | 'group'; given: string };

const isGrain = (text: string) => CURRENT.some((grain) => grain === text);

const KNOWS: { [W in Exclude<Unknown['what'], 'page'>]: (given: string) => boolean } = {
  period: (given) => isGrain(given) || parsePeriod(given) !== undefined,
  indicator: (given) => findIndicator(given) !== undefined,
  tree: (given) => given === 'then' || given === 'now',
  grain: isGrain,
  group: (given) => UnitLevel.safeParse(given).success,
};

/** The parts of an address that name nothing there is, which a page then shows its default for; empty parts name nothing. */
export function listUnknown(path: string, search: string): Unknown[] {
  const [, page = ''] = path.split('/');
  const query = new URLSearchParams(search);
  const unknown: Unknown[] =
    page === '' || BOARD_PAGES.some((known) => known === page) ? [] : [{ what: 'page', given: decode(page) }];
  for (const what of ['period', 'indicator', 'tree', 'grain', 'group'] as const) {
    const given = query.get(what);
    if (given && !KNOWS[what](given)) unknown.push({ what, given });
  }
  return unknown;
}

/** The address of a place; other parameters (`lang`, `theme`) of the present query are kept. */
export function formatPlace(place: Place, search: string): string {
  const query = new URLSearchParams(search);
  for (const key of ['period', 'indicator', 'tree', 'grain', 'field', 'group'] as const) {
    const value = place[key];
    if (value === null || value === DEFAULTS[key]) query.delete(key);
    else query.set(key, value);
  }
  const ref = place.unit ? `/${encodeURIComponent(place.unit).replace('%40', '@')}` : '';
  const path = place.page === 'home' ? '/' : `/${place.page}${ref}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** What of a query belongs to the screen and not to its page: language, theme, size and sound. */
export function keepLook(search: string): string {
  const query = new URLSearchParams(search);
  for (const key of [...query.keys()])
    if (!['lang', 'theme', 'screen', 'sound'].includes(key)) query.delete(key);
  return query.toString();
}

/** The period that a place means on a day: the current one of a grain, or the one its key names. */
export function periodAt(period: string, today: string): Period {
  const grain = CURRENT.find((known) => known === period);
  return grain ? periodOf(today, grain) : (parsePeriod(period) ?? periodOf(today, 'month'));
}

/** The shortest name of a period: its grain when it is the current one, else its key. */
export function nameOfPeriod(period: Period, today: string): string {
  const grain = CURRENT.find((known) => known === period.grain);
  return grain && periodOf(today, grain).key === period.key ? grain : period.key;
}

/** Where we are, addresses of other places, and the way there. `href` and `go` keep what is not changed. */
export type Address = {
  place: Place;
  /** What the address names that is not there: `place` holds the default. */
  unknown: readonly Unknown[];
  href: (changes: Partial<Place>) => string;
  go: (changes: Partial<Place>, options?: { replace: boolean }) => void;
};

/** The address bar as state. */
export function useAddress(): Address {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const place = useMemo(() => parsePlace(path, search), [path, search]);
  const unknown = useMemo(() => listUnknown(path, search), [path, search]);
  const href = useCallback(
    (changes: Partial<Place>) => {
      const field = changes.unit === undefined ? place.field : null;
      return formatPlace({ ...place, field, ...changes }, search);
    },
    [place, search],
  );
  const go = useCallback(
    (changes: Partial<Place>, options?: { replace: boolean }) => navigate(href(changes), options),
    [href, navigate],
  );
  return useMemo(() => ({ place, unknown, href, go }), [place, unknown, href, go]);
}
