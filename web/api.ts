import { queryOptions } from '@tanstack/react-query';
import type { Problem } from '../shared/answers.ts';
import type { AnswerOf, QueryOf, ROUTES, RouteName } from '../shared/wire.ts';

/** The door to the server: one query value (key, fetcher, type) per read route. Only types cross over from the contract. */

type Routes = typeof ROUTES;
type ReadName = { [N in RouteName]: Routes[N] extends { method: 'get' } ? N : never }[RouteName];

const PATHS = {
  getSession: '/api/session',
  listUnits: '/api/units',
  getUnit: '/api/units/:code',
  listIndicators: '/api/indicators',
  getFigures: '/api/figures',
  getSeries: '/api/series',
  getRanking: '/api/ranking',
  getForm: '/api/form/II.06a',
  listSilent: '/api/silent',
  listDossiers: '/api/dossiers',
  listFeeds: '/api/feeds',
  getMap: '/api/map',
} as const satisfies { [N in ReadName]: Routes[N]['path'] };

/** The server said no, or could not be reached (`status` 0). `title` and `detail` are its own words. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly title: string;
  readonly detail: string;

  constructor(problem: Pick<Problem, 'status' | 'title' | 'detail'>) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: Partial<Problem> = await response.json().catch(() => ({}));
  const { title = response.statusText, detail = '' } = body;
  return new ApiError({ status: response.status, title, detail });
}

async function send<N extends RouteName>(path: string, init: RequestInit): Promise<AnswerOf<N>> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError({ status: 0, title: 'unreachable', detail: String(error) });
  }
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

/** The address of a read, with only the parameters that are set. */
export function addressOf<N extends ReadName>(name: N, query: QueryOf<N>, code?: string): string {
  const path = PATHS[name].replace(':code', encodeURIComponent(code ?? ''));
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(key, String(value));
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}

function read<N extends ReadName>(name: N, query: QueryOf<N>, code?: string) {
  const address = addressOf(name, query, code);
  return queryOptions({
    queryKey: [name, address] as const,
    queryFn: ({ signal }): Promise<AnswerOf<N>> => send<N>(address, { signal }),
  });
}

/** Who is looking; fails with status 401 when nobody is known. */
export const sessionQuery = () => ({ ...read('getSession', {}), staleTime: 300_000, retry: shouldRetry });

/** One unit with its path, children and kin on a day (today without `on`). */
export const unitQuery = (ref: string, query: QueryOf<'getUnit'> = {}) => ({
  ...read('getUnit', query, ref),
  staleTime: 600_000,
});

/** Figures of a unit over a period. */
export const figuresQuery = (query: QueryOf<'getFigures'>) => read('getFigures', query);

/** One indicator over time. */
export const seriesQuery = (query: QueryOf<'getSeries'>) => read('getSeries', query);

/** Form II.06a of a unit and a period. */
export const formQuery = (query: QueryOf<'getForm'>) => read('getForm', query);

/** The units that told nothing in a period. */
export const silentQuery = (query: QueryOf<'listSilent'>) => read('listSilent', query);

/** Open dossiers, most urgent first. */
export const dossiersQuery = (query: QueryOf<'listDossiers'>) => read('listDossiers', query);

/** Places or boundaries below a unit on a day. */
export const mapQuery = (query: QueryOf<'getMap'>) => ({ ...read('getMap', query), staleTime: 3_600_000 });

/** Turns a token into a session cookie; answers the unit it opens. */
export function openSession(token: string): Promise<AnswerOf<'openSession'>> {
  const body = JSON.stringify({ token });
  return send<'openSession'>('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
}

const PROBE_MS = 8_000;

/** Whether the server answers at all, within eight seconds. */
export async function probeHealth(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false;
  }
}

/** A refusal (4xx) stays one; anything else is tried again, three times. */
export function shouldRetry(count: number, error: Error): boolean {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !refused && count < 3;
}

const AGAIN_MS = 30_000;

/** When what failed is asked for again by itself, in ms: nobody presses a button on a wall. A refusal is not. */
export function pauseAfter(error: Error | null): number | false {
  return error !== null && shouldRetry(0, error) ? AGAIN_MS : false;
}
