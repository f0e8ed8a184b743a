/** Posts a message to a webhook, signed. Follows no redirect, reads little of the answer, connects to no address that was not checked. */
import { createHmac } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Notification } from '../../shared/notification.ts';
import { findLiteral, isOuterAddress } from './target.ts';
import { Undelivered } from './undelivered.ts';

/** Where to post and how to sign. */
export type Hook = { target: string; secret: string | null };

/** `timeoutMs`: for the whole exchange. */
export type HookSettings = { allowPrivateTargets: boolean; timeoutMs: number };

/** The signature of a body at an instant: `t` in seconds, `v1` the HMAC-SHA256 of `t.body` in hex. */
export function signBody(secret: string, body: string, now: number): string {
  const t = Math.floor(now / 1000);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return `t=${t},v1=${v1}`;
}

const INNER = 'the target lies in a private network';

/** Resolves a name, and gives the connection the addresses that were checked and no others. */
const lookUpOutside: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { all: true, verbatim: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const outside = addresses.filter(({ address }) => isOuterAddress(address));
    const [first] = outside;
    if (!first) return callback(new Undelivered(INNER), []);
    if (options.all) callback(null, outside);
    else callback(null, first.address, first.family);
  });
};

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host cannot be looked up',
  EPIPE: 'the connection was cut',
  ABORT_ERR: 'no answer in time',
};

/** Why an exchange failed, without its address: that may hold a secret. */
function explain(error: unknown): Undelivered {
  if (error instanceof Undelivered) return error;
  const { code, name } = error as { code?: unknown; name?: unknown };
  const known = typeof code === 'string' ? code : String(name ?? 'error');
  return new Undelivered(WORDS[known] ?? `the connection failed (${known})`);
}

/** As much of an answer as is let in. */
const MOST_BYTES = 64 * 1024;

type Exchange = { url: URL; body: string; options: RequestOptions };

function exchange({ url, body, options }: Exchange): Promise<void> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((done, fail) => {
    const onFailure = (error: unknown) => fail(explain(error));
    const sent = request(url, options, (response) => {
      const status = response.statusCode ?? 0;
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) response.destroy(new Undelivered('the answer is too long'));
      });
      response.on('error', onFailure);
      response.on('end', () => {
        if (200 <= status && status < 300) done();
        else fail(new Undelivered(`the receiver answered ${status}`));
      });
    });
    sent.on('error', onFailure);
    sent.end(body);
  });
}

/** Posts a message once. Throws `Undelivered`. */
export async function postHook(
  { target, secret }: Hook,
  message: Notification,
  { settings, now }: { settings: HookSettings; now: number },
): Promise<void> {
  const url = new URL(target);
  const literal = findLiteral(url);
  if (!settings.allowPrivateTargets && literal !== null && !isOuterAddress(literal))
    throw new Undelivered(INNER);
  const body = JSON.stringify(message);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'User-Agent': 'open-ioc',
    'Idempotency-Key': message.key,
    ...(secret === null ? {} : { 'X-IOC-Signature': signBody(secret, body, now) }),
  };
  const signal = AbortSignal.timeout(settings.timeoutMs);
  const lookup = settings.allowPrivateTargets ? {} : { lookup: lookUpOutside };
  await exchange({ url, body, options: { method: 'POST', headers, agent: false, signal, ...lookup } });
}
