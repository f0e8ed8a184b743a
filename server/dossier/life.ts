import type { WorkingCalendar } from '../../shared/calendar.ts';
import type { Procedure } from '../../shared/config.ts';
import type { UnitTree } from '../../shared/unit.ts';
import type { Step } from './step.ts';

/** What a fold needs to know beside the steps. `now` bounds what the clock alone has brought about. */
export type FoldContext = {
  tree: UnitTree;
  calendar: WorkingCalendar;
  zone: string;
  procedures: ReadonlyMap<string, Procedure>;
  now: number;
};

/** A stretch of a dossier's life in which nothing but the clock can change anything. */
export type Stretch = {
  from: number;
  to: number;
  resolver: number;
  running: boolean;
  due: number | null;
  requests: number;
};

/** How a dossier ended: at which step's time, with which status (7 withdrawn, 8 stopped, 9 done, 10 delivered). */
export type Ending = { at: number; status: number };

/** A dossier's life after acceptance: its stretches in order; the last reaches to the ending, or has `to` Infinity. */
export type Life = { acceptedAt: number; acceptance: Step; stretches: Stretch[]; ending: Ending | null };

const TERMINAL = new Set([7, 8, 9, 10]);
const PAUSING = new Set([5, 6, 7, 8, 9, 10]);
/** Which of several end states counts: done, delivered, withdrawn, stopped (Decision 766, 2.1). */
const PRIORITY = [9, 10, 7, 8];

function findEnding(steps: readonly Step[]): Ending | null {
  const lastOpen = steps.findLastIndex((step) => !TERMINAL.has(step.status));
  const run = steps.slice(lastOpen + 1);
  for (const status of PRIORITY) {
    const step = run.find((candidate) => candidate.status === status);
    if (step) return { at: step.at, status };
  }
  return null;
}

function normDue(step: Step, { calendar, procedures }: FoldContext): number | null {
  const norm = procedures.get(step.procedure)?.norm;
  if (!norm) return null;
  if (norm.unit === 'workingHours') return calendar.addWorkingHours(step.at, norm.amount);
  if (norm.unit === 'workingDays') return calendar.addWorkingDays(step.at, norm.amount);
  return calendar.addCalendarDays(step.at, norm.amount);
}

/** The due time after a pause: what the step states anew, else the old one moved by the working time that was paused. */
function resumeDue(
  due: number | null,
  pausedAt: number,
  step: Step,
  calendar: WorkingCalendar,
): number | null {
  if (step.due !== null && step.due !== due) return step.due;
  if (due === null) return null;
  return calendar.addWorkingHours(due, calendar.workingMsBetween(pausedAt, step.at) / 3_600_000);
}

function accept(steps: readonly Step[]): number {
  return steps.findIndex(({ status }) => status === 2 || (status >= 4 && status !== 7));
}

/**
 * Reads a dossier's life from its steps, in order. Undefined when it was never accepted. The clock runs in statuses 2
 * and 4 and rests in 5, 6 and 8; a step of an open status after an ending reopens the dossier (the time between rests).
 */
export function readLife(steps: readonly Step[], context: FoldContext): Life | undefined {
  const first = accept(steps);
  const acceptance = steps[first];
  if (!acceptance) return undefined;
  const later = steps.slice(first + 1).filter(({ status }) => status !== 1 && status !== 3);
  const ending = findEnding([acceptance, ...later]);
  const end = ending?.at ?? Number.POSITIVE_INFINITY;
  const stretches: Stretch[] = [];
  const firstDue = steps.find((step) => step.at <= acceptance.at && step.due !== null)?.due ?? null;
  let now: Stretch = {
    from: acceptance.at,
    to: end,
    resolver: acceptance.resolver,
    running: !PAUSING.has(acceptance.status),
    due: acceptance.due ?? firstDue ?? normDue(acceptance, context),
    requests: acceptance.status === 5 ? 1 : 0,
  };
  let pausedAt = acceptance.at;
  let status = acceptance.status;
  for (const step of later) {
    if (step.at > end || (step.at === end && TERMINAL.has(step.status))) break;
    const running = !PAUSING.has(step.status);
    if (now.running && !running) pausedAt = step.at;
    const resumed = running && !now.running;
    const due = resumed ? resumeDue(now.due, pausedAt, step, context.calendar) : (step.due ?? now.due);
    const requests = now.requests + (step.status === 5 && status !== 5 ? 1 : 0);
    status = step.status;
    const same = step.resolver === now.resolver && running === now.running && due === now.due;
    if (same && requests === now.requests) continue;
    stretches.push({ ...now, to: step.at });
    now = { from: step.at, to: end, resolver: step.resolver, running, due, requests };
  }
  stretches.push(now);
  return { acceptedAt: acceptance.at, acceptance, stretches, ending };
}
