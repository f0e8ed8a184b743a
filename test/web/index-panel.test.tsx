// The index on a board: its total, the period, what is lost in which group, what is known, and how it stands when it is late or cannot be had.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { FeedView, FigureView } from '../../shared/answers.ts';
import { INDEX_GROUP_IDS } from '../../shared/index766-components.ts';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { parsePeriod } from '../../shared/period.ts';
import { ASK_MS } from '../../web/figures/asked.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { IndexPanel } from '../../web/index766/panel.tsx';
import { startWords } from '../../web/words/words.ts';
import { unitView } from './model.ts';

const NOW = Date.parse('2026-11-27T09:00:00+07:00');
const UNIT = unitView(1);
const MAX = { transparency: 18, progress: 20, online: 12, payment: 10, satisfaction: 18, digitisation: 22 };
const POINTS = {
  transparency: 18,
  progress: 15.5,
  online: 9,
  payment: 6.25,
  satisfaction: 17,
  digitisation: 0,
};

/** Of digitisation nothing is known, of online service what the portal published. */
const groups = INDEX_GROUP_IDS.map((id) => ({
  ...{ id, max: MAX[id], points: POINTS[id], outOf: id === 'digitisation' ? 0 : MAX[id] },
  ...{ isTaken: id === 'online', components: [] },
}));

const answerOf = (more: Partial<IndexAnswer> = {}): IndexAnswer => ({
  ...{ unit: UNIT, period: '2026-11', from: '2026-11-01', to: '2026-12-01', seq: 7, provisional: true },
  ...{ basis: 'own', gains: [], monthly: 900, volume: 'under2000', seal: null, maySeal: false, children: [] },
  version: { number: 1, from: '2022-06-23', reason: 'QĐ 766', changed: [] },
  score: { value: 84.29, points: 65.75, outOf: 78, max: 100, band: 'good', groups },
  standing: { rank: 3, among: 41 },
  previous: { period: '2026-10', value: 83.77, points: 65.34, outOf: 78, band: 'good', groups: [] },
  change: { points: 0.52, groups: 5 },
  ...more,
});

let answer: () => { status: number; body: unknown };
let asked: string[] = [];

const figureAt = (asOf: string): FigureView => ({
  ...{ value: 1, numerator: 1, denominator: 1, provisional: true, asOf, completeness: 1 },
});

type Shown = { period?: string; seq?: number; asOf?: string; more?: Partial<Following>; isAbsent?: boolean };

function panelOf({ period: key = '2026-11', seq = 7, asOf = '2026-11-27T08:00:00+07:00', ...rest }: Shown) {
  const period = parsePeriod(key);
  if (!period) throw new Error(`no period ${key}`);
  const figures: FiguresView = {
    ...{ period, isCurrent: true, isProvisional: true, on: '2026-11-27', path: [], error: null },
    ...{ unit: UNIT, children: [], status: 'ready', retry: () => undefined },
    figureOf: () => figureAt(asOf),
    figuresOf: () => new Map(),
  };
  const feeds: FeedView[] = [];
  const following = {
    ...{ ref: '1', glimpse: null, stage: 'live', lostAt: null, problem: null },
    ...{ state: { seq, feeds, day: '2026-11-27' }, serverNow: () => NOW },
    ...rest.more,
  } as unknown as Following;
  const { hook } = memoryLocation({ path: '/wall/1' });
  return (
    <QueryClientProvider client={queries}>
      <FollowingProvider value={following}>
        <Router hook={hook} searchHook={() => 'theme=light&period=2026-11&indicator=TT01'}>
          <IndexPanel unit={UNIT} figures={figures} isAbsent={rest.isAbsent ?? false} />
        </Router>
      </FollowingProvider>
    </QueryClientProvider>
  );
}

let queries: QueryClient;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const panel = () => document.querySelector('.index-panel');
const text = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ');

async function show(shown: Shown = {}) {
  const rendered = render(panelOf(shown));
  await pass(10);
  return rendered;
}

beforeEach(async () => {
  await startWords('vi');
  vi.useFakeTimers();
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  asked = [];
  answer = () => ({ status: 200, body: answerOf() });
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    const { status, body } = answer();
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  });
});

