import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import { TILES } from '../../shared/boards/common.ts';
import { parsePeriod } from '../../shared/period.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { KeyFigures } from '../../web/panels/key-figures.tsx';
import { startWords } from '../../web/words/words.ts';

const province: UnitView = {
  id: 1,
  ref: '25',
  code: '25',
  name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' },
  level: 'province',
  from: '2025-07-01',
  to: null,
  lat: null,
  lon: null,
};

const following: Following = {
  ref: '25',
  state: null,
  stage: 'live',
  lostAt: null,
  problem: null,
  serverNow: () => Date.parse('2026-11-25T09:00:00+07:00'),
};

/** Figures of a period in which everything is `count`; `isOver` for one that is past. */
function figuresOf(key: string, count: number, isOver = false): FiguresView {
  const period = parsePeriod(key);
  if (!period) throw new Error(`no period ${key}`);
  const figure: FigureView = {
    value: count,
    numerator: count,
    denominator: 1000,
    provisional: !isOver,
    asOf: '2026-11-25T08:59:00+07:00',
    completeness: 1,
  };
  return {
    period,
    isCurrent: !isOver,
    isProvisional: !isOver,
    on: '2026-11-25',
    unit: province,
    path: [province],
    children: [],
    status: 'ready',
    error: null,
    retry: () => undefined,
    figureOf: () => figure,
    figuresOf: () => new Map(),
  };
}

const today = figuresOf('2026-11-25', 3);
const month = figuresOf('2026-11', 40);

function read(figures: FiguresView): string[] {
  const { container } = render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { enabled: false } } })}>
      <FollowingProvider value={following}>
        <KeyFigures unit="25" {...{ figures, today, month, tiles: TILES }} />
      </FollowingProvider>
    </QueryClientProvider>,
  );
  return [...container.querySelectorAll('.tile')].map((tile) =>
    ['.tile-title', '.tile-hero', '.tile-foot > :is(.tile-target, .tile-age)']
      .map((part) => [...tile.querySelectorAll(part)].map((one) => one.textContent?.trim()).join(''))
      .join(' | '),
  );
}

beforeAll(() => startWords('vi'));
afterEach(cleanup);

describe('the key figures', () => {
  it('tell with today chosen the receipts and the pace of the month', () => {
    const tiles = read(today);
    expect([tiles[0], tiles[1], tiles.at(-1)]).toEqual([
      'Tiếp nhận hôm nay | 3 | đến 08:59',
      'Tiếp nhận trong tháng | 40 | đến 08:59',
      'Giải quyết hết (tháng) | 40,0 ngày | đến 08:59',
    ]);
  });

  it('say of a past period what was resolved in it, and of which day its levels are', () => {
    const tiles = read(figuresOf('2026-10', 7, true));
    expect([tiles[0], ...tiles.slice(5)]).toEqual([
      'Đã giải quyết | 7 | trọn kỳ',
      'Chưa giải quyết cuối kỳ | 7 | hết 31/10',
      'Quá hạn cuối kỳ | 7 | mục tiêu 0hết 31/10',
      'Sắp đến hạn cuối kỳ | 7 | hết 31/10',
      'Ngày để giải quyết hết | 7,0 ngày | hết 31/10',
    ]);
  });
});
