/** The closed list of ways a request can be refused. */
export type ErrorCode =
  | 'badInput'
  | 'unauthorised'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'tooLarge'
  | 'unsupported'
  | 'unprocessable'
  | 'tooMany'
  | 'notReady'
  | 'staleFold'
  | 'internal';

/** One thing wrong with an input: which event (by index), which field, why. */
export type InputError = { index?: number; field: string; reason: string };

/** A refusal that is known where it is thrown and mapped once, at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly InputError[];

  constructor(
    code: ErrorCode,
    message: string,
    errors: readonly InputError[] = [],
    options: ErrorOptions = {},
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.errors = errors;
  }
}
