/** What a server knows of one unit and its children, in small: numbered commits, and what they changed. */
import fc from 'fast-check';
import type { FeedView, StepView, TallyRow, UnitView } from '../../shared/answers.ts';
import type { Frame, Snapshot } from '../../shared/live.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { rowKey, STEPS_KEPT } from '../../web/live/fold.ts';

const GRAINS = ['day', 'month', 'ever'] as const;
const STARTS = { day: '2026-11-22', month: '2026-11-01', ever: '' };

export const unitView = (id: number): UnitView => ({
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

export type Commit = {
  unit: number;
  grain: (typeof GRAINS)[number];
  value: number;
  steps: number;
  feed: boolean;
};

export const commits = fc.array(
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
export class Model {
  seq = 7;
  rows = new Map<string, TallyRow>();
  steps: StepView[] = [];
  feeds = new Map<string, FeedView & { seq: number }>();
  children = [2, 3, 4, 5];
  /** Viewers that know less than this start anew. */
  floor = 0;

  /** Units come and go. */
  regroup(): void {
    this.seq += 1;
    this.floor = this.seq;
    this.children = this.children.length === 4 ? [2, 3, 4] : [2, 3, 4, 5];
  }

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
    this.feeds.set(id, {
      ...{ id, name: id, unit: '1', lastAt: at, heardAt: at, events: this.seq, seq: this.seq },
      ...{ lateAt: null, missingAt: null, cadence: null, dueTime: null },
    });
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
      alerts: [],
      rulesSeq: 0,
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
      children: this.children.map(unitView),
      workingDays: { month: 15 },
      silent: [],
      ...this.changesSince(0),
    };
  }
}
