// What a person reads on a tile, in the ranking and on the band of a lost link.
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FigureView } from '../../shared/answers.ts';
import { findIndicator, type Indicator } from '../../shared/indicator.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { ConnectionState, LostBand } from '../../web/panels/connection.tsx';
import { FigureTile } from '../../web/panels/tile.tsx';
import { startWords } from '../../web/words/words.ts';

const NOW = Date.parse('2026-11-22T14:31:30+07:00');

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

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
        indicator={indicatorOf(id)}
        figure={told}
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
      '▼ 0,9 điểm · xấu hơn',
      '',
      'mục tiêu 90đến 14:31',
    ]);
  });

  it.each([
    [{ value: 100, numerator: 40, denominator: 4 }, '40 / 0,4 mỗi ngày'],
    [{ value: 400, numerator: 4, denominator: 1 }, '4 / 0,01 mỗi ngày'],
    [{ value: 5.41, numerator: 1413, denominator: 4000 }, '1.413 / 261 mỗi ngày'],
    [{ value: 0, numerator: 0, denominator: 8 }, '0 đang giải quyết'],
  ])('never divides by a figure rounded away: %o', (told, words) => {
    expect(textOf(tile(figure(told), 'TT07').container.querySelector('.tile-detail'))).toBe(words);
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

  it('does not judge a rate of few cases, but says so by a hollow shape and a word', () => {
    const { container } = tile(figure({ value: 0, numerator: 0, denominator: 3 }));
    expect(container.querySelector('article')?.dataset.severity).toBe('normal');
    expect(textOf(container.querySelector('.few-chip'))).toBe('◇ ít hồ sơ');
  });

  it('judges a count however few the cases are', () => {
    const { container } = tile(figure({ value: 39.29, numerator: 11, denominator: 28 }), 'TT04');
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
    const about = screen.getByRole('tooltip', { hidden: true });
    expect(about.textContent).toContain('TT02, phiên bản 1');
    expect(about.textContent).toContain('QĐ 766/QĐ-TTg, 2.1');
    expect(about.textContent).toContain('giải quyết trước hạn + giải quyết đúng hạn − xong không trễ');
  });

  it('waits with its name', () => {
    const { container } = tile(null);
    expect(textOf(container.querySelector('.tile-title'))).toBe('Đúng hạn (QĐ 766)');
    expect(container.querySelector('.skeleton')).not.toBeNull();
  });
});

describe('the link', () => {
  it('is said to be lost over the whole width, and since when', () => {
    show(<LostBand />, { stage: 'offline', lostAt: Date.parse('2026-11-22T14:32:05+07:00') });
    expect(screen.getByRole('alert').textContent).toContain('MẤT KẾT NỐI từ 14:32:05');
  });

  const broken = {
    type: 'urn:ioc:problem:internal',
    title: 'Internal error',
    status: 500,
    detail: 'It broke.',
  };

  it.each([
    ['vi', 'Máy chủ báo lỗi', 'KHÔNG CÓ SỐ LIỆU MỚI từ 14:32:05 · Máy chủ gặp lỗi, chưa lấy được số liệu.'],
    [
      'en',
      'Server error',
      'NO NEW FIGURES since 14:32:05 · The server failed: the figures could not be read.',
    ],
  ])(
    'says in %s why there is nothing newer, in our words and in those of the server',
    async (lang, word, why) => {
      await i18next.changeLanguage(lang);
      const lostAt = Date.parse('2026-11-22T14:32:05+07:00');
      const link = (
        <>
          <LostBand />
          <ConnectionState />
        </>
      );
      show(link, { stage: 'offline', lostAt, problem: broken });
      expect(screen.getByRole('alert').textContent).toContain(why);
      expect(screen.getByRole('alert').textContent).toContain('500 Internal error: It broke.');
      expect(screen.getByRole('status').textContent).toBe(word);
    },
  );

  it('is not called disconnected where the server answers that there is no such unit', () => {
    show(<LostBand />, { stage: 'offline', lostAt: null, problem: { ...broken, status: 404 } });
    const text = screen.getByRole('alert').textContent;
    expect(text).toContain('CHƯA CÓ SỐ LIỆU TRỰC TIẾP · Không tìm thấy đơn vị này');
    expect(text).not.toContain('KẾT NỐI');
  });

  it('is only named slow before that', () => {
    show(
      <>
        <LostBand />
        <ConnectionState />
      </>,
      { stage: 'slow' },
    );
    expect([screen.queryByRole('alert'), screen.getByRole('status').textContent]).toEqual([null, 'Chậm']);
  });
});
