// One truth for what is red on the screen: each unit's figures by the thresholds that hold there, asked for anew when they change.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Provenance } from '../../shared/alert.ts';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { periodOf } from '../../shared/period.ts';
import type { ThresholdView } from '../../shared/rule-view.ts';
import { ROUTES } from '../../shared/wire.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { startState } from '../../web/live/fold.ts';
import { BreakdownTable } from '../../web/panels/breakdown.tsx';
import { RankingPanel } from '../../web/panels/ranking.tsx';
import { LiveStrip } from '../../web/panels/strip.tsx';
import { FigureTile } from '../../web/panels/tile.tsx';
import { FollowThresholds } from '../../web/thresholds.tsx';
import { startWords } from '../../web/words/words.ts';
import { Model, unitView } from './model.ts';

const NOW = Date.parse('2026-11-22T14:31:30+07:00');
const november = periodOf('2026-11-22', 'month');
const [A, B, C] = [2, 3, 4].map(unitView) as [UnitView, UnitView, UnitView];

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}
const onTime = indicatorOf('TT02');
const figure = (value: number): FigureView => ({
  ...{ value, numerator: value * 2, denominator: 200, provisional: true, completeness: 1 },
  asOf: '2026-11-22T14:31:00+07:00',
});

const shipped: Provenance = {
  ...{ value: 90, source: 'shipped', rule: 'TT02', version: 0, override: null, unit: null, unitName: null },
  ...{ since: null, until: null, by: null, reason: null, hides: [], overruled: [] },
};
const usual: ThresholdView = {
  ...{ indicator: 'TT02', unit: null, levels: [], direction: 'below', minimum: 30, countBands: null },
  ...{ bands: { warning: 90, major: 80, critical: 70 }, rule: 'TT02', version: 0, override: null },
  ...{ since: null, until: null, by: null, source: shipped },
  limits: [{ severity: 'warning', raise: shipped, count: null }],
};
/** What a commune has instead: 95 % is critical there. */
const stricter = (unit: UnitView): ThresholdView => {
  const source: Provenance = {
    ...{ ...shipped, value: 97, source: 'override', override: 7, unit: unit.ref, unitName: unit.name },
    ...{ until: '2027-01-30', by: 'Phòng KSTTHC', reason: 'Tháng cao điểm' },
  };
  const limit = (severity: ThresholdView['limits'][number]['severity'], value: number) => ({
    ...{ severity, raise: { ...source, value }, count: null },
  });
  return {
    ...{ ...usual, unit: unit.id, bands: { warning: 99, major: 98, critical: 97 }, override: 7, source },
    limits: [limit('critical', 97), limit('major', 98), limit('warning', 99)],
  };
};

/** Answers as the server would, checked by the contract, and notes what is asked. */
function serveThresholds(answers: ThresholdView[][]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const thresholds = answers[Math.min(asked.length, answers.length) - 1] ?? [];
    return Response.json(ROUTES.listThresholds.answer.parse({ seq: 9, thresholds }));
  });
  return asked;
}

const following = (rulesSeq: number): Following => ({
  ...{ ref: '1', stage: 'live', lostAt: null, problem: null, serverNow: () => NOW },
  state: { ...startState(new Model().snapshot()), rulesSeq },
});
const figures: FiguresView = {
  ...{
    period: november,
    isCurrent: true,
    isProvisional: true,
    on: '2026-11-22',
    unit: unitView(1),
    path: [],
  },
  ...{ children: [A, B, C], status: 'ready', error: null, retry: () => undefined },
  figureOf: () => figure(95),
  figuresOf: () => new Map([A, B, C].map(({ id }) => [id, figure(95)])),
};

let client: QueryClient;
function page(rulesSeq: number, content: ReactNode) {
  return (
    <QueryClientProvider client={client}>
      <FollowingProvider value={following(rulesSeq)}>
        <FollowThresholds>{content}</FollowThresholds>
      </FollowingProvider>
    </QueryClientProvider>
  );
}
const tileOf = (unit: UnitView) => (
  <FigureTile indicator={onTime} unit={unit} figure={figure(95)} period={november} spark={[]} subject="x" />
);
const severityOfTile = (container: HTMLElement) =>
  container.querySelector('.tile')?.getAttribute('data-severity');

