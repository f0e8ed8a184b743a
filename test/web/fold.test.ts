// The law of the live link: a viewer that loses frames and asks again ends equal to one that missed nothing, and both
// end equal to a fresh snapshot. Seeds are kept, so a failure can be told again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedView, StepView, TallyRow, UnitView } from '../../shared/answers.ts';
import type { Frame, Snapshot } from '../../shared/live.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { applyFrame, type LiveState, rowKey, STEPS_KEPT, startState } from '../../web/live/fold.ts';

const GRAINS = ['day', 'month', 'ever'] as const;
const STARTS = { day: '2026-11-22', month: '2026-11-01', ever: '' };

const unitView = (id: number): UnitView => ({
  id,
  ref: String(id),
  code: String(id),
  name: { vi: `Xã ${id}`, en: `Commune ${id}` },
  level: id === 1 ? 'province' : 'commune',
  from: '2025-07-01',
  to: null,
  lat: null,
  lon: null,
});

type Commit = { unit: number; grain: (typeof GRAINS)[number]; value: number; steps: number; feed: boolean };

const commits = fc.array(
  fc.record<Commit>({
    unit: fc.integer({ min: 1, max: 5 }),
    grain: fc.constantFrom(...GRAINS),
    value: fc.integer({ min: -50, max: 50 }),
    steps: fc.integer({ min: 0, max: 4 }),
    feed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

/** A server in small: rows with the seq that last changed them, the newest steps, and what changed since a seq. */
class Model {
  seq = 7;
  rows = new Map<string, TallyRow>();
  steps: StepView[] = [];
  feeds = new Map<string, FeedView & { seq: number }>();

  commit({ unit, grain, value, steps, feed }: Commit): void {
    this.seq += 1;
    const row: TallyRow = [
      unit,
      grain,
      STARTS[grain],
      this.seq,
      ...MEASURE_IDS.map((_, index) => value + index),
    ];
    this.rows.set(rowKey(unit, grain, STARTS[grain]), row);
    const at = this.at();
    for (let count = 0; count < steps; count += 1) {
      this.steps.unshift({
        seq: this.seq,
        at,
        unit,
        unitName: unitView(unit).name,
        status: 2,
        procedure: `p${count}`,
        procedureName: { vi: 'Khai sinh', en: 'Birth' },
        channel: 'online',
        outcome: null,
      });
    }
    this.steps = this.steps.slice(0, STEPS_KEPT);
    if (!feed) return;
    const id = `feed${unit}`;
    this.feeds.set(id, { id, name: id, unit: '1', lastAt: at, heardAt: at, events: this.seq, seq: this.seq });
  }

  at(): string {
    return new Date(Date.UTC(2026, 10, 22, 7, 0, this.seq)).toISOString();
  }

  changesSince(seq: number) {
    const feeds = [...this.feeds.values()].filter((feed) => feed.seq > seq);
    return {
      seq: this.seq,
      at: this.at(),
      build: 'b1',
      tallies: { measures: [...MEASURE_IDS], rows: [...this.rows.values()].filter((row) => row[3] > seq) },
      feeds: feeds.map(({ seq: _, ...feed }) => feed),
      steps: this.steps.filter((step) => step.seq > seq),
    };
  }

  frame(since: number): Frame {
    return { prev: since, ...this.changesSince(since) };
  }

  snapshot(): Snapshot {
    return {
      type: 'snapshot',
      day: '2026-11-22',
      unit: unitView(1),
      path: [unitView(1)],
      children: [2, 3, 4, 5].map(unitView),
      workingDays: { month: 15 },
      ...this.changesSince(0),
    };
  }
}

function mustApply(state: LiveState, frame: Frame): LiveState {
  const next = applyFrame(state, frame);
  if (next === 'gap' || next === 'anew') throw new Error(`${next} where none should be`);
  return next;
}

const FATES = ['lose', 'take', 'twice', 'late'] as const;

/** A viewer whose frames get lost, come twice, or are followed by one that is long known. */
class LossyViewer {
  state: LiveState;
  readonly #model: Model;
  #taken: Frame | null = null;

  constructor(model: Model) {
    this.#model = model;
    this.state = startState(model.snapshot());
  }

  meet(frame: Frame, fate: (typeof FATES)[number] | undefined): void {
    if (fate === 'lose') return;
    const next = applyFrame(this.state, frame);
    this.state = mustApply(this.state, next === 'gap' ? this.#model.frame(this.state.seq) : frame);
    if (fate === 'twice') this.state = mustApply(this.state, frame);
    if (fate === 'late' && this.#taken) this.state = mustApply(this.state, this.#taken);
    this.#taken = frame;
  }
}

describe('a live view is a fold over numbered frames', () => {
  it('ends equal to a fresh snapshot, whatever frames are lost, repeated or merged', () => {
    const story = fc.tuple(commits, fc.infiniteStream(fc.constantFrom(...FATES)));
    fc.assert(
      fc.property(story, ([list, fates]) => {
        const model = new Model();
        let whole = startState(model.snapshot());
        const viewer = new LossyViewer(model);
        for (const commit of list) {
          const before = model.seq;
          model.commit(commit);
          const frame = model.frame(before);
          whole = mustApply(whole, frame);
          viewer.meet(frame, fates.next().value);
        }
        const lossy = mustApply(viewer.state, model.frame(viewer.state.seq));
        expect(lossy).toEqual(whole);
        expect(whole).toEqual(startState(model.snapshot()));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('says gap when a frame begins after what is known', () => {
    const model = new Model();
    const state = startState(model.snapshot());
    expect(applyFrame(state, { ...model.frame(state.seq), prev: state.seq + 1, seq: state.seq + 2 })).toBe(
      'gap',
    );
  });

  it('says anew when a frame tells of a later day, and not when it tells of an earlier one', () => {
    const model = new Model();
    const state = startState(model.snapshot());
    const on = (at: string) => applyFrame(state, { ...model.frame(state.seq), at });
    expect(on('2026-11-23T00:00:01+07:00')).toBe('anew');
    expect(on('2026-11-21T23:59:59+07:00')).toEqual(state);
  });

  it('takes a heartbeat as the time of the last word and nothing else', () => {
    const model = new Model();
    const state = startState(model.snapshot());
    const at = '2026-11-22T08:00:00Z';
    const beat: Frame = { ...model.frame(state.seq), at };
    expect(applyFrame(state, beat)).toEqual({ ...state, at: Date.parse(at) });
  });

  it('never changes a state in place', () => {
    const model = new Model();
    const state = startState(model.snapshot());
    const rows = new Map(state.rows);
    model.commit({ unit: 2, grain: 'day', value: 4, steps: 1, feed: true });
    applyFrame(state, model.frame(state.seq));
    expect([state.rows, state.steps, state.feeds]).toEqual([rows, [], []]);
  });
});
