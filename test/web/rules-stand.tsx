/** What the pages of rules stand on in tests: rules and units, a server that answers as it is told, and what it was asked. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { Session } from '../../shared/people.ts';
import type { PreviewAnswer } from '../../shared/preview.ts';
import type { RuleBody } from '../../shared/rule.ts';
import type { RuleView } from '../../shared/rule-view.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import { SessionProvider } from '../../web/session.tsx';

const ZONE = 'Asia/Ho_Chi_Minh';
export const NOW = '2026-11-27T10:00:00+07:00';

export const UNITS = [
  { id: 1, ref: '25', level: 'province', parent: null, name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' } },
  { id: 2, ref: '08707', level: 'commune', parent: 1, name: { vi: 'Phường Việt Trì', en: 'Viet Tri Ward' } },
] as const;

/** A rule that is shipped, as it is in force for an editor. */
export function viewOf(id: string, changes: Partial<RuleView> = {}): RuleView {
  const rule = SHIPPED_RULES.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id} is shipped`);
  return {
    ...{ id, isShipped: true, proposed: null, isIdle: false, open: 3, overrides: 0, rivals: [] },
    may: ['save', 'override', 'withdraw'],
    current: {
      ...{ version: 0, state: 'active', body: rule.body, reason: null, savedAt: null, savedBy: null },
      ...{ approvedBy: null, activeFrom: null, activeTo: null },
    },
    ...changes,
  };
}

const LOAD = {
  ...{ episodes: 12, units: 7, alertMs: 86_400_000 * 9, perOperatorDay: 3.4, floodMinutes: 20 },
  bySeverity: { critical: 1, major: 3, warning: 8, advisory: 0 },
};

/** What a preview answers, of the draft it was asked for. */
export function previewOf(changes: Partial<PreviewAnswer> = {}): PreviewAnswer {
  const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T00:00:00+07:00`;
  return {
    ...{ seq: 1, from: '2026-10-29', to: '2026-11-28', mode: 'asKnown', grain: 'day', isExact: false },
    ...{ units: 149, evaluations: 4470, sampled: null, load: LOAD, saved: null, differs: null, days: [] },
    ...{ episodes: [], topUnits: [], tookMs: 120 },
    line: {
      ...{ ref: '25', unitName: UNITS[0].name, episodes: [] },
      points: [84, 88, 91, 79].map((figure, index) => ({
        at: at(index + 2),
        figure,
        count: null,
        cases: 900,
      })),
    },
    suggestions: [{ severity: 'warning', raise: 82, load: { ...LOAD, episodes: 4 } }],
    replayed: ['figures', 'thresholds'],
    notReplayed: ['acknowledgements', 'shelving'],
    ...changes,
  };
}

type Asked = { method: string; path: string; body: unknown };
type Answer = { status?: number; body: unknown } | Promise<{ status?: number; body: unknown }>;
type Answering = (asked: Asked, signal: AbortSignal | undefined) => Answer | undefined;

/** What a server of tests was asked, the oldest first. */
export const asked: Asked[] = [];

/** Has the page's questions answered; what nobody answers is a fault of the test. */
export function serve(answering: Answering): void {
  asked.length = 0;
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const [path = ''] = address.split('?');
    const question = {
      method: init.method ?? 'GET',
      path,
      body: init.body ? JSON.parse(String(init.body)) : null,
    };
    asked.push(question);
    const given = await (answering(question, init.signal ?? undefined) ?? usual(question));
    if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError');
    return new Response(JSON.stringify(given.body), {
      status: given.status ?? 200,
      headers: { 'content-type': 'application/json' },
    });
  });
}

function usual({ path }: Asked): { status?: number; body: unknown } {
  if (path === '/api/session') return { body: session() };
  if (path === '/api/units') return { body: { on: '2026-11-27', units: UNITS } };
  return { status: 500, body: { title: 'nobody answers', detail: path, status: 500 } };
}

/** Who looks: a threshold editor of the province. */
export function session(role = 'editor', how: 'password' | 'demo' = 'password'): Session {
  return {
    ...{ unit: UNITS[0], zone: ZONE, build: 'b1', since: '2026-09-01', now: NOW, demo: false },
    site: { vi: 'Trung tâm', en: 'Centre' },
    demoRoles: [],
    lock: { isLocked: false, idleMs: null },
    caller: {
      ...{ kind: 'person', how, account: 5, login: 'soan', title: 'Tổ đặt ngưỡng' },
      grants: [{ role, unit: '25', unitName: UNITS[0].name }],
    },
  } as unknown as Session;
}

/** Shows a page at an address to somebody. */
export function showPage(
  page: ReactNode,
  { path = '/rules', role = 'editor', search = '', how = 'password' as 'password' | 'demo' } = {},
) {
  const { hook, history } = memoryLocation({ path, record: true });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  const view = render(
    <QueryClientProvider client={client}>
      <Router hook={hook} searchHook={() => search}>
        <SessionProvider value={{ zone: ZONE, session: session(role, how) }}>{page}</SessionProvider>
      </Router>
    </QueryClientProvider>,
  );
  return { ...view, history, client };
}

/** The answers to what the editor of a rule reads. */
export function ruleAnswer(rule: RuleView, fourEyes = false) {
  return { seq: 1, fourEyes, rule, versions: [rule.current], overrides: [] };
}

/** A body as it was sent with a save or asked for with a preview. */
export const bodyOf = ({ body }: Asked): RuleBody => (body as { body: RuleBody }).body;

/** The one rule there is. */
export const held: { rule: RuleView } = { rule: viewOf('TT02') };

/** The server of one rule; `more` answers first. */
export function serveRule(more: Answering = () => undefined, fourEyes = false): void {
  serve((question, signal) => {
    const given = more(question, signal);
    if (given !== undefined) return given;
    const { path, method } = question;
    if (path === '/api/rules' && method === 'GET') return { body: { seq: 1, fourEyes, rules: [held.rule] } };
    if (path === `/api/rules/${held.rule.id}`) return { body: ruleAnswer(held.rule, fourEyes) };
    if (path === '/api/rules/preview') return { body: previewOf() };
    return undefined;
  });
}
