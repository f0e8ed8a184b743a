// What is said of a unit in a time after its end, and of the levels of a period that is over.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { UnitView } from '../../shared/answers.ts';
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { type Period, parsePeriod } from '../../shared/period.ts';
import { isStock, stockDay, titleOf } from '../../web/figures/stock.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { EndedPanel, isEndedBefore } from '../../web/panels/ended.tsx';
import { startWords, useLanguage } from '../../web/words/words.ts';

function periodOf(key: string): Period {
  const period = parsePeriod(key);
  if (!period) throw new Error(`no period ${key}`);
  return period;
}

function unitOf(ref: string, name: string, changes: Partial<UnitView> = {}): UnitView {
  return {
    id: Number(ref.slice(0, 5)),
    ref,
    code: ref,
    name: { vi: name, en: name },
    level: 'commune',
    from: '2025-07-01',
    to: null,
    lat: null,
    lon: null,
    ...changes,
  };
}

const old = { from: '0001-01-01', to: '2025-07-01' };
const district = unitOf('247', 'Huyện Tam Dương', { ...old, level: 'district' });
const [hoangHoa, dongTinh] = [unitOf('8873', 'Xã Hoàng Hoa', old), unitOf('8875', 'Xã Đồng Tĩnh', old)];
const [bac, nam] = [unitOf('08872', 'Xã Tam Dương Bắc'), unitOf('08869', 'Xã Tam Dương')];

const answers: Record<string, { children: UnitView[]; heirs: UnitView[] }> = {
  '/api/units/247': { children: [], heirs: [] },
  '/api/units/247?on=2025-06-30': { children: [hoangHoa, dongTinh], heirs: [] },
  '/api/units/8873': { children: [], heirs: [bac] },
  '/api/units/8875': { children: [], heirs: [bac, nam] },
};

const following: Following = {
  ref: '247',
  state: null,
  stage: 'live',
  lostAt: null,
  problem: null,
  serverNow: () => Date.parse('2026-11-25T09:00:00+07:00'),
};

function answer(input: string): Promise<Response> {
  const { children = [], heirs = [] } = answers[input] ?? {};
  const successors = heirs.map((unit) => ({ unit, on: '2025-07-01', share: 1 }));
  return Promise.resolve(
    Response.json({
      unit: district,
      on: '2025-06-30',
      aliases: [],
      path: [],
      children,
      predecessors: [],
      successors,
    }),
  );
}

type ReaderProps = { indicator: Indicator; when: Parameters<typeof stockDay>[1] };

function Reader({ indicator, when }: ReaderProps) {
  const language = useLanguage();
  return [titleOf(indicator, when.isOver, language), stockDay(indicator, when, language)].join('|');
}

beforeAll(() => startWords('vi'));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

describe('a unit that ended', () => {
  it('is no more in a period after its end, and still something in one that its end parts', () => {
    const keys = ['2025-06', '2025', '2025-07', '2026-11'];
    expect(keys.map((key) => isEndedBefore(district, periodOf(key)))).toEqual([false, false, true, true]);
    expect(isEndedBefore(bac, periodOf('2026-11'))).toBe(false);
  });

  it('names who took over, of a district those of its communes, each once, and its last month', async () => {
    vi.stubGlobal('fetch', vi.fn(answer));
    history.replaceState(null, '', '/unit/247?period=2026-11');
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    if (!isEndedBefore(district, periodOf('2026-11'))) throw new Error('not ended');
    render(
      <QueryClientProvider client={client}>
        <FollowingProvider value={following}>
          <EndedPanel unit={district} period={periodOf('2026-11')} />
        </FollowingProvider>
      </QueryClientProvider>,
    );
    await screen.findByRole('link', { name: 'Xã Tam Dương' });
    expect(screen.getByRole('heading').textContent).toBe('Huyện Tam Dương không còn từ 01/07/2025');
    expect(screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Xã Tam Dương', '/unit/08869'],
      ['Xã Tam Dương Bắc', '/unit/08872'],
      ['Xem tháng cuối của đơn vị: Tháng 6/2025', '/unit/247?period=2025-06'],
    ]);
  });
});

describe('levels of a period that is over', () => {
  const read = (id: string, when: Parameters<typeof stockDay>[1]) => {
    const indicator = findIndicator(id);
    if (!indicator) throw new Error(`no indicator ${id}`);
    const { container } = render(<Reader indicator={indicator} when={when} />);
    return container.textContent;
  };

  it('knows a level from what came and went', () => {
    const stocks = INDICATORS.filter(isStock).map(({ id }) => id);
    expect(stocks).toEqual(expect.arrayContaining(['HS03', 'TT04', 'TT05', 'TT07']));
    expect(stocks).not.toEqual(expect.arrayContaining(['HS01', 'TT01', 'TT02', 'ON01']));
  });

  it('are said to be of its last day, or of the last day of a unit that ended in it', () => {
    const period = periodOf('2025');
    expect(read('TT04', { period, unit: bac, isOver: true })).toBe('Quá hạn cuối kỳ|hết 31/12');
    expect(read('TT04', { period, unit: district, isOver: true })).toContain('hết 30/06');
    expect(read('TT04', { period, unit: bac, isOver: false })).toBe('Đang quá hạn|');
    expect(read('HS01', { period, unit: bac, isOver: true })).toBe('Tiếp nhận|');
  });
});
