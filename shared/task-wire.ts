import { z } from 'zod';
import { Day, Iso, UnitRef, UnitView } from './answers.ts';
import type { Route } from './route.ts';
import { Words } from './words.ts';

/** The states of a task in their order. */
export const TaskState = z.enum(['assigned', 'inProgress', 'blocked', 'met', 'exceeded']);
export type TaskState = z.infer<typeof TaskState>;

const Reason = z.string().nullable().describe('why it stands so, as its unit told');

/** One state of a task, from the instant it was told for. */
const TaskStepView = z.object({
  ...{ state: TaskState, at: Iso, due: Iso, reason: Reason },
  unit: UnitRef.nullable().describe('whose it was then; null: of a unit that the caller may not see'),
});

/** A task of the digital-transformation plan as it stands. */
export const TaskView = z.object({
  key: z.string().describe('keyed hash; the source code of the task is not kept'),
  title: Words,
  unit: UnitView.describe('whose head owns it'),
  state: TaskState,
  since: Iso.describe('from when on it stands so'),
  assignedAt: Iso,
  due: Iso,
  doneAt: Iso.nullable(),
  daysLeft: z
    .int()
    .nullable()
    .describe('whole days to the day it is due, negative past it; null once it is done'),
  isOverdue: z.boolean().describe('not done, and past due'),
  isLate: z.boolean().describe('done, but after it was due'),
  reason: Reason,
  course: z.array(TaskStepView).describe('all it went through, the oldest first'),
});
export type TaskView = z.infer<typeof TaskView>;

const Count = z.int().min(0);

/** How many tasks stand how: each in one state; `done` are met or exceeded. */
export const TaskTotals = z.object({
  total: Count,
  done: Count,
  overdue: Count,
  ...{ assigned: Count, inProgress: Count, blocked: Count, met: Count, exceeded: Count },
});
export type TaskTotals = z.infer<typeof TaskTotals>;

const Phase = z.object({
  name: Words,
  from: Day,
  until: Day.describe('its last day'),
  source: z.string(),
  standing: z.enum(['ahead', 'running', 'over']),
  daysLeft: z.int().nullable().describe('to its last day, while it runs'),
  stood: TaskTotals.nullable().describe(
    'the tasks as they stood at its end, now while it runs; null before it',
  ),
});

export const TasksAnswer = z.object({
  seq: z.int(),
  unit: UnitView,
  year: z.int(),
  totals: TaskTotals.describe('of all tasks of the year, whatever state was asked for'),
  plan: z.object({ until: Day, daysLeft: z.int().describe('0 on its last day and after') }),
  phases: z.array(Phase),
  tasks: z.array(TaskView).describe('open ones first, the most urgent first'),
});
export type TasksAnswer = z.infer<typeof TasksAnswer>;

/** A year as people name it. */
export const Year = z.coerce.number().int().min(2000).max(2200);

/** The route of the task board. */
export const TASK_ROUTES = {
  listTasks: {
    method: 'get',
    path: '/api/tasks',
    access: 'read',
    summary: 'Tasks of the digital-transformation plan below a unit, and the countdown of its phases',
    query: z.strictObject({
      unit: UnitRef,
      state: TaskState.optional(),
      year: Year.optional().describe(
        'tasks that were open or were done in it, as they stood at its end; the running year without it',
      ),
    }),
    answer: TasksAnswer,
  },
} as const satisfies Record<string, Route>;
