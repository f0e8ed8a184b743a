// Figures that do not travel on the live link: they are asked for, asked again when the link tells of more, and never 0 meanwhile.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FigureView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { isLive } from '../../shared/live-measures.ts';
import { parsePeriod } from '../../shared/period.ts';
import { ASK_MS, useFiguresOf } from '../../web/figures/asked.ts';
import { CHOOSABLE, findIndicators, groupIndicators } from '../../web/figures/groups.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { startWords } from '../../web/words/words.ts';
import { unitView } from './model.ts';

const period = parsePeriod('2026-11');
const [UNIT, CHILD, SILENT] = [unitView(1), unitView(2), unitView(3)];
const LIVE: FigureView = {
  value: 1,
  numerator: 1,
  denominator: 1,
  provisional: true,
  asOf: null,
  completeness: 1,
};

function figuresView(): FiguresView {
  if (!period) throw new Error('no period');
  return {
    ...{ period, isCurrent: true, isProvisional: true, on: '2026-11-27', path: [], error: null },
    ...{ unit: UNIT, children: [CHILD, SILENT], status: 'ready', retry: () => undefined },
    figureOf: () => LIVE,
    figuresOf: () => new Map([[CHILD.id, LIVE]]),
  };
}

let asked: string[] = [];
let answer: () => { status: number; body: unknown };

const told = (seq: number, value: number) => ({
  status: 200,
  body: {
    ...{ period: '2026-11', seq },
    units: [UNIT, CHILD].map(({ id, code, name }) => ({
      ...{ id, code, name },
      figures: { DOC01: { ...LIVE, value, numerator: value, denominator: 100 } },
    })),
  },
});

function Shown({ id }: { id: string }) {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  const view = useFiguresOf(figuresView(), indicator);
  const below = [...view.figuresOf(id)].map(([unit, { value }]) => `${unit}=${value}`).join(' ');
  return <p>{`${view.status} ${view.figureOf(UNIT.id, id)?.value ?? 'unknown'} [${below}]`}</p>;
}

function followingAt(seq: number): Following {
  const view = { ref: '1', glimpse: null, stage: 'live', lostAt: null, problem: null };
  return { ...view, state: { seq }, serverNow: () => Date.now() } as unknown as Following;
}

const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });
let queries: QueryClient;
const page = (id: string, seq: number) => (
  <QueryClientProvider client={queries}>
    <FollowingProvider value={followingAt(seq)}>
      <Shown id={id} />
    </FollowingProvider>
  </QueryClientProvider>
);
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(() => {
  void startWords('en');
  vi.useFakeTimers();
  queries = client();
  asked = [];
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

describe('figures of an indicator', () => {
  it('that is told live are those of the link: nobody is asked', async () => {
    answer = () => told(7, 50);
    render(page('TT02', 7));
    await pass(60_000);
    expect([asked, screen.getByText(/ready/).textContent]).toEqual([[], 'ready 1 [2=1]']);
  });

  it('that is not are asked for; until they came nothing is known, and who told nothing stays unknown', async () => {
    answer = () => told(7, 50);
    render(page('DOC01', 7));
    expect(screen.getByText(/loading/).textContent).toBe('loading unknown []');
    await pass(10);
    expect(screen.getByText(/ready/).textContent).toBe('ready 50 [2=50]');
    expect(asked).toEqual(['/api/figures?unit=1&period=2026-11&indicators=DOC01&children=1&compare=1']);
  });

  it('are asked for again once the link tells of more, and no sooner than after 15 s', async () => {
    answer = () => told(7, 50);
    const shown = render(page('DOC01', 7));
    await pass(10);
    answer = () => told(12, 60);
    for (const seq of [8, 9, 12]) shown.rerender(page('DOC01', seq));
    await pass(ASK_MS - 100);
    expect([asked.length, screen.getByText(/ready/).textContent]).toEqual([1, 'ready 50 [2=50]']);
    await pass(200);
    expect([asked.length, screen.getByText(/ready/).textContent]).toEqual([2, 'ready 60 [2=60]']);
    await pass(10 * ASK_MS);
    expect(asked.length).toBe(2);
  });

  it('say so where they cannot be had', async () => {
    answer = () => ({ status: 403, body: { title: 'Forbidden', detail: 'Not in your scope.', status: 403 } });
    render(page('DOC01', 7));
    await pass(10);
    expect(screen.getByText(/error/).textContent).toBe('error unknown []');
  });
});

describe('the chooser', () => {
  it('offers every indicator of sums by its group, told live or not', () => {
    const groups = groupIndicators(CHOOSABLE);
    expect(groups.map(({ group }) => group)).toEqual([
      ...['HS', 'TT', 'ON', 'PAY', 'DG', 'SAT', 'TR', 'DOC', 'SYS', 'DX', 'SOC'],
    ]);
    expect(groups.flatMap(({ indicators }) => indicators)).toEqual([...CHOOSABLE]);
    expect(CHOOSABLE.some((one) => !isLive(one))).toBe(true);
  });

  it('finds an indicator by id, by a name without marks and by its source', () => {
    expect(findIndicators('doc02').map(({ id }) => id)).toEqual(['DOC02']);
    expect(findIndicators('ky so van ban').map(({ id }) => id)).toEqual(['DOC02']);
    expect(findIndicators('1552').map(({ id }) => id)).toEqual(['SYS05']);
    expect(findIndicators('no such thing')).toEqual([]);
  });
});
