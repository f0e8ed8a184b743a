/** The routes and acts of tasks and targets, as they are asked for in the guarded world. */
import type { RouteName } from '../../shared/wire.ts';
import type { Running } from '../server.ts';
import { idOf } from './guarded-callers.ts';
import type { RouteCase } from './guarded-routes.ts';
import { chiefOf } from './guarded-rules.ts';
import { markOf, referenceOf, type Target, type UnitKey } from './guarded-world.ts';

type PlanRoute = Extract<
  RouteName,
  'listTasks' | 'listTargets' | 'exportTargets' | 'setTarget' | 'importTargets' | 'signTargets'
>;

type OfTarget = <T>(
  running: Running,
  target: Target,
  make: (running: Running, unit: UnitKey) => Promise<T>,
) => Promise<T | number>;

const readNamed = (pathOf: (reference: string) => string): RouteCase => ({
  ...{ by: 'reference', who: 'viewer', tellsAbove: true },
  ask: (_running: Running, target: Target) => ({ path: pathOf(referenceOf(target)) }),
});

const said = { value: 85, office: 'UBND', paper: 'Số 1/QĐ-UBND' };
const aim = { indicator: 'ON02', year: 2026, ...said };

let made = 0;
/** A line of a table that says something else each time: what is so already is nobody's to set. */
const newLine = () => ({ ...said, indicator: 'ON01', value: 20 + (++made % 60) });

/** The id of a target of a unit that waits, made for one request. */
export async function addVictimTarget(running: Running, unit: UnitKey): Promise<number> {
  const input = {
    ...aim,
    unit: idOf(running, unit),
    paper: `of ${markOf(unit)}`,
    reason: `for ${markOf(unit)}`,
  };
  const caller = await chiefOf(running);
  const { id } = await running.acts.writer.run({
    name: 'setTarget',
    caller,
    input,
    now: running.clock.now(),
  });
  return id;
}

/** Every route of tasks and targets. What is to be reached may have been decided above: that unit's name is told. */
export const planCases = (ofTarget: OfTarget): Record<PlanRoute, RouteCase | readonly RouteCase[]> => ({
  listTasks: readNamed((unit) => `/api/tasks?unit=${unit}&year=2026`),
  listTargets: ['', '&indicator=ON02'].map((more) =>
    readNamed((unit) => `/api/targets?unit=${unit}&year=2026${more}`),
  ),
  setTarget: {
    ...{ by: 'reference', who: 'editor' },
    ask: (_running: Running, target: Target) => ({
      ...{ path: '/api/targets', method: 'PUT' },
      body: { ...aim, indicator: 'ON01', unit: referenceOf(target), reason: 'tried' },
    }),
  },
  exportTargets: ['', '&format=csv'].map((more) =>
    readNamed((unit) => `/api/targets/table?unit=${unit}&year=2026${more}`),
  ),
  importTargets: {
    ...{ by: 'reference', who: 'editor', ofHidden: 422 },
    ask: (_running: Running, target: Target) => ({
      ...{ path: '/api/targets/table', method: 'POST' },
      body: {
        ...{ format: 'json', year: 2026, reason: 'tried', isDryRun: false },
        text: JSON.stringify([{ ...newLine(), unit: referenceOf(target) }]),
      },
    }),
  },
  signTargets: {
    ...{ by: 'id', who: 'editor' },
    ask: async (running: Running, target: Target) => ({
      ...{ path: '/api/targets/sign', method: 'POST' },
      body: {
        ids: [Number(await ofTarget(running, target, addVictimTarget))],
        ...{ decision: 'reject', reason: 'tried' },
      },
    }),
  },
});

type Asked = { running: Running; target: UnitKey };

/** The acts of targets. */
export const planActs = (ofVictim: OfTarget) => ({
  setTarget: {
    who: 'editor' as const,
    input: ({ running, target }: Asked) => ({
      ...{ ...aim, indicator: 'ON01', unit: idOf(running, target), reason: 'tried' },
    }),
  },
  importTargets: {
    who: 'editor' as const,
    input: ({ running, target }: Asked) => ({
      ...{ year: 2026, reason: 'tried', isDryRun: false },
      lines: [{ ...newLine(), line: 2, unit: idOf(running, target) }],
    }),
  },
  signTargets: {
    who: 'editor' as const,
    input: async ({ running, target }: Asked) => ({
      ids: [Number(await ofVictim(running, target, addVictimTarget))],
      ...{ decision: 'reject' as const, reason: 'tried' },
    }),
  },
});
