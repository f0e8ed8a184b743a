/** The route of connected systems, as it is asked for in the guarded world. */
import type { RouteName } from '../../shared/wire.ts';
import type { RouteCase } from './guarded-routes.ts';
import { referenceOf } from './guarded-world.ts';

/** The routes of connected systems. */
export const SYSTEM_CASES = {
  listSystems: ['', '&day=2025-05-20'].map((more) => ({
    ...{ by: 'reference', who: 'viewer' },
    ask: (_running, target) => ({ path: `/api/systems?unit=${referenceOf(target)}${more}` }),
  })),
} as const satisfies Partial<Record<RouteName, RouteCase | readonly RouteCase[]>>;
