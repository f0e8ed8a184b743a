import { sql } from 'kysely';
import type { Tx } from '../store.ts';

/** Notes that this commit brings something to judge, where nothing waited before it. */
export async function noteUnjudged(tx: Tx): Promise<void> {
  if (tx.unjudgedAt !== null) return;
  await tx.db.updateTable('clock').set({ unjudgedAt: tx.at }).execute();
}

/** Notes up to when the clock's own changes are in. */
export async function noteTick(tx: Tx): Promise<void> {
  await tx.db.updateTable('clock').set({ tickedTo: tx.at }).execute();
}

/** Notes by which site facts (zone, calendar, norms) the folds now stand, and that rows may have gone. */
export async function noteFold(tx: Tx, foldKey: string): Promise<void> {
  await tx.db.updateTable('clock').set({ foldKey, tickedTo: tx.at, resetSeq: tx.seq }).execute();
  await noteUnjudged(tx);
}

/** Notes that units changed: who knows the tree, or rows of it, from before starts anew. */
export async function noteUnits(tx: Tx): Promise<void> {
  await tx.db.updateTable('clock').set({ unitSeq: sql<number>`seq`, resetSeq: sql<number>`seq` }).execute();
  await noteUnjudged(tx);
}

/** Notes that somebody may see or do more or less than before. */
export async function noteRights(tx: Tx): Promise<void> {
  await tx.db.updateTable('clock').set({ rightsSeq: tx.seq }).execute();
}

/** Notes that rules or overrides changed: who knows thresholds from before reads them anew. */
export async function noteRules(tx: Tx): Promise<void> {
  await tx.db.updateTable('clock').set({ rulesSeq: tx.seq }).execute();
  await noteUnjudged(tx);
}

/** Notes until when nothing is judged. */
export async function notePause(tx: Tx, pausedUntil: number): Promise<void> {
  await tx.db.updateTable('clock').set({ pausedUntil }).execute();
}

/** Notes that all up to this commit is judged, a pause before it is over, and up to which instant hours and days are stepped. */
export async function noteJudged(tx: Tx, judgedTo: number): Promise<void> {
  const judged = { judgedSeq: tx.seq, judgedTo, pausedUntil: 0, unjudgedAt: null };
  await tx.db.updateTable('clock').set(judged).execute();
}
