/** The task board, the phases of the plan, and the days that are left of it. */
import { addDays, dayNumber, startOfDay } from '../../shared/period.ts';
import { endOfPlan, type PlanPhase } from '../../shared/plan-config.ts';
import type { TaskState, TasksAnswer } from '../../shared/task-wire.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ScopedUnit } from '../people/scope.ts';
import {
  boundsOfYear,
  compareTasks,
  countTasks,
  listOfYear,
  readTasks,
  showTask,
  type Task,
} from './read-tasks.ts';

type Phase = TasksAnswer['phases'][number];

const yearOf = (day: string) => Number(day.slice(0, 4));
const daysTo = (day: string, today: string) => dayNumber(day) - dayNumber(today);

function showPhase(view: View, phase: PlanPhase, tasks: readonly Task[]): Phase {
  const { today, now, site } = view;
  const { from, until } = phase;
  if (today < from) return { ...phase, standing: 'ahead', daysLeft: null, stood: null };
  const isRunning = today <= until;
  const at = isRunning ? now : startOfDay(addDays(until, 1), site.zone) - 1;
  const [begin] = boundsOfYear(yearOf(isRunning ? today : until), site.zone);
  const stood = countTasks(listOfYear(tasks, begin, at), at);
  return isRunning
    ? { ...phase, standing: 'running', daysLeft: daysTo(until, today), stood }
    : { ...phase, standing: 'over', daysLeft: null, stood };
}

type TasksQuery = { state?: TaskState | undefined; year?: number | undefined };

/** The tasks below a unit in a year, as they stand or stood at its end, their totals, and how the phases of the plan stand. */
export async function listTasks(view: View, unit: ScopedUnit, query: TasksQuery): Promise<TasksAnswer> {
  const { site, today, now } = view;
  const year = query.year ?? yearOf(today);
  const all = await readTasks(view, unit);
  const [from, to] = boundsOfYear(year, site.zone);
  const at = Math.min(now, to - 1);
  const own = listOfYear(all, from, at);
  const shown = own.filter(({ last }) => query.state === undefined || last.state === query.state);
  const until = endOfPlan(site.plan, today);
  return {
    ...{ seq: view.clock.seq, unit: showUnit(view, unit), year },
    totals: countTasks(own, at),
    plan: { until, daysLeft: Math.max(0, daysTo(until, today)) },
    phases: site.plan.phases.map((phase) => showPhase(view, phase, all)),
    tasks: shown.toSorted(compareTasks).map((task) => showTask(view, task, at)),
  };
}
