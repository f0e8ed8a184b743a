import type { FoldContext } from '../dossier/life.ts';
import { dropFineSums, readDueDossiers, type Writing, writeRows } from '../store/log-store.ts';
import type { Tx } from '../store/store.ts';
import { createLedger, fineFrom } from './ledger.ts';
import { type Folded, foldSteps, recallFold, rowOf } from './refold.ts';

/** The most dossiers one commit moves: a long queue must not hold up events. */
export const DUE_AT_ONCE = 2000;

const listAreas = (folded: readonly Folded[]) =>
  folded.flatMap(({ state: { field, fieldName } }) =>
    field !== null && fieldName !== null ? [{ key: field, name: fieldName }] : [],
  );

/** Writes folded dossiers, the differences they make to the sums, and the events behind them; gives the units changed. */
export async function writeFolds(
  tx: Tx,
  { folded, ...writing }: Omit<Writing, 'dossiers' | 'areas'> & { folded: readonly Folded[] },
): Promise<ReadonlySet<number>> {
  await writeRows(tx, { ...writing, dossiers: folded.map(rowOf), areas: listAreas(folded) });
  return new Set(writing.changes.map((change) => change.unit));
}

/** Folds anew the dossiers that the clock has changed by `context.now`, at most `DUE_AT_ONCE`. */
export async function moveDue(
  tx: Tx,
  context: FoldContext,
): Promise<{ units: ReadonlySet<number>; folded: readonly Folded[] }> {
  const due = await readDueDossiers(tx, context.now, DUE_AT_ONCE);
  const ledger = createLedger(context.zone, context.now);
  const folded = due.map((row) => {
    const before = recallFold(row, context);
    const after = foldSteps(row.key, before.steps, context);
    ledger.replace(before.contribution, after.contribution);
    return after;
  });
  return { units: await writeFolds(tx, { folded, changes: ledger.listChanges() }), folded };
}

/** Brings everything stored to `context.now`, as ticks would have: all that is due, and fine rows of days gone by. */
export async function catchUp(tx: Tx, context: FoldContext): Promise<void> {
  for (let moved = DUE_AT_ONCE; moved === DUE_AT_ONCE; ) moved = (await moveDue(tx, context)).folded.length;
  await dropFineSums(tx, fineFrom(context.now, context.zone));
}
