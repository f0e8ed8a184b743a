import { z } from 'zod';
import type { Indicator } from './indicator.ts';
import { Words } from './words.ts';

/** A target that holds: its value, whose it is and who decided it. `catalogue`: nobody set one, the catalogue's own holds. */
export const TargetView = z
  .object({
    value: z.number(),
    source: z.enum(['own', 'above', 'catalogue']),
    unit: z.string().nullable().describe('whose it is; null: of the catalogue'),
    unitName: Words.nullable(),
    office: z.string().nullable().describe('who decided it'),
    paper: z.string().describe('by which paper; of the catalogue its source'),
    signedAt: z.string().nullable().describe('ISO 8601 with offset'),
    signedBy: z.string().nullable(),
  })
  .describe(
    'what is to be reached in the year of the period; left out where nothing is, and of a count within the year',
  );
export type TargetView = z.infer<typeof TargetView>;

/** Whether an indicator can have a target: it has a good direction. */
export function isAimed({ direction }: Pick<Indicator, 'direction'>): boolean {
  return direction !== 'none';
}

/** Whether a target of a unit is one of all below it as well: a count that is to rise is shared out, not handed down. */
export function isHandedDown({
  unit,
  hero,
  direction,
}: Pick<Indicator, 'unit' | 'hero' | 'direction'>): boolean {
  return (unit !== 'count' && hero !== 'numerator') || direction === 'down';
}
