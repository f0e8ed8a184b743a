// What is shown of a unit that is turned to while the server is away; over a real Socket.IO server that goes.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySums } from '../../shared/measure.ts';
import { figuresQuery } from '../../web/api.ts';
import { toldOf, useFiguresState } from '../../web/board-view.ts';
import { useFigures } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { usePanelState } from '../../web/panel-state.ts';
import { unitView } from './model.ts';
import { Stand, Watcher } from './stand.ts';

let stand: Stand;
let watcher: Watcher;
let client: QueryClient;

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  stand = new Stand();
  stand.commit({ unit: 3, grain: 'month', value: 40, steps: 0, feed: false });
  stand.commit({ unit: 3, grain: 'ever', value: 40, steps: 1, feed: false });
  watcher = new Watcher(stand, await stand.open());
  await watcher.pass(5000);
});

afterEach(async () => {
  watcher.close();
  await stand.close();
  cleanup();
  client.clear();
  vi.unstubAllGlobals();
});

/** The server goes away and is away for long enough to be missed. */
async function leave(): Promise<void> {
  await stand.close();
  for (let beat = 0; beat < 30; beat += 1) watcher.clock.advance(500);
}

type Shown = { name: string; path: string[]; status: string; own: string; below: string; received: unknown };

function Probe({ unit, period, id }: { unit: string; period: string; id: number }) {
  const figures = useFigures(unit, period);
  const shown: Shown = {
    name: figures.unit?.name.vi ?? '…',
    path: figures.path.map(({ ref }) => ref),
    status: figures.status,
    own: usePanelState(toldOf(figures)).kind,
    below: useFiguresState(figures, 'HS01').kind,
    received: figures.figureOf(id, 'HS01')?.numerator ?? null,
  };
  return <output>{JSON.stringify(shown)}</output>;
}

/** What a page of the unit has to show now. */
function show(unit: string, period = 'month'): Shown {
  const view = watcher.view;
  if (!view) throw new Error('nothing was told');
  const following: Following = { ...view, serverNow: () => Date.parse('2026-11-22T09:00:00+07:00') };
  cleanup();
  render(
    <QueryClientProvider client={client}>
      <FollowingProvider value={following}>
        <Probe unit={unit} period={period} id={Number(unit)} />
      </FollowingProvider>
    </QueryClientProvider>,
  );
  return JSON.parse(screen.getByRole('status').textContent ?? '');
}

describe('a unit turned to while the server is away', () => {
  it('has its name, its path and its last figures, marked as of when they are', async () => {
    const before = watcher.state?.at;
    await leave();
    watcher.turn('3');
    expect([watcher.view?.stage, watcher.view?.lostAt]).toEqual(['offline', before]);
    const shown = show('3');
    expect(shown).toEqual({
      ...{ name: 'Xã 3', path: ['1', '3'], status: 'own', own: 'stale', below: 'offline' },
      received: expect.any(Number),
    });
    expect(shown.received).toBeGreaterThan(0);
  });

  it('gives back the board it came from whole, and of a unit nobody told of nothing', async () => {
    await leave();
    watcher.turn('3');
    watcher.turn('1');
    expect(show('1')).toMatchObject({ name: 'Xã 1', status: 'ready', own: 'stale', below: 'stale' });
    watcher.turn('99');
    expect(show('99')).toMatchObject({ name: '…', path: [], received: null });
  });

  it('has the figures of a past period that came with those of the unit above', async () => {
    await leave();
    const figure = {
      ...{ value: 7, numerator: 7, denominator: null },
      ...{ provisional: false, asOf: null, completeness: 1 },
    };
    const rows = [1, 3].map((id) => ({ ...unitView(id), figures: { HS01: { ...figure, numerator: id } } }));
    const asked = figuresQuery({ unit: '1', period: '2026-10', compare: '1', children: '1' });
    client.setQueryData(asked.queryKey as readonly unknown[], { sums: emptySums(), units: rows });
    watcher.turn('3');
    expect(show('3', '2026-10')).toMatchObject({
      ...{ name: 'Xã 3', path: ['1', '3'], status: 'own', own: 'stale', received: 3 },
    });
  });
});

describe('a unit turned to while the server answers', () => {
  it('has its name at once, and is whole when the answer came', async () => {
    watcher.turn('3');
    expect(show('3')).toMatchObject({ name: 'Xã 3', status: 'own' });
    await watcher.pass(1000);
    expect([watcher.view?.glimpse, watcher.state?.unit.id]).toEqual([null, 1]);
  });

  it('shows nothing of a unit that the server refuses', async () => {
    stand.mood = 'refusing';
    watcher.turn('3');
    await watcher.pass(1000);
    expect([watcher.view?.glimpse, watcher.state]).toEqual([null, null]);
  });
});
