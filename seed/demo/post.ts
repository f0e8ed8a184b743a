/** Brings events to the server's door, as any feed does. Hides batches, patience and who is on the way. */
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../../shared/answers.ts';
import { BATCH_EVENTS } from '../../shared/event.ts';
import type { Feed, Told } from '../province/tell.ts';
import { DemoRefused } from './marker.ts';

/** Where to bring events, with the token of each feed; `signal` ends it. */
export type Door = { url: string; tokens: Readonly<Record<string, string>>; signal: AbortSignal };

/** Batches on their way at one time. */
const IN_FLIGHT = 2;
const TRIES = 40;

/** Gathers events by feed and posts them, a few batches at a time. */
export class Postman {
  readonly #door: Door;
  readonly #bags = new Map<Feed['id'], string[]>();
  readonly #onTheWay = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;
  /** Events brought so far. */
  delivered = 0;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Takes an event; waits when too much is on the way. Rejects when the door refuses what was brought before. */
  async bring({ feed, event }: Told): Promise<void> {
    const bag = this.#bags.get(feed);
    if (!bag) {
      this.#bags.set(feed, [JSON.stringify(event)]);
      return;
    }
    if (bag.push(JSON.stringify(event)) >= BATCH_EVENTS) await this.#send(feed);
  }

  /** Sends what was gathered and waits until the server has all of it. */
  async finish(): Promise<void> {
    for (const feed of this.#bags.keys()) await this.#send(feed);
    await Promise.all(this.#onTheWay);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  async #send(feed: Feed['id']): Promise<void> {
    const lines = this.#bags.get(feed) ?? [];
    if (lines.length === 0) return;
    this.#bags.set(feed, []);
    while (this.#onTheWay.size >= IN_FLIGHT) await Promise.race(this.#onTheWay);
    this.#throwFailure();
    const trip = this.#deliver(feed, lines)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#onTheWay.delete(trip));
    this.#onTheWay.add(trip);
  }

  async #deliver(feed: Feed['id'], lines: readonly string[]): Promise<void> {
    const body = `${lines.join('\n')}\n`;
    for (let tries = 1; ; tries++) {
      const answer = await postOnce({ ...this.#door, token: this.#door.tokens[feed] ?? '', body });
      if (answer === 'taken') break;
      if (tries === TRIES) throw new DemoRefused(`The server takes no events: ${answer.reason}`);
      await wait(answer.waitMs, undefined, { signal: this.#door.signal });
    }
    this.delivered += lines.length;
  }
}

type Letter = Pick<Door, 'url' | 'signal'> & { token: string; body: string };

async function postOnce({
  url,
  signal,
  token,
  body,
}: Letter): Promise<'taken' | { reason: string; waitMs: number }> {
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
