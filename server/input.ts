import type { z } from 'zod';
import { codeOfIssue } from '../shared/problem.ts';
import { createFaults, type ErrorCode, type Faults } from './errors.ts';

/** Of several forms an input may have, what is wrong with it as the nearest of them. */
function openUnion(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [nearest] = issue.errors.toSorted((a, b) => a.length - b.length);
  return nearest ? nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue];
}

/** What is wrong with one input, in our words; `index` says which of a list it is. */
export function noteIssues(
  issues: readonly z.core.$ZodIssue[],
  { faults, index, code = () => ({}) }: { faults: Faults; index?: number; code?: typeof codeOfIssue },
): void {
  const which = index === undefined ? {} : { index };
  for (const issue of issues.flatMap(openUnion)) {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') {
      faults.note({ ...which, field: path.join('.'), reason: issue.message, ...code(issue) });
      continue;
    }
    for (const key of issue.keys)
      faults.note({
        ...which,
        field: [...path, key].join('.').slice(0, 200),
        reason: 'is not a field of this kind',
        ...code(issue),
      });
  }
}

/** Reads an input by its schema; AppError names the wrong fields. */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
  code: Extract<ErrorCode, 'badInput' | 'unprocessable'>,
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = createFaults();
  noteIssues(result.error.issues, { faults, code: codeOfIssue });
  faults.raise(code, 'The request is not as documented.', { code: 'notDocumented' });
  throw result.error;
}

/** Every text in an input, with the path of its field. */
function* listTexts(input: unknown): Generator<[field: string, text: string]> {
  const left: [path: string, value: unknown][] = [['', input]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [path, value] = next;
    if (typeof value === 'string') yield [path, value];
    if (typeof value !== 'object' || value === null) continue;
    const inner = Object.entries(value).toReversed();
    for (const [key, one] of inner) left.push([path === '' ? key : `${path}.${key}`, one]);
  }
}

/** Refuses texts that no database can hold as they are, however deep; AppError `badInput` names them. */
export function checkTexts(input: unknown): void {
  const faults = createFaults();
  for (const [field, text] of listTexts(input)) {
    if (text.includes('\0') || !text.isWellFormed())
      faults.note({ field: field.slice(0, 200), reason: 'has a character that no text can hold' });
  }
  faults.raise('badInput', 'The request is not as documented.');
}
