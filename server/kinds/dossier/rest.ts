/** How much working time a dossier rested: waiting for the citizen, another office, or, once ended, to be taken up again. */
import type { FoldContext } from '../kind.ts';
import { readLife } from './life.ts';
import { listStanding, orderSteps, PAUSING } from './order.ts';
import { unpackSteps } from './step.ts';

/** The working time from its acceptance on in which a dossier's clock rested, by its history. Throws CalendarYearMissing. */
export function measureRest(history: string, context: FoldContext): number {
  const told = unpackSteps(history);
  if (!told.some(({ status }) => PAUSING.has(status))) return 0;
  const steps = orderSteps(told);
  const stretches = readLife(listStanding(steps), steps, context)?.stretches ?? [];
  return stretches
    .filter(({ running }) => !running)
    .reduce((sum, { from, to }) => {
      return sum + context.calendar.workingMsBetween(from, Math.min(to, context.now));
    }, 0);
}
