/**
 * The order of things: the only writer of events, dossiers and tallies. Hides folding, summing and the clock's own work.
 * Law: one commit is one transaction and at most one change told, after it is safe; a throw rolls everything back.
 */
import type { OpsEvent } from '../../shared/event.ts';
import { dayOf } from '../../shared/period.ts';
import type { Site } from '../site.ts';
import { readDueDossiers } from '../store/log-store.ts';
import type { Store } from '../store/store.ts';
import type { Speaker } from './batch.ts';
import { type Ahead, type Change, createCommits, type Job, type Result } from './commits.ts';
import { DUE_AT_ONCE } from './due.ts';
import { createQueue } from './queue.ts';
import { createTreeCache, type TreeCache } from './world.ts';

export type Receipt = { accepted: number; duplicates: number; seq: number };

export type Pipeline = {
  /** Takes a batch, all or nothing. Throws AppError `unprocessable` or `forbidden`. */
  ingest: (events: readonly OpsEvent[], speaker: Speaker, now: number) => Promise<Receipt>;
  /** Does what the clock has made due by `now`; gives the number of dossiers it moved. */
  tick: (now: number) => Promise<number>;
  trees: TreeCache;
};

export type PipelineParts = { store: Store; site: Site; publish: (change: Change) => void };

/** More events than these gain little by sharing a commit, and more by being folded while others are written. */
const MOST_TOGETHER = 1000;

/** Small deliveries of one speaker may share a commit. */
function mayJoin(group: readonly Job[], job: Job): boolean {
  if (job.kind === 'tick') return false;
  let total = job.events.length;
  for (const other of group) {
    if (other.kind === 'tick' || other.speaker.feed !== job.speaker.feed) return false;
    total += other.events.length;
  }
  return total <= MOST_TOGETHER;
}

/** The pipeline of a store. */
export function createPipeline({ store, site, publish }: PipelineParts): Pipeline {
  const trees = createTreeCache();
  const commits = createCommits({ store, site, trees, publish });
  const work = createQueue<Job, Ahead | undefined, Result>({ fits: mayJoin, ...commits });
  let tickedDay = '';
  return {
    trees,
    async ingest(events, speaker, now) {
      const { seq, count } = await work({ kind: 'delivery', events, speaker, now });
      return { accepted: count, duplicates: events.length - count, seq };
    },
    async tick(now) {
      const today = dayOf(now, site.zone);
      let total = 0;
      for (let moved = DUE_AT_ONCE; moved === DUE_AT_ONCE; ) {
        const isNewDay = tickedDay !== today;
        if (!isNewDay && (await readDueDossiers(store.reader, now, 1)).length === 0) break;
        moved = (await work({ kind: 'tick', now, isNewDay })).count;
        tickedDay = today;
        total += moved;
      }
      return total;
    },
  };
}
