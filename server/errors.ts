import type { Said } from '../shared/problem.ts';

/** The closed list of ways a request can be refused. */
export type ErrorCode =
  | 'badInput'
  | 'unauthorised'
  | 'locked'
  | 'forbidden'
  | 'notFound'
  | 'badMethod'
  | 'conflict'
  | 'tooLarge'
  | 'unsupported'
  | 'unprocessable'
  | 'tooMany'
  | 'notReady'
  | 'staleFold'
  | 'internal';

/** One thing wrong with an input: which event (by index), which field, why. */
export type InputError = { index?: number; field: string; reason: string } & Said;

/** What else a refusal says: how many more errors there are than are listed, and when to come again. */
export type Refusal = ErrorOptions & { unlisted?: number; retryAfterMs?: number; says?: Said };

/** A refusal that is known where it is thrown and mapped once, at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly InputError[];
  readonly unlisted: number;
  readonly retryAfterMs: number | undefined;
  /** What the message says, by name. */
  readonly says: Said;

  constructor(
    code: ErrorCode,
    message: string,
    errors: readonly InputError[] = [],
    { unlisted = 0, retryAfterMs, says = {}, ...options }: Refusal = {},
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.errors = errors;
    this.unlisted = unlisted;
    this.retryAfterMs = retryAfterMs;
    this.says = says;
  }
}

/** The most input errors one answer lists. */
export const LISTED_ERRORS = 100;

/** What is wrong with an input, of which only the first are kept: thousands cost no more than a hundred. */
export type Faults = {
  note: (error: InputError) => void;
  /** Throws AppError when there are any. */
  raise: (code: ErrorCode, message: string, says?: Said) => void;
};

export function createFaults(): Faults {
  const listed: InputError[] = [];
  let unlisted = 0;
  return {
    note(error) {
      if (listed.length < LISTED_ERRORS) listed.push(error);
      else unlisted += 1;
    },
    raise(code, message, says = {}) {
      if (listed.length > 0) throw new AppError(code, message, listed, { unlisted, says });
    },
  };
}
