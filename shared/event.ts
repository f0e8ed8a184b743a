import { z } from 'zod';
import { INDICATORS } from './catalogue.ts';
import { MEASURE_IDS } from './measure.ts';
import { REPORT_MEASURES } from './report-measures.ts';
import { findTakenFault, isTakenId, TAKEN_MEASURES } from './taken-measures.ts';
import { cleanText, isStorableText } from './text.ts';

/**
 * What a feed may tell, and nothing else: strict objects, so a field nobody declared is refused by name.
 * No field for personal data exists. Times are ISO 8601 with offset.
 */
const instantFrom = (year: string) =>
  z.iso
    .datetime({
      offset: true,
      error: ({ input }) =>
        typeof input === 'string' ? 'is no time with offset, such as 2026-11-20T09:12:00+07:00' : undefined,
    })
    .refine((text) => year <= text && text < '9998', `lies outside the years ${year} to 9997`);
const Instant = instantFrom('1900');
/** When something happened: one event of a wrong century would begin every list of periods there. */
const Happened = instantFrom('2000');
/** A code as events and addresses can carry it. */
export const Code = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'letters, digits, dot, dash, underscore');
const UNFIT = 'no control characters, no half characters';
/** What is longer than any text of an event is looked at no further. */
const ENDLESS = 2000;
/** A text of one line or more. */
const Prose = z.string().max(ENDLESS, { abort: true }).refine(isStorableText, UNFIT);
/** A source's own code or id, kept as it is. */
const SourceCode = z
  .string()
  .min(1, { abort: true })
  .max(120, { abort: true })
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, UNFIT)
  .refine((code) => cleanText(code) !== '', 'is blank');
/** A name as people write it, cleaned as it comes in. */
const Name = Prose.overwrite(cleanText).min(1);
const EventId = SourceCode;
const UnitCode = Code;
const common = { id: EventId, at: Happened };

/** National codes of a dossier's step, domain §3.2: 1 submitted … 10 delivered. */
export const DossierStatus = z.int().min(1).max(10);

export const Channel = z.enum(['online', 'direct', 'postal']);
export type Channel = z.infer<typeof Channel>;

export const ServiceLevel = z.enum(['full', 'partial', 'none']);
export type ServiceLevel = z.infer<typeof ServiceLevel>;

export const DossierEvent = z.strictObject({
  ...common,
  kind: z.literal('dossier'),
  dossier: SourceCode,
  status: DossierStatus,
  procedure: Code,
  field: Name.max(80).optional(),
  receiver: UnitCode,
  resolver: UnitCode,
  channel: Channel,
  level: ServiceLevel,
  due: Instant.optional(),
  fee: z.boolean().optional(),
  paidOnline: z.boolean().optional(),
  digitised: z.boolean().optional(),
  reused: z.boolean().optional(),
  eResult: z.boolean().optional(),
  vneid: z.boolean().optional(),
  populationData: z.boolean().optional(),
  apology: z.boolean().optional(),
  /** Withdraws the step of this status and instant, told before or after. */
  void: z.boolean().optional(),
});
export type DossierEvent = z.infer<typeof DossierEvent>;

export const DocumentEvent = z.strictObject({
  ...common,
  kind: z.literal('document'),
  /** The source's code, where later events tell of the same document; without it each event is one document. */
  document: SourceCode.optional(),
  unit: UnitCode,
  direction: z.enum(['in', 'out']),
  electronic: z.boolean(),
  signed: z.boolean(),
  due: Instant.optional(),
  done: Instant.optional(),
});
export type DocumentEvent = z.infer<typeof DocumentEvent>;

export const PetitionEvent = z.strictObject({
  ...common,
  kind: z.literal('petition'),
  petition: SourceCode,
  unit: UnitCode,
  state: z.enum(['received', 'answered', 'refused']),
  due: Instant.optional(),
  satisfied: z.boolean().optional(),
});
export type PetitionEvent = z.infer<typeof PetitionEvent>;

export const RatingEvent = z
  .strictObject({
    ...common,
    kind: z.literal('rating'),
    unit: UnitCode,
    dossier: SourceCode.optional(),
    satisfied: z.boolean().optional(),
    score: z.int().min(1).max(5).optional(),
  })
  .refine((event) => (event.satisfied === undefined) !== (event.score === undefined), {
    error: 'give satisfied or score, one of the two',
    path: ['satisfied'],
  });
export type RatingEvent = z.infer<typeof RatingEvent>;

export const ProbeEvent = z
  .strictObject({
    ...common,
    kind: z.literal('probe'),
    /** Whose system it is: where left out the unit of the token. */
    unit: UnitCode.optional(),
    system: Name.max(80),
    up: z.boolean(),
    latencyMs: z.number().min(0).optional(),
    calls: z.int().min(0).optional(),
    failed: z.int().min(0).optional(),
    queued: z.int().min(0).optional(),
    oldestQueuedAt: Instant.optional(),
    /** Until when the certificate holds by which the system is reached. */
    certificateUntil: Instant.optional(),
  })
  .refine(({ calls = 0, failed = 0 }) => failed <= calls, {
    error: 'is more than the calls told',
    path: ['failed'],
  });
export type ProbeEvent = z.infer<typeof ProbeEvent>;

/**
 * What a report may tell of. Measures of reports are counted; all else is taken as told, beside what we count ourselves:
 * what the portal publishes, and any measure or indicator that another office has worked out.
 */
const REPORTABLE = new Set<string>([
  ...MEASURE_IDS,
  ...Object.keys(TAKEN_MEASURES),
  ...INDICATORS.map(({ id }) => id),
]);

/** Whether a measure that a report tells of is one that is counted: then its value is a whole number. */
const isCounted = (measure: string) => Object.hasOwn(REPORT_MEASURES, measure);

export const ReportEvent = z
  .strictObject({
    ...common,
    kind: z.literal('report'),
    unit: UnitCode,
    measure: Code.refine((id) => REPORTABLE.has(id), 'is no measure or indicator of the catalogue'),
    period: z
      .string()
      .regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/, 'a year, quarter or month: 2026, 2026-Q3, 2026-08'),
    value: z.number(),
  })
  .refine(({ measure, value }) => !isCounted(measure) || (Number.isSafeInteger(value) && value >= 0), {
    error: 'is a count: a whole number from 0 on',
    path: ['value'],
  })
  .superRefine(({ measure, value }, context) => {
    const fault = isTakenId(measure) ? findTakenFault(measure, value) : undefined;
    if (fault) context.addIssue({ code: 'custom', message: fault, path: ['value'] });
  });
export type ReportEvent = z.infer<typeof ReportEvent>;

export const TaskEvent = z.strictObject({
  ...common,
  kind: z.literal('task'),
  task: SourceCode,
  unit: UnitCode,
  title: z.strictObject({ vi: Name.max(300), en: Name.max(300) }),
  state: z.enum(['assigned', 'inProgress', 'met', 'exceeded', 'blocked']),
  due: Instant,
  reason: Prose.max(500).optional(),
});
export type TaskEvent = z.infer<typeof TaskEvent>;

/** One thing that happened, as a feed told it. */
export const OpsEvent = z.discriminatedUnion('kind', [
  DossierEvent,
  DocumentEvent,
  PetitionEvent,
  RatingEvent,
  ProbeEvent,
  ReportEvent,
  TaskEvent,
]);
export type OpsEvent = z.infer<typeof OpsEvent>;

/** The most events one batch may carry. */
export const BATCH_EVENTS = 5000;
/** The most bytes one batch may carry, unpacked: 8 MiB. */
export const BATCH_BYTES = 8 * 1024 * 1024;
