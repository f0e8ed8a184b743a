/** What people of the demo have done about its alerts already, so that a newcomer sees each side of it. By the public door. */
import { setTimeout as wait } from 'node:timers/promises';
import type { AlertBrief } from '../../shared/alert.ts';
import type { DemoRole } from '../../shared/people.ts';
import type { Span } from '../../shared/rule.ts';

/** Whose alerts are waited for, and for how long: the judge has to look at the whole history first. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/** Asks the server as somebody of the demo; rejects with the words of a refusal. */
type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;

async function enter(url: string, as: DemoRole, signal: AbortSignal): Promise<Ask> {
  const headers = { 'content-type': 'application/json', origin: url };
  const opened = await fetch(`${url}/api/session`, {
    ...{ method: 'POST', headers, signal },
    body: JSON.stringify({ as }),
  });
  const cookie = opened.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  if (!opened.ok) throw new Error(`nobody enters the demo as ${as}: ${opened.status}`);
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      ...{ method, signal, headers: { ...headers, cookie: cookie.join('; ') } },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
}

type Open = Pick<AlertBrief, 'id' | 'ref' | 'severity' | 'label'>;

/** The open alerts of the province, once the unit that is to explain itself has one; null where that never comes. */
async function waitForAlerts(ask: Ask, unit: string): Promise<Open[] | null> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(PAUSE_MS)) {
    const { alerts } = (await ask('GET', '/api/alerts')) as { alerts: Open[] };
    if (alerts.some(({ ref, severity }) => ref === unit && severity !== 'advisory')) return alerts;
  }
  return null;
}

/** What a unit is given to answer within, on a screen that is looked at for minutes. */
const WITHIN: Span = { amount: 1, unit: 'minutes' };

/**
 * An operator has asked `unit` for an explanation that will be late in a minute, has two alerts in hand, and one on the shelf.
 * False where there was no alert to do that about.
 */
export async function playScene(url: string, unit: string, signal: AbortSignal): Promise<boolean> {
  const ask = await enter(url, 'operator', signal);
  const alerts = await waitForAlerts(ask, unit);
  if (!alerts) return false;
  const fresh = alerts.filter(({ label, severity }) => label === 'new' && severity !== 'advisory');
  const asked = fresh.find(({ ref }) => ref === unit);
  if (!asked) return false;
  await ask('POST', `/api/alerts/${asked.id}/explain`, {
    question: 'Vì sao hồ sơ trễ hạn tăng trong ba tuần qua, và khi nào giải quyết hết?',
    within: WITHIN,
  });
  const others = fresh.filter(({ ref }) => ref !== unit && ref !== alerts.at(-1)?.ref);
  const inHand = others.slice(0, 2);
  for (const { id } of inHand)
    await ask('POST', `/api/alerts/${id}/acknowledge`, { note: 'Đã gọi đơn vị, đang rà từng hồ sơ.' });
  const [first] = inHand;
  if (first) await ask('POST', `/api/alerts/${first.id}/assign`, { login: 'truc-ban' });
  const shelved = others.slice(2).find(({ severity }) => severity === 'warning');
  if (shelved)
    await ask('POST', `/api/alerts/${shelved.id}/shelve`, {
      ...{ hours: 8, reason: 'Đang đối soát số liệu với Cổng Dịch vụ công quốc gia.' },
    });
  return true;
}
