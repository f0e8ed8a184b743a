// The link itself, over a socket and a clock that the test holds in its hands.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UnitView } from '../../shared/answers.ts';
import type { Frame, Snapshot, Watch, WatchAnswer } from '../../shared/live.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { type Follower, followLive, type LiveSocket, type LiveView } from '../../web/live.ts';

const root: UnitView = {
  id: 1,
  ref: '25',
  code: '25',
  name: { vi: 'Phú Thọ', en: 'Phu Tho' },
  level: 'province',
  from: '2025-07-01',
  to: null,
  lat: null,
  lon: null,
};
const NOON = '2026-11-22T12:00:00+07:00';
const tallies = { measures: [...MEASURE_IDS], rows: [] };

const snapshot = (seq: number): Snapshot => ({
  type: 'snapshot',
  seq,
  at: NOON,
  build: 'b1',
  day: '2026-11-22',
  unit: root,
  path: [root],
  children: [],
  workingDays: {},
  tallies,
  feeds: [],
  steps: [],
});
const frame = (prev: number, seq: number, changes: Partial<Frame> = {}): Frame => ({
  prev,
  seq,
  at: NOON,
  build: 'b1',
  tallies,
  feeds: [],
  steps: [],
  ...changes,
});

type Ask = { watch: Watch; answer: (answer: WatchAnswer) => void };

function createSocket() {
  const handlers = new Map<string, (value?: unknown) => void>();
  const asks: Ask[] = [];
  const socket = {
    connected: true,
    on: (name: string, handler: (value?: unknown) => void) => handlers.set(name, handler),
    emit: (_: string, watch: Watch, answer: Ask['answer']) => asks.push({ watch, answer }),
    connect: vi.fn(),
    disconnect: vi.fn(),
  };
  const hear = (name: string, value?: unknown) => handlers.get(name)?.(value);
  return { socket: socket as unknown as LiveSocket, asks, hear };
}

describe('the live link', () => {
  let views: LiveView[];
  let link: Follower;
  let server: ReturnType<typeof createSocket>;
  const onReload = vi.fn();
  const last = () => views.at(-1);

  beforeEach(() => {
    vi.useFakeTimers();
    views = [];
    onReload.mockClear();
    server = createSocket();
    const options = { open: () => server.socket, build: 'b1', onReload, now: () => performance.now() };
    link = followLive('25', (view) => views.push(view), options);
  });

  afterEach(() => {
    link.close();
    vi.useRealTimers();
  });

  it('asks for the whole at first, and only for what it missed after a gap', () => {
    expect(server.asks[0]?.watch).toEqual({ unit: '25', build: 'b1' });
    server.asks[0]?.answer(snapshot(10));
    server.hear('frame', frame(12, 13));
    expect(server.asks[1]?.watch).toEqual({ unit: '25', build: 'b1', since: 10 });
    server.hear('frame', frame(13, 14));
    server.asks[1]?.answer({ type: 'frame', ...frame(10, 14) });
    expect([server.asks.length, vi.runOnlyPendingTimers() && last()?.state?.seq]).toEqual([2, 14]);
  });

  it('begins anew after a reset', () => {
    server.asks[0]?.answer(snapshot(10));
    server.hear('reset');
    expect(server.asks[1]?.watch).toEqual({ unit: '25', build: 'b1' });
  });

  it('begins anew when the first word it hears is of another day', () => {
    server.asks[0]?.answer(snapshot(10));
    server.hear('frame', frame(10, 10, { at: '2026-11-23T00:00:02+07:00' }));
    expect(server.asks[1]?.watch).toEqual({ unit: '25', build: 'b1' });
  });

  it('shows a dead link within ten seconds, distrusts it after a minute, and trusts it again by itself', () => {
    server.asks[0]?.answer(snapshot(10));
    const stages = [last()?.stage];
    vi.advanceTimersByTime(7_000);
    stages.push(last()?.stage);
    vi.advanceTimersByTime(2_000);
    stages.push(last()?.stage);
    expect(last()?.lostAt).toBe(Date.parse(NOON));
    vi.advanceTimersByTime(51_000);
    stages.push(last()?.stage);
    server.hear('frame', frame(10, 10));
    stages.push(last()?.stage);
    expect([stages, last()?.lostAt]).toEqual([['live', 'slow', 'offline', 'distrust', 'live'], null]);
  });

  it('is in doubt as soon as the socket says it is closed', () => {
    server.asks[0]?.answer(snapshot(10));
    server.socket.connected = false;
    server.hear('disconnect');
    expect(last()?.stage).toBe('slow');
  });

  it('keeps the server its clock, not the one of this machine', () => {
    server.asks[0]?.answer(snapshot(10));
    vi.advanceTimersByTime(4_000);
    expect(link.serverNow()).toBe(Date.parse(NOON) + 4_000);
  });

  it('asks for a reload when a newer build is out', () => {
    server.asks[0]?.answer(snapshot(10));
    server.hear('frame', frame(10, 11, { build: 'b2' }));
    expect(onReload).toHaveBeenCalledExactlyOnceWith('b2');
  });

  it('shows nothing of one unit under the name of another, and resumes a unit it knows', () => {
    server.asks[0]?.answer(snapshot(10));
    link.turn('08872');
    expect([last()?.ref, last()?.state]).toEqual(['08872', null]);
    link.turn('25');
    expect([last()?.state?.seq, server.asks.at(-1)?.watch]).toEqual([
      10,
      { unit: '25', build: 'b1', since: 10 },
    ]);
    server.asks[1]?.answer(snapshot(99));
    expect(last()?.state?.seq).toBe(10);
  });
});
