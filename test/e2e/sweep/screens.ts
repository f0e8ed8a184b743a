/** Every screen there is: pages, units, periods, indicators, languages, themes and sizes, and which of them meet in a sweep. */
import { INDICATORS } from '../../../shared/catalogue.ts';
import { addDays, periodOf, previousPeriod } from '../../../shared/period.ts';
import { type Axes, type Covering, countCovered, coverAll, groupsOf, type Row } from './covering.ts';
import { OFFICE_PAGES, PLAIN_PAGES, type PlainPage } from './pages.ts';

/** Units of the make-believe province by what is special about them; the reference follows the name. */
const UNITS = {
  'province 25': 'today 148 communes and 15 departments',
  'commune 08872': 'heir of several',
  'ward 08707': 'of a former city',
  'department 25.SNNMT': 'a long name and a feed of its own',
  'authority 25.BQLKCN': 'the longest name',
  'silent-commune 09043': 'its feed has stopped',
  'unheard-department 25.SNGV': 'has never told anything',
  'old-province 26@2025-06-30': 'ended, nine districts and twenty departments',
  'old-district 247': 'ended, twelve communes',
  'few-children 243': 'ended, nine communes',
  'old-commune 08872@2025-06-30': 'ended, none below it',
  'old-department 26.SLDTBXH': 'ended, the longest old name',
} as const;

const SIZES = ['1366x768', '1920x1080', '3840x2160', '7680x2160', '390x844'] as const;

/** The period of each kind on a day. */
export function listPeriods(today: string): Record<string, string> {
  const past = (grain: 'month' | 'quarter' | 'year') => previousPeriod(periodOf(today, grain)).key;
  return {
    ...{ day: 'day', month: 'month', quarter: 'quarter', year: 'year' },
    'past-day': addDays(today, -9),
    'past-month': past('month'),
    'past-quarter': past('quarter'),
    'past-year': past('year'),
    'before-merger': '2025-06',
    'after-merger': '2025-07',
    'before-data': '2023-05',
    'not-begun': periodOf(addDays(today, 95), 'month').key,
  };
}

/** Pages that need a unit, a period and an indicator. */
const BOARD_PAGES = ['wall', 'unit'] as const;

/** One screen to look at; `address` is a path with its query. */
export type Screen = Omit<PlainPage, 'path'> & {
  page: string;
  address: string;
  width: number;
  height: number;
  theme: 'dark' | 'light';
  lang: 'vi' | 'en';
};

/** A row of a covering as a screen: its page, language, theme and size. */
export function screenOf(row: Row, { path, query = {}, ...rest }: PlainPage & { query?: Row }): Screen {
  const [width = 0, height = 0] = (row.size ?? '').split('x').map(Number);
  const theme = row.theme === 'light' ? 'light' : 'dark';
  const lang = row.lang === 'en' ? 'en' : 'vi';
  const [whole = '', fragment] = path.split('#');
  const [place, own] = whole.split('?');
  const search = new URLSearchParams([
    ...new URLSearchParams(own),
    ...Object.entries({ ...query, lang, theme }),
  ]);
  const address = `${place}?${search}${fragment === undefined ? '' : `#${fragment}`}`;
  return { ...rest, page: row.page ?? '', address, width, height, theme, lang };
}

/** Many pixels take long to draw. */
const COSTS = { '7680x2160': 0.5, '3840x2160': 0.3 };

/** Which combinations must be seen: pairs of everything, or those that shape a page most, for a run of a minute. */
export type Depth = 'all' | 'short';

/** Periods that a short sweep leaves out: they look as others do. */
const ALIKE = new Set(['quarter', 'past-day', 'past-quarter', 'past-year']);

const LOOKS: Axes = { lang: ['vi', 'en'], theme: ['dark', 'light'], size: SIZES };

function coverBoards(depth: Depth, today: string): { covering: Covering; rows: Row[] } {
  const axes: Axes = {
    page: BOARD_PAGES,
    unit: Object.keys(UNITS),
    period: Object.keys(listPeriods(today)).filter((period) => depth === 'all' || !ALIKE.has(period)),
    indicator: INDICATORS.map(({ id }) => id),
    ...LOOKS,
  };
  const short = [
    ...groupsOf(['page', 'lang', 'theme', 'size'], 2),
    ...['unit', 'period'].flatMap((axis) => [
      ['page', axis],
      ['size', axis],
    ]),
    ['unit', 'period'],
    ['page', 'indicator'],
  ];
  const groups = depth === 'short' ? short : [...groupsOf(Object.keys(axes), 2), ['period', 'unit', 'size']];
  const covering = { axes, groups, seed: 766, costs: COSTS };
  return { covering, rows: coverAll(covering) };
}

/** Sizes at which pages without figures are looked at; `short`: a desk and a phone. */
const DESKS = SIZES.filter((size) => size !== '7680x2160');
const FEW = ['1366x768', '390x844'];

function coverPlain(pages: Readonly<Record<string, PlainPage>>, sizes: readonly string[]) {
  const covering = {
    axes: { page: Object.keys(pages), ...LOOKS, size: sizes },
    groups: groupsOf(['page', 'lang', 'theme', 'size'], 2),
    seed: 1,
  };
  const rows = coverAll(covering);
  const screens = rows.flatMap((row) => {
    const page = pages[row.page ?? ''];
    return page ? [screenOf(row, page)] : [];
  });
  return { screens, ...countCovered(covering, rows) };
}

function screensOfBoards(depth: Depth, today: string) {
  const periods = listPeriods(today);
  const { covering, rows } = coverBoards(depth, today);
  const screens = rows.map((row) => {
    const ref = row.unit?.split(' ')[1] ?? '';
    const query = { period: periods[row.period ?? ''] ?? '', indicator: row.indicator ?? '' };
    return screenOf(row, { path: `/${row.page}/${ref}`, who: 'visitor', query });
  });
  return { screens, ...countCovered(covering, rows) };
}

/** The screens of a sweep on a day, those of one viewer and size together, and how many combinations they cover. */
export function listScreens(depth: Depth, today: string) {
  const isShort = depth === 'short';
  const parts = [
    screensOfBoards(depth, today),
    coverPlain(PLAIN_PAGES, isShort ? FEW : SIZES),
    coverPlain(OFFICE_PAGES, isShort ? FEW : DESKS),
  ];
  const sum = (side: 'all' | 'covered') => parts.reduce((total, part) => total + part[side], 0);
  const screens = parts.flatMap((part) => part.screens);
  screens.sort((a, b) => a.who.localeCompare(b.who) || b.width - a.width || a.theme.localeCompare(b.theme));
  return { screens, combinations: { all: sum('all'), covered: sum('covered') } };
}