beforeAll(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a figure', () => {
  it('is coloured as shipped until thresholds are there, then by those of its unit; the tip says whose they are', async () => {
    client = new QueryClient();
    const gate = Promise.withResolvers<void>();
    vi.stubGlobal('fetch', async () => {
      await gate.promise;
      return Response.json({ seq: 9, thresholds: [usual, stricter(B)] });
    });
    const { container } = render(page(5, tileOf(B)));
    expect(severityOfTile(container)).toBe('normal');
    gate.resolve();
    await vi.waitFor(() => expect(severityOfTile(container)).toBe('critical'));
    act(() => screen.getByRole('button').focus());
    const told = screen.getByText(/^Ngưỡng: /);
    expect(told.textContent).toBe(
      'Ngưỡng: ngưỡng riêng của Xã 3 đến 30/01/2027, Phòng KSTTHC (quy tắc TT02, phiên bản 0) · Tháng cao điểm',
    );
    expect(screen.getByText('Nghiêm trọng: dưới 97 %')).toBeTruthy();
  });

  it('of another unit is not: one override turns one commune red, in its ranking, its count and its cells', async () => {
    client = new QueryClient();
    serveThresholds([[usual, stricter(B)]]);
    const { container } = render(
      page(
        5,
        <>
          <RankingPanel figures={figures} indicator={onTime} />
          <LiveStrip figures={figures} indicator={onTime} own={['TT02']} />
          <BreakdownTable
            unit={B}
            columns={['TT02']}
            rows={[{ code: 'x', name: A.name, figures: { TT02: figure(95) } }]}
            title="t"
            by="procedure"
          />
        </>,
      ),
    );
    const rows = () =>
      [...container.querySelectorAll('.ranking-table tbody tr')].map((row) => [
        row.querySelector('th a')?.textContent,
        row.getAttribute('data-severity'),
      ]);
    await vi.waitFor(() =>
      expect(rows()).toEqual([
        ['Xã 3', 'critical'],
        ['Xã 2', 'normal'],
        ['Xã 4', 'normal'],
      ]),
    );
    const counts = [...container.querySelectorAll('.strip-levels li')].map((item) =>
      item.textContent?.replace(/\s+/g, ' ').trim(),
    );
    expect(counts).toEqual(['◆ 1Nghiêm trọng', '▲ 0Báo động', '● 0Chú ý', '3đơn vị']);
    expect(container.querySelector('.figures-table td')?.getAttribute('data-severity')).toBe('critical');
  });

  it('has the new thresholds as soon as the live view says that rules have changed', async () => {
    client = new QueryClient();
    const asked = serveThresholds([[usual], [usual, stricter(A)]]);
    const { container, rerender } = render(page(5, tileOf(A)));
    await vi.waitFor(() => expect(asked).toEqual(['/api/thresholds?unit=1']));
    expect(severityOfTile(container)).toBe('normal');
    rerender(page(5, tileOf(A)));
    expect(asked.length).toBe(1);
    rerender(page(6, tileOf(A)));
    await vi.waitFor(() => expect(severityOfTile(container)).toBe('critical'));
    expect(asked.length).toBe(2);
  });

  it('of a period that is over is coloured by what held on its last day', async () => {
    client = new QueryClient();
    const asked = serveThresholds([[usual, stricter(A)], [usual]]);
    window.history.replaceState(null, '', '/?period=2026-10');
    const { container, rerender } = render(page(5, tileOf(A)));
    await vi.waitFor(() => expect(severityOfTile(container)).toBe('critical'));
    window.history.replaceState(null, '', '/?period=2026-11');
    rerender(page(5, tileOf(A)));
    await vi.waitFor(() => expect(severityOfTile(container)).toBe('normal'));
    expect(asked).toEqual(['/api/thresholds?unit=1&on=2026-10-31', '/api/thresholds?unit=1']);
    window.history.replaceState(null, '', '/');
  });

  it('that no rule judges has no level, once that is known', async () => {
    client = new QueryClient();
    serveThresholds([[]]);
    const low = (
      <FigureTile indicator={onTime} unit={A} figure={figure(50)} period={november} spark={[]} subject="x" />
    );
    const { container } = render(page(5, low));
    expect(severityOfTile(container)).toBe('critical');
    await vi.waitFor(() => expect(severityOfTile(container)).toBe('normal'));
  });
});
