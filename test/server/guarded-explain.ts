/** The routes that explain figures, as they are asked for in the guarded world. */
import type { RouteCase } from './guarded-routes.ts';
import { referenceOf } from './guarded-world.ts';

const readUnit = (path: string, more: string): RouteCase => ({
  ...{ by: 'reference', who: 'viewer' },
  ask: (_running, target) => ({ path: `${path}?unit=${referenceOf(target)}${more}` }),
});

/** Every one of them: rows are handed out to people alone. */
export const EXPLAIN_CASES = {
  explainFigure: { ...readUnit('/api/explain', '&period=2026&indicator=TT02'), tellsAbove: true },
  listCorrections: readUnit('/api/corrections', '&period=2026'),
  exportRows: {
    ...readUnit('/api/explain/rows', '&period=2026&indicator=HS01&of=cases'),
    who: 'person',
  } as RouteCase,
} as const satisfies Record<string, RouteCase>;
