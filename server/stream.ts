/**
 * The live link: who watches what, frames merged and cut to each room, the heartbeat. Hides Socket.IO.
 * Law: a frame is what `since` would answer, read from the same rows, so frames may be dropped or merged freely.
 */
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { MEASURE_IDS } from '../shared/measure.ts';
import { dayOf, isoOf, periodOf } from '../shared/period.ts';
import {
  type ClientEvents,
  type Frame,
  type ServerEvents,
  type StepView,
  type TallyRow,
  type TallyTable,
  Watch,
  type WatchAnswer,
} from '../shared/wire.ts';
import { elapsedWorkingDays, type View } from './figures/sums.ts';
import { readFeedViews } from './figures/units.ts';
import { showUnit } from './figures/views.ts';
import { parseInput, toProblem } from './http.ts';
import type { Credentials } from './people/callers.ts';
import type { Change, ChangedStep } from './pipeline/pipeline.ts';
import type { TallyRow as StoredTally } from './store/schema.ts';
import { readSlice } from './store/sum-store.ts';

type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, { root?: number }>;

/** What the stream works with; `openView` gives the view of a scope's unit at this instant. */
export type StreamParts = {
  http: HttpServer;
  build: string;
  identify: (credentials: Credentials) => Promise<number>;
  openView: (root: number) => Promise<View>;
  getUnit: (view: View, reference: string) => number;
  recentSteps: () => Promise<ChangedStep[]>;
  onTrouble: (error: unknown) => void;
};

export type Stream = {
  publish: (change: Change) => void;
  /** Sends what is due at `now`: merged frames, heartbeats, resets. Called by the one timer. */
  pulse: (now: number) => Promise<void>;
  viewers: () => number;
  close: () => Promise<void>;
};

/** A unit somebody watches. `sent` is the seq all its viewers have been told of. */
type Room = {
  unit: number;
  sent: number;
  changed: Set<number> | 'all';
  feeds: boolean;
  steps: ChangedStep[];
  readyAt: number;
  beatAt: number;
};

const OWN_DAYS = 31;
const STRIP_STEPS = 30;
const BEAT_MS = 4000;
const MERGE_MS = 100;

function toRow(row: StoredTally): TallyRow {
  return [row.unit, row.grain, row.start, row.seq, ...MEASURE_IDS.map((id) => row[id])];
}

/** The units of a room: the one watched and what stands below it today. */
function unitsOf(view: View, unit: number): number[] {
  return [unit, ...view.tree.childrenOn(unit, view.today).map(({ id }) => id)];
}

async function readTallies(
  view: View,
  unit: number,
  { since, units }: { since: number; units: number[] },
): Promise<TallyTable> {
  const rows = await readSlice(view.reader, { units, today: view.today, own: unit, days: OWN_DAYS, since });
  return { measures: [...MEASURE_IDS], rows: rows.map(toRow) };
}

function showSteps(view: View, unit: number, steps: readonly ChangedStep[]): StepView[] {
  const scope = view.tree.ancestry(unit);
  return steps
    .filter(
      (step) =>
        view.tree.units.has(step.unit) &&
        view.tree.isWithin(scope, step.unit, dayOf(step.at, view.site.zone)),
    )
    .slice(0, STRIP_STEPS)
    .map((step) => ({
      seq: step.seq,
      at: isoOf(step.at, view.site.zone),
      unit: step.unit,
      unitName: view.tree.get(step.unit).name,
      status: step.status,
      procedure: step.procedure,
      procedureName: view.site.procedures.get(step.procedure)?.name ?? {
        vi: step.procedure,
        en: step.procedure,
      },
      channel: step.channel,
      outcome: step.outcome as StepView['outcome'],
    }));
}

function readWorkingDays(view: View): Record<string, number | null> {
  const grains = ['day', 'month', 'quarter', 'year'] as const;
  return Object.fromEntries(
    grains.map((grain) => [grain, elapsedWorkingDays(view, periodOf(view.today, grain))]),
  );
}

async function readSnapshot(
  view: View,
  unit: number,
  parts: { build: string; steps: readonly ChangedStep[] },
): Promise<WatchAnswer> {
  const units = unitsOf(view, unit);
  return {
    type: 'snapshot',
    seq: view.clock.seq,
    at: isoOf(view.now, view.site.zone),
    build: parts.build,
    day: view.today,
    unit: showUnit(view.tree, unit),
    path: [...view.tree.pathOn(unit, view.today)]
      .reverse()
      .filter((id) => view.tree.isWithin(view.scope, id, view.today))
      .map((id) => showUnit(view.tree, id)),
    children: units.slice(1).map((id) => showUnit(view.tree, id)),
    workingDays: readWorkingDays(view),
    tallies: await readTallies(view, unit, { since: 0, units }),
    feeds: await readFeedViews(view),
    steps: showSteps(view, unit, parts.steps),
  };
}

