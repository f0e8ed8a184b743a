// The link itself, over a socket and a clock that the test holds in its hands.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UnitView } from '../../shared/answers.ts';
import type { Frame, Snapshot, Watch, WatchAnswer } from '../../shared/live.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import type { Follower, LiveView } from '../../web/live/view.ts';
import { followLive, type LiveSocket } from '../../web/live.ts';

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
  silent: [],
  tallies,
  feeds: [],
  steps: [],
  alerts: [],
  rulesSeq: 0,
});
const frame = (prev: number, seq: number, changes: Partial<Frame> = {}): Frame => ({
  prev,
  seq,
  at: NOON,
  build: 'b1',
  tallies,
  feeds: [],
  steps: [],
  alerts: [],
  rulesSeq: 0,
  ...changes,
});

const broken = {
  type: 'urn:ioc:problem:internal',
  title: 'Internal error',
  status: 500,
  detail: 'It broke.',
};

type Ask = { watch: Watch; answer: (answer: WatchAnswer) => void };

function createSocket() {
  const handlers = new Map<string, (value?: unknown) => void>();
  const asks: Ask[] = [];
  const socket = {
    connected: true,
    active: true,
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
    const options = { open: () => server.socket, build: 'b1', onReload, serverTime: Date.parse(NOON) };
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
    server.hear('connect');
    server.asks.at(-1)?.answer({ type: 'frame', ...frame(10, 10) });
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
    expect([last()?.state?.seq, server.asks.length]).toEqual([10, 2]);
    server.asks[1]?.answer(snapshot(99));
    expect([last()?.state?.seq, server.asks.at(-1)?.watch]).toEqual([
      10,
      { unit: '25', build: 'b1', since: 10 },
    ]);
  });

  it('asks one question at a time, so that a late answer cannot lead it into the room of another unit', () => {
    link.turn('08872');
    link.turn('08707');
    expect(server.asks.map(({ watch }) => watch.unit)).toEqual(['25']);
    server.asks[0]?.answer({ type: 'failure', problem: broken });
    expect(server.asks.map(({ watch }) => watch.unit)).toEqual(['25', '08707']);
    expect([last()?.ref, last()?.problem]).toEqual(['08707', null]);
  });

  it('never says live again while the server refuses, keeps what it shows, and says why', () => {
    server.asks[0]?.answer(snapshot(10));
    server.hear('frame', frame(12, 13));
    server.asks[1]?.answer({ type: 'failure', problem: broken });
    expect(last()).toMatchObject({ stage: 'slow', state: { seq: 10 }, problem: broken });
    for (let second = 0; second < 60; second++) {
      vi.advanceTimersByTime(1000);
      server.hear('frame', frame(13, 14));
      if (server.asks.length > 2) server.asks.at(-1)?.answer({ type: 'failure', problem: broken });
    }
    expect(last()).toMatchObject({ stage: 'distrust', lostAt: Date.parse(NOON), problem: broken });
    for (const asked = server.asks.length; server.asks.length === asked; ) vi.advanceTimersByTime(100);
    server.asks.at(-1)?.answer({ type: 'frame', ...frame(10, 14) });
    vi.advanceTimersByTime(400);
    expect(last()).toMatchObject({ stage: 'live', state: { seq: 14 }, lostAt: null, problem: null });
  });

  it('asks again after 1 s at first and after 30 s at most, never twice at once', () => {
    const pauses: number[] = [];
    for (let refusal = 0; refusal < 8; refusal++) {
      const asked = server.asks.length;
      server.asks.at(-1)?.answer({ type: 'failure', problem: broken });
      const since = performance.now();
      while (server.asks.length === asked) vi.advanceTimersByTime(100);
      pauses.push(performance.now() - since);
    }
    expect(pauses[0]).toBeGreaterThanOrEqual(1000);
    expect(pauses[0]).toBeLessThanOrEqual(2000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_500);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(20_000);
  });

  it('keeps nothing of a unit it may not see', () => {
    server.asks[0]?.answer(snapshot(10));
    server.hear('reset');
    server.asks[1]?.answer({ type: 'failure', problem: { ...broken, status: 403 } });
    expect(last()).toMatchObject({ state: null, problem: { status: 403 } });
  });

  it('waits ten seconds for an answer, asks once more, and then takes a fresh socket', () => {
    vi.advanceTimersByTime(9_500);
    expect(server.asks.length).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(server.asks.length).toBe(2);
    vi.advanceTimersByTime(10_500);
    expect(server.socket.connect).toHaveBeenCalledOnce();
  });

  it('opens a socket again that the server has shown the door', () => {
    server.asks[0]?.answer(snapshot(10));
    Object.assign(server.socket, { connected: false, active: false });
    server.hear('disconnect', 'io server disconnect');
    vi.advanceTimersByTime(2_000);
    expect(server.socket.connect).toHaveBeenCalledOnce();
  });

  it('ignores a frame older than what it holds', () => {
    server.asks[0]?.answer(snapshot(10));
    vi.advanceTimersByTime(6_900);
    server.hear('frame', frame(7, 8));
    vi.advanceTimersByTime(600);
    expect([last()?.state?.seq, last()?.stage, server.asks.length]).toEqual([10, 'slow', 1]);
  });
});
