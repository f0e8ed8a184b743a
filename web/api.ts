import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Problem, Said } from '../shared/problem.ts';
import type { AnswerOf, QueryOf, RouteName } from '../shared/wire.ts';
import { ACTS, type ActName, PATHS, type ReadName, type Routes } from './api/addresses.ts';

/** The door to the server: one query value (key, fetcher, type) per read route. Only types cross over from the contract. */

/** The server said no, or could not be reached (`status` 0). `title`, `detail` and the reasons in `errors` are its own words. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: NonNullable<Problem['errors']>;
  /** What `detail` says, by name. */
  readonly says: Said;
  /** How many more reasons there are. */
  readonly unlisted: number;
  /** In how many seconds to come again, where the server says so. */
  readonly retryAfter: number | null;

  constructor(problem: Omit<Problem, 'type'> & { type?: string; retryAfter?: number | null }) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.status = problem.status;
    this.type = problem.type ?? '';
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.says = { code: problem.code, params: problem.params };
    this.unlisted = problem.unlisted ?? 0;
    this.retryAfter = problem.retryAfter ?? null;
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: Partial<Problem> = await response.json().catch(() => ({}));
  const { title = response.statusText, detail = '' } = body;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : null;
  return new ApiError({ ...body, status: response.status, title, detail, retryAfter });
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
  const path = PATHS[name].replace(/:\w+/, encodeURIComponent(code ?? ''));
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(key, String(value));
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}

