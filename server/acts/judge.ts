/**
 * The judge: a follower of sums that keeps its place. Steps the alerts of units whose sums changed since its last judgement, of
 * hours and days that ended, and of instants that have come. Law: verdicts and the place are one commit.
 */
import { readDueAlerts } from '../store/alert-store.ts';
import { noteJudged } from '../store/write/clock.ts';
import type { Act } from './act.ts';
import { openStanding } from './audit.ts';
import { stepBoundaries } from './judge-boundaries.ts';
import { stepChanges } from './judge-changes.ts';
import { reviewAlerts, stepDue } from './judge-ends.ts';
import { freezeMissing, stepSilences } from './judge-feeds.ts';
import { openJudging } from './judge-work.ts';
import { climbLadder } from './ladder.ts';
import { listWatched } from './responding.ts';

/** The most alerts that the clock alone steps in one judgement; more follow in the next. */
const MOST_DUE = 5000;

/** How a judgement went. `isMore`: there is more of the past, or more that is due, than one may take. */
export type Judgement = { samples: number; episodes: number; isMore: boolean };

/** Judges what there is to judge at the instant of the commit. */
export const judge: Act<{ kind: 'clock' }, null, Judgement> = async (work) => {
  const { tx } = work;
  const judging = await openJudging(work);
  const { steps, today } = judging;
  const due = await readDueAlerts(tx, tx.at, MOST_DUE);
  const upTo = await stepBoundaries(judging);
  await freezeMissing(judging);
  await reviewAlerts(judging, upTo);
  await stepChanges(judging);
  await stepSilences(judging);
  await stepDue(judging, { due, upTo });
  const episodes = await steps.write(today);
  const climbed = await climbLadder(work);
  await noteJudged(tx, upTo);
  const units = new Set([...episodes.map(({ unit }) => unit), ...climbed.units]);
  const isMore = upTo < tx.at || due.length === MOST_DUE || climbed.moved > 0;
  return {
    answer: { samples: steps.samples, episodes: episodes.length, isMore },
    changed: listWatched(await openStanding(work), units),
  };
};
