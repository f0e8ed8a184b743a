import { CalendarYearMissing } from '../../shared/calendar.ts';
import { type DossierState, foldDossier } from '../dossier/fold.ts';
import type { FoldContext } from '../dossier/life.ts';
import { packSteps, type Step, unpackSteps } from '../dossier/step.ts';
import type { DossierRow } from '../store/schema.ts';
import { subjectOf } from '../store/subject.ts';
import type { Contribution, Part } from './ledger.ts';

/** A dossier's row as the pipeline writes it: the store adds the seq. */
export type FoldedRow = Omit<DossierRow, 'seq'>;

/** A dossier folded at an instant: its steps in the order told, how it stands, and what it contributes. Not to be changed. */
export type Folded = {
  key: string;
  steps: readonly Step[];
  foldedAt: number;
  state: DossierState;
  contribution: Contribution;
};

/** Folds a dossier's steps, given in the order told. Throws CalendarYearMissing. */
export function foldSteps(key: string, steps: readonly Step[], context: FoldContext): Folded {
  const parts: Part[] = [];
  const state = foldDossier({ key, steps }, context, (path, at, measure, amount) => {
    parts.push({ path, at, measure, amount });
  });
  return { key, steps, foldedAt: context.now, state, contribution: { subject: subjectOf(state), parts } };
}

/** A stored dossier as it was last folded, with what it contributed then. */
export function recallFold(row: DossierRow, context: FoldContext): Folded {
  return foldSteps(row.key, unpackSteps(row.steps), { ...context, now: row.foldedAt });
}

/** The row in which a folded dossier is kept. */
export function rowOf({ key, steps, foldedAt, state }: Folded): FoldedRow {
  const { paused, fieldName: _, ...facts } = state;
  return { key, steps: packSteps(steps), foldedAt, ...facts, paused: paused ? 1 : 0 };
}

/** Whether a dossier's steps can be folded; the year the calendar misses when they cannot. */
export function findMissingYear(key: string, steps: readonly Step[], context: FoldContext): number | null {
  try {
    foldSteps(key, steps, context);
    return null;
  } catch (error) {
    if (error instanceof CalendarYearMissing) return error.year;
    throw error;
  }
}