/** What asks for a read, its address the key it is kept by. */
export function read<N extends ReadName>(name: N, query: QueryOf<N>, code?: string) {
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

/** The story of one figure. */
export const explainQuery = (query: QueryOf<'explainFigure'>) => read('explainFigure', query);

/** Which figures of a unit were corrected in the last hours. */
export const correctionsQuery = (query: QueryOf<'listCorrections'>) => read('listCorrections', query);

/** The address under which the rows behind a figure download. */
export const rowsExport = (query: QueryOf<'exportRows'>) => addressOf('exportRows', query);

/** The units that told nothing in a period. */
export const silentQuery = (query: QueryOf<'listSilent'>) => read('listSilent', query);

/** Connected systems of a unit and those below it, of today or as a day gone by ended. */
export const systemsQuery = (query: QueryOf<'listSystems'>) => read('listSystems', query);

/** Thresholds that colour figures of a unit and of what stands below it, as they are since a commit; `on`: as they were on a day gone by. */
export function thresholdsQuery(
  { unit, on }: QueryOf<'listThresholds'>,
  { rulesSeq, today }: { rulesSeq: number | null; today: string },
) {
  const address = addressOf('listThresholds', { unit, on });
  return queryOptions({
    queryKey: ['listThresholds', unit, rulesSeq, on ?? today] as const,
    queryFn: ({ signal }): Promise<AnswerOf<'listThresholds'>> => send<'listThresholds'>(address, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Open dossiers, most urgent first. */
export const dossiersQuery = (query: QueryOf<'listDossiers'>) => read('listDossiers', query);

/** Places or boundaries below a unit on a day. */
export const mapQuery = (query: QueryOf<'getMap'>) => ({ ...read('getMap', query), staleTime: 3_600_000 });

/** What an act takes: the body of its route, or the query of one that takes something away. */
export type ActInput<N extends ActName> = Routes[N] extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : QueryOf<N>;

/** Asks for an act; `id` of what, where the path names one. Rejects with ApiError. */
export function act<N extends ActName>(name: N, input: ActInput<N>, id?: number): Promise<AnswerOf<N>> {
  const { method } = ACTS[name];
  const path = ACTS[name].path.replace(':id', String(id));
  if (method === 'delete') {
    const query = new URLSearchParams(
      Object.entries(input as object).map(([key, value]) => [key, String(value)]),
    );
    return send<N>(query.size > 0 ? `${path}?${query}` : path, { method: 'DELETE' });
  }
  return send<N>(path, {
    method: method.toUpperCase(),
    // Told as the page is left, too.
    keepalive: name === 'visitAlerts',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}

/** What a rule would have done; `signal` ends the question. Rejects with ApiError. */
export function askPreview(
  order: ActInput<'previewRule'>,
  signal: AbortSignal,
): Promise<AnswerOf<'previewRule'>> {
  const { method, path } = ACTS.previewRule;
  const headers = { 'content-type': 'application/json' };
  return send<'previewRule'>(path, {
    method: method.toUpperCase(),
    headers,
    body: JSON.stringify(order),
    signal,
  });
}

/** Rules that judge units of the scope. */
export const rulesQuery = (query: QueryOf<'listRules'> = {}) => ({
  ...read('listRules', query),
  staleTime: 0,
});

/** One rule with its versions and overrides. */
export const ruleQuery = (id: string) => ({ ...read('getRule', {}, id), staleTime: 0 });

/** Overrides in a unit's subtree and above it. */
export const overridesQuery = (query: QueryOf<'listOverrides'>) => ({
  ...read('listOverrides', query),
  staleTime: 0,
});

/** The address under which it downloads when each rule was last looked at. */
export const ledgerExport = (query: QueryOf<'exportLedger'>) => addressOf('exportLedger', query);

/** Tasks of the plan below a unit, asked again every minute. */
export const tasksQuery = (query: QueryOf<'listTasks'>) => ({
  ...read('listTasks', query),
  refetchInterval: 60_000,
});

/** Targets of a unit in a year with their pace, asked again every minute. */
export const targetsQuery = (query: QueryOf<'listTargets'>) => ({
  ...read('listTargets', query),
  refetchInterval: 60_000,
});

/** The address under which overrides download as a table for other programs. */
export const thresholdsExport = (query: QueryOf<'exportThresholds'>) => addressOf('exportThresholds', query);

/** Where the targets of a year are downloaded as a table. */
export const targetsExport = (query: QueryOf<'exportTargets'>) => addressOf('exportTargets', query);

/** The same on a page without a live link, which would tell of a lock or an end: asked again every few seconds. */
export const watchedSessionQuery = () => ({ ...sessionQuery(), staleTime: 0, refetchInterval: 2_000 });

/** Accounts that the caller looks after. */
export const accountsQuery = () => ({ ...read('listAccounts', {}), staleTime: 0 });

/** Tokens that the caller looks after. */
export const tokensQuery = () => ({ ...read('listTokens', {}), staleTime: 0 });

/** Channels that the caller looks after; how they stand changes by itself. */
export const channelsQuery = () => ({ ...read('listChannels', {}), staleTime: 0, refetchInterval: 10_000 });

/** The audit by pages, newest first. */
export const auditPages = (filters: Omit<QueryOf<'listAudit'>, 'before' | 'format' | 'limit'>) =>
  infiniteQueryOptions({
    queryKey: ['listAudit', filters] as const,
    queryFn: ({ signal, pageParam }): Promise<AnswerOf<'listAudit'>> =>
      send<'listAudit'>(addressOf('listAudit', { ...filters, before: pageParam }), { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ entries, more }) => (more ? entries.at(-1)?.seq : undefined),
    staleTime: 0,
  });

/** Up to where the caller had seen the alerts of a unit; the open ones themselves arrive live. */
export const visitQuery = (unit: string) => ({
  ...read('listAlerts', { unit, limit: 1 }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
});

/** Closed episodes by pages, newest first. */
export const alertPages = (
  state: 'message' | 'closed',
  filters: Pick<QueryOf<'listAlerts'>, 'unit' | 'severity' | 'rule' | 'text'>,
) =>
  infiniteQueryOptions({
    queryKey: ['listAlerts', state, filters] as const,
    queryFn: ({ signal, pageParam }): Promise<AnswerOf<'listAlerts'>> => {
      const part = { limit: 100, before: pageParam };
      return send<'listAlerts'>(addressOf('listAlerts', { ...filters, state, ...part }), { signal });
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ alerts, more }) => (more ? alerts.at(-1)?.id : undefined),
    staleTime: 0,
  });

/** One episode, with all that there is to know of it. */
export const alertQuery = (id: number) => ({ ...read('getAlert', {}, String(id)), staleTime: 0 });

/** The accounts that an episode of a unit may be assigned to. */
export const assigneesQuery = (unit: string) => read('listAssignees', { unit });

/** Explanations asked in a unit's subtree, the most pressing first. */
export const explanationsQuery = (query: QueryOf<'listExplanations'>) => ({
  ...read('listExplanations', query),
  staleTime: 0,
});

/** The health of a unit's alerts over some days. */
export const healthQuery = (query: QueryOf<'getHealth'>) => read('getHealth', query);

/** The handover of a shift that ends now. */
export const handoverQuery = (query: QueryOf<'getHandover'>) => read('getHandover', query);

/** Open dossiers that will be late, by unit and by procedure. */
export const dueQuery = (query: QueryOf<'getDue'>) => read('getDue', query);

/** The dossiers behind one of those figures. */
export const dueListQuery = (query: QueryOf<'listDue'>) => read('listDue', query);

/** The address under which the audit downloads whole, in a form for other programs. */
export const auditExport = (query: QueryOf<'listAudit'>) => addressOf('listAudit', query);

/** The index of a unit over a period. */
export const indexQuery = (query: QueryOf<'getIndex'>) => read('getIndex', query);

/** Our own figures beside the portal's. */
export const gapQuery = (query: QueryOf<'getIndexGap'>) => read('getIndexGap', query);

/** The units of the scope on a day. */
export const unitsQuery = (query: QueryOf<'listUnits'> = {}) => ({
  ...read('listUnits', query),
  staleTime: 600_000,
});

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
