import { z } from 'zod';

/** A text in the two languages of the product; Vietnamese is the one of record. */
export const Words = z.strictObject({ vi: z.string().min(1).max(300), en: z.string().min(1).max(300) });
export type Words = z.infer<typeof Words>;
