// The ranking as people meet it: whole, worst first, sorted and searched by keyboard on the desk, cut with a way on for a wall.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { parsePeriod } from '../../shared/period.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { RankingPanel } from '../../web/panels/ranking.tsx';
import { startWords } from '../../web/words/words.ts';

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

type Told = readonly [name: string, numerator: number, denominator: number | null];

function viewOf(told: readonly Told[]): FiguresView {
  const period = parsePeriod('2026-11');
  if (!period) throw new Error('no period');
  const children = told.map(
    ([name], index): UnitView => ({
      ...{ id: index + 1, ref: `u${index + 1}`, code: `u${index + 1}`, name: { vi: name, en: name } },
      ...{ level: name.startsWith('Sở') ? 'department' : 'commune', from: '2025-07-01', to: null },
      ...{ lat: null, lon: null },
    }),
  );
  const figures = new Map(
    told.map(([, numerator, denominator], index): [number, FigureView] => [
      index + 1,
      {
        value: denominator === null ? numerator : denominator === 0 ? null : (100 * numerator) / denominator,
        ...{ numerator, denominator, provisional: true, asOf: null, completeness: 1 },
      },
    ]),
  );
  return {
    ...{ period, isCurrent: true, isProvisional: true, on: '2026-11-22', path: [], children, error: null },
    unit: { ...(children[0] as UnitView), ref: '25' },
    status: 'ready',
    retry: () => undefined,
    figureOf: (id) => figures.get(id) ?? null,
    figuresOf: () => figures,
  };
}

const OVERDUE: readonly Told[] = [
  ['Xã Hy Cương', 1, 10],
  ['Sở Nông nghiệp và Môi trường', 83, 535],
  ['Phường Vân Phú', 20, 46],
  ['Xã Đạo Trù', 3, 13],
  ['Xã Tam Hồng', 3, 11],
  ['Xã Cẩm Khê', 0, 15],
  ['Xã Lập Thạch', 11, 28],
  ['Xã Bỏ Trống', 0, 0],
];

const clean = (element: Element) => element.textContent?.replace(/\s+/g, ' ').trim();
const names = () => [...document.querySelectorAll('tbody a, .ranking-name')].map(clean);
const rowTexts = () => [...document.querySelectorAll('tbody tr')].map(clean);
const FOLLOWING: Following = {
  ...({ ref: '25', state: null, stage: 'live', lostAt: null, problem: null } as const),
  serverNow: () => Date.parse('2026-11-22T14:31:00+07:00'),
};
const show = (panel: ReactNode) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FollowingProvider value={FOLLOWING}>{panel}</FollowingProvider>
    </QueryClientProvider>,
  );
const desk = (told: readonly Told[], id = 'TT04') =>
  show(<RankingPanel figures={viewOf(told)} indicator={indicatorOf(id)} />);
const wall = (told: readonly Told[], id = 'TT04', rows = 4) =>
  show(<RankingPanel figures={viewOf(told)} indicator={indicatorOf(id)} rows={rows} />);

beforeAll(() => startWords('vi'));
beforeEach(() => history.replaceState(null, '', '/'));
afterEach(async () => {
  cleanup();
  await i18next.changeLanguage('vi');
});

