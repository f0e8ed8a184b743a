import { z } from 'zod';
import type { OpsEvent } from '../../shared/event.ts';
import { Problem } from '../../shared/problem.ts';
import { AppError } from '../errors.ts';
import type { Refused } from './map-row.ts';

/** An event on its way, with the lines of the file that tell it, the first one first. */
export type Pending = { lines: number[]; event: OpsEvent };
/** What the server made of a batch: why lines were refused, and the ids of the events left out with them. */
export type Sent = { accepted: number; duplicates: number; refused: Refused[]; leftOut: string[] };
/** Where to send, how to pause, and whom to tell about pauses. */
export type Target = {
  url: string;
  token: string;
  wait(ms: number): Promise<void>;
  onPause(reason: string, ms: number): void;
};

const TIMEOUT_MS = 120_000;
/** Answers of a server in trouble, or of a gateway before one that is down or starting: the same request may yet succeed. */
const IN_TROUBLE: ReadonlySet<number> = new Set([408, 425, 500, 502, 503, 504, 507]);
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Tries against a server that does not answer or is in trouble: about two minutes in all. */
const TRIES = 9;
/** How often in a row a busy server may put us off. */
const POSTPONEMENTS = 200;

const COUNTS = z.object({ accepted: z.int(), duplicates: z.int() });
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

/** The server's answer, or why there is none: no connection, or a broken one. */
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

function problemOf(body: unknown): ServerProblem {
  return ServerProblem.safeParse(body).data ?? {};
}

/** What to say while waiting and at the end, and for how long the server asks to be left alone. */
type Trouble = { pause: string; end: string; askedMs: number };

/** Why the same request is worth another try; undefined when the server has answered it. */
function findTrouble(answer: Answer | string, { url }: Target): Trouble | undefined {
  if (typeof answer === 'string')
    return { pause: `no answer (${answer})`, end: `nobody answers at ${url} (${answer})`, askedMs: 0 };
  if (!IN_TROUBLE.has(answer.status)) return undefined;
  const { detail, title } = problemOf(answer.body);
  const said = detail || title ? `: ${detail || title}` : '';
  const words = `status ${answer.status}${said}`;
  return {
    pause: `the server is in trouble (${words})`,
    end: `the server at ${url} takes nothing (${words})`,
    askedMs: answer.retryAfter === null ? 0 : pauseOf(answer.retryAfter),
  };
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
    const trouble = findTrouble(answer, target);
    if (trouble) {
      failures += 1;
      if (failures >= TRIES) throw new AppError('notReady', trouble.end);
      const ms = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
      await pause(trouble.pause, Math.max(ms, trouble.askedMs));
    } else if (typeof answer !== 'string') {
      if (answer.status !== 429) return answer;
      failures = 0;
      postponements += 1;
      if (postponements >= POSTPONEMENTS) throw new AppError('tooMany', 'the server is busy and stays so');
      await pause('the server is busy', pauseOf(answer.retryAfter));
    }
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

/** The place nearest the middle where a row of the file begins: a row is never halved unless it is all there is. */
function findMiddle(batch: readonly Pending[]): number {
  const middle = Math.ceil(batch.length / 2);
  const isStart = (index: number) => batch[index]?.lines[0] !== batch[index - 1]?.lines[0];
  for (let step = 0; step < middle; step += 1) {
    const place = [middle - step, middle + step].find(
      (index) => index > 0 && index < batch.length && isStart(index),
    );
    if (place !== undefined) return place;
  }
  return middle;
}

async function sendHalves(batch: readonly Pending[], target: Target, bad: Set<number>): Promise<Sent> {
  const middle = findMiddle(batch);
  const first = await sendRest(batch.slice(0, middle), target, bad);
  const second = await sendRest(batch.slice(middle), target, bad);
  return {
    accepted: first.accepted + second.accepted,
    duplicates: first.duplicates + second.duplicates,
    refused: [...first.refused, ...second.refused],
    leftOut: [...first.leftOut, ...second.leftOut],
  };
}

/** Each line that tells an event the server refuses, once for each reason. */
function wordRefused(batch: readonly Pending[], errors: readonly ServerError[]): Refused[] {
  const refused = new Map<string, Refused>();
  for (const { index, field, reason } of errors) {
    for (const line of batch[index]?.lines ?? [])
      refused.set(`${line} ${field} ${reason}`, { line, field, reason });
  }
  return [...refused.values()];
}

/** Sends what is left of a batch without the lines known to be bad; adds to these what the server refuses. */
async function sendRest(batch: readonly Pending[], target: Target, bad: Set<number>): Promise<Sent> {
  const sent: Sent = { accepted: 0, duplicates: 0, refused: [], leftOut: [] };
  for (let rest = batch; ; ) {
    const isGood = ({ lines }: Pending) => lines.some((line) => !bad.has(line));
    sent.leftOut.push(...rest.filter((pending) => !isGood(pending)).map(({ event }) => event.id));
    rest = rest.filter(isGood);
    if (rest.length === 0) return sent;
    const { status, body } = await post(rest, target);
    const counts = status === 200 ? COUNTS.safeParse(body) : undefined;
    if (counts?.success) return { ...sent, ...counts.data };
    if (status === 413 && rest.length > 1) {
      const halves = await sendHalves(rest, target, bad);
      return {
        ...halves,
        refused: [...sent.refused, ...halves.refused],
        leftOut: [...sent.leftOut, ...halves.leftOut],
      };
    }
    const errors = listErrors(problemOf(body), rest.length);
    if (errors.length === 0) throw refuseWhole(status, problemOf(body));
    const refused = wordRefused(rest, errors);
    for (const { line } of refused) bad.add(line);
    sent.refused.push(...refused);
  }
}

/**
 * Sends a batch until the server has taken all it will take: waits when asked to, tries again when the line breaks or the
 * server is in trouble, leaves out whole the lines the server names and sends the rest. Throws AppError when it refuses all.
 */
export async function sendBatch(batch: readonly Pending[], target: Target): Promise<Sent> {
  return sendRest(batch, target, new Set());
}