/** Opens the live link on an HTTP server. */
export function openStream(parts: StreamParts): Stream {
  const io = new Server(parts.http, {
    serveClient: false,
    pingInterval: 5000,
    pingTimeout: 5000,
    maxHttpBufferSize: 20_000,
    perMessageDeflate: { threshold: 16_384 },
  });
  const live = io.of('/live');
  const rooms = new Map<number, Room>();
  const ring: ChangedStep[] = [];
  const fill = parts
    .recentSteps()
    .then((steps) => ring.push(...steps))
    .catch(parts.onTrouble);
  let known = { seq: 0, unitSeq: -1, today: '', resetSeq: 0 };

  const enter = (socket: LiveSocket, unit: number, seq: number) => {
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    void socket.join(`u${unit}`);
    if (rooms.has(unit)) return;
    rooms.set(unit, { unit, sent: seq, changed: new Set(), feeds: false, steps: [], readyAt: 0, beatAt: 0 });
  };

  const answer = async (socket: LiveSocket, input: unknown): Promise<WatchAnswer> => {
    const { unit: reference, since, build } = parseInput(Watch, input, { code: 'badInput' });
    const root = socket.data.root;
    if (root === undefined) throw new Error('a socket entered without a scope');
    if (build !== undefined && build !== parts.build) return { type: 'reload', build: parts.build };
    await fill;
    const view = await parts.openView(root);
    const unit = parts.getUnit(view, reference);
    if (since !== undefined && (since < known.resetSeq || since > view.clock.seq)) return { type: 'reset' };
    enter(socket, unit, view.clock.seq);
    if (since === undefined) return readSnapshot(view, unit, { build: parts.build, steps: ring });
    const tallies = await readTallies(view, unit, { since, units: unitsOf(view, unit) });
    const steps = showSteps(
      view,
      unit,
      ring.filter(({ seq }) => seq > since),
    );
    const at = isoOf(view.now, view.site.zone);
    return {
      type: 'frame',
      prev: since,
      seq: view.clock.seq,
      at,
      build: parts.build,
      tallies,
      steps,
      feeds: await readFeedViews(view),
    };
  };

  live.use((socket, next) => {
    const { authorization, cookie } = socket.handshake.headers;
    const token: unknown = socket.handshake.auth.token;
    parts
      .identify({
        authorization,
        cookie,
        token: typeof token === 'string' && token !== '' ? token : undefined,
      })
      .then((root) => {
        socket.data.root = root;
        next();
      })
      .catch((error: unknown) => next(Object.assign(new Error('unauthorised'), { data: toProblem(error) })));
  });

  live.on('connection', (socket: LiveSocket) => {
    socket.on('watch', (input, reply) => {
      if (typeof reply !== 'function') return;
      answer(socket, input)
        .then(reply)
        .catch((error: unknown) => {
          const problem = toProblem(error);
          if (problem.status === 500) parts.onTrouble(error);
          reply({ type: 'failure', problem });
        });
    });
  });

  const flush = async (room: Room, now: number): Promise<void> => {
    const { changed, feeds, steps, sent } = room;
    Object.assign(room, { changed: new Set(), feeds: false, steps: [], beatAt: now + BEAT_MS });
    const view = await parts.openView(room.unit);
    const units = unitsOf(view, room.unit).filter((id) => changed === 'all' || changed.has(id));
    const tallies = await readTallies(view, room.unit, { since: sent, units });
    room.sent = view.clock.seq;
    room.readyAt = now + Math.min(1000, Math.max(MERGE_MS, tallies.rows.length * 2));
    const frame: Frame = {
      prev: sent,
      seq: view.clock.seq,
      at: isoOf(now, view.site.zone),
      build: parts.build,
      tallies,
      steps: showSteps(view, room.unit, steps),
      feeds: feeds ? await readFeedViews(view) : [],
    };
    live.to(`u${room.unit}`).volatile.emit('frame', frame);
  };

  const note = (room: Room, change: Change) => {
    if (room.changed !== 'all') for (const unit of change.units) room.changed.add(unit);
    room.feeds ||= change.feeds;
    room.steps = [...change.steps, ...room.steps].slice(0, STRIP_STEPS * 4);
  };

  /** Notices what this process was not told of: commits of others, new units, a new day. */
  const lookAround = async () => {
    const anyRoot = rooms.keys().next().value;
    if (anyRoot === undefined) return;
    const { clock, today } = await parts.openView(anyRoot);
    if (known.unitSeq !== -1 && (clock.unitSeq !== known.unitSeq || today !== known.today)) {
      known.resetSeq = clock.seq;
      live.emit('reset');
    } else if (clock.seq > known.seq) {
      for (const room of rooms.values()) Object.assign(room, { changed: 'all', feeds: true });
    }
    known = { ...known, seq: Math.max(known.seq, clock.seq), unitSeq: clock.unitSeq, today };
  };

  let busy = false;
  let lookAt = 0;
  return {
    publish(change) {
      known.seq = Math.max(known.seq, change.seq);
      ring.unshift(...change.steps);
      ring.length = Math.min(ring.length, 500);
      for (const room of rooms.values()) note(room, change);
    },
    async pulse(now) {
      if (busy) return;
      busy = true;
      try {
        if (now >= lookAt) await lookAround();
        if (now >= lookAt) lookAt = now + 1000;
        for (const room of rooms.values()) {
          if (!live.adapter.rooms.has(`u${room.unit}`)) rooms.delete(room.unit);
          else if (now >= room.beatAt || (now >= room.readyAt && isDirty(room))) await flush(room, now);
        }
      } finally {
        busy = false;
      }
    },
    viewers: () => live.sockets.size,
    close: async () => {
      await io.close();
    },
  };
}

const isDirty = (room: Room) =>
  room.changed === 'all' || room.changed.size > 0 || room.feeds || room.steps.length > 0;
