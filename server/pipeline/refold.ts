import { CalendarYearMissing } from '../../shared/calendar.ts';
import { foldDossier, subjectOfDossier } from '../dossier/fold.ts';
import type { FoldContext } from '../dossier/life.ts';
import { packSteps, type Step, sortSteps, unpackSteps } from '../dossier/step.ts';
import type { DossierRow } from '../store/schema.ts';
import type { Ledger } from './ledger.ts';

/** A dossier's row as the pipeline writes it: the store adds the seq. */
export type FoldedRow = Omit<DossierRow, 'seq'>;

const drop = () => undefined;

/** Takes back what a stored dossier contributed when it was last folded. */
export function withdrawContribution(row: DossierRow, context: FoldContext, ledger: Ledger): Step[] {
  const steps = unpackSteps(row.steps);
  const emit = ledger.emitter(subjectOfDossier(steps, context), -1);
  foldDossier({ key: row.key, steps }, { ...context, now: row.foldedAt }, emit);
  return steps;
}

/** Folds a dossier's steps, in any order, into the ledger and gives its row. Throws CalendarYearMissing. */
export function contribute(key: string, unsorted: Step[], context: FoldContext, ledger: Ledger): FoldedRow {
  const steps = sortSteps(unsorted);
  const state = foldDossier({ key, steps }, context, ledger.emitter(subjectOfDossier(steps, context), 1));
  return {
    key,
    steps: packSteps(steps),
    foldedAt: context.now,
    nextAt: state.nextAt,
    unit: state.unit,
    procedure: state.procedure,
    field: state.field,
    status: state.status,
    channel: state.channel,
    acceptedAt: state.acceptedAt,
    dueAt: state.dueAt,
    dueSoonAt: state.dueSoonAt,
    endAt: state.endAt,
    paused: state.paused ? 1 : 0,
    outcome: state.outcome,
  };
}

/** Whether a dossier's steps can be folded; the year the calendar misses when they cannot. */
export function findMissingYear(key: string, steps: Step[], context: FoldContext): number | null {
  try {
    foldDossier({ key, steps: sortSteps(steps) }, context, drop);
    return null;
  } catch (error) {
    if (error instanceof CalendarYearMissing) return error.year;
    throw error;
  }
}
