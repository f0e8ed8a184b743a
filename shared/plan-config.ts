import { z } from 'zod';
import { Words } from './words.ts';

/** A phase of a plan: days `from` to `until`, both its own, and the paper that set it. */
export const PlanPhase = z
  .strictObject({
    name: Words,
    from: z.iso.date(),
    until: z.iso.date(),
    source: z.string().trim().min(3).max(300),
  })
  .refine(({ from, until }) => from <= until, { error: 'ends before it begins', path: ['until'] });
export type PlanPhase = z.infer<typeof PlanPhase>;

const SOURCE = 'Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025';

/** The two phases of Plan 02-KH/BCĐTW. */
const PLAN_02: PlanPhase[] = [
  {
    name: { vi: 'Giai đoạn 1 – khẩn cấp', en: 'Phase 1 – urgent' },
    ...{ from: '2025-06-19', until: '2025-06-30', source: SOURCE },
  },
  {
    name: { vi: 'Giai đoạn 2 – bứt phá', en: 'Phase 2 – breakthrough' },
    ...{ from: '2025-07-01', until: '2025-12-31', source: SOURCE },
  },
];

/** The plan of the digital transformation: its last day (null: that of the running year), and its phases in order. */
export const PlanConfig = z.strictObject({
  until: z.iso.date().nullable().default(null),
  phases: z.array(PlanPhase).max(12).default(PLAN_02),
});
export type PlanConfig = z.infer<typeof PlanConfig>;

/** The last day of a plan, as it is on a day. */
export function endOfPlan({ until }: PlanConfig, day: string): string {
  return until ?? `${day.slice(0, 4)}-12-31`;
}
