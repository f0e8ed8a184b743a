// What a person reads in the ranking, in a panel and on the band of a lost link.
import { act, cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import { findIndicator, type Indicator } from '../../shared/indicator.ts';
import { parsePeriod } from '../../shared/period.ts';
import { ApiError } from '../../web/api.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { ConnectionState, LostBand } from '../../web/panels/connection.tsx';
import { PanelError, PanelFrame } from '../../web/panels/frame.tsx';
import { RankingPanel } from '../../web/panels/ranking.tsx';
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

describe('the ranking', () => {
  const unit = (id: number): UnitView => ({
    id,
    ref: `u${id}`,
    code: `u${id}`,
    name: { vi: `Xã ${id}`, en: `Commune ${id}` },
    level: id > 30 ? 'department' : 'commune',
    from: '2025-07-01',
    to: null,
    lat: null,
    lon: null,
  });
  const children = Array.from({ length: 33 }, (_, index) => unit(index + 1));
  const period = parsePeriod('2026-11');
  if (!period) throw new Error('no period');
  const told = new Map(
    children.map(({ id }) => [
      id,
      figure({ value: 100 - id, numerator: 1, denominator: id <= 4 ? 12 : 200 }),
    ]),
  );
  const figures: FiguresView = {
    period,
    isCurrent: true,
    isProvisional: true,
    on: '2026-11-22',
    unit: unit(99),
    path: [],
    children,
    status: 'ready',
    error: null,
    retry: () => undefined,
    figureOf: (id) => told.get(id) ?? null,
    figuresOf: () => told,
  };

  it('shows the best and the worst of a level, keeps small counts apart, and leads to each unit', () => {
    const { container } = show(<RankingPanel figures={figures} indicator={indicatorOf('TT02')} />);
    const links = [...container.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect([links.length, links[0], links.at(-1)]).toEqual([14, '/unit/u5', '/unit/u30']);
    expect(textOf(container.querySelector('.ranking-between'))).toBe('… 12 đơn vị');
    expect(textOf(container.querySelector('.ranking-guarded'))).toBe(
      '… 4 đơn vị ít hồ sơ (dưới 30), không xếp hạng',
    );
  });

  it('shows the largest alone where no direction is better', () => {
    const { container } = show(<RankingPanel figures={figures} indicator={indicatorOf('HS03')} />);
    const links = [...container.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect([links.length, links[0], links.at(-1)]).toEqual([14, '/unit/u5', '/unit/u18']);
    expect(textOf(container.querySelector('.panel-note'))).toBe('Đang giải quyết · hồ sơ');
  });

  it('lists units with few cases below, without a rank, while there is room', () => {
    const few = { ...figures, children: children.slice(0, 6) };
    const { container } = show(<RankingPanel figures={few} indicator={indicatorOf('TT02')} />);
    const ranks = [...container.querySelectorAll('.ranking-rank')].map(textOf);
    expect(ranks).toEqual(['1', '2', '', '', '', '']);
  });

  it('tells of a row, by pointer or by keyboard, its whole name, its parts and what its colour stands for', () => {
    const { container } = show(<RankingPanel figures={figures} indicator={indicatorOf('TT02')} />);
    act(() => [...container.querySelectorAll('a')].at(-1)?.focus());
    const about = screen.getByRole('tooltip').textContent;
    expect(about).toContain('Xã 30Đúng hạn (QĐ 766): 70,0 % · 1 / 200');
    expect(about).toContain('Cao: dưới 80 %');
  });

  it('moves along its rows by the arrow keys', () => {
    const { container } = show(<RankingPanel figures={figures} indicator={indicatorOf('TT02')} />);
    const rows = [...container.querySelectorAll('a')];
    rows[0]?.focus();
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(document.activeElement).toBe(rows[1]);
  });
});

describe('a panel', () => {
  const frame = (status: 'empty' | 'error') =>
    show(
      <PanelFrame title="Xếp hạng" status={status} error={new Error('quá lâu')} retry={() => undefined}>
        số liệu
      </PanelFrame>,
    );

  it('says what to do next when it is empty, and offers to try again when it failed', () => {
    expect(frame('empty').container.textContent).toContain('Khi một nguồn gửi sự kiện');
    cleanup();
    expect(frame('error').container.textContent).toContain('chưa lấy được số liệu.Thử lại');
    expect(screen.getByTitle('quá lâu')).toBeTruthy();
  });

  it.each([
    [0, 'Không liên lạc được với máy chủ.', true],
    [400, 'Địa chỉ này không hợp lệ', false],
    [401, 'Phiên xem đã hết hạn', true],
    [403, 'Số liệu này ngoài phạm vi được xem.', false],
    [404, 'Không tìm thấy đơn vị này', false],
    [429, 'quá nhiều yêu cầu', true],
    [503, 'Máy chủ gặp lỗi', true],
  ])('says a refusal with status %i in words of its own', (code, words, canRetry) => {
    const error = new ApiError({ status: code, title: 'No', detail: '25 lies outside your scope.' });
    render(<PanelError error={error} retry={() => undefined} />);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(words);
    expect(alert.textContent).not.toContain('scope');
    expect(screen.queryByRole('button') !== null).toBe(canRetry);
  });
});
