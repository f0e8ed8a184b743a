// Which panels stand on the shipped boards, for whom, and that no kind of panel is without its entry.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Absence, UnitView } from '../../shared/answers.ts';
import type { Board } from '../../shared/board.ts';
import { LEADERS_DESK } from '../../shared/boards/leaders-desk.ts';
import { UNIT_DESK } from '../../shared/boards/unit-desk.ts';
import { WALL } from '../../shared/boards/wall.ts';
import { WALL_TALL } from '../../shared/boards/wall-tall.ts';
import { WALL_WIDE } from '../../shared/boards/wall-wide.ts';
import { parsePeriod } from '../../shared/period.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { ApiError } from '../../web/api.ts';
import { type BoardView, chooseIndicator } from '../../web/board-view.ts';
import { factsOf } from '../../web/figures/facts.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import type { PanelTable } from '../../web/panels/entry.ts';
import { PANELS } from '../../web/panels/panels.tsx';
import { DeskPanels, partsOf, WallPanels } from '../../web/views/board.tsx';
import { startWords } from '../../web/words/words.ts';

const TODAY = '2026-11-25';

const following: Following = {
  ...{ ref: '25', state: null, stage: 'live', lostAt: null, problem: null },
  serverNow: () => Date.parse(`${TODAY}T09:00:00+07:00`),
};

const unitOf = (id: number, level: UnitLevel, to: string | null = null): UnitView => ({
  ...{ id, ref: `u${id}`, code: `u${id}`, name: { vi: `Đơn vị ${id}`, en: `Unit ${id}` }, level },
  ...{ from: '2020-01-01', to, lat: null, lon: null },
});

const below = (count: number, level: UnitLevel): UnitView[] =>
  Array.from({ length: count }, (_, index) => unitOf(index + 2, level));

type Case = {
  unit?: UnitView | null;
  children?: UnitView[];
  period?: string;
  status?: FiguresView['status'];
  field?: string;
  absence?: Absence;
  fieldNoData?: 'unknownField' | 'neverTold';
};

function viewOf({
  children = [],
  period: key = '2026-11',
  status = 'ready',
  field,
  absence,
  fieldNoData,
  ...given
}: Case): BoardView {
  const period = parsePeriod(key);
  if (!period) throw new Error(`no period ${key}`);
  const { unit = unitOf(1, 'province') } = given;
  const figures: FiguresView = {
    ...{ period, unit, children, status, path: [], error: null, on: TODAY },
    ...{ isCurrent: false, isProvisional: period.to > TODAY, retry: () => undefined },
    ...(absence && { absence }),
    figureOf: () => null,
    figuresOf: () => new Map(children.map(({ id }) => [id, figure])),
  };
  const known = { unit, children, isReady: status === 'ready', absence, today: TODAY };
  return {
    ...{ ref: 'u1', unit, period, figures, indicator: chooseIndicator('TT02') },
    ...{ field: field ?? null, fieldName: field ?? null },
    ...(fieldNoData && { fieldNoData }),
    facts: factsOf({ ...known, field: field ?? null, isFieldUnknown: fieldNoData !== undefined }),
  };
}

const figure = {
  ...{ value: 90, numerator: 90, denominator: 100 },
  ...{ provisional: false, asOf: null, completeness: 1 },
};

const KINDS = [
  'key-figures',
  'map',
  'ranking',
  'trend',
  'breakdown',
  'dossiers',
  'due',
  'form',
  'ended',
  'strip',
  'index-panel',
  'desk-foot',
];

/** The panels on screen, once all have come, in reading order; those beside each other with a bar between. */
async function read(board: Board, view: BoardView): Promise<string[]> {
  const { container } = render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <FollowingProvider value={following}>
        {board.canvas === 'wall' ? (
          <WallPanels board={board} view={view} />
        ) : (
          <DeskPanels board={board} view={view} />
        )}
      </FollowingProvider>
    </QueryClientProvider>,
  );
  const nameOf = (element: Element) => KINDS.find((kind) => element.classList.contains(kind)) ?? '';
  const list = () => [...container.querySelectorAll(KINDS.map((kind) => `.${kind}`).join())].map(nameOf);
  await waitFor(() => {
    const waiting = [...container.querySelectorAll('.skeleton')].filter(
      (mark) => !mark.closest('.panel, .tile, .strip'),
    );
    expect(waiting).toEqual([]);
  });
  return list();
}

