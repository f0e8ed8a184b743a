/** Asking the portal, politely: one request at a time, a pause before each, longer and longer ones after failures. */
import { addDays, type Period } from '../../shared/period.ts';
import { type Endpoint, type PortalPage, readPage } from './answers.ts';

/** What the portal named a page by, and how many pages there were: of one that is the same it need not be told again. */
export type PageTag = { tag: string; pages: number };

/** Where and how the portal is asked. `tags` are those of pages whose figures were all taken, by `tagKey`. */
export type Asking = {
  url: string;
  root: string;
  pauseMs: number;
  timeoutMs: number;
  tags: Readonly<Record<string, PageTag>>;
  now: () => number;
  wait: (ms: number) => Promise<void>;
};

/** The name of a page of an evaluation and period. */
export function tagKey(endpoint: Endpoint, period: Period, page: number): string {
  return `${endpoint.path} ${period.key} ${page}`;
}

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
type Tried = { page: PortalPage; tag: string | null } | { reason: string; askedMs: number; isFinal: boolean };

/** How long the portal asks to wait: in seconds, or until an instant. */
function waitOf(text: string | null, now: number): number {
  if (text === null) return 0;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now);
}

/** What is no JSON, such as the page of a portal under maintenance, may be an answer the next time. */
function judgeAnswer(endpoint: Endpoint, text: string, tag: string | null): Tried {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { reason: 'an answer that is no JSON', askedMs: 0, isFinal: false };
  }
  const page = readPage(endpoint, body);
  return page ? { page, tag } : { reason: 'an answer of another shape', askedMs: 0, isFinal: true };
}

async function tryOnce(
  endpoint: Endpoint,
  asking: Asking,
  { body, known }: { body: object; known: PageTag | undefined },
): Promise<Tried> {
  try {
    const response = await fetch(`${asking.url.replace(/\/+$/, '')}/${endpoint.path}`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', accept: 'application/json' },
        ...(known && { 'if-none-match': known.tag }),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(asking.timeoutMs),
    });
    const text = await response.text();
    if (response.status === 304 && known)
      return { page: { rows: [], unreadable: 0, unfit: 0, pages: known.pages }, tag: known.tag };
    const askedMs = waitOf(response.headers.get('retry-after'), asking.now());
    const isFinal =
      response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status);
    if (!response.ok) return { reason: `status ${response.status}`, askedMs, isFinal };
    return judgeAnswer(endpoint, text, response.headers.get('etag'));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { reason: cause instanceof Error ? cause.message : 'no answer', askedMs: 0, isFinal: false };
  }
}

async function askPage(
  endpoint: Endpoint,
  asking: Asking,
  question: { body: object; known: PageTag | undefined },
): Promise<Extract<Tried, { page: PortalPage }>> {
  await asking.wait(asking.pauseMs);
  for (let failures = 1; ; failures += 1) {
    const tried = await tryOnce(endpoint, asking, question);
    if ('page' in tried) return tried;
    if (tried.isFinal || failures >= TRIES) throw new PortalError(`${endpoint.path}: ${tried.reason}`);
    const pause = Math.max(FIRST_PAUSE_MS * 2 ** (failures - 1), tried.askedMs);
    await asking.wait(Math.min(pause, LONGEST_PAUSE_MS));
  }
}

/** All pages of one evaluation of a period, and their tags. Throws PortalError when the portal does not give them. */
export async function askEndpoint(
  endpoint: Endpoint,
  period: Period,
  asking: Asking,
): Promise<PortalPage & { tags: Record<string, PageTag> }> {
  const all: PortalPage = { rows: [], unreadable: 0, unfit: 0, pages: 1 };
  const tags: Record<string, PageTag> = {};
  for (let number = 1; number <= Math.min(all.pages, MOST_PAGES); number += 1) {
    const key = tagKey(endpoint, period, number);
    const body = bodyOf(endpoint, period, { root: asking.root, page: number });
    const { page, tag } = await askPage(endpoint, asking, { body, known: asking.tags[key] });
    if (tag !== null) tags[key] = { tag, pages: page.pages };
    all.pages = page.pages;
    all.unreadable += page.unreadable;
    all.unfit += page.unfit;
    all.rows.push(...page.rows);
  }
  return { ...all, tags };
}
