/** Asking the portal, politely: one request at a time, a pause before each, longer and longer ones after failures. */
import { addDays, type Period } from '../../shared/period.ts';
import { type Endpoint, type PortalPage, readPage } from './answers.ts';

/** Where and how the portal is asked. */
export type Asking = {
  url: string;
  root: string;
  pauseMs: number;
  timeoutMs: number;
  wait: (ms: number) => Promise<void>;
};

/** How often one question is put before it is given up for this time. */
const TRIES = 4;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** More pages than any province has. */
const MOST_PAGES = 50;

/** The portal did not give what was asked of it. */
export class PortalError extends Error {
  override name = 'PortalError';
}

function bodyOf(endpoint: Endpoint, period: Period, { root, page }: { root: string; page: number }): object {
  const common = { rootDepartmentId: root, currentPage: page, pageSize: endpoint.pageSize };
  if (endpoint.isByDays) return { ...common, fromDate: period.from, toDate: addDays(period.to, -1) };
  const year = Number(period.from.slice(0, 4));
  const month = Number(period.from.slice(5, 7));
  const part =
    period.grain === 'month'
      ? { month }
      : period.grain === 'quarter'
        ? { quarter: Math.ceil(month / 3) }
        : {};
  return { timeType: period.grain, year, ...part, ...common };
}

/** A page, or why there is none and for how long to wait at least. */
type Tried = { page: PortalPage } | { reason: string; askedMs: number; isFinal: boolean };

const secondsOf = (text: string | null) => (/^\d+$/.test(text ?? '') ? Number(text) : 0);

async function tryOnce(endpoint: Endpoint, asking: Asking, body: object): Promise<Tried> {
  try {
    const response = await fetch(`${asking.url.replace(/\/+$/, '')}/${endpoint.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(asking.timeoutMs),
    });
    const text = await response.text();
    const askedMs = secondsOf(response.headers.get('retry-after')) * 1000;
    const isFinal =
      response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status);
    if (!response.ok) return { reason: `status ${response.status}`, askedMs, isFinal };
    const page = readPage(endpoint, JSON.parse(text));
    return page ? { page } : { reason: 'an answer of another shape', askedMs: 0, isFinal: true };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { reason: cause instanceof Error ? cause.message : 'no answer', askedMs: 0, isFinal: false };
  }
}

async function askPage(endpoint: Endpoint, asking: Asking, body: object): Promise<PortalPage> {
  await asking.wait(asking.pauseMs);
  for (let failures = 1; ; failures += 1) {
    const tried = await tryOnce(endpoint, asking, body);
    if ('page' in tried) return tried.page;
    if (tried.isFinal || failures >= TRIES) throw new PortalError(`${endpoint.path}: ${tried.reason}`);
    const pause = Math.max(FIRST_PAUSE_MS * 2 ** (failures - 1), tried.askedMs);
    await asking.wait(Math.min(pause, LONGEST_PAUSE_MS));
  }
}

/** All pages of one evaluation of a period. Throws PortalError when the portal does not give them. */
export async function askEndpoint(endpoint: Endpoint, period: Period, asking: Asking): Promise<PortalPage> {
  const all: PortalPage = { rows: [], unreadable: 0, pages: 1 };
  for (let number = 1; number <= Math.min(all.pages, MOST_PAGES); number += 1) {
    const page = await askPage(
      endpoint,
      asking,
      bodyOf(endpoint, period, { root: asking.root, page: number }),
    );
    all.pages = page.pages;
    all.unreadable += page.unreadable;
    all.rows.push(...page.rows);
  }
  return all;
}