afterEach(() => {
  cleanup();
  queries.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the index on a board', () => {
  it('tells its total of 100 with the band, of what it is known, its rank and how it moved, of a named period', async () => {
    await show();
    expect(text(panel()?.querySelector('.panel-note'))).toBe('Tháng 11/2026 · tạm tính');
    expect(text(panel()?.querySelector('.index-panel-value'))).toBe('84,29/100Tốt');
    expect([...(panel()?.querySelectorAll('.index-panel-total > p') ?? [])].slice(1).map(text)).toEqual([
      '+0,52 điểm so với tháng 10/2026 đến cùng ngày',
      '5 trên 6 nhóm có số liệu: 65,75 trên 78 điểm',
      'Hạng 3 trên 41 đơn vị cùng cấp, 500-1.999 hồ sơ/tháng',
    ]);
    expect(asked).toEqual(['/api/index766?unit=1&period=2026-11']);
  });

  it('has a bar for each group with what is lost, and says of which nothing is known or the portal told', async () => {
    await show();
    const rows = within(panel() as HTMLElement).getAllByRole('listitem');
    expect(rows.map((row) => [...(row.firstElementChild?.children ?? [])].map(text))).toEqual([
      ['Công khai, minh bạch', '', '18,00/18', ''],
      ['Tiến độ giải quyết', '', '15,50/20', '−4,50'],
      ['Dịch vụ công trực tuyến', '', '9,00/12', '−3,00'],
      ['Thanh toán trực tuyến', '', '6,25/10', '−3,75'],
      ['Mức độ hài lòng', '', '17,00/18', '−1,00'],
      ['Số hóa hồ sơ', '', '–/22', 'Chưa có số liệu'],
    ]);
    const widths = [...(rows[1]?.querySelectorAll<HTMLElement>('.index-bar > span') ?? [])];
    expect(widths.map(({ style }) => style.width)).toEqual(['77.5%', '22.5%', '0%']);
    const links = within(panel() as HTMLElement).getAllByRole('link');
    expect(links[3]?.getAttribute('title')).toBe('mất 3,00 · Điểm do Cổng DVCQG công bố, không tính lại');
    expect(new Set(links.map((link) => link.getAttribute('href')))).toEqual(
      new Set(['/index766?theme=light&unit=1&view=points&period=2026-11']),
    );
  });

  it('of a day tells the month, by its name, and so does the way to its story', async () => {
    await show({ period: '2026-11-26' });
    expect(asked).toEqual(['/api/index766?unit=1&period=2026-11']);
    expect(text(panel()?.querySelector('.panel-note'))).toContain('Tháng 11/2026');
    expect(screen.getByRole('button', { name: /84,29/ }).getAttribute('data-explains')).toBe('IDX');
  });

  it('says that all is known where all is, and nothing of peers where there are none', async () => {
    const whole = groups.map((group) => ({ ...group, outOf: group.max }));
    const score = {
      value: 65.75,
      points: 65.75,
      outOf: 100,
      max: 100,
      band: 'average' as const,
      groups: whole,
    };
    answer = () => ({ status: 200, body: answerOf({ score, standing: null }) });
    await show();
    expect(text(panel())).toContain('65,75 trên 100 điểm, đủ số liệu');
    expect(text(panel())).not.toContain('Hạng');
  });

  it('is asked for again once the link tells of more, no sooner than after 15 s', async () => {
    const { rerender } = await show();
    rerender(panelOf({ seq: 9 }));
    await pass(ASK_MS - 100);
    expect(asked.length).toBe(1);
    answer = () => ({ status: 200, body: answerOf({ seq: 9, score: { ...answerOf().score, value: 90 } }) });
    await pass(200);
    expect([asked.length, text(panel()?.querySelector('strong'))]).toEqual([2, '90,00']);
  });

  it('says since when its figures are late, stands still while the link is lost, and waits without a figure', async () => {
    await show({ asOf: '2026-11-20T08:00:00+07:00' });
    expect(panel()?.getAttribute('data-state')).toBe('late');
    expect(panel()?.querySelector('.late-mark')).not.toBeNull();
    cleanup();
    await show({ more: { stage: 'offline', lostAt: NOW - 60_000 } });
    expect([panel()?.getAttribute('data-state'), text(panel()?.querySelector('strong'))]).toEqual([
      ...['stale', '84,29'],
    ]);
    cleanup();
    queries.clear();
    render(panelOf({}));
    expect([panel()?.getAttribute('data-state'), panel()?.querySelector('strong')]).toEqual([
      'loading',
      null,
    ]);
  });

  it('says why it cannot be had', async () => {
    answer = () => ({ status: 500, body: { title: 'Internal', detail: '', status: 500 } });
    await show();
    expect(screen.getByRole('alert').textContent).toContain('Máy chủ gặp lỗi');
  });

  it('takes no room where the board says already that there are no figures, but for what the portal told', async () => {
    const none = { ...answerOf().score, value: null, points: 0, outOf: 0, band: null };
    answer = () => ({ status: 200, body: answerOf({ score: none }) });
    await show({ isAbsent: true });
    expect(panel()).toBeNull();
    cleanup();
    await show();
    expect(text(panel()?.querySelector('.index-panel-none'))).toBe('Chưa có số liệu');
    cleanup();
    queries.clear();
    answer = () => ({ status: 200, body: answerOf({ basis: 'portal' }) });
    await show({ isAbsent: true });
    expect(text(panel()?.querySelector('strong'))).toBe('84,29');
  });
});
