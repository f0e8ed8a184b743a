/** People of a running app, as they come: by a link, a password, a browser that keeps its cookie. */
import { createSecret } from '../../server/people/secrets.ts';
import type { Role } from '../../shared/people.ts';
import type { Answer, Running } from '../server.ts';
import { TODAY } from './world.ts';

export const PASSWORD = 'con cò bay lả bay la';

/** A browser: it keeps the cookie it was given last, and says whose page sends what. */
export type Browser = {
  cookie: () => string;
  ask: (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;
};

export function openBrowser(running: Running, cookie = ''): Browser {
  let kept = cookie;
  return {
    cookie: () => kept,
    async ask(method, path, body, headers = {}) {
      const answer = await running.ask(path, {
        method,
        headers: { 'content-type': 'application/json', ...(kept ? { cookie: kept } : {}), ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const given = answer.headers.get('set-cookie')?.split(';')[0];
      if (given !== undefined) kept = given;
      return answer;
    },
  };
}

export const unitId = (running: Running, code: string): number =>
  running.tree.findByReference(code, TODAY)?.id ?? 0;

/** Makes an account by the command line's act, and gives its id and the link's secret. */
export async function addPerson(
  running: Running,
  login: string,
  grants: [role: Role, unit: string][],
): Promise<{ id: number; link: string }> {
  const secret = createSecret();
  const { id } = await running.acts.writer.run({
    name: 'addAccount',
    caller: { kind: 'command' },
    input: {
      ...{ login, title: `Title of ${login}`, mail: null, linkHash: secret.hash, demoRole: null },
      grants: grants.map(([role, unit]) => ({ role, unit: unitId(running, unit) })),
    },
    now: running.clock.now(),
  });
  return { id, link: secret.text };
}

/** Makes an account that has set its password, and gives a browser it has signed in with. */
export async function enter(
  running: Running,
  login: string,
  grants: [role: Role, unit: string][],
): Promise<Browser & { id: number }> {
  const { id, link } = await addPerson(running, login, grants);
  const browser = openBrowser(running);
  await browser.ask('PUT', '/api/password', { link, password: PASSWORD });
  await browser.ask('POST', '/api/session', { login, password: PASSWORD });
  return { ...browser, id };
}

/** What the audit holds, oldest first, as `act subject caller`. */
export async function listActs({ store }: Running): Promise<string[]> {
  const rows = await store.reader.db.selectFrom('audit').selectAll().orderBy('n').execute();
  return rows.map(({ act, subject, caller }) => `${act} ${subject} ${caller}`);
}

export const statusOf = ({ status, body }: Answer) => {
  const { type = '' } = (body ?? {}) as { type?: string };
  return type === '' ? status : `${status} ${type.replace('urn:ioc:problem:', '')}`;
};
