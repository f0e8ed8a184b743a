// Units and figures in alert on tiles, in the ranking and on the map, and where their marks lead.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, renderHook, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertBrief } from '../../shared/alert.ts';
import type { FigureView, MapAnswer, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { parsePeriod } from '../../shared/period.ts';
import { markUnits } from '../../web/alerts/unit-marks.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { startState } from '../../web/live/fold.ts';
import { KeyFigures } from '../../web/panels/key-figures.tsx';
import { useMapPick } from '../../web/panels/map-alerts.tsx';
import { MapBox } from '../../web/panels/map-box.tsx';
import { RankingPanel } from '../../web/panels/ranking.tsx';
import { startWords } from '../../web/words/words.ts';
import { ago, brief, NOW } from './alert-briefs.ts';

const unitOf = (id: number, name: string, level: UnitView['level'] = 'commune'): UnitView => ({
  ...{ id, ref: `u${id}`, code: `u${id}`, name: { vi: name, en: name }, level },
  ...{ from: '2025-07-01', to: null, lat: null, lon: null },
});

const province = unitOf(1, 'Tỉnh Phú Thọ', 'province');
const children = [
  unitOf(2, 'Xã Hy Cương'),
  unitOf(3, 'Phường Vân Phú'),
  unitOf(4, 'Xã Yên Lạc'),
  unitOf(5, 'Sở Y tế', 'department'),
];

const indicator = findIndicator('TT02') as Indicator;

const figure: FigureView = {
  ...{ value: 83.5, numerator: 835, denominator: 1000, provisional: true },
  ...{ asOf: ago(1), completeness: 1 },
};

function figuresOf(key = '2026-11'): FiguresView {
  const period = parsePeriod(key);
  if (!period) throw new Error(`no period ${key}`);
  return {
    ...{ period, isCurrent: key === '2026-11', isProvisional: key === '2026-11', on: '2026-11-27' },
    ...{ path: [province], children, error: null, unit: province, status: 'ready' },
    retry: () => undefined,
    figureOf: () => figure,
    figuresOf: () => new Map(children.map(({ id }, index) => [id, { ...figure, value: 60 + index }])),
  };
}

const alerts = [
  brief({ id: 1, unit: 1, ref: '25', indicator: 'TT02', severity: 'warning', label: 'new' }),
  brief({
    id: 2,
    unit: 2,
    ref: 'u2',
    indicator: 'TT02',
    severity: 'critical',
    label: 'inHand',
    openedAt: ago(90),
  }),
  brief({ id: 3, unit: 3, ref: 'u3', indicator: 'TT02', severity: 'major', label: 'new', openedAt: ago(60) }),
  brief({ id: 4, unit: 3, ref: 'u3', indicator: 'TT04', severity: 'warning', label: 'new' }),
  brief({ id: 5, unit: 50, ref: 'u50', indicator: 'TT04', severity: 'major', label: 'new' }),
  brief({ id: 6, unit: 4, ref: 'u4', indicator: 'TT02', severity: 'critical', label: 'shelved' }),
];

function followingOf(open: readonly AlertBrief[]): Following {
  const state = startState({
    ...{ type: 'snapshot', build: 'b1', seq: 10, at: ago(0), day: '2026-11-27', unit: province },
    ...{ path: [province], children, workingDays: {}, silent: [], tallies: { measures: [], rows: [] } },
    ...{ alerts: [...open], rulesSeq: 0, feeds: [], steps: [] },
  });
  return { ref: '25', state, stage: 'live', lostAt: null, problem: null, serverNow: () => NOW };
}

const map: MapAnswer = {
  ...{ unit: province, on: '2026-11-27', boundaries: null },
  places: children
    .slice(0, 3)
    .map(({ id, name }) => ({ of: id, unit: id, name, lat: 21 + id / 20, lon: 105 + (id % 2) / 9 })),
};

function show(content: ReactNode, open: readonly AlertBrief[] = alerts) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <FollowingProvider value={followingOf(open)}>{content}</FollowingProvider>
    </QueryClientProvider>,
  );
}

const textOf = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim();
const flashing = () => [...document.querySelectorAll('[data-flash]')];
const asked: string[] = [];

