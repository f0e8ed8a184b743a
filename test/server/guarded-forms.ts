/** The routes of the reporting forms, as they are asked for in the guarded world. */
import type { RouteCase } from './guarded-routes.ts';
import { referenceOf } from './guarded-world.ts';

const readForm = (path: string): RouteCase => ({
  ...{ by: 'reference', who: 'viewer' },
  ask: (_running, target) => ({ path: `${path}?unit=${referenceOf(target)}&period=2026` }),
});

/** Every one of them: whoever may see a unit's figures may see them as forms. */
export const FORM_CASES = {
  getForm: readForm('/api/form/II.06a'),
  getWideForm: readForm('/api/form/07a'),
  exportForm: readForm('/api/form/xlsx'),
} as const satisfies Record<string, RouteCase>;
