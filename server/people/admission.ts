import { dayOf } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import type { Site } from '../site.ts';
import { findTokenUse } from '../store/session-store.ts';
import type { ReadingStore } from '../store/store.ts';
import type { Writer } from '../writer/writer.ts';
import type { Caller, ViewerCaller } from './caller.ts';
import { type Credentials, findCaller, readCookie } from './callers.ts';
import type { Standing } from './roles.ts';
import { createSecret, hashSecret } from './secrets.ts';

/** What callers are found with. `demoUnit`: the code of the unit that visitors see. */
export type AdmissionParts = {
  store: ReadingStore;
  site: Site;
  run: Writer['run'];
  clock: () => number;
  demoUnit: string | null;
  standing: () => Promise<Standing>;
};

export type Admission = {
  /** Who brings these credentials, be its session locked; notes the use of a token. AppError `unauthorised`. */
  find: (credentials: Credentials, address: string) => Promise<ViewerCaller>;
  /** A new secret for the cookie of a person whose rights changed; null where the one it has is right. */
  renew: (caller: ViewerCaller, cookie: string | undefined) => Promise<string | null>;
  /** Notes that a token is used. */
  noteUse: (caller: Caller, token: string, address: string) => Promise<void>;
};

/** How often it is noted that a token is still used from an address, and how many such are remembered. */
const NOTED_EVERY_MS = 10 * 60_000;
const MOST_KNOWN = 20_000;

function createUses({ store, run, clock }: AdmissionParts): Admission['noteUse'] {
  const known = new Map<string, number>();
  return async (caller, token, address) => {
    const key = `${token} ${address}`;
    const now = clock();
    const isFresh = (at: number | undefined) => at !== undefined && Math.abs(now - at) < NOTED_EVERY_MS;
    if (isFresh(known.get(key))) return;
    known.delete(key);
    const [oldest] = known.keys();
    if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    known.set(key, now);
    try {
      if (isFresh(await findTokenUse(store.reader, token, address))) return;
      await run({ name: 'noteTokenUse', caller, input: { token, address }, now });
    } catch (error) {
      known.delete(key);
      // What can be read may be read while nothing can be written.
      if (!(error instanceof AppError && error.code === 'notReady')) throw error;
    }
  };
}

/** Finds callers, for requests and links alike. */
export function createAdmission(parts: AdmissionParts): Admission {
  const { store, site, run, clock, demoUnit: code, standing } = parts;
  const noteUse = createUses(parts);
  return {
    noteUse,
    async find(credentials, address) {
      const now = clock();
      const { tree } = await standing();
      const demoUnit = code === null ? null : (tree.findAsOf(code, dayOf(now, site.zone))?.id ?? null);
      const caller = await findCaller(store.reader, credentials, { site, tree, demoUnit, now, address });
      if (caller.kind === 'screen') await noteUse(caller, caller.token, address);
      return caller;
    },
    async renew(caller, cookie) {
      if (caller.kind !== 'person' || !caller.isCookieOld || cookie === undefined) return null;
      const { text, hash } = createSecret();
      const input = { present: hashSecret(cookie), next: hash };
      return (await run({ name: 'renewCookie', caller, input, now: clock() })) ? text : null;
    },
  };
}

/** The secret of a request's cookie. */
export const cookieOf = ({ headers }: { headers: { cookie?: string | undefined } }) =>
  readCookie(headers.cookie);
