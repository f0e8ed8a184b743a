import { dayOf } from '../../shared/period.ts';
import { isAnyFeedLive } from '../store/feed-store.ts';
import { readDueSubjects } from '../store/subject-store.ts';
import { noteTick } from '../store/write/clock.ts';
import { dropOldSessions } from '../store/write/sessions.ts';
import { dropFineSums } from '../store/write/sums.ts';
import { disableIdle } from './accounts.ts';
import type { Act } from './act.ts';
import { createDifferences, fineFrom } from './differences.ts';
import { foldSteps, foldStored, getFold, writeFolds } from './folding.ts';
import { openContext, type Work } from './work.ts';

/** The most subjects one commit moves: a long queue must not hold up events. */
export const DUE_AT_ONCE = 2000;

/** How long a session of a person that nobody is in stays, and one that ended. */
const SESSIONS_KEPT_MS = 7 * 86_400_000;

/** Folds anew the subjects that the clock has changed by the instant of the commit, at most `DUE_AT_ONCE`. */
async function moveDue(work: Work): Promise<{ moved: number; units: ReadonlySet<number> }> {
  const { tx, site, kinds } = work;
  const context = await openContext(work);
  const due = await readDueSubjects(tx, tx.at, DUE_AT_ONCE);
  const differences = createDifferences(site.zone, tx.at);
  const folded = due.map((row) => {
    const fold = getFold(kinds, row.kind);
    const before = foldStored(row, fold, context);
    const subject = foldSteps({ kind: row.kind, key: row.key, fold }, before.steps, context);
    differences.replace(before.contribution, subject.contribution);
    return { subject, fold };
  });
  const writing = {
    folded,
    changes: differences.listChanges(),
    isRevised: await isAnyFeedLive(tx),
    feed: null,
  };
  return { moved: due.length, units: await writeFolds(tx, writing, site.zone) };
}

/** Brings everything stored to the instant of the commit, as ticks would have: all that is due, no fine rows of long ago. */
export async function catchUp(work: Work): Promise<void> {
  for (let moved = DUE_AT_ONCE; moved === DUE_AT_ONCE; ) moved = (await moveDue(work)).moved;
  await dropFineSums(work.tx, fineFrom(work.tx.at, work.site.zone));
}

/** The clock's own work; gives the number of subjects moved, `DUE_AT_ONCE` when there may be more. */
export const tick: Act<{ kind: 'clock' }, null, number> = async (work) => {
  const { tx, site } = work;
  const { moved, units } = await moveDue(work);
  const isNewDay = dayOf(tx.tickedTo, site.zone) !== dayOf(tx.at, site.zone);
  if (isNewDay) {
    await dropFineSums(tx, fineFrom(tx.at, site.zone));
    await dropOldSessions(tx, tx.at - SESSIONS_KEPT_MS);
  }
  const disabled = await disableIdle(work);
  await noteTick(tx);
  const rights = disabled > 0 ? { rights: true as const } : {};
  return { answer: moved, changed: { units, feeds: false, ...rights } };
};