describe('the ranking of a desk', () => {
  it('has all units, communes and departments, the worst first, with level, rank, count and share', () => {
    desk(OVERDUE);
    expect(rowTexts()).toEqual([
      '7Sở Nông nghiệp và Môi trường◆ Nghiêm trọng8315,5 %',
      '6Phường Vân Phú◆ Nghiêm trọng2043,5 %',
      '5Xã Lập Thạch● Chú ý1139,3 %',
      '3, cùng 1 đơn vịXã Đạo Trù323,1 %',
      '3, cùng 1 đơn vịXã Tam Hồng327,3 %',
      '2Xã Hy Cương110,0 %',
      '1Xã Cẩm Khê00,0 %',
      'không phát sinhXã Bỏ Trống–',
    ]);
    expect(clean(document.querySelector('.ranking-about') as Element)).toBe(
      'Xếp hạng 7 đơn vị · 1 đơn vị không phát sinh',
    );
  });

  it('is sorted by its headings, which are buttons and say how they run', () => {
    desk(OVERDUE);
    const sortOf = (name: RegExp) => screen.getByRole('columnheader', { name }).getAttribute('aria-sort');
    expect([sortOf(/hồ sơ/), sortOf(/Đơn vị/), sortOf(/tỷ lệ/)]).toEqual(['descending', 'none', 'none']);
    const press = (name: RegExp) => {
      const button = screen.getByRole('button', { name });
      button.focus();
      expect(document.activeElement).toBe(button);
      fireEvent.click(button);
    };
    press(/^hồ sơ/);
    expect([sortOf(/hồ sơ/), names()[0], names().at(-1)]).toEqual(['ascending', 'Xã Cẩm Khê', 'Xã Bỏ Trống']);
    press(/^Đơn vị/);
    expect([sortOf(/Đơn vị/), sortOf(/hồ sơ/), names()[0], names()[1]]).toEqual([
      'ascending',
      'none',
      'Phường Vân Phú',
      'Sở Nông nghiệp và Môi trường',
    ]);
    press(/^Đơn vị/);
    expect([sortOf(/Đơn vị/), names()[0]]).toEqual(['descending', 'Xã Tam Hồng']);
    press(/^tỷ lệ/);
    expect([sortOf(/tỷ lệ/), names()[0]]).toEqual(['descending', 'Phường Vân Phú']);
  });

  it.each([
    ['dao tru', ['Xã Đạo Trù']],
    ['ĐẠO', ['Xã Đạo Trù']],
    ['xa  hong tam', ['Xã Tam Hồng']],
    ['nong nghiep', ['Sở Nông nghiệp và Môi trường']],
    ['u3', ['Phường Vân Phú']],
    ['zzz', []],
  ])('is searched without regard to marks: %s', (search, found) => {
    desk(OVERDUE);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: search } });
    expect(names()).toEqual(found);
    expect(clean(document.querySelector('.ranking-about') as Element)).toBe(
      `Tìm thấy ${found.length}/8 đơn vị`,
    );
    if (found.length === 0) expect(document.body.textContent).toContain('Không có đơn vị nào khớp với “zzz”');
  });

  it('marks rates of few cases with a hollow shape and a word, below all that are ranked, with their value', () => {
    desk(
      [
        ['Xã A', 290, 300],
        ['Xã B', 12, 12],
        ['Xã C', 2, 12],
        ['Xã D', 200, 300],
        ['Xã E', 285, 300],
      ],
      'TT02',
    );
    expect(rowTexts()).toEqual([
      '3Xã D◆ Nghiêm trọng66,7300',
      '2Xã E95,0300',
      '1Xã A96,7300',
      'ít hồ sơXã C◇ ít hồ sơ16,712',
      'ít hồ sơXã B◦ ít hồ sơ100,012',
    ]);
    fireEvent.click(screen.getByRole('button', { name: /^%/ }));
    expect(names()).toEqual(['Xã A', 'Xã E', 'Xã D', 'Xã B', 'Xã C']);
  });

  it('gives no rank among fewer than three, and says how many could be ranked and why the others are not', () => {
    desk(
      [
        ['Xã A', 26, 46],
        ['Xã B', 12, 12],
        ['Xã C', 0, 0],
      ],
      'TT02',
    );
    const ranks = [...document.querySelectorAll('td.ranking-rank')].map(clean);
    expect(ranks).toEqual(['', 'ít hồ sơ', 'không phát sinh']);
    expect(clean(document.querySelector('.ranking-about') as Element)).toBe(
      'Chỉ 1 đơn vị xếp được nên không xếp hạng · 1 đơn vị ít hồ sơ (dưới 30), không xếp hạng · 1 đơn vị không phát sinh',
    );
  });

  it('moves along its units by the arrow keys', () => {
    desk(OVERDUE);
    const links = within(screen.getByRole('table')).getAllByRole('link');
    links[0]?.focus();
    fireEvent.keyDown(links[0] as HTMLElement, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(links[1]);
  });

  it('is said in English too', async () => {
    await i18next.changeLanguage('en');
    desk(OVERDUE);
    expect(rowTexts()[2]).toBe('5Xã Lập Thạch● Warning1139.3 %');
    expect(rowTexts()[3]).toBe('3, with 1 otherXã Đạo Trù323.1 %');
    expect(rowTexts()[0]).toContain('◆ Critical');
  });
});

