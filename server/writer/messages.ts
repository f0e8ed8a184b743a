import { AppError, type ErrorCode, type InputError } from '../errors.ts';
import type { Change, Order } from './order.ts';

/** What the thread of the writer is told when it starts: whose store, by which site facts. */
export type ThreadFacts = { url: string; site: unknown };

/** What it is asked. */
export type Question =
  | { type: 'run'; id: number; order: Order }
  | { type: 'check'; id: number }
  | { type: 'close' };

/** An error as it crosses to another thread. */
export type ThreadError = {
  code: ErrorCode | null;
  message: string;
  errors: readonly InputError[];
  stack: string;
  /** What lay behind it, in its own words; null where nothing did. */
  cause: string | null;
};

/** What it says: the answer to a question by its id, or what happened. */
export type Message =
  | { type: 'open' }
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'failure'; id: number; error: ThreadError }
  | { type: 'change'; change: Change }
  | { type: 'progress'; subjects: number };

/** An error, ready to cross. */
export function packError(error: unknown): ThreadError {
  const isError = error instanceof Error;
  return {
    code: error instanceof AppError ? error.code : null,
    message: isError ? error.message : String(error),
    errors: error instanceof AppError ? error.errors : [],
    stack: isError ? (error.stack ?? '') : '',
    cause: isError && error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : null,
  };
}

/** The error that crossed: an AppError again, or a stranger with its own stack. */
export function unpackError({ code, message, errors, stack, cause }: ThreadError): Error {
  const options = cause === null ? {} : { cause: new Error(cause) };
  const error = code === null ? new Error(message, options) : new AppError(code, message, errors, options);
  error.stack = stack;
  return error;
}
