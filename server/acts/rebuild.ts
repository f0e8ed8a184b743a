import { type LoggedEvent, readLogPage } from '../store/event-store.ts';
import { isAnyFeedLive } from '../store/feed-store.ts';
import { noteFold } from '../store/write/clock.ts';
import {
  compareFolds,
  copyFolds,
  dropCopies,
  FOLDED_TABLES,
  type FoldDifference,
} from '../store/write/compare.ts';
import { closeLogBySubject, openLogBySubject } from '../store/write/events.ts';
import { clearFolds, reviseByCopy } from '../store/write/sums.ts';
import type { Act } from './act.ts';
import { readLogged } from './admit.ts';
import { createDifferences, knownIn } from './differences.ts';
import { type AnyFold, type Folded, foldSteps, getFold, writeFolds } from './folding.ts';
import { catchUp } from './tick.ts';
import { openContext, type Work } from './work.ts';

/** Events read at a time. */
const PAGE_EVENTS = 20_000;

/** How a rebuild went: subjects folded, and in what the folds differ from what stood there. */
export type RebuildResult = { subjects: number; differences: FoldDifference[] };

function groupBySubject(page: readonly LoggedEvent[], isLast: boolean): LoggedEvent[][] {
  const groups = new Map<string, LoggedEvent[]>();
  for (const logged of page) {
    const id = `${logged.subject} ${logged.kind}`;
    const group = groups.get(id);
    if (group) group.push(logged);
    else groups.set(id, [logged]);
  }
  const cut = isLast ? undefined : page.at(-1)?.subject;
  return [...groups.values()].filter(([first]) => first?.subject !== cut);
}

async function foldPage(work: Work, groups: readonly LoggedEvent[][]): Promise<void> {
  const { tx, site, kinds } = work;
  const context = await openContext(work);
  const differences = createDifferences(site.zone, tx.at);
  const folded: { subject: Folded; fold: AnyFold }[] = [];
  for (const group of groups) {
    const [first] = group;
    if (!first) continue;
    const fold = getFold(kinds, first.kind);
    const steps = group.map((logged) => readLogged(logged, { kinds, ...context }));
    const subject = foldSteps({ kind: first.kind, key: first.subject, fold }, steps, context);
    differences.replace(undefined, subject.contribution);
    folded.push({ subject, fold });
  }
  await writeFolds(
    tx,
    { folded, changes: differences.listChanges(), isRevised: false, feed: null },
    site.zone,
  );
}

async function foldLog(work: Work): Promise<number> {
  const { tx, onProgress } = work;
  await clearFolds(tx);
  await openLogBySubject(tx);
  let subjects = 0;
  let limit = PAGE_EVENTS;
  for (let after = ''; ; ) {
    const page = await readLogPage(tx, { after, limit });
    const isLast = page.length < limit;
    const groups = groupBySubject(page, isLast);
    await foldPage(work, groups);
    after = groups.at(-1)?.[0]?.subject ?? after;
    // A subject that fills a page by itself needs a larger one.
    limit = groups.length === 0 ? limit * 2 : PAGE_EVENTS;
    subjects += groups.length;
    onProgress(subjects);
    if (isLast) break;
  }
  await closeLogBySubject(tx);
  await noteFold(tx, work.site.foldKey);
  return subjects;
}

/**
 * Folds the whole log anew within a commit; gives the number of subjects. Where figures have been seen (a feed is live),
 * what thereby changes of days gone by is kept as a revision.
 */
export async function refoldLog(work: Work): Promise<number> {
  const { tx, site } = work;
  if (!(await isAnyFeedLive(tx))) return foldLog(work);
  await copyFolds(tx, ['tally']);
  const subjects = await foldLog(work);
  await reviseByCopy(tx, knownIn(tx, site.zone));
  await dropCopies(tx, ['tally']);
  return subjects;
}

async function refoldAndCompare(work: Work): Promise<RebuildResult> {
  const { tx, site } = work;
  // What the clock has brought since the last tick is no difference: a stopped server's store is sound.
  if (tx.foldKey === site.foldKey) await catchUp(work);
  await copyFolds(tx, FOLDED_TABLES);
  const subjects = await foldLog(work);
  const differences = await compareFolds(tx);
  if (await isAnyFeedLive(tx)) await reviseByCopy(tx, knownIn(tx, site.zone));
  await dropCopies(tx, FOLDED_TABLES);
  return { subjects, differences };
}

/** Folds the log again and keeps the result: how a corrected formula, unit or calendar fills its past. */
export const rebuild: Act<{ kind: 'clock' | 'command' }, null, RebuildResult> = async (work) => ({
  answer: await refoldAndCompare(work),
  changed: { units: 'any', feeds: true },
});

/** Folds the log again, says in what the live tables differ from it, and changes nothing. */
export const verify: Act<{ kind: 'command' }, null, RebuildResult> = async (work) => ({
  answer: await refoldAndCompare(work),
  changed: null,
  isUndone: true,
});
