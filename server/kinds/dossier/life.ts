import type { WorkingCalendar } from '../../../shared/calendar.ts';
import type { Procedure } from '../../../shared/config.ts';
import type { UnitTree } from '../../../shared/unit.ts';
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

/** How a dossier ended: at which step's time, with which status (3 refused, 7 withdrawn, 8 stopped, 9 done, 10 delivered). */
export type Ending = { at: number; status: number };

/** A dossier's life after acceptance: its stretches in order; the last reaches to the ending, or has `to` Infinity. */
export type Life = { acceptedAt: number; acceptance: Step; stretches: Stretch[]; ending: Ending | null };

const TERMINAL = new Set([3, 7, 8, 9, 10]);
const PAUSING = new Set([3, 5, 6, 7, 8, 9, 10]);
/** Which of several end states counts: done, delivered, withdrawn, stopped, refused (Decision 766, 2.1). */
const PRIORITY = [9, 10, 7, 8, 3];

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

/** Statuses that only an accepted dossier has: a refusal, a withdrawal or a stop alone accepts nothing. */
const ACCEPTING = new Set([2, 4, 5, 6, 9, 10]);

/** Where the acceptance stands among the steps: told again with the same time and status, the last statement counts. */
function accept(steps: readonly Step[]): number {
  const first = steps.find(({ status }) => ACCEPTING.has(status));
  return steps.findLastIndex(({ at, status }) => at === first?.at && status === first.status);
}

/** The first stretch: from acceptance, due as stated by then or by the procedure's norm. */
function openStretch(acceptance: Step, steps: readonly Step[], context: FoldContext): Stretch {
  const stated = steps.findLast((step) => step.at <= acceptance.at && step.due !== null)?.due;
  return {
    from: acceptance.at,
    to: Number.POSITIVE_INFINITY,
    resolver: acceptance.resolver,
    running: !PAUSING.has(acceptance.status),
    due: acceptance.due ?? stated ?? normDue(acceptance, context),
    requests: acceptance.status === 5 ? 1 : 0,
  };
}

type Progress = { stretch: Stretch; status: number; pausedAt: number };

/** The stretch after a step; the same one where the step changed nothing that counts. */
function advance({ stretch, status, pausedAt }: Progress, step: Step, calendar: WorkingCalendar): Progress {
  const running = !PAUSING.has(step.status);
  const resumed = running && !stretch.running;
  const due = resumed ? resumeDue(stretch.due, pausedAt, step, calendar) : (step.due ?? stretch.due);
  const requests = stretch.requests + (step.status === 5 && status !== 5 ? 1 : 0);
  const next = { from: step.at, to: stretch.to, resolver: step.resolver, running, due, requests };
  const keys = ['resolver', 'running', 'due', 'requests'] as const;
  const isSame = keys.every((key) => next[key] === stretch[key]);
  return {
    stretch: isSame ? stretch : next,
    status: step.status,
    pausedAt: stretch.running && !running ? step.at : pausedAt,
  };
}

/**
 * Reads a dossier's life from its steps, in order. Undefined when it was never accepted. The clock runs in statuses 2
 * and 4 and rests in 5, 6 and 8; a step of an open status after an ending reopens the dossier (the time between rests).
 */
export function readLife(steps: readonly Step[], context: FoldContext): Life | undefined {
  const first = accept(steps);
  const acceptance = steps[first];
  if (!acceptance) return undefined;
  const later = steps.slice(first + 1).filter(({ status }) => status !== 1);
  const ending = findEnding([acceptance, ...later]);
  const end = ending?.at ?? Number.POSITIVE_INFINITY;
  const stretches: Stretch[] = [];
  let progress: Progress = {
    stretch: { ...openStretch(acceptance, steps, context), to: end },
    status: acceptance.status,
    pausedAt: acceptance.at,
  };
  for (const step of later) {
    if (step.at > end || (step.at === end && TERMINAL.has(step.status))) break;
    const next = advance(progress, step, context.calendar);
    if (next.stretch !== progress.stretch) stretches.push({ ...progress.stretch, to: step.at });
    progress = next;
  }
  stretches.push(progress.stretch);
  return { acceptedAt: acceptance.at, acceptance, stretches, ending };
}