describe('the ranking of a wall', () => {
  it('shows the worst of all levels that fit, and leads to the others', () => {
    wall(OVERDUE);
    expect(names()).toEqual(['Sở Nông nghiệp và Môi trường', 'Phường Vân Phú', 'Xã Lập Thạch']);
    const more = screen.getByRole('link', { name: '+5 đơn vị nữa' });
    expect(more.getAttribute('href')).toBe('/unit/25#part-ranking');
  });

  it('shows all where all fit', () => {
    wall(OVERDUE, 'TT04', 8);
    expect(names().length).toBe(8);
    expect(screen.queryByRole('link', { name: /nữa/ })).toBeNull();
  });

  it('can be narrowed to a level, which the address keeps', () => {
    wall(OVERDUE);
    const group = screen.getByRole('group', { name: 'Cấp của đơn vị' });
    const pressed = () =>
      within(group)
        .getAllByRole('button')
        .map((button) => [button.textContent, button.getAttribute('aria-pressed')]);
    expect(pressed()).toEqual([
      ['Tất cả', 'true'],
      ['Xã, phường', 'false'],
      ['Sở, ban', 'false'],
    ]);
    fireEvent.click(within(group).getByRole('button', { name: 'Sở, ban' }));
    expect(location.search).toBe('?group=department');
    expect(names()).toEqual(['Sở Nông nghiệp và Môi trường']);
  });

  it('shows the largest first where no direction is better, with ranks', () => {
    wall(
      [
        ['Xã A', 1, null],
        ['Xã B', 9, null],
        ['Xã C', 5, null],
      ],
      'HS03',
    );
    expect(names()).toEqual(['Xã B', 'Xã C', 'Xã A']);
    expect([...document.querySelectorAll('.ranking-rank')].map(clean)).toEqual(['1', '2', '3']);
    expect(clean(document.querySelector('.panel-note') as Element)).toBe(
      'Đang giải quyết · hồ sơ · lớn nhất trước',
    );
  });

  it('says a shared rank in words', () => {
    wall(OVERDUE, 'TT04', 8);
    const row = screen.getByRole('link', { name: /Đạo Trù/ });
    expect(row.textContent).toContain('Hạng 3, cùng 1 đơn vị');
    expect(row.closest('.ranking-row')?.querySelector('.ranking-rank')?.textContent).toBe('3=');
  });
});

describe('a ranking in a box of a given height', () => {
  const row = 40;
  /** As a browser lays it out: each row and the link below take 40 px, the note 60 px. */
  function layOut(height: number): () => void {
    const kept = (['offsetHeight', 'clientHeight'] as const).map(
      (name) => [name, Object.getOwnPropertyDescriptor(HTMLElement.prototype, name)] as const,
    );
    Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
      configurable: true,
      get(this: HTMLElement) {
        return 60 + row * this.querySelectorAll('.ranking-row, .ranking-more').length;
      },
    });
    Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => height });
    return () => {
      for (const [name, property] of kept) {
        Reflect.deleteProperty(HTMLElement.prototype, name);
        if (property) Object.defineProperty(HTMLElement.prototype, name, property);
      }
    };
  }

  it.each([
    [60 + 6 * row, 5],
    [60 + 4 * row, 3],
    [60 + 4 * row - 10, 2],
    [20, 1],
  ])('leaves out rows until its note is whole: in %i px it shows %i', (height, count) => {
    const undo = layOut(height);
    try {
      wall(OVERDUE, 'TT04', 6);
      expect(document.querySelectorAll('.ranking-row')).toHaveLength(count);
      expect(document.querySelector('.ranking-more')?.textContent).toContain(`+${OVERDUE.length - count} `);
      expect(document.querySelector('.ranking-about')).toBeTruthy();
    } finally {
      undo();
    }
  });
});
