/**
 * How often callers may ask. Hides who was known of late and what each has used up.
 * Law: strangers are limited by their address before they are looked up; whoever proved a token is limited by that token
 * alone, so that neither other feeds nor strangers behind the same address can starve it.
 */
import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';

/** Who knocks: from where, and with which token, if any. */
export type Knock = { address: string; token: string | undefined };

export type Limits = {
  /** Lets a caller in before anybody looked it up; throws AppError `tooMany`. */
  enter: (knock: Knock) => void;
  /** Looks a caller up and counts what came of it; throws what `check` throws, or AppError `tooMany`. */
  identify: <T>(knock: Knock, check: () => Promise<T>) => Promise<T>;
};

/** Requests counted within windows of time, by key. */
type Limit = {
  count: (key: string) => number;
  /** Throws AppError `tooMany` while a key has used its window up. */
  check: (key: string) => void;
};

/** Keys remembered at one time; beyond, those whose window began first are forgotten. */
const MOST_KEYS = 20_000;

function createLimit({ most, windowMs }: { most: number; windowMs: number }, clock: () => number): Limit {
  const windows = new Map<string, { count: number; endsAt: number }>();
  return {
    count(key) {
      const now = clock();
      const known = windows.get(key);
      if (known && known.endsAt > now) return ++known.count;
      windows.delete(key);
      windows.set(key, { count: 1, endsAt: now + windowMs });
      const [oldest] = windows.keys();
      if (windows.size > MOST_KEYS && oldest !== undefined) windows.delete(oldest);
      return 1;
    },
    check(key) {
      const known = windows.get(key);
      const retryAfterMs = known ? known.endsAt - clock() : 0;
      if (known && retryAfterMs > 0 && known.count >= most)
        throw new AppError('tooMany', 'Too many requests; wait a moment.', [], { retryAfterMs });
    },
  };
}

const REQUEST_WINDOW_MS = 10_000;
const FAILURES = { most: 20, windowMs: 60_000 };

/** Limits that let an address, and apart from it each token, ask `perSecond` times, averaged over ten seconds. */
export function createLimits({ perSecond, clock }: { perSecond: number; clock: () => number }): Limits {
  const most = Math.max(1, Math.floor((perSecond * REQUEST_WINDOW_MS) / 1000));
  const requests = createLimit({ most, windowMs: REQUEST_WINDOW_MS }, clock);
  const failures = createLimit(FAILURES, clock);
  const proven = new Set<string>();
  const keyOf = (token: string) => createHash('sha256').update(token).digest('base64url');
  const ask = (key: string) => {
    requests.check(key);
    requests.count(key);
  };

  /** The same wrong token again counts by itself: a feed that ended must not shut out those it shares an address with. */
  const noteFailure = (address: string, key: string) => {
    proven.delete(key);
    if (failures.count(`${address} ${key}`) === 1) failures.count(address);
  };

  return {
    enter({ address, token }) {
      const key = token === undefined ? undefined : keyOf(token);
      if (key !== undefined && proven.has(key)) {
        requests.check(key);
        return;
      }
      if (key !== undefined) {
        failures.check(address);
        failures.check(`${address} ${key}`);
      }
      ask(address);
    },
    async identify({ address, token }, check) {
      if (token === undefined) return check();
      const key = keyOf(token);
      try {
        const found = await check();
        const [oldest] = proven;
        if (proven.size >= MOST_KEYS && oldest !== undefined) proven.delete(oldest);
        proven.add(key);
        ask(key);
        return found;
      } catch (error) {
        if (error instanceof AppError && error.code === 'unauthorised') noteFailure(address, key);
        throw error;
      }
    },
  };
}
