import { z } from 'zod';
import { UnitLevel } from '../../shared/unit.ts';
import { Words } from '../../shared/words.ts';
import { AppError } from '../errors.ts';
import { checkMapping } from './mapping-check.ts';
import { isTimeFormat } from './time.ts';

/** What a source, a value table or a constant gives. */
export type Scalar = string | number | boolean;

/** Where a value comes from; exactly one of the first seven keys is set. */
export type Source = {
  column?: string | undefined;
  constant?: Scalar | undefined;
  template?: string | undefined;
  first?: Source[] | undefined;
  earliest?: Source[] | undefined;
  latest?: Source[] | undefined;
  unit?: string | undefined;
  values?: Record<string, Scalar | null> | undefined;
  required?: boolean | undefined;
  code?: boolean | undefined;
  times?: string[] | undefined;
  dateOnly?: string | undefined;
};

const WAYS = ['column', 'constant', 'template', 'first', 'earliest', 'latest', 'unit'] as const;
const TESTS = ['present', 'equals', 'in', 'notIn', 'before', 'notBefore', 'after', 'notAfter'] as const;

const TimeFormat = z.string().refine(isTimeFormat, {
  error: 'is no time format: give iso, epoch, epochMs, excel, or a pattern with yyyy, MM and dd',
});
const DateOnly = z
  .string()
  .regex(/^(start|end|([01]\d|2[0-3]):[0-5]\d)$/, 'give start, end or a time as HH:mm');
const ScalarValue = z.union([z.string(), z.number(), z.boolean()], 'give a text, a number, true or false');

function countOf(value: object, keys: readonly string[]): number {
  return keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined).length;
}

function unfoldSource(value: unknown): unknown {
  if (typeof value === 'string') return { column: value };
  if (typeof value === 'number' || typeof value === 'boolean') return { constant: value };
  return Array.isArray(value) ? { first: value } : value;
}

/** A source as written: a bare text names a column, a number or true/false is a constant, a list is tried in order. */
export const Source: z.ZodType<Source> = z.lazy(() =>
  z.preprocess(
    unfoldSource,
    z
      .strictObject({
        column: z.string().min(1).optional(),
        constant: ScalarValue.optional(),
        template: z
          .string()
          .regex(/\{[^{}]+\}/, 'name at least one column in braces: {Number}')
          .optional(),
        first: z.array(Source).min(1).optional(),
        earliest: z.array(Source).min(1).optional(),
        latest: z.array(Source).min(1).optional(),
        unit: z.union([UnitLevel, z.literal('deepest')], 'give deepest or a level of units').optional(),
        values: z.record(z.string(), ScalarValue.nullable()).optional(),
        required: z.boolean().optional(),
        code: z.boolean().optional(),
        times: z.array(TimeFormat).min(1).optional(),
        dateOnly: DateOnly.optional(),
      })
      .refine((source) => countOf(source, WAYS) === 1, { error: `give exactly one of ${WAYS.join(', ')}` }),
  ),
);

/** A test of one column of a row; exactly one test is set. Texts are compared as written, times as instants. */
export const Condition = z
  .strictObject({
    column: z.string().min(1),
    present: z.boolean().optional(),
    equals: z.string().optional(),
    in: z.array(z.string()).min(1).optional(),
    notIn: z.array(z.string()).min(1).optional(),
    before: Source.optional(),
    notBefore: Source.optional(),
    after: Source.optional(),
    notAfter: Source.optional(),
  })
  .refine((condition) => countOf(condition, TESTS) === 1, {
    error: `give exactly one of ${TESTS.join(', ')}`,
  });
export type Condition = z.infer<typeof Condition>;

const Where = z.array(Condition);

/** One event that a row may yield: it happens when `at` has a value and every condition holds. */
export const Step = z.strictObject({
  at: Source,
  status: Source.optional(),
  where: Where.default([]),
  fields: z.record(z.string(), Source).default({}),
});
export type Step = z.infer<typeof Step>;

const UnitRoot = z.strictObject({
  code: z.string().min(1).max(40),
  name: z
    .union([
      z
        .string()
        .min(1)
        .transform((name) => ({ vi: name, en: name })),
      Words,
    ])
    .optional(),
  level: UnitLevel.optional(),
});

/** One tier of units below the root: `code` and `name` are read from each row. */
export const UnitTier = z.strictObject({
  code: Source,
  name: Source.optional(),
  nameEn: Source.optional(),
  level: UnitLevel,
  whole: z.boolean().default(false),
});
export type UnitTier = z.infer<typeof UnitTier>;

const Units = z.strictObject({
  root: UnitRoot,
  from: z.iso.date().optional(),
  levels: z.array(UnitTier).min(1).max(4),
});

/** How the file is written. */
export const FileFormat = z.strictObject({
  format: z.enum(['csv', 'xlsx', 'ndjson']).optional(),
  delimiter: z.string().length(1, 'give one character').optional(),
  encoding: z.string().default('utf-8'),
  sheet: z.union([z.string().min(1), z.int().min(1)], 'give a name or a number from 1').default(1),
  headerRow: z.int().min(1).default(1),
  ragged: z.boolean().default(false),
  merged: z.enum(['fill', 'first'], 'give fill or first').default('fill'),
  hiddenRows: z.enum(['take', 'skip'], 'give take or skip').default('take'),
});
export type FileFormat = z.infer<typeof FileFormat>;

/** A mapping file: how rows of another system become events. docs/import.md is its manual. */
export const Mapping = z.strictObject({
  file: FileFormat.prefault({}),
  zone: z.string().default('Asia/Ho_Chi_Minh'),
  times: z.array(TimeFormat).min(1).default(['iso']),
  dateOnly: DateOnly.default('start'),
  empty: z.array(z.string()).default([]),
  decimal: z.enum(['.', ','], 'give . or ,').default('.'),
  salt: z.string().default(''),
  kind: z.enum(['dossier', 'document', 'petition', 'rating', 'probe', 'report', 'task']).default('dossier'),
  where: Where.default([]),
  fields: z.record(z.string(), Source).default({}),
  steps: z.array(Step).min(1).max(20),
  units: Units.optional(),
});
export type Mapping = z.infer<typeof Mapping>;

function keyOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function wordIssue(issue: z.core.$ZodIssue): string {
  const key = keyOf(issue.path);
  const prefix = key === '' ? '' : `${key}: `;
  if (issue.code === 'unrecognized_keys') return `${prefix}nobody knows the key ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_type' && issue.input === undefined) return `${prefix}is missing`;
  return `${prefix}${issue.message.replace(/^Invalid input: /, '')}`;
}

/** The mapping a JSON text states; throws AppError naming each wrong key in plain words. */
export function parseMapping(text: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AppError(
      'badInput',
      `the mapping is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
  const parsed = Mapping.safeParse(json, { reportInput: true });
  const wrong = parsed.success ? checkMapping(parsed.data) : parsed.error.issues.map(wordIssue);
  if (!parsed.success || wrong.length > 0)
    throw new AppError('badInput', `the mapping is wrong:\n  ${wrong.join('\n  ')}`);
  return parsed.data;
}