beforeAll(() => startWords('vi'));
beforeEach(() => {
  history.replaceState(null, '', '/wall/25?lang=vi');
  asked.length = 0;
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(String(address));
    if (address.startsWith('/api/map')) return Response.json(map);
    if (address.startsWith('/api/units')) {
      const units = [
        { ...unitOf(50, 'Phòng một cửa', 'office'), parent: 5 },
        ...children.map((unit) => ({ ...unit, parent: 1 })),
      ];
      return Response.json({ on: '2026-11-27', units });
    }
    return new Promise(() => undefined);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('key figures in alert', () => {
  const tiles = [{ indicator: 'TT02' }, { indicator: 'TT04' }, { indicator: 'HS03' }];
  const tileOf = (id: string) => document.querySelector(`.tile[data-indicator="${id}"]`);
  const key = (figures: FiguresView) => (
    <KeyFigures unit="25" tiles={tiles} figures={figures} today={figures} month={figures} />
  );

  it('are marked where the alert is of the unit itself, and flash only there', () => {
    show(key(figuresOf()));
    expect(textOf(tileOf('TT02')?.querySelector('.tile-marks'))).toBe(
      '●1 cảnh báo, nặng nhất Chú ý, chưa xác nhận● Chú ý',
    );
    expect(flashing().length).toBe(1);
    expect(tileOf('TT02')?.contains(flashing()[0] ?? null)).toBe(true);
    expect(tileOf('TT04')?.querySelector('.tile-marks')).toBe(null);
  });

  it('say how many units below are in alert of them, with share and the worst that nobody shelved', async () => {
    show(key(figuresOf()));
    const roll = tileOf('TT02')?.querySelector('.alert-roll');
    expect(roll?.getAttribute('title')).toBe(
      'Cảnh báo ở đơn vị trực thuộc: 2/3 xã, phường (50 %), nặng nhất Nghiêm trọng',
    );
    expect(roll?.getAttribute('data-severity')).toBe('critical');
    expect([...(roll?.children ?? [])].slice(0, 2).map(textOf)).toEqual(['◆', '2/4 đơn vị']);
    expect(tileOf('HS03')?.querySelector('.alert-roll')).toBe(null);
  });

  it('count what lies deeper for the unit that is drawn', async () => {
    show(key(figuresOf()));
    await vi.waitFor(() =>
      expect(tileOf('TT04')?.querySelector('.alert-roll')?.getAttribute('title')).toBe(
        'Cảnh báo ở đơn vị trực thuộc: 1/3 xã, phường · 1/1 sở, ban (50 %), nặng nhất Báo động',
      ),
    );
    expect(asked.filter((address) => address === '/api/units').length).toBe(1);
  });

  it('of a period that is over bear no mark: alerts are of now', () => {
    show(key(figuresOf('2026-10')));
    expect(document.querySelectorAll('.alert-mark, .alert-roll').length).toBe(0);
  });

  it('ask for no units where every alert is of one that is drawn', () => {
    show(key(figuresOf()), alerts.slice(0, 4));
    expect(asked).not.toContain('/api/units');
  });
});

describe.each([
  ['of a wall', 4],
  ['of a desk', undefined],
] as const)('the ranking %s', (_, rows) => {
  it('marks units in alert of anything, of which one flashes, and leads to the alert or to all of the unit', async () => {
    show(<RankingPanel figures={figuresOf()} indicator={indicator} {...(rows && { rows })} />);
    await screen.findByRole('link', { name: /^Sở Y tế: 1 cảnh báo/ });
    const links = [...document.querySelectorAll('.alert-link')];
    expect(links.map((link) => [link.getAttribute('aria-label'), link.getAttribute('href')])).toEqual([
      ['Xã Hy Cương: 1 cảnh báo, nặng nhất Nghiêm trọng, đang xử lý', '/alerts/2?lang=vi'],
      ['Phường Vân Phú: 2 cảnh báo, nặng nhất Báo động, chưa xác nhận', '/alerts?unit=u3&lang=vi'],
      ['Sở Y tế: 1 cảnh báo, nặng nhất Báo động, chưa xác nhận', '/alerts/5?lang=vi'],
    ]);
    expect(flashing().map((mark) => mark.closest('a')?.getAttribute('href'))).toEqual([
      '/alerts?unit=u3&lang=vi',
    ]);
  });

  it('says in its head how many are in alert of the indicator, by level', () => {
    show(<RankingPanel figures={figuresOf()} indicator={indicator} {...(rows && { rows })} />);
    const roll = document.querySelector('.panel-note .alert-roll');
    expect([...(roll?.children ?? [])].slice(0, 3).map(textOf)).toEqual(['◆', '2/3 xã, phường', '50 %']);
  });
});

describe('the map', () => {
  const box = (
    <MapBox
      panel={{ kind: 'map', rem: 20 }}
      view={{
        ...{ ref: '25', unit: province, period: figuresOf().period, figures: figuresOf(), facts: new Set() },
        ...{ indicator, field: null, fieldName: null },
      }}
      indicator={indicator}
    />
  );

  it('says in its legend what a ring means, and leads from there to the alerts of all', async () => {
    show(box);
    const legend = await screen.findByRole('link', {
      name: '2 đơn vị có cảnh báo · viền đậm: chưa xác nhận',
    });
    expect(legend.getAttribute('href')).toBe('/alerts?unit=25&lang=vi'.replace('25', 'u1'));
  });

  it('tells the alerts in its table, too', async () => {
    show(box);
    fireEvent.click(await screen.findByRole('button', { name: 'xem dạng bảng' }));
    expect(screen.getAllByRole('row').map(textOf)).toContain(
      'Phường Vân Phú61,0 %835 / 1.000Nghiêm trọng · 2 cảnh báo, nặng nhất Báo động, chưa xác nhận',
    );
  });

  it('leads from a mark to its alerts, from the cell beside it to the unit', () => {
    const picked: string[] = [];
    const marks = markUnits(alerts, children, () => undefined);
    const { result } = renderHook(() =>
      useMapPick({ placed: children, marks, onPick: ({ ref }) => picked.push(ref) }),
    );
    result.current('3', 'cells');
    expect([picked, location.pathname]).toEqual([['u3'], '/wall/25']);
    result.current('3', 'alerts');
    expect([picked.length, location.pathname + location.search]).toEqual([1, '/alerts?unit=u3&lang=vi']);
    result.current('2', 'alerts');
    expect(location.pathname).toBe('/alerts/2');
    result.current('4', 'alerts');
    expect(picked).toEqual(['u3', 'u4']);
  });
});
