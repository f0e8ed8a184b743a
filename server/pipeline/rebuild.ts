import type { Site } from '../site.ts';
import { compareFolds, copyFolds, type FoldDifference } from '../store/compare-store.ts';
import {
  clearFolds,
  closeLogBySubject,
  type LoggedStep,
  noteFold,
  noteTick,
  openLogBySubject,
  readLogPage,
} from '../store/log-store.ts';
import type { Store, Tx } from '../store/store.ts';
import { readLoggedStep } from './door.ts';
import { catchUp, writeFolds } from './due.ts';
import { createLedger } from './ledger.ts';
import { type Folded, foldSteps } from './refold.ts';
import { createTreeCache, foldContext } from './world.ts';

/** Events read at a time. */
const PAGE_EVENTS = 20_000;

export type RebuildParts = { store: Store; site: Site; now: number; onProgress: (dossiers: number) => void };

/** How a rebuild went: dossiers folded, and in what the folds differ from what stood there. */
export type RebuildResult = { dossiers: number; differences: FoldDifference[] };

function groupBySubject(page: readonly LoggedStep[], isLast: boolean): Map<string, LoggedStep[]> {
  const groups = new Map<string, LoggedStep[]>();
  for (const logged of page) {
    const group = groups.get(logged.subject);
    if (group) group.push(logged);
    else groups.set(logged.subject, [logged]);
  }
  const cut = page.at(-1)?.subject;
  if (!isLast && cut !== undefined) groups.delete(cut);
  return groups;
}

/** Folds the whole log anew within a commit; gives the number of dossiers. */
export async function refoldLog(
  tx: Tx,
  { site, now, onProgress }: Omit<RebuildParts, 'store'>,
): Promise<number> {
  const tree = await createTreeCache().load(tx, tx.unitSeq);
  const context = foldContext(site, tree, now);
  await clearFolds(tx);
  await openLogBySubject(tx);
  let dossiers = 0;
  let limit = PAGE_EVENTS;
  for (let after = ''; ; ) {
    const page = await readLogPage(tx, after, limit);
    const isLast = page.length < limit;
    const ledger = createLedger(site.zone, now);
    const folded: Folded[] = [];
    for (const [key, group] of groupBySubject(page, isLast)) {
      const steps = group.map((logged) => readLoggedStep(logged, context));
      const dossier = foldSteps(key, steps, context);
      ledger.replace(undefined, dossier.contribution);
      folded.push(dossier);
      after = key;
    }
    // A dossier that fills a page by itself needs a larger one.
    limit = folded.length === 0 ? limit * 2 : PAGE_EVENTS;
    await writeFolds(tx, { folded, changes: ledger.listChanges() });
    dossiers += folded.length;
    onProgress(dossiers);
    if (isLast) break;
  }
  await closeLogBySubject(tx);
  await noteTick(tx, now);
  await noteFold(tx, site.foldKey);
  return dossiers;
}

async function refoldAndCompare(tx: Tx, parts: RebuildParts): Promise<RebuildResult> {
  // What the clock has brought since the last tick is no difference: a stopped server's store is sound.
  await catchUp(tx, foldContext(parts.site, await createTreeCache().load(tx, tx.unitSeq), parts.now));
  await copyFolds(tx);
  const dossiers = await refoldLog(tx, parts);
  return { dossiers, differences: await compareFolds(tx) };
}

/** Folds the log again and keeps the result: how a corrected formula, unit or calendar fills its past. */
export async function rebuild(parts: RebuildParts): Promise<RebuildResult> {
  return parts.store.commit((tx) => refoldAndCompare(tx, parts));
}

class Undo extends Error {
  readonly result: RebuildResult;
  constructor(result: RebuildResult) {
    super('undone');
    this.result = result;
  }
}

/** Folds the log again, says in what the live tables differ from it, and changes nothing. */
export async function verify(parts: RebuildParts): Promise<RebuildResult> {
  try {
    return await parts.store.commit(async (tx) => {
      throw new Undo(await refoldAndCompare(tx, parts));
    });
  } catch (error) {
    if (error instanceof Undo) return error.result;
    throw error;
  }
}
