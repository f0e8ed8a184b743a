import { z } from 'zod';

/** A figure that is reported, and of the period asked for not yet: what stands in for it. */
export const Unreported = z
  .object({
    latest: z
      .object({
        ...{ period: z.string(), value: z.number().nullable() },
        ...{ numerator: z.number(), denominator: z.number().nullable() },
      })
      .nullable()
      .describe('the figure of the newest period before of which something was reported'),
  })
  .describe('the figure is one that is reported, and of this period nothing was yet');
