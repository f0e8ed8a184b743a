/** Sends events to the server, as any feed does. Hides batches, retries and which requests are under way. */
import { setTimeout as wait } from 'node:timers/promises';
import { BATCH_EVENTS, type OpsEvent } from '../../shared/event.ts';
import { Problem } from '../../shared/problem.ts';
import type { Feed, Told } from '../province/tell.ts';
import { DemoRefused } from './marker.ts';

/** Where to send events, with the token of each feed; `signal` ends it. */
export type Target = { url: string; tokens: Readonly<Record<string, string>>; signal: AbortSignal };

/** Requests under way at one time. */
const IN_FLIGHT = 2;
const TRIES = 40;

/** Gathers events by feed and posts them, a few batches at a time. */
export class Sender {
  readonly #target: Target;
  readonly #batches = new Map<Feed['id'], string[]>();
  readonly #underWay = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;
  /** Events sent so far. */
  sent = 0;

  constructor(target: Target) {
    this.#target = target;
  }

  /** Takes an event; waits when too much is under way. Rejects when the server refused what was sent before. */
  async add({ feed, event }: Told<OpsEvent>): Promise<void> {
    const batch = this.#batches.get(feed);
    if (!batch) {
      this.#batches.set(feed, [JSON.stringify(event)]);
      return;
    }
    if (batch.push(JSON.stringify(event)) >= BATCH_EVENTS) await this.#send(feed);
  }

  /** Sends what was gathered and waits until the server has all of it. */
  async finish(): Promise<void> {
    const { taken } = await this.flush();
    await taken;
  }

  /** Sends what was gathered; `taken` resolves when the server has all of it, others may be added meanwhile. */
  async flush(): Promise<{ taken: Promise<void> }> {
    for (const feed of this.#batches.keys()) await this.#send(feed);
    const taken = Promise.all(this.#underWay).then(() => this.#throwFailure());
    taken.catch(() => undefined);
    return { taken };
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  async #send(feed: Feed['id']): Promise<void> {
    const lines = this.#batches.get(feed) ?? [];
    if (lines.length === 0) return;
    this.#batches.set(feed, []);
    while (this.#underWay.size >= IN_FLIGHT) await Promise.race(this.#underWay);
    this.#throwFailure();
    const request = this.#post(feed, lines)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(request));
    this.#underWay.add(request);
  }

  async #post(feed: Feed['id'], lines: readonly string[]): Promise<void> {
    const body = `${lines.join('\n')}\n`;
    for (let tries = 1; ; tries++) {
      const answer = await postOnce({ ...this.#target, token: this.#target.tokens[feed] ?? '', body });
      if (answer === 'taken') break;
      if (tries === TRIES) throw new DemoRefused(`The server takes no events: ${answer.reason}`);
      await wait(answer.waitMs, undefined, { signal: this.#target.signal });
    }
    this.sent += lines.length;
  }
}

type Request = Pick<Target, 'url' | 'signal'> & { token: string; body: string };

async function postOnce({
  url,
  signal,
  token,
  body,
}: Request): Promise<'taken' | { reason: string; waitMs: number }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const response = await fetch(`${url}/api/events`, { method: 'POST', headers, body, signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      return error instanceof Error ? error : new Error(String(error));
    },
  );
  if (response instanceof Error) return { reason: response.message, waitMs: 250 };
  const text = await response.text();
  if (response.ok) return 'taken';
  const reason = describeProblem(response.status, text);
  if (response.status === 429 || response.status >= 500) {
    return { reason, waitMs: Math.min(5000, 1000 * Number(response.headers.get('retry-after') ?? 0.25)) };
  }
  throw new DemoRefused(`The server refuses the demo's events: ${reason}`);
}

function describeProblem(status: number, text: string): string {
  try {
    const { detail, errors } = Problem.parse(JSON.parse(text));
    const first = errors?.[0];
    return `${status} ${detail}${first ? ` (${first.field}: ${first.reason})` : ''}`;
  } catch {
    return `${status} ${text.slice(0, 200)}`;
  }
}
