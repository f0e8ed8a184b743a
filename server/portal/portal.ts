/**
 * The connector to the national portal's evaluation: asks at set times and files what it is told as reports, through the door
 * like any feed. Law: what did not change is not told again; a run that broke off goes on where it stopped.
 */
import { hash } from 'node:crypto';
import type { PortalConfig } from '../../shared/config.ts';
import type { ReportEvent } from '../../shared/event.ts';
import { addDays, dayOf, type Period, periodOf, previousPeriod, startOfDay } from '../../shared/period.ts';
import { type Pending, sendBatch } from '../intake/send.ts';
import { ENDPOINTS, type Endpoint, type PortalRow } from './answers.ts';
import { type Asking, askEndpoint, PortalError } from './ask.ts';
import { type PortalState, readState, writeState } from './state.ts';

/** What the connector works with. `door`: the address of the server whose door takes its events. */
export type PortalParts = {
  config: PortalConfig;
  zone: string;
  statePath: string;
  door: () => string;
  now: () => number;
  wait: (ms: number) => Promise<void>;
  log: { info: (facts: object, words: string) => void; warn: (facts: object, words: string) => void };
};

/** What a run came to; `unfit`: figures left out as they cannot be, `failed`: the questions the portal did not answer. */
export type PortalRun = {
  told: number;
  unchanged: number;
  refused: number;
  unreadable: number;
  unfit: number;
  failed: string[];
};

export type Portal = {
  /** Runs if it is time; null when it is not. One run at a time. */
  runDue: () => Promise<PortalRun | null>;
};

const HOUR_MS = 3_600_000;
/** How long after a run with failures the rest is asked for again. */
const AGAIN_MS = HOUR_MS;

/** Months are published when they are over; the running quarter and year as they go. */
export function listAskedPeriods(today: string): Period[] {
  return [previousPeriod(periodOf(today, 'month')), periodOf(today, 'quarter'), periodOf(today, 'year')];
}

/** The first instant after another at which a run begins: from `startAt` on, every so many hours. */
export function nextRunAfter(
  at: number,
  { everyHours, startAt }: Pick<PortalConfig, 'everyHours' | 'startAt'>,
  zone: string,
): number {
  const [hours = 0, minutes = 0] = startAt.split(':').map(Number);
  const begin = startOfDay(addDays(dayOf(at, zone), -1), zone) + hours * HOUR_MS + minutes * 60_000;
  const step = everyHours * HOUR_MS;
  return begin + (Math.floor((at - begin) / step) + 1) * step;
}

const keyOf = (endpoint: Endpoint, period: Period) => `${endpoint.path} ${period.key}`;
const toldKey = (unit: string, measure: string, period: string) => `${unit} ${measure} ${period}`;

/** Those figures of a page that are not what was last told, as events. */
function listNews(
  rows: readonly PortalRow[],
  parts: { state: PortalState; period: Period; at: number; config: PortalConfig },
) {
  const { state, period, at, config } = parts;
  const events: ReportEvent[] = [];
  let unchanged = 0;
  let strangers = 0;
  for (const { department, code, values } of rows) {
    if (code !== null) state.codes[department] = code;
    const unit = department === config.root.id ? config.root.unit : state.codes[department];
    if (unit === undefined) {
      strangers += 1;
      continue;
    }
    for (const [measure, value] of Object.entries(values)) {
      const key = toldKey(unit, measure, period.key);
      if (state.told[key] === value) {
        unchanged += 1;
        continue;
      }
      const id = hash('sha256', `${key} ${value} ${at}`, 'base64url').slice(0, 24);
      const facts = { unit, measure, period: period.key, value };
      events.push({ id, kind: 'report', at: new Date(at).toISOString(), ...facts });
    }
  }
  return { events, unchanged, strangers };
}

const AT_ONCE = 1000;