beforeAll(() => startWords('vi'));
beforeEach(() => vi.stubGlobal('fetch', () => new Promise(() => undefined)));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ended = unitOf(1, 'district', '2025-07-01');

describe('the wall', () => {
  it.each<[string, Case, string[]]>([
    [
      'of a unit with many below it',
      { children: below(40, 'commune') },
      ['key-figures', 'map', 'ranking', 'index-panel'],
    ],
    ['of a leaf', { unit: unitOf(1, 'commune') }, ['key-figures', 'trend', 'breakdown', 'index-panel']],
    [
      'of one without places',
      { children: below(3, 'office') },
      ['key-figures', 'trend', 'ranking', 'index-panel'],
    ],
    ['of one that is no more', { unit: ended, absence: { ended: '2025-07-01' } }, ['ended', 'trend']],
    [
      'of a time before figures',
      { children: below(40, 'commune'), absence: { noData: 'beforeData', dataFrom: '2024-01-01' } },
      ['ended', 'map', 'ranking'],
    ],
    ['while nothing is known', { unit: null, status: 'loading' }, ['key-figures', 'map', 'ranking']],
  ])('%s', async (_, given, panels) => {
    expect(await read(WALL, viewOf(given))).toEqual([...panels, 'strip']);
  });
});

describe('the wide wall', () => {
  const urgent = ['due', 'dossiers'];
  it.each<[string, Case, string[]]>([
    [
      'of a unit with many below it',
      { children: below(40, 'commune') },
      ['key-figures', 'map', 'ranking', 'index-panel', 'trend', 'breakdown', ...urgent],
    ],
    [
      'of a leaf',
      { unit: unitOf(1, 'commune') },
      ['key-figures', 'trend', 'index-panel', 'breakdown', ...urgent],
    ],
    [
      'of one without places',
      { children: below(3, 'office') },
      ['key-figures', 'trend', 'ranking', 'index-panel', 'breakdown', ...urgent],
    ],
    [
      'of one that is no more, in its life',
      { unit: ended, period: '2025-06', children: below(4, 'commune') },
      ['key-figures', 'map', 'ranking', 'index-panel', 'trend', 'breakdown', 'ended'],
    ],
    [
      'of a time before figures',
      { children: below(40, 'commune'), absence: { noData: 'beforeData', dataFrom: '2024-01-01' } },
      ['ended', 'map', 'ranking', 'trend'],
    ],
    ['of one that is no more', { unit: ended, absence: { ended: '2025-07-01' } }, ['ended', 'trend']],
  ])('%s', async (_, given, panels) => {
    expect(await read(WALL_WIDE, viewOf(given))).toEqual([...panels, 'strip']);
  });
});

describe('the wall that flows', () => {
  it.each<[string, Case, string[]]>([
    [
      'of a unit with many below it',
      { children: below(40, 'commune') },
      ['key-figures', 'index-panel', 'map', 'ranking', 'trend'],
    ],
    ['of a leaf', { unit: unitOf(1, 'commune') }, ['key-figures', 'index-panel', 'trend', 'breakdown']],
    [
      'of one without places',
      { children: below(3, 'office') },
      ['key-figures', 'index-panel', 'ranking', 'trend'],
    ],
    [
      'of a time before figures',
      { children: below(40, 'commune'), absence: { noData: 'beforeData', dataFrom: '2024-01-01' } },
      ['ended', 'map', 'ranking', 'trend'],
    ],
    ['of one that is no more', { unit: ended, absence: { ended: '2025-07-01' } }, ['ended', 'trend']],
  ])('%s', async (_, given, panels) => {
    expect(await read(WALL_TALL, viewOf(given))).toEqual(['strip', ...panels, 'strip']);
  });
});

