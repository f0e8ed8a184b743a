/** Passwords: which are good, how they are kept, and how many are looked at together. Law: never within a transaction. */
import { randomBytes } from 'node:crypto';
import { hash as hashArgon, verify as verifyArgon } from '@node-rs/argon2';
import { AppError } from '../errors.ts';
import { findWeakness } from './password-rules.ts';

export type Passwords = {
  /** What is kept of a password (argon2id); AppError `unprocessable` says what is wrong with it. */
  hash: (password: string, login: string) => Promise<string>;
  /** Whether a password is the one kept; without one it takes as long, and is not. AppError `tooMany` when busy. */
  verify: (password: string, kept: string | null) => Promise<boolean>;
};

/** Looked at together, each on a thread and with 19 MiB; and waiting for that, beyond which one is to come again. */
const AT_ONCE = 2;
const MOST_WAITING = 30;
const RETRY_MS = 2000;

function createSlots(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING)
        throw new AppError('tooMany', 'Too many people sign in at this moment.', [], {
          retryAfterMs: RETRY_MS,
        });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** Hashes and compares passwords of at least so many characters. */
export function createPasswords({ length }: { length: number }): Passwords {
  const inTurn = createSlots();
  let nobody: Promise<string> | null = null;
  // Made as the others are, so that comparing with it takes as long.
  const hashOfNobody = () => {
    nobody ??= hashArgon(randomBytes(32));
    return nobody;
  };
  return {
    async hash(password, login) {
      const weakness = findWeakness(password, { login, length });
      if (weakness !== null)
        throw new AppError('unprocessable', `This password ${weakness}.`, [
          { field: 'password', reason: weakness },
        ]);
      return inTurn(() => hashArgon(password.normalize('NFC')));
    },
    async verify(password, kept) {
      const against = await hashOfNobody();
      const isRight = await inTurn(() => verifyArgon(kept ?? against, password.normalize('NFC')));
      return isRight && kept !== null;
    },
  };
}
