/** People of an office that lets nobody in without a password, already signed in. */
import type { Office } from '../office.ts';
import type { Who } from './pages.ts';

/** Where somebody looks, and the cookie that says who they are. */
export type Site = { url: string; cookie?: string };
export type Sites = Readonly<Record<Who, Site>>;

const PASSWORD = 'bốn mùa chè xanh trên đồi trung du';
/** Nobody is locked out by the length of a sweep. */
export const PATIENT = { people: { idleMinutes: 600, adminIdleMinutes: 600 } };

type Asked = { cookie?: string; body: object };

async function ask(url: string, method: string, path: string, { cookie, body }: Asked): Promise<Response> {
  const headers = {
    origin: url,
    'content-type': 'application/json',
    ...(cookie === undefined ? {} : { cookie: `ioc_session=${cookie}` }),
  };
  const answer = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function signIn(url: string, login: string): Promise<string> {
  const answer = await ask(url, 'POST', '/api/session', { body: { login, password: PASSWORD } });
  const cookie = /ioc_session=([^;]+)/.exec(answer.headers.getSetCookie().join())?.[1];
  if (!cookie) throw new Error('signing in gave no cookie');
  return cookie;
}

const setPassword = (url: string, path: string) => {
  const link = new URLSearchParams(path.slice(path.indexOf('#') + 1)).get('link');
  return ask(url, 'PUT', '/api/password', { body: { link, password: PASSWORD } });
};

const LONG = 'Phó Chánh Văn phòng Ủy ban nhân dân tỉnh, phụ trách kiểm soát thủ tục hành chính';

type Created = { account: { id: number }; link: { path: string } };

/** Makes accounts of every state in a closed office and signs three sessions in; `open` is where visitors are let in. */
export async function openPeople(closed: Office, open: string): Promise<Sites> {
  const { url } = closed;
  const told = ['--login', 'quantri', '--role', 'administrator', '--unit', '25'];
  await setPassword(url, await closed.command('user', 'add', ...told));
  const cookie = await signIn(url, 'quantri');
  const add = async (login: string, title: string, grants: object[]): Promise<Created> => {
    const body = { login, title, mail: null, grants };
    return (await ask(url, 'POST', '/api/accounts', { cookie, body })).json() as Promise<Created>;
  };
  const viewer = await add('lanhdao', LONG, [{ role: 'viewer', unit: '25' }]);
  await setPassword(url, viewer.link.path);
  await add('thanhba.motcua-va-tiep-nhan-ho-so.ca2', 'Bộ phận một cửa xã Thanh Ba', [
    { role: 'operator', unit: '08872' },
    { role: 'editor', unit: '25.SNNMT' },
  ]);
  const former = await add('truc-cu', 'Tổ trực cũ', [{ role: 'head', unit: '25.BQLKCN' }]);
  await ask(url, 'PUT', '/api/accounts', { cookie, body: { id: former.account.id, isDisabled: true } });
  const locked = await signIn(url, 'lanhdao');
  await ask(url, 'POST', '/api/session/lock', { cookie: locked, body: {} });
  return {
    visitor: { url: open },
    stranger: { url },
    administrator: { url, cookie },
    viewer: { url, cookie: await signIn(url, 'lanhdao') },
    locked: { url, cookie: locked },
  };
}
