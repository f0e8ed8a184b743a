import { z } from 'zod';
import { Problem } from '../../shared/answers.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { AppError } from '../errors.ts';
import type { Refused } from './map-row.ts';

/** An event on its way, with the line of the file it came from. */
export type Pending = { line: number; event: OpsEvent };
/** What the server made of a batch; `seq` is that of its last commit, undefined when nothing was left to send. */
export type Sent = { accepted: number; duplicates: number; seq: number | undefined; refused: Refused[] };
/** Where to send, how to pause, and whom to tell about pauses. */
export type Target = {
  url: string;
  token: string;
  wait(ms: number): Promise<void>;
  onPause(reason: string, ms: number): void;
};

const TIMEOUT_MS = 120_000;
/** Answers of a gateway before a server that is down or starting. */
const GATEWAY: ReadonlySet<number> = new Set([502, 503, 504]);
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Tries against a server that does not answer: about two minutes in all. */
const TRIES = 9;
/** How often in a row a busy server may put us off. */
const POSTPONEMENTS = 200;

const COUNTS = z.object({ accepted: z.int(), duplicates: z.int(), seq: z.int() });
const ServerProblem = Problem.partial();
type ServerProblem = z.infer<typeof ServerProblem>;
type Answer = { status: number; retryAfter: string | null; body: unknown };
type ServerError = { index: number; field: string; reason: string };

function nameFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection';
  const cause = error.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The server's answer, or why there is none: no connection, a broken one, or a gateway speaking for a dead server. */
async function postOnce(batch: readonly Pending[], target: Target): Promise<Answer | string> {
  try {
    const response = await fetch(`${target.url.replace(/\/+$/, '')}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: batch.map(({ event }) => event) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (GATEWAY.has(response.status)) return `status ${response.status}`;
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: parseBody(text),
    };
  } catch (error) {
    return nameFailure(error);
  }
}

function pauseOf(retryAfter: string | null): number {
  const seconds = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : 1;
  return Math.min(seconds * 1000, 120_000);
}

async function post(batch: readonly Pending[], target: Target): Promise<Answer> {
  let failures = 0;
  let postponements = 0;
  const pause = (reason: string, ms: number) => {
    target.onPause(reason, ms);
    return target.wait(ms);
  };
  for (;;) {
    const answer = await postOnce(batch, target);
    if (typeof answer === 'string') {
      failures += 1;
      if (failures >= TRIES) throw new AppError('notReady', `nobody answers at ${target.url} (${answer})`);
      await pause(`no answer (${answer})`, Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS));
      continue;
    }
    if (answer.status !== 429) return answer;
    failures = 0;
    postponements += 1;
    if (postponements >= POSTPONEMENTS) throw new AppError('tooMany', 'the server is busy and stays so');
    await pause('the server is busy', pauseOf(answer.retryAfter));
  }
}

function listErrors(problem: ServerProblem, size: number): ServerError[] {
  return (problem.errors ?? []).flatMap(({ index, field, reason }) =>
    index !== undefined && index >= 0 && index < size ? [{ index, field, reason }] : [],
  );
}

function refuseWhole(status: number, problem: ServerProblem): AppError {
  const words = problem.detail || problem.title || 'no reason given';
  return new AppError('unprocessable', `the server refuses: ${words} (status ${status})`);
}

async function sendHalves(batch: readonly Pending[], target: Target): Promise<Sent> {
  const middle = Math.ceil(batch.length / 2);
  const first = await sendBatch(batch.slice(0, middle), target);
  const second = await sendBatch(batch.slice(middle), target);
  return {
    accepted: first.accepted + second.accepted,
    duplicates: first.duplicates + second.duplicates,
    seq: second.seq ?? first.seq,
    refused: [...first.refused, ...second.refused],
  };
}

/**
 * Sends a batch until the server has taken all it will take: waits when asked to, tries again when the line breaks,
 * leaves out the events the server names and sends the rest. Throws AppError when it refuses as a whole.
 */
export async function sendBatch(batch: readonly Pending[], target: Target): Promise<Sent> {
  const refused: Refused[] = [];
  let rest = batch;
  while (rest.length > 0) {
    const { status, body } = await post(rest, target);
    const counts = status === 200 ? COUNTS.safeParse(body) : undefined;
    if (counts?.success) return { ...counts.data, refused };
    const problem = ServerProblem.safeParse(body).data ?? {};
    if (status === 413 && rest.length > 1) {
      const sent = await sendHalves(rest, target);
      return { ...sent, refused: [...refused, ...sent.refused] };
    }
    const errors = listErrors(problem, rest.length);
    if (errors.length === 0) throw refuseWhole(status, problem);
    const named = new Set(errors.map((error) => error.index));
    for (const index of named) {
      const own = errors.filter((error) => error.index === index);
      const field = [...new Set(own.map((error) => error.field))].join(', ');
      const reason = [...new Set(own.map((error) => error.reason))].join('; ');
      refused.push({ line: rest[index]?.line ?? 0, field, reason });
    }
    rest = rest.filter((_, index) => !named.has(index));
  }
  return { accepted: 0, duplicates: 0, seq: undefined, refused };
}
