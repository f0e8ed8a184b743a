import { z } from 'zod';
import { Absence, Day, Iso, PeriodKey, UnitView } from './answers.ts';

/** Reporting units that told nothing in a period. */
export const SilentAnswer = z.object({
  unit: UnitView,
  period: PeriodKey,
  from: Day,
  to: Day,
  seq: z.int(),
  ...Absence.shape,
  reporting: z.int().describe('how many units report: those with none below them'),
  silent: z
    .array(
      z.object({
        unit: UnitView,
        lastAt: Iso.nullable().describe('its last word ever, as `asOf` of a figure; null: it never spoke'),
      }),
    )
    .describe('those that told nothing, longest silent first'),
});
export type SilentAnswer = z.infer<typeof SilentAnswer>;
