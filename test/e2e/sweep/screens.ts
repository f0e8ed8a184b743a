/** Every screen there is: pages, units, periods, indicators, languages, themes and sizes, and which of them meet in a sweep. */
import { INDICATORS } from '../../../shared/indicator.ts';
import { addDays, periodOf, previousPeriod } from '../../../shared/period.ts';
import { type Axes, type Covering, countCovered, coverAll, groupsOf, type Row } from './covering.ts';

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

/** Pages that need none of these. `isOpen`: shown by an office that lets visitors in. */
export const PLAIN_PAGES: Readonly<Record<string, { isOpen: boolean; path: string }>> = {
  enter: { isOpen: false, path: '/' },
  'missing-wall': { isOpen: true, path: '/wall/99999' },
  'missing-unit': { isOpen: true, path: '/unit/99999' },
};

/** One screen to look at; `address` is a path with its query. */
export type Screen = {
  page: string;
  isOpen: boolean;
  address: string;
  width: number;
  height: number;
  theme: 'dark' | 'light';
  lang: 'vi' | 'en';
};

function screenOf(row: Row, { path, isOpen, query }: { path: string; isOpen: boolean; query: Row }): Screen {
  const [width = 0, height = 0] = (row.size ?? '').split('x').map(Number);
  const theme = row.theme === 'light' ? 'light' : 'dark';
  const lang = row.lang === 'en' ? 'en' : 'vi';
  const search = new URLSearchParams({ ...query, lang, theme });
  return { page: row.page ?? '', isOpen, address: `${path}?${search}`, width, height, theme, lang };
}

/** Many pixels take long to draw. */
const COSTS = { '7680x2160': 0.5, '3840x2160': 0.3 };

/** Which combinations must be seen: pairs of everything, or those that shape a page most, for a run of a minute. */
export type Depth = 'all' | 'short';

const LOOKS: Axes = { lang: ['vi', 'en'], theme: ['dark', 'light'], size: SIZES };

function coverBoards(depth: Depth, today: string): { covering: Covering; rows: Row[] } {
  const axes: Axes = {
    page: BOARD_PAGES,
    unit: Object.keys(UNITS),
    period: Object.keys(listPeriods(today)),
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

/** The screens of a sweep on a day, those of one size together, and how many combinations they cover. */
export function listScreens(depth: Depth, today: string) {
  const periods = listPeriods(today);
  const boards = coverBoards(depth, today);
  const plain = {
    axes: { page: Object.keys(PLAIN_PAGES), ...LOOKS },
    groups: groupsOf(['page', 'lang', 'theme', 'size'], 2),
    seed: 1,
  };
  const plainRows = coverAll(plain);
  const screens = [
    ...boards.rows.map((row) => {
      const ref = row.unit?.split(' ')[1] ?? '';
      const query = { period: periods[row.period ?? ''] ?? '', indicator: row.indicator ?? '' };
      return screenOf(row, { path: `/${row.page}/${ref}`, isOpen: true, query });
    }),
    ...plainRows.map((row) =>
      screenOf(row, { ...(PLAIN_PAGES[row.page ?? ''] ?? { path: '/', isOpen: true }), query: {} }),
    ),
  ];
  const counts = [countCovered(boards.covering, boards.rows), countCovered(plain, plainRows)];
  const sum = (side: 'all' | 'covered') => counts.reduce((total, count) => total + count[side], 0);
  screens.sort(
    (a, b) => Number(b.isOpen) - Number(a.isOpen) || b.width - a.width || a.theme.localeCompare(b.theme),
  );
  return { screens, combinations: { all: sum('all'), covered: sum('covered') } };
}
