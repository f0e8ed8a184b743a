/** Tasks of the digital-transformation plan as their subjects keep them. Law: how a task stood at an instant is what was told for until then. */
import { dayNumber, dayOf, isoOf, startOfDay } from '../../shared/period.ts';
import type { TaskState, TaskTotals, TaskView } from '../../shared/task-wire.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { type TaskStep, taskKind } from '../kinds/plain/task.ts';
import { isVisible, narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readTaskRows } from '../store/subject-store.ts';

/** A task with its steps by when they happened; the newest is `last`. */
export type Task = { key: string; steps: readonly TaskStep[]; first: TaskStep; last: TaskStep };

const isDone = (state: TaskState) => state === 'met' || state === 'exceeded';

/** Every task whose owner is the unit, lies below it, or was taken over by what does. */
export async function readTasks(view: View, unit: ScopedUnit): Promise<Task[]> {
  const below = narrowTo(view, unit);
  const rows = await readTaskRows(view.reader);
  return rows.flatMap(({ key, unit: owner, history }) => {
    if (!isVisible(below, owner)) return [];
    const task = asOf({ key, steps: taskKind.fold.unpack(history) }, view.now);
    return task ?? [];
  });
}

/** The first instant of a year and that of the next. */
export function boundsOfYear(year: number, zone: string): [from: number, to: number] {
  return [startOfDay(`${year}-01-01`, zone), startOfDay(`${year + 1}-01-01`, zone)];
}

/**
 * The tasks of a year as they stood at an instant in it: those that were open in it, or were done in it. What was done in a year
 * before is no task of this one, as it is none of the figure.
 */
export function listOfYear(tasks: readonly Pick<Task, 'key' | 'steps'>[], from: number, at: number): Task[] {
  return tasks.flatMap((task) => {
    const then = asOf(task, at);
    return then && (!isDone(then.last.state) || then.last.at >= from) ? [then] : [];
  });
}

/** A task as it stood at an instant; undefined before it was assigned. */
export function asOf({ key, steps }: Pick<Task, 'key' | 'steps'>, at: number): Task | undefined {
  const told = steps.filter((step) => step.at <= at).toSorted((a, b) => a.at - b.at);
  const [first] = told;
  const last = told.at(-1);
  return first && last ? { key, steps: told, first, last } : undefined;
}

const isOverdue = ({ last }: Task, at: number) => !isDone(last.state) && last.due < at;

/** How many tasks stood how at an instant. */
export function countTasks(tasks: readonly Task[], at: number): TaskTotals {
  const totals: TaskTotals = {
    ...{ total: 0, done: 0, overdue: 0, assigned: 0, inProgress: 0, blocked: 0, met: 0, exceeded: 0 },
  };
  for (const task of tasks) {
    const { state } = task.last;
    totals.total++;
    totals[state]++;
    if (isDone(state)) totals.done++;
    if (isOverdue(task, at)) totals.overdue++;
  }
  return totals;
}

/** The step from which on a task has stood as it does. */
function sinceOf({ steps, last }: Task): TaskStep {
  const before = steps.findLastIndex(({ state }) => state !== last.state);
  return steps[before + 1] ?? last;
}

/** A task as answers show it, as it stood at an instant. */
export function showTask(view: View, task: Task, at: number): TaskView {
  const { site } = view;
  const { key, steps, first, last } = task;
  const iso = (at: number) => isoOf(at, site.zone);
  const since = sinceOf(task);
  const done = isDone(last.state);
  const refOf = (unit: number) => (isVisible(view, unit) ? showUnit(view, unit).ref : null);
  return {
    ...{ key, title: last.title, unit: showUnit(view, last.unit), state: last.state, reason: last.reason },
    ...{ since: iso(since.at), assignedAt: iso(first.at), due: iso(last.due) },
    doneAt: done ? iso(since.at) : null,
    daysLeft: done ? null : dayNumber(dayOf(last.due, site.zone)) - dayNumber(dayOf(at, site.zone)),
    isOverdue: isOverdue(task, at),
    isLate: done && since.at > last.due,
    course: steps.map(({ state, at, due, reason, unit }) => ({
      ...{ state, at: iso(at), due: iso(due), reason, unit: refOf(unit) },
    })),
  };
}

/** Open tasks first, by when they are due; then those done, the newest first. */
export function compareTasks(a: Task, b: Task): number {
  const [doneA, doneB] = [isDone(a.last.state), isDone(b.last.state)];
  if (doneA !== doneB) return doneA ? 1 : -1;
  const order = doneA ? b.last.at - a.last.at : a.last.due - b.last.due;
  return order || (a.key < b.key ? -1 : 1);
}
