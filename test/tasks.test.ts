/** The task board: how tasks stand by owner, what they went through, and the countdown of the plan. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import type { FiguresAnswer } from '../shared/answers.ts';
import type { TaskEvent } from '../shared/event.ts';
import { endOfPlan, PlanConfig } from '../shared/plan-config.ts';
import type { TasksAnswer } from '../shared/task-wire.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso, ZONE } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;

const NONE = { total: 0, done: 0, overdue: 0, assigned: 0, inProgress: 0, blocked: 0, met: 0, exceeded: 0 };

type Told = Pick<TaskEvent, 'state'> & {
  task: string;
  unit: string;
  local: string;
  due: string;
  reason?: string;
};

const tell = ({ task, local, due, ...facts }: Told): TaskEvent => ({
  ...{ id: `${task} ${facts.state} ${local}`, kind: 'task', task, at: iso(at(local)), due: iso(at(due)) },
  ...{ title: { vi: `Nhiệm vụ ${task}`, en: `Task ${task}` }, ...facts },
});

/** Fifteen tasks of 2026: 12 met, 1 exceeded, 1 blocked, 1 under way and past due; one of 2024 and one of 2025 besides. */
function tellAll(): TaskEvent[] {
  const owners = ['25', 'A', 'D', '25.SNV'];
  const due = '2026-12-15 17:00';
  const plan = Array.from({ length: 15 }, (_, index) => {
    const facts = {
      task: `T${index}`,
      unit: owners[index % 4] ?? '',
      due: index === 14 ? '2026-11-10 17:00' : due,
    };
    const assigned = tell({ ...facts, state: 'assigned', local: '2026-01-15 08:00' });
    if (index === 13) {
      const reason = 'phần mềm chưa vận hành chính thức';
      return [assigned, tell({ ...facts, state: 'blocked', local: '2026-06-01 09:00', reason })];
    }
    if (index === 14) return [assigned, tell({ ...facts, state: 'inProgress', local: '2026-02-02 08:00' })];
    return [assigned, tell({ ...facts, state: index === 0 ? 'exceeded' : 'met', local: '2026-10-05 10:00' })];
  });
  const old = { unit: 'C', due: '2024-06-30 17:00' };
  const phase = { unit: 'B', due: '2025-06-28 17:00' };
  return [
    ...plan.flat(),
    tell({ ...old, task: 'O1', state: 'assigned', local: '2024-03-01 08:00' }),
    tell({ ...old, task: 'O1', state: 'met', local: '2024-07-20 08:00' }),
    tell({ ...phase, task: 'P1', state: 'assigned', local: '2025-06-20 08:00' }),
    tell({ ...phase, task: 'P1', state: 'met', unit: 'A', local: '2025-08-02 08:00' }),
  ];
}

