/** Sealing a month of the index at its cut-off: what is told of every unit by then is kept; what comes later stands beside it. */
import { parsePeriod } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { createReach } from '../people/roles.ts';
import { findSeal } from '../store/seal-store.ts';
import type { SealedUnitRow } from '../store/seal-tables.ts';
import { insertSeal, insertSealedUnits } from '../store/write/seals.ts';
import type { Act } from './act.ts';
import { nameCaller, note } from './audit.ts';
import { openEditor, requireEditor } from './editing.ts';

/**
 * Of which unit, with all below it, which month is sealed, and why now. `kept`: what a reader of the commit `seq` was told of
 * each unit, `formula`: by which constants it is judged, both as text.
 */
export type SealOrder = {
  unit: number;
  period: string;
  note: string;
  seq: number;
  formula: string;
  kept: readonly Pick<SealedUnitRow, 'unit' | 'basis' | 'told'>[];
};

/**
 * Seals a month for a unit and all below it, once; of a unit below that was sealed before the first word stands. AppError
 * `unprocessable` for a period that is no month or is not over, `conflict` for one that is sealed, `forbidden` for who is no
 * editor there.
 */
export const sealIndex: Act<PersonCaller, SealOrder, { id: number }> = async (work, asking, order) => {
  const { tx } = work;
  const { unit, formula, kept } = order;
  const editor = await openEditor(work, asking);
  requireEditor(editor, unit);
  const period = parsePeriod(order.period);
  if (period?.grain !== 'month' || period.to > editor.standing.today)
    throw new AppError('unprocessable', 'Only a month that is over can be sealed.', [
      { field: 'period', reason: 'is no month, or is not over' },
    ]);
  const { key } = period;
  if (await findSeal(tx, { unit, period: key })) throw new AppError('conflict', `${key} is sealed already.`);
  const isBelow = createReach(editor.standing, [unit]);
  const id = await insertSeal(tx, {
    ...{ unit, period: key, formula, note: order.note },
    by: nameCaller(editor.caller),
  });
  const rows = kept.filter((row) => isBelow(row.unit)).map((row) => ({ ...row, period: key, seal: id }));
  await insertSealedUnits(tx, rows);
  await note(work, editor.caller, {
    ...{ act: 'sealIndex', subject: `index:${key}`, unit },
    after: {
      period: key,
      units: new Set(rows.map((row) => row.unit)).size,
      asOf: order.seq,
      note: order.note,
    },
  });
  return { answer: { id }, changed: null };
};
