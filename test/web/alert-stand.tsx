/** Pages of alerts with a viewer, a followed unit and a server that answers by hand. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { vi } from 'vitest';
import type { AlertBrief } from '../../shared/alert.ts';
import type { Role, Session } from '../../shared/people.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import type { LiveState } from '../../web/live/fold.ts';
import { startState } from '../../web/live/fold.ts';
import type { Stage } from '../../web/live/stage.ts';
import { SessionProvider } from '../../web/session.tsx';
import { NOW } from './alert-briefs.ts';
import { Model, unitView } from './model.ts';

/** A viewer by roles in unit 1; none: a visitor. */
export function sessionOf(...roles: Role[]): Session {
  return {
    ...{ demo: false, site: { vi: 'Tỉnh thử', en: 'Trial' }, zone: 'Asia/Ho_Chi_Minh', build: 'b1' },
    ...{ now: new Date(NOW).toISOString(), unit: unitView(1), lock: { isLocked: false, idleMs: null } },
    ...{ demoRoles: [], since: null },
    caller: {
      ...{ kind: roles.length > 0 ? 'person' : 'visitor', how: roles.length > 0 ? 'password' : 'none' },
      ...{ account: 1, login: 'truc', title: 'Trực ban' },
      grants: roles.map((role) => ({ role, unit: '1', unitName: unitView(1).name })),
    },
  };
}

/** What the viewer's page knows of open episodes. */
export function stateOf(alerts: readonly AlertBrief[], seq = 100): LiveState {
  return { ...startState(new Model().snapshot()), alerts, seq, at: NOW };
}

/** One request that the page made. */
export type Asked = { method: string; path: string; body: unknown };

/** A server that answers each address by its table; a function is called, an Error refuses with status 403. */
export function serve(answers: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const [path = ''] = address.split('?');
    asked.push({
      ...{ method: init.method ?? 'GET', path: address },
      body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
    });
    const given = answers[path];
    const answer = typeof given === 'function' ? given(address) : given;
    if (answer instanceof Error) {
      const problem = {
        type: 'urn:ioc:problem:forbidden',
        title: 'Forbidden',
        status: 403,
        detail: answer.message,
      };
      return new Response(JSON.stringify(problem), { status: 403 });
    }
    if (answer === undefined) return new Response('{}', { status: 404 });
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  });
  return asked;
}

type Shown = { alerts: readonly AlertBrief[] | null; session?: Session; stage?: Stage; at?: string | null };
type Tell = (alerts: readonly AlertBrief[], seq?: number) => void;
type StandProps = { page: ReactNode; state: LiveState | null; stage: Stage; onTell: (tell: Tell) => void };

function Stand({ page, state: first, stage, onTell }: StandProps) {
  const [state, setState] = useState(first);
  onTell((alerts, seq) => setState(stateOf(alerts, seq)));
  const following: Following = {
    ...{ ref: '1', state, stage, lostAt: stage === 'offline' ? NOW : null, problem: null },
    serverNow: () => NOW,
  };
  return <FollowingProvider value={following}>{page}</FollowingProvider>;
}

/** Shows a page; `tell` gives it other episodes, as a frame would; `at` null leaves the address as it is. */
export function showPage(page: ReactNode, { alerts, session, stage = 'live', at = '/alerts' }: Shown) {
  if (at !== null) history.replaceState(null, '', at);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  let tell: Tell = () => undefined;
  const known = session ?? sessionOf('operator');
  const state = alerts === null ? null : stateOf(alerts);
  const onTell = (way: Tell) => {
    tell = way;
  };
  const shown = render(
    <QueryClientProvider client={client}>
      <SessionProvider value={{ zone: known.zone, session: known }}>
        <Stand page={page} state={state} stage={stage} onTell={onTell} />
      </SessionProvider>
    </QueryClientProvider>,
  );
  return { ...shown, tell: (next: readonly AlertBrief[], seq?: number) => tell(next, seq) };
}
