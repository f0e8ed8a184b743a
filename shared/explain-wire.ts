import { z } from 'zod';
import { Day, PeriodKey, UnitRef } from './answers.ts';
import { Correction, ExplainAnswer } from './explain.ts';
import type { Route } from './route.ts';

const Id = z.string().min(1).max(40);

/** The routes that explain figures. */
export const EXPLAIN_ROUTES = {
  explainFigure: {
    method: 'get',
    path: '/api/explain',
    access: 'read',
    summary: 'The story of one figure: formula, parts, feeds, completeness, corrections',
    query: z.strictObject({
      ...{ unit: UnitRef, indicator: Id, period: PeriodKey },
      asKnown: Day.optional().describe('as known at the end of this day'),
      field: z.string().max(80).optional().describe('of one area of work'),
      procedure: z.string().max(80).optional().describe('of one procedure'),
      by: z
        .enum(['own', 'portal'])
        .optional()
        .describe('of the index: by whose figures; without it as figures tell it'),
    }),
    answer: ExplainAnswer,
  },
  listCorrections: {
    method: 'get',
    path: '/api/corrections',
    access: 'read',
    summary: 'Which figures of a unit were corrected in the last hours, and by how much',
    query: z.strictObject({
      ...{ unit: UnitRef, period: PeriodKey },
      hours: z.coerce.number().int().min(1).max(168).default(24),
    }),
    answer: z.object({ seq: z.int(), corrections: z.array(Correction) }),
  },
  exportRows: {
    method: 'get',
    path: '/api/explain/rows',
    access: 'person',
    summary: 'The rows behind a figure as a file: units with their sums, or what was counted, by hashed keys',
    query: z.strictObject({
      ...{ unit: UnitRef, indicator: Id, period: PeriodKey },
      of: z.enum(['units', 'cases']).default('units'),
      format: z.enum(['csv', 'ndjson']).default('csv'),
    }),
    answer: z.object({ rows: z.array(z.record(z.string(), z.unknown())) }),
    files: ['text/csv', 'application/x-ndjson'],
  },
} as const satisfies Record<string, Route>;
