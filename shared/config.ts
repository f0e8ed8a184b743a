import { z } from 'zod';
import { COMPONENTS } from './index766-components.ts';
import { PlanConfig } from './plan-config.ts';
import { keyOfText } from './text.ts';
import { Words } from './words.ts';

const Code = z.string().min(1).max(80);
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** How long a procedure may take: working hours, working days or calendar days. */
export const Norm = z.strictObject({
  amount: z.number().positive(),
  unit: z.enum(['workingHours', 'workingDays', 'days']),
});
export type Norm = z.infer<typeof Norm>;

/**
 * A procedure (thủ tục): its area of work, its norm, whether it ends in a result paper (yes unless said). `cutOff`: what is
 * received after this local time, or on a day off, counts from the next working day.
 */
export const Procedure = z.strictObject({
  code: Code,
  name: Words,
  field: Code.optional(),
  norm: Norm.optional(),
  cutOff: ClockTime.optional(),
  result: z.boolean().default(true),
});
export type Procedure = z.infer<typeof Procedure>;

/** Days off and make-up working days of one year, `YYYY-MM-DD`. `provisional`: worked out by the law, not announced yet. */
export const CalendarYear = z.strictObject({
  holidays: z.array(z.iso.date()),
  makeUp: z.array(z.iso.date()),
  provisional: z.boolean().optional(),
});

const isComponent = (id: string) => COMPONENTS.some((component) => component.id === id);

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

/** Rows of which no two have the same code, by what makes two codes the same. */
function once<T extends z.ZodType<{ code: string }>>(row: T, what: string, keyOf: (code: string) => string) {
  return z.array(row).superRefine((rows, context) => {
    const seen = new Set<string>();
    for (const [index, { code }] of rows.entries()) {
      const key = keyOf(code);
      if (seen.has(key))
        context.addIssue({
          code: 'custom',
          path: [index, 'code'],
          message: `another ${what} has the code ${code}`,
        });
      seen.add(key);
    }
  });
}

/** How people sign in; the defaults follow level 3 of TCVN 14423:2026 as summarised in public. */
export const PeopleConfig = z.strictObject({
  idleMinutes: z.number().positive().default(15),
  adminIdleMinutes: z.number().positive().default(5),
  failuresBeforeLock: z.int().min(1).max(100).default(5),
  longestLockHours: z.number().positive().default(12),
  linkHours: z.number().positive().default(8),
  passwordLength: z.int().min(8).max(128).default(14),
  idleDaysBeforeDisabled: z.int().min(1).max(3650).default(45),
});
export type PeopleConfig = z.infer<typeof PeopleConfig>;

/** A step of the ladder on which an explanation goes up that is not answered: after so many working hours, to whom. */
export const LadderStep = z.strictObject({
  afterWorkingHours: z.number().min(0).max(400),
  name: Words,
  /** Accounts of this role are told; with `top` those of the province, else those of the unit itself. */
  role: z.enum(['operator', 'head', 'editor', 'viewer']),
  at: z.enum(['unit', 'top']),
});
export type LadderStep = z.infer<typeof LadderStep>;

const LADDER: LadderStep[] = [
  {
    afterWorkingHours: 0,
    name: { vi: 'Người đứng đầu đơn vị', en: 'Head of the unit' },
    role: 'head',
    at: 'unit',
  },
  {
    afterWorkingHours: 4,
    name: { vi: 'Văn phòng UBND tỉnh', en: 'Provincial office' },
    role: 'operator',
    at: 'top',
  },
  {
    afterWorkingHours: 8,
    name: { vi: 'Chủ tịch UBND tỉnh', en: 'Chairman of the province' },
    role: 'viewer',
    at: 'top',
  },
];

/** How alerts are handled. `fourEyes`: whoever edits a threshold cannot approve it. `mail`: an smtp:// address, none without it. */
export const AlertingConfig = z.strictObject({
  fourEyes: z.boolean().default(false),
  bearablePerDay: z.number().positive().default(150),
  digestTime: ClockTime.default('08:00'),
  overrideDays: z.int().min(1).max(366).default(90),
  /** For how many days at most an alert may be out of service. */
  outOfServiceDays: z.int().min(1).max(366).default(90),
  ladder: z.array(LadderStep).min(1).max(8).default(LADDER),
  mail: z
    .strictObject({ server: z.string().regex(/^smtps?:\/\//), from: z.string().min(3).max(200) })
    .nullable()
    .default(null),
  /** Where links in messages lead: the outside address of the site, such as https://ioc.example.vn. */
  address: z.url().nullable().default(null),
  /** Webhooks may go to addresses of the host itself and of private nets; without it such a target is refused. */
  allowPrivateTargets: z.boolean().default(false),
});
export type AlertingConfig = z.infer<typeof AlertingConfig>;

/**
 * A constant of a component of the index of Decision 766 set otherwise from a day on, and why: periods that begin before it keep
 * the version they were judged by.
 */
export const IndexOverrideConfig = z
  .strictObject({
    component: z.string().refine(isComponent, 'is no component of the index'),
    from: z.iso.date(),
    reason: z.string().trim().min(3).max(300),
    max: z.number().positive().max(100).optional(),
    full: z.number().gt(0).max(1).optional(),
    whenNone: z.enum(['full', 'zero', 'unjudged']).optional(),
  })
  .refine(({ max, full, whenNone }) => [max, full, whenNone].some((value) => value !== undefined), {
    error: 'sets nothing: give max, full or whenNone',
    path: ['max'],
  });

/**
 * Where the portal's evaluation is asked for, and of which units; off without it. `departments`: the portal's ids of agencies by
 * the codes of our units. `token`: the feed token as which its figures are filed.
 */
export const PortalConfig = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().min(10).max(200),
  root: z.strictObject({ id: z.string().min(1).max(80), unit: Code }),
  everyHours: z.number().min(1).max(168).default(24),
  startAt: ClockTime.default('02:00'),
  pauseMs: z.int().min(0).max(60_000).default(1000),
  timeoutMs: z.int().min(100).max(120_000).default(30_000),
});
export type PortalConfig = z.infer<typeof PortalConfig>;

/** `ioc.config.json`: what a site says of itself. Everything has a default. */
export const SiteConfig = z.strictObject({
  site: Words.default({ vi: 'Trung tâm điều hành thông minh', en: 'Intelligent Operations Center' }),
  zone: z.string().refine(isZone, 'is no time zone, like Asia/Ho_Chi_Minh').default('Asia/Ho_Chi_Minh'),
  calendar: z
    .strictObject({
      sessions: z.array(z.tuple([z.string(), z.string()])).optional(),
      weekend: z.array(z.int().min(1).max(7)).optional(),
      years: z.record(z.string().regex(/^\d{4}$/), CalendarYear).optional(),
    })
    .default({}),
  fields: once(z.strictObject({ code: Code, name: Words }), 'field', keyOfText).default([]),
  procedures: once(Procedure, 'procedure', (code) => code).default([]),
  requestsPerSecond: z.number().positive().default(2000),
  people: PeopleConfig.prefault({}),
  alerting: AlertingConfig.prefault({}),
  index766: z.array(IndexOverrideConfig).max(200).default([]),
  portal: PortalConfig.nullable().default(null),
  plan: PlanConfig.prefault({}),
});
export type SiteConfig = z.infer<typeof SiteConfig>;