beforeAll(async () => {
  running = await runApp();
  token = await running.token('display', '25');
  await running.acts.ingest(tellAll(), speakerOf(running.tree, 'f'), running.clock.now());
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

async function get<T>(path: string, by = token): Promise<T> {
  const { status, body } = await running.ask(path, { token: by });
  expect({ path, status, ...(status === 200 ? {} : { body }) }).toEqual({ path, status: 200 });
  return body as T;
}
const tasks = (query: string, by = token) => get<TasksAnswer>(`/api/tasks?${query}`, by);

describe('the task board', () => {
  test('counts 13 of 15 done in the year, and the same as the figure that sums give', async () => {
    const { totals, year, tasks: list } = await tasks('unit=25');
    expect({ totals, year, listed: list.length }).toEqual({
      totals: {
        total: 15,
        done: 13,
        overdue: 1,
        assigned: 0,
        inProgress: 1,
        blocked: 1,
        met: 12,
        exceeded: 1,
      },
      ...{ year: 2026, listed: 15 },
    });
    const { units } = await get<FiguresAnswer>('/api/figures?unit=25.SNV&period=2026&indicators=DX01');
    const own = await tasks('unit=25.SNV&year=2026');
    expect(own.totals).toMatchObject({ done: 3, total: 3 });
    expect(units[0]?.figures.DX01).toMatchObject({
      numerator: own.totals.done,
      denominator: own.totals.total,
    });
  });

  test('says how each stands, whose it is, how long it has and what it went through', async () => {
    const { tasks: list, totals } = await tasks('unit=25&state=blocked');
    expect(totals.total).toBe(15);
    expect(list).toEqual([
      {
        key: expect.stringMatching(/^[\w-]{22}$/),
        ...{ title: { vi: 'Nhiệm vụ T13', en: 'Task T13' }, unit: expect.objectContaining({ ref: 'A' }) },
        ...{ state: 'blocked', reason: 'phần mềm chưa vận hành chính thức' },
        ...{ since: '2026-06-01T09:00:00+07:00', assignedAt: '2026-01-15T08:00:00+07:00' },
        ...{ due: '2026-12-15T17:00:00+07:00', doneAt: null, daysLeft: 27, isOverdue: false, isLate: false },
        course: [
          {
            ...{ state: 'assigned', at: '2026-01-15T08:00:00+07:00', due: '2026-12-15T17:00:00+07:00' },
            ...{ reason: null, unit: 'A' },
          },
          {
            ...{ state: 'blocked', at: '2026-06-01T09:00:00+07:00', due: '2026-12-15T17:00:00+07:00' },
            ...{ reason: 'phần mềm chưa vận hành chính thức', unit: 'A' },
          },
        ],
      },
    ]);
  });

  test('puts what is open first, the most urgent before all: one past due counts days below nothing', async () => {
    const { tasks: list } = await tasks('unit=25');
    expect(list.slice(0, 2).map(({ title, daysLeft, isOverdue }) => [title.en, daysLeft, isOverdue])).toEqual(
      [
        ['Task T14', -8, true],
        ['Task T13', 27, false],
      ],
    );
    expect(list[2]).toMatchObject({ daysLeft: null, isOverdue: false, doneAt: '2026-10-05T10:00:00+07:00' });
  });

  test('shows a year what was open or done in it, by whoever answers for the owner since', async () => {
    const of = async (query: string) => {
      const { tasks: list } = await tasks(query);
      return list.map(({ title, isLate }) => [title.en, isLate]);
    };
    expect(await of('unit=25&year=2024')).toEqual([['Task O1', true]]);
    expect(await of('unit=25&year=2025')).toEqual([['Task P1', true]]);
    expect(await of('unit=A&year=2025')).toEqual([['Task P1', true]]);
    expect(await of('unit=D&year=2025')).toEqual([]);
    // Of the two that C was divided among, the key of the task says which.
    expect([...(await of('unit=A&year=2024')), ...(await of('unit=D&year=2024'))]).toEqual([
      ['Task O1', true],
    ]);
    expect(await of('unit=25&year=2023')).toEqual([]);
  });

  test('agrees with figure DX01 in every year, across the new year too', async () => {
    const other = await runApp();
    const screen = await other.token('display', '25');
    const ask = async <T>(path: string) => (await other.ask(path, { token: screen })).body as T;
    const both = async (year: number) => {
      const { totals } = await ask<TasksAnswer>(`/api/tasks?unit=25&year=${year}`);
      const { units } = await ask<FiguresAnswer>(`/api/figures?unit=25&period=${year}&indicators=DX01`);
      const { numerator, denominator } = units[0]?.figures.DX01 ?? {};
      return { board: [totals.done, totals.total], figure: [numerator, denominator] };
    };
    const alike = (done: number, total: number) => ({ board: [done, total], figure: [done, total] });
    await other.acts.ingest(tellAll(), speakerOf(other.tree, 'f'), other.clock.now());
    expect([await both(2024), await both(2025), await both(2026)]).toEqual([
      alike(1, 1),
      alike(1, 1),
      alike(13, 15),
    ]);
    other.clock.set(at('2027-01-02 08:00'));
    await other.acts.tick(other.clock.now());
    expect([await both(2026), await both(2027)]).toEqual([alike(13, 15), alike(0, 2)]);
    const late = tell({
      ...{ task: 'T14', unit: 'D', due: '2026-11-10 17:00', state: 'met', local: '2027-01-02 07:00' },
    });
    await other.acts.ingest([late], speakerOf(other.tree, 'f'), other.clock.now());
    expect([await both(2026), await both(2027)]).toEqual([alike(13, 15), alike(1, 2)]);
    await other.close();
    expect(other.troubles).toEqual([]);
  });

  test('is cut to the scope', async () => {
    const commune = await running.token('display', 'D');
    const { tasks: list } = await tasks('unit=D', commune);
    expect(new Set(list.map(({ unit }) => unit.ref))).toEqual(new Set(['D']));
    const { status } = await running.ask('/api/tasks?unit=A', { token: commune });
    expect(status).toBe(404);
  });
});

describe('the plan', () => {
  test('says of a phase that is over how its tasks stood at its end', async () => {
    const { phases, plan } = await tasks('unit=25');
    expect(plan).toEqual({ until: '2026-12-31', daysLeft: 43 });
    expect(
      phases.map(({ until, standing, daysLeft, stood }) => ({ until, standing, daysLeft, stood })),
    ).toEqual([
      {
        ...{ until: '2025-06-30', standing: 'over', daysLeft: null },
        stood: { ...NONE, total: 1, overdue: 1, assigned: 1 },
      },
      {
        ...{ until: '2025-12-31', standing: 'over', daysLeft: null },
        stood: { ...NONE, total: 1, done: 1, met: 1 },
      },
    ]);
  });

  test('counts down to the last day of a phase that runs, and is silent of one ahead', async () => {
    const source = 'Kế hoạch thử';
    const name = { vi: 'Giai đoạn', en: 'Phase' };
    const site = createSite({
      zone: ZONE,
      plan: {
        until: '2026-11-20',
        phases: [
          { name, from: '2026-11-01', until: '2026-11-20', source },
          { name, from: '2026-11-21', until: '2026-12-31', source },
        ],
      },
    });
    const other = await runApp({ site });
    const { body } = await other.ask('/api/tasks?unit=25', { token: await other.token('display', '25') });
    const { phases, plan } = body as TasksAnswer;
    expect([plan, phases.map(({ standing, daysLeft, stood }) => [standing, daysLeft, stood])]).toEqual([
      { until: '2026-11-20', daysLeft: 2 },
      [
        ['running', 2, NONE],
        ['ahead', null, null],
      ],
    ]);
    await other.close();
  });

  test('gives the days left as figure DX02: of a period gone by from its last day, 0 after the plan', async () => {
    const daysLeft = async (period: string) => {
      const { units } = await get<FiguresAnswer>(`/api/figures?unit=25&period=${period}&indicators=DX02`);
      return units[0]?.figures.DX02?.value;
    };
    expect([await daysLeft('2026'), await daysLeft('2026-10'), await daysLeft('2025-12')]).toEqual([
      43, 61, 0,
    ]);
    expect(endOfPlan(PlanConfig.parse({ until: '2025-12-31' }), '2026-11-18')).toBe('2025-12-31');
  });

  test.each([
    [{ from: '2025-07-01', until: '2025-06-30' }, 'ends before it begins'],
    [{ from: '2025-06-31', until: '2025-07-30' }, 'Invalid ISO date'],
  ])('refuses a phase with days that are none: %o', (days, reason) => {
    const phase = { name: { vi: 'x', en: 'x' }, source: 'abc', ...days };
    expect(PlanConfig.safeParse({ phases: [phase] }).error?.issues[0]?.message).toBe(reason);
  });
});
