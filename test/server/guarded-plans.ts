/** The routes of tasks and targets, as they are asked for in the guarded world. */
import type { RouteName } from '../../shared/wire.ts';
import type { Running } from '../server.ts';
import type { RouteCase } from './guarded-routes.ts';
import { referenceOf, type Target } from './guarded-world.ts';

type PlanRoute = Extract<RouteName, 'listTasks'>;

const readNamed = (pathOf: (reference: string) => string): RouteCase => ({
  ...{ by: 'reference', who: 'viewer', tellsAbove: true },
  ask: (_running: Running, target: Target) => ({ path: pathOf(referenceOf(target)) }),
});

/** Every route of tasks and targets. What is to be reached may have been decided above: that unit's name is told. */
export const planCases = (): Record<PlanRoute, RouteCase | readonly RouteCase[]> => ({
  listTasks: readNamed((unit) => `/api/tasks?unit=${unit}&year=2026`),
});
