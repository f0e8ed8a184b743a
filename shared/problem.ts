import { z } from 'zod';

/** What a refusal is of, by name: screens say it in their own language, `detail` and `reason` say it in English. */
export const PROBLEM_CODES = [
  ...(['number', 'whole', 'least', 'most', 'more', 'short', 'long', 'missing', 'form', 'choice'] as const),
  ...([
    'unknownField',
    'notPossible',
    'noCount',
    'once',
    'order',
    'noThreshold',
    'votes',
    'nothing',
  ] as const),
  ...(['unknown', 'locked', 'looser', 'twin', 'noRole', 'past', 'notAfter', 'tooLong', 'cells'] as const),
  ...(['notDocumented', 'tableLines', 'tableDenied', 'noTable', 'noJson', 'column', 'columnTwice'] as const),
  ...(['columnMissing', 'noLines', 'quotes', 'demoSends', 'quietHours', 'noMail', 'thresholds'] as const),
  ...(['overrideDays', 'notYours', 'noteNeeded', 'shelf', 'explanationOpen', 'answered', 'promise'] as const),
  ...(['taken', 'ownAccount', 'ownGrant', 'previewRange', 'savedSince', 'decided'] as const),
  ...(['roleNeeded', 'roleNeededThere', 'noAim', 'twinTarget', 'noTarget'] as const),
  ...(['unitEnded', 'unitBegins', 'neverTold'] as const),
] as const;
export const ProblemCode = z.enum(PROBLEM_CODES);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** A code with what stands in the open places of its words. */
export const Said = z.object({
  code: ProblemCode.optional().describe('what it is, by name'),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Said = z.infer<typeof Said>;

/** RFC 9457. `errors` names, for bad input, the event's index (where there is one), the field and the reason. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  ...Said.shape,
  unlisted: z.int().optional().describe('how many more errors there are'),
  errors: z
    .array(z.object({ index: z.int().optional(), field: z.string(), reason: z.string(), ...Said.shape }))
    .optional(),
});
export type Problem = z.infer<typeof Problem>;

const TOLD: Record<string, ProblemCode> = {
  'name each severity once, the worst first': 'once',
  'a worse level lies further in the direction of the rule': 'order',
  'a level has a threshold': 'noThreshold',
  'more votes than samples': 'votes',
  'is no threshold here: the rule reads no count': 'noCount',
  'changes nothing': 'nothing',
  'is not in the catalogue': 'unknown',
};

function codeOfKind({ expected, message }: { expected: string; message: string }): Said {
  if (message.endsWith('received undefined')) return { code: 'missing' };
  if (expected === 'int') return { code: 'whole' };
  return { code: expected === 'number' ? 'number' : 'form' };
}

/** What an issue of a schema is, by name. */
export function codeOfIssue(issue: z.core.$ZodIssue): Said {
  const isNumber = 'origin' in issue && (issue.origin === 'number' || issue.origin === 'int');
  switch (issue.code) {
    case 'too_small': {
      const code = isNumber ? (issue.inclusive === false ? 'more' : 'least') : 'short';
      return { code, params: { limit: Number(issue.minimum) } };
    }
    case 'too_big':
      return { code: isNumber ? 'most' : 'long', params: { limit: Number(issue.maximum) } };
    case 'invalid_type':
      return codeOfKind(issue);
    case 'invalid_value':
      return { code: 'choice', params: { values: issue.values.map(String).join(', ') } };
    case 'unrecognized_keys':
      return { code: 'unknownField' };
    case 'custom':
      return { code: TOLD[issue.message] ?? 'notPossible' };
    default:
      return { code: 'form' };
  }
}
