// The law of the live link: a viewer that loses frames and asks again ends equal to one that missed nothing, and both
// end equal to a fresh snapshot. Seeds are kept, so a failure can be told again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../shared/live.ts';
import { applyFrame, type LiveState, startState } from '../../web/live/fold.ts';
import { commits, Model } from './model.ts';

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

  it('ignores a frame older than what it holds, its time included', () => {
    const model = new Model();
    const older = model.frame(model.seq);
    model.commit({ unit: 2, grain: 'day', value: 4, steps: 1, feed: true });
    const state = startState(model.snapshot());
    expect(applyFrame(state, { ...older, at: '2026-11-22T08:00:00Z' })).toBe(state);
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
