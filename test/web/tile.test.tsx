// What a person reads on a tile, and in its tip.
import { act, cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FigureView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { periodOf } from '../../shared/period.ts';
import { fallBack } from '../../shared/reported.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { FigureTile } from '../../web/panels/tile.tsx';
import { startWords } from '../../web/words/words.ts';

const NOW = Date.parse('2026-11-22T14:31:30+07:00');

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

const november = periodOf('2026-11-22', 'month');

const figure = (changes: Partial<FigureView>): FigureView => ({
  value: 78.38,
  numerator: 144625,
  denominator: 184513,
  provisional: true,
  asOf: '2026-11-22T14:31:00+07:00',
  completeness: 1,
  previous: { value: 79.3, numerator: 1, denominator: 1 },
  ...changes,
});

function show(content: ReactNode, changes: Partial<Following> = {}) {
  const following: Following = {
    ref: '25',
    state: null,
    stage: 'live',
    lostAt: null,
    problem: null,
    serverNow: () => NOW,
    ...changes,
  };
  return render(<FollowingProvider value={following}>{content}</FollowingProvider>);
}

const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();

beforeAll(async () => {
  await startWords('vi');
});
afterEach(async () => {
  cleanup();
  await i18next.changeLanguage('vi');
});

describe('a tile', () => {
  const tile = (told: FigureView | null, id = 'TT02') =>
    show(
      <FigureTile
        unit={{ id: 1, level: 'commune' }}
        indicator={indicatorOf(id)}
        figure={told}
        period={november}
        spark={[78, null, 79, 80]}
        subject="25|2026-11"
      />,
    );

  it('says number, parts, change in words, target and age, and its level by shape and word', () => {
    const { container } = tile(figure({}));
    const face = container.querySelector('.tile-face');
    expect([...(face?.children ?? [])].map(textOf)).toEqual([
      'Đúng hạn (QĐ 766)',
      '▲ Báo động',
      '78,4 %',
      '144.625 / 184.513',
      '▼ 0,9 điểm · xấu hơn so tháng 10 đến cùng ngày',
      '',
    ]);
    expect(textOf(container.querySelector('.tile-foot') as Element)).toBe('mục tiêu 90đến 14:31');
  });

  it.each([
    [{ value: 100, numerator: 40, denominator: 4 }, '40 hồ sơ / 0,4 mỗi ngày'],
    [{ value: 400, numerator: 4, denominator: 1 }, '4 hồ sơ / 0,01 mỗi ngày'],
    [{ value: 5.41, numerator: 1413, denominator: 4000 }, '1.413 hồ sơ / 261 mỗi ngày'],
    [{ value: 0, numerator: 0, denominator: 8 }, '0 đang giải quyết'],
  ])('never divides by a figure rounded away: %o', (told, words) => {
    expect(textOf(tile(figure(told), 'TT07').container.querySelector('.tile-detail'))).toBe(words);
  });

  it('says what the unit is to reach in the year where somebody decided it, else what the catalogue says', () => {
    const decided = { office: 'UBND', paper: 'Số 45', signedAt: null, signedBy: null };
    const words = (['own', 'above', 'catalogue'] as const).map((source) => {
      const target = { value: 92, source, unit: '25', unitName: null, ...decided };
      const foot = tile(figure({ target })).container.querySelector('.tile-foot > span');
      const text = textOf(foot as Element);
      cleanup();
      return text;
    });
    expect(words).toEqual(['chỉ tiêu năm 92', 'chỉ tiêu năm 92', 'mục tiêu 92']);
  });

  it('says of which period a figure is that is not reported yet, or that none was', () => {
    const unreported = { latest: { period: '2026-10', value: 91, numerator: 91, denominator: 100 } };
    const empty = { value: null, numerator: 0, denominator: 0 };
    const last = fallBack(figure({ ...empty, unreported }));
    const told = tile(last, 'TR04').container;
    expect(['.tile-hero', '.tile-detail'].map((one) => textOf(told.querySelector(one)))).toEqual([
      '91,0 %',
      'số của Tháng 10/2026: Tháng 11/2026 chưa báo cáo',
    ]);
    cleanup();
    const never = tile(figure({ ...empty, unreported: { latest: null } }), 'TR04').container;
    expect(['.tile-hero', '.tile-detail'].map((one) => textOf(never.querySelector(one)))).toEqual([
      'chưa báo cáo',
      'Tháng 11/2026 chưa báo cáo',
    ]);
  });

  it.each(['IDX', 'SYS03'])('says of a figure of another basis that nothing was told: %s', (id) => {
    const { container } = tile(
      figure({ value: null, numerator: 0, denominator: id === 'IDX' ? 0 : null }),
      id,
    );
    expect(textOf(container.querySelector('.tile-hero'))).toBe('chưa có số liệu');
  });

  it('says that nothing occurred, without a level, where the denominator is 0', () => {
    const { container } = tile(figure({ value: null, numerator: 0, denominator: 0 }));
    expect(textOf(container.querySelector('.tile-hero'))).toBe('không phát sinh');
    expect(container.querySelector('.severity-chip')).toBeNull();
  });

  it.each(['HS01', 'TT02', 'TT04', 'TT07'])(
    'says of a unit that is no more neither 0 nor a level: %s',
    (id) => {
      const { container } = tile(figure({ value: null, numerator: 0, denominator: null }), id);
      expect(textOf(container.querySelector('.tile-hero'))).toBe('không hoạt động');
      expect(textOf(container.querySelector('.tile-detail'))).toBe('');
      expect(container.querySelector('.severity-chip')).toBeNull();
    },
  );

  it('does not judge a few cases', () => {
    const { container } = tile(figure({ value: 0, numerator: 0, denominator: 3 }));
    expect(container.querySelector('article')?.dataset.severity).toBe('normal');
  });

  it('does not judge a rate of few cases, but says so by a hollow shape and a word', () => {
    const { container } = tile(figure({ value: 0, numerator: 0, denominator: 3 }));
    expect(container.querySelector('article')?.dataset.severity).toBe('normal');
    expect(textOf(container.querySelector('.few-chip'))).toBe('◇ ít hồ sơ');
  });

  it('judges a count however few the cases are', () => {
    const { container } = tile(figure({ value: 89.29, numerator: 25, denominator: 28 }), 'TT04');
    expect(textOf(container.querySelector('.severity-chip'))).toBe('▲ Báo động');
    expect(container.querySelector('.few-chip')).toBeNull();
  });

  it('counts what is read by its count', () => {
    const { container } = tile(figure({ value: 16.88, numerator: 6204, denominator: 36748 }), 'TT04');
    expect(textOf(container.querySelector('.tile-hero'))).toBe('6.204');
    expect(textOf(container.querySelector('.tile-detail'))).toBe('hồ sơ · 16,9 % của 36.748');
    expect(textOf(container.querySelector('.severity-chip'))).toBe('◆ Nghiêm trọng');
  });

  it('says late when a running figure has heard nothing for days', () => {
    const { container } = tile(figure({ asOf: '2026-11-17T09:00:00+07:00' }));
    expect(textOf(container.querySelector('.late-mark'))).toBe('5 ngày');
  });

  it('explains itself: formula in words, source, version', () => {
    tile(figure({}));
    act(() => screen.getByRole('button').focus());
    const about = screen.getByRole('tooltip');
    expect(about.textContent).toContain('TT02, phiên bản 1');
    expect(about.textContent).toContain('QĐ 766/QĐ-TTg, 2.1');
    expect(about.textContent).toContain('giải quyết trước hạn + giải quyết đúng hạn − xong không trễ');
  });

  it('says from which value on it has which level, which way is better, and which of them holds', () => {
    tile(figure({}));
    act(() => screen.getByRole('button').focus());
    const levels = [...screen.getByRole('tooltip').querySelectorAll('li')];
    expect(levels.map((level) => [textOf(level), level.dataset.now])).toEqual([
      ['●Chú ý: dưới 90 %', 'false'],
      ['▲Báo động: dưới 80 %', 'true'],
      ['◆Nghiêm trọng: dưới 70 %', 'false'],
    ]);
    expect(screen.getByRole('tooltip').textContent).toContain('càng cao càng tốt · mục tiêu 90 %');
  });

  it('says to which day and hour the period before is counted, and why the form has another number', () => {
    const previous = { value: 4521, numerator: 4521, denominator: null };
    tile(figure({ value: 5226, numerator: 5226, denominator: null, previous }), 'HS01');
    act(() => screen.getByRole('button').focus());
    const about = screen.getByRole('tooltip').textContent;
    expect(about).toContain('So với tháng 10/2026 đến cùng giờ ngày 22/10/2026: 4.521');
    expect(about).toContain('Biểu II.06a (cột 4, 5) đếm theo đơn vị giải quyết');
  });

  it.each([
    [{ value: 0, numerator: 0, denominator: null }, 'tháng 10 đến cùng ngày: 0'],
    [{ value: 5, numerator: 5, denominator: null }, '▲ 700,0 % so tháng 10 đến cùng ngày'],
  ])('says of what it moved where there was 0 or something before: %o', (previous, words) => {
    const { container } = tile(figure({ value: 40, numerator: 40, denominator: null, previous }), 'HS01');
    expect(textOf(container.querySelector('.tile-change'))).toBe(words);
  });

  it('compares with nothing where nobody answered for the unit before', () => {
    const previous = { value: null, numerator: 0, denominator: null };
    const { container } = tile(figure({ previous }));
    expect(container.querySelector('.tile-change')).toBeNull();
  });

  it('waits with its name', () => {
    const { container } = tile(null);
    expect(textOf(container.querySelector('.tile-title'))).toBe('Đúng hạn (QĐ 766)');
    expect(container.querySelector('.skeleton')).not.toBeNull();
  });
});