describe("the desk's page", () => {
  const rest = ['form', 'breakdown', 'breakdown', 'desk-foot'];

  it.each<[string, Case, string[]]>([
    [
      'of a unit with others below it',
      { children: below(40, 'commune') },
      ['key-figures', 'index-panel', 'trend', 'dossiers', 'due', 'map', 'ranking', ...rest],
    ],
    [
      'of a leaf',
      { unit: unitOf(1, 'commune') },
      ['key-figures', 'index-panel', 'trend', 'dossiers', 'due', ...rest],
    ],
    [
      'of an area of work',
      { children: below(40, 'commune'), field: 'F1' },
      ['key-figures', 'trend', 'dossiers', 'form', 'breakdown', 'desk-foot'],
    ],
    [
      'of one that is no more, in its life',
      { unit: ended, period: '2025-06' },
      ['key-figures', 'index-panel', 'trend', 'ended', ...rest],
    ],
    [
      'of one that is no more, after it',
      { unit: ended, absence: { ended: '2025-07-01' } },
      ['ended', 'trend'],
    ],
    ['of a time to come', { period: '2027', absence: { noData: 'notBegun' } }, ['ended', 'trend']],
    ['of an area of work that nobody knows', { field: 'Nope', fieldNoData: 'unknownField' }, ['ended']],
  ])('%s', async (_, given, panels) => {
    expect(await read(UNIT_DESK, viewOf(given))).toEqual(panels);
  });

  it('leads to the parts it has', () => {
    expect(partsOf(UNIT_DESK, viewOf({ children: below(40, 'commune') }))).toEqual([
      ...['trend', 'dossiers', 'due', 'below', 'form', 'field', 'procedure'],
    ]);
    expect(partsOf(UNIT_DESK, viewOf({ field: 'F1' }))).toEqual(['trend', 'dossiers', 'form', 'procedure']);
  });
});

describe("the leaders' page", () => {
  it('has the index, every group of figures, and of the chosen one its course and the units below', async () => {
    expect(await read(LEADERS_DESK, viewOf({ children: below(40, 'commune') }))).toEqual([
      ...['index-panel', ...Array.from({ length: 7 }, () => 'key-figures'), 'trend', 'ranking'],
    ]);
    expect(screen.getByRole('heading', { name: 'Văn bản, ký số, thư điện tử, họp' })).toBeTruthy();
  });
});

describe('key figures that could not be had', () => {
  const broken = { type: 'about:blank', title: 'Internal', status: 500, detail: '' };

  it('say so on the wall instead of waiting for ever', async () => {
    const view = viewOf({ unit: null, status: 'error' });
    const panels = await read(WALL, { ...view, figures: { ...view.figures, error: new ApiError(broken) } });
    expect(panels).toEqual(['map', 'ranking', 'strip']);
    expect(screen.getAllByRole('alert').length).toBe(3);
  });

  it('say so of an area of work', async () => {
    vi.stubGlobal('fetch', async () => Response.json(broken, { status: 500 }));
    await read(UNIT_DESK, viewOf({ field: 'F1' }));
    await waitFor(() => expect(document.querySelector('.key-figures, .tile')).toBeNull());
    expect(screen.getAllByRole('alert')[0]?.textContent).toContain('Máy chủ gặp lỗi');
  });
});

describe('the registry', () => {
  it('does not compile without an entry for a kind, nor with one for none', () => {
    const { strip: _, ...others } = PANELS;
    // @ts-expect-error a kind without an entry
    const short: PanelTable = others;
    // @ts-expect-error an entry of a kind that no board may name
    const long: PanelTable = { ...PANELS, gauge: PANELS.strip };
    // @ts-expect-error an entry that takes the options of another kind
    const wrong: PanelTable = { ...PANELS, strip: PANELS.map };
    expect([short, long, wrong].map((table) => Object.keys(table).length)).toEqual([16, 18, 17]);
  });
});
