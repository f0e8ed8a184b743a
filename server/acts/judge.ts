/**
 * The judge: a follower of sums that keeps its place. Steps the alerts of units whose sums changed since its last judgement, of
 * hours and days that ended, and of instants that have come. Law: verdicts and the place are one commit.
 */
import { withoutOverrides } from '../../shared/effective.ts';
import { JUDGE } from '../../shared/shipped-rules.ts';
import { listLiving } from '../samples/plan.ts';
import { readDueAlerts } from '../store/alert-store.ts';
import { readLagMs } from '../store/store.ts';
import { noteJudged } from '../store/write/clock.ts';
import type { Act } from './act.ts';
import { openStanding } from './audit.ts';
import { stepBoundaries } from './judge-boundaries.ts';
import { instantFor, stepChanges } from './judge-changes.ts';
import { reviewAlerts, stepDue } from './judge-ends.ts';
import { freezeMissing, stepSilences } from './judge-feeds.ts';
import { stepSystems } from './judge-systems.ts';
import { type Judging, openJudging } from './judge-work.ts';
import { climbLadder } from './ladder.ts';
import { listWatched } from './responding.ts';

/** The most alerts that the clock alone steps in one judgement; more follow in the next. */
const MOST_DUE = 5000;

/** How a judgement went. `isMore`: there is more of the past, or more that is due, than one may take. */
export type Judgement = { samples: number; episodes: number; isMore: boolean };

/** The unit at the top, whose viewers see everything. */
function findTop({ tree, today }: Judging): number | undefined {
  return listLiving(tree, today).find((unit) => tree.parentOn(unit, today) === undefined);
}

/**
 * Steps the alert that the judge itself is late: by the seconds for which anything has waited to be judged, a pause aside. Gives
 * whether it is late.
 */
async function stepLag(judging: Judging): Promise<boolean> {
  const { steps, work } = judging;
  const unit = findTop(judging);
  if (unit === undefined) return false;
  await steps.load([unit]);
  const figure = Math.round(readLagMs(work.tx, work.tx.at) / 1000);
  const at = instantFor(judging, JUDGE.id, unit);
  const sample = { at, figure, count: null, cases: null, quality: 'fresh', told: null } as const;
  steps.step(withoutOverrides(JUDGE), { unit, key: '' }, { kind: 'sample', at, sample });
  return JUDGE.body.levels.some(({ raise }) => raise !== null && figure >= raise);
}

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
  await stepSystems(judging);
  const isLate = await stepLag(judging);
  await stepDue(judging, { due, upTo });
  const episodes = await steps.write(today);
  const climbed = await climbLadder(work);
  await noteJudged(tx, upTo);
  const units = new Set([...episodes.map(({ unit }) => unit), ...climbed.units]);
  // A judgement that was late is followed by one that says so no more.
  const isMore = isLate || upTo < tx.at || due.length === MOST_DUE || climbed.moved > 0;
  return {
    answer: { samples: steps.samples, episodes: episodes.length, isMore },
    changed: listWatched(await openStanding(work), units),
  };
};
