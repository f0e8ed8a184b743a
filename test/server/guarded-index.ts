/** The routes and the act of the index, as they are asked for in the guarded world. */
import type { RouteName } from '../../shared/wire.ts';
import { idOf } from './guarded-callers.ts';
import type { RouteCase } from './guarded-routes.ts';
import { referenceOf, sealedMonthOf } from './guarded-world.ts';

let asked = 0;
/** A month that nobody sealed yet: each is sealed once. */
const nextMonth = () => {
  asked += 1;
  return `${1200 + Math.floor(asked / 12)}-${String((asked % 12) + 1).padStart(2, '0')}`;
};

/** The routes of the index. */
export const INDEX_CASES = {
  getIndex: ['&children=1', '&children=1&basis=portal'].map((more) => ({
    ...{ by: 'reference', who: 'viewer' },
    ask: (_running, target) => ({ path: `/api/index766?unit=${referenceOf(target)}&period=2026${more}` }),
  })),
  getIndexGap: {
    ...{ by: 'reference', who: 'viewer' },
    ask: (_running, target) => ({
      path: `/api/index766/gap?unit=${referenceOf(target)}&period=2026&children=1`,
    }),
  },
  sealIndex: {
    ...{ by: 'reference', who: 'editor' },
    ask: (_running, target) => ({
      ...{ path: '/api/index766/seal', method: 'POST' },
      body: { unit: referenceOf(target), period: sealedMonthOf(target), note: 'at its cut-off' },
    }),
  },
} as const satisfies Partial<Record<RouteName, RouteCase | readonly RouteCase[]>>;

/** The act of sealing. */
export const SEAL_CASE = {
  who: 'editor',
  input: ({
    running,
    target,
  }: {
    running: Parameters<typeof idOf>[0];
    target: Parameters<typeof idOf>[1];
  }) => ({
    ...{ unit: idOf(running, target), period: nextMonth(), note: 'at its cut-off', seq: 0, formula: '{}' },
    kept: [{ unit: idOf(running, target), basis: 'own' as const, told: '{}' }],
  }),
} as const;