async function file(events: readonly ReportEvent[], parts: PortalParts): Promise<Set<string>> {
  const left = new Set<string>();
  const target = { url: parts.door(), token: parts.config.token, wait: parts.wait, onPause: () => undefined };
  for (let from = 0; from < events.length; from += AT_ONCE) {
    const batch = events.slice(from, from + AT_ONCE);
    const pending = batch.map((event, index): Pending => ({ lines: [from + index], event }));
    const { leftOut } = await sendBatch(pending, target);
    for (const id of leftOut) left.add(id);
  }
  return left;
}

async function runEndpoint(
  endpoint: Endpoint,
  period: Period,
  parts: PortalParts & { state: PortalState; at: number },
) {
  const { config, state, at } = parts;
  const asking: Asking = {
    ...{ ...config, root: config.root.id, tags: state.tags },
    ...{ wait: parts.wait, now: parts.now },
  };
  const page = await askEndpoint(endpoint, period, asking);
  const { events, unchanged, strangers } = listNews(page.rows, { state, period, at, config });
  const left = await file(events, parts);
  for (const { id, unit, measure, period: key, value } of events)
    if (!left.has(id)) state.told[toldKey(unit, measure, key)] = value;
  // What was left out is to be told again as soon as its unit is known.
  if (left.size + strangers + page.unreadable === 0) Object.assign(state.tags, page.tags);
  const { unreadable, unfit } = page;
  return { told: events.length - left.size, refused: left.size, unchanged, unreadable, unfit };
}

/** The run that broke off, if it is young enough to go on; a new one else. */
function beginRun(
  { run: broken }: PortalState,
  { now, config }: PortalParts,
): NonNullable<PortalState['run']> {
  const isYoung = broken !== null && now() - broken.at <= config.everyHours * HOUR_MS;
  return isYoung ? broken : { at: now(), done: [] };
}

function listQuestions(at: number, zone: string): { period: Period; endpoint: Endpoint }[] {
  return listAskedPeriods(dayOf(at, zone)).flatMap((period) =>
    ENDPOINTS.map((endpoint) => ({ period, endpoint })),
  );
}

function noteFailure({ log }: PortalParts, question: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : '';
  const words =
    error instanceof PortalError ? 'the portal gave nothing' : 'figures of the portal were not taken';
  log.warn({ question, reason }, words);
}

async function run(parts: PortalParts, state: PortalState): Promise<PortalRun> {
  const { config, zone, statePath, log, now } = parts;
  const begun = beginRun(state, parts);
  state.run = begun;
  const total: PortalRun = { told: 0, unchanged: 0, refused: 0, unreadable: 0, unfit: 0, failed: [] };
  for (const { period, endpoint } of listQuestions(begun.at, zone)) {
    const key = keyOf(endpoint, period);
    if (begun.done.includes(key)) continue;
    try {
      const came = await runEndpoint(endpoint, period, { ...parts, state, at: now() });
      for (const count of ['told', 'refused', 'unchanged', 'unreadable', 'unfit'] as const)
        total[count] += came[count];
      begun.done.push(key);
    } catch (error) {
      total.failed.push(key);
      noteFailure(parts, key, error);
    }
    writeState(statePath, state);
  }
  const isWhole = total.failed.length === 0;
  if (isWhole) state.run = null;
  state.nextAt = isWhole ? nextRunAfter(now(), config, zone) : now() + AGAIN_MS;
  writeState(statePath, state);
  log.info({ ...total }, 'asked the portal');
  return total;
}

/** Whether it is time: for the next run, or to go on with one that broke off. */
function isDue(state: PortalState, { now, config, zone }: PortalParts): boolean {
  if (state.nextAt === null && state.run === null) state.nextAt = nextRunAfter(now(), config, zone);
  return now() >= (state.nextAt ?? 0);
}

/** A connector that keeps its place in a file. */
export function createPortal(parts: PortalParts): Portal {
  const state = readState(parts.statePath);
  let isRunning = false;
  return {
    async runDue() {
      if (isRunning || !isDue(state, parts)) return null;
      isRunning = true;
      try {
        return await run(parts, state);
      } finally {
        isRunning = false;
      }
    },
  };
}
