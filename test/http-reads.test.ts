import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSite } from '../server/site.ts';
import { openStore } from '../server/store/store.ts';
import type { FeedView } from '../shared/answers.ts';
import { Problem } from '../shared/problem.ts';
import type { Route } from '../shared/route.ts';
import { ROUTES } from '../shared/wire.ts';
import { speakerOf } from './server/acts.ts';
import { createStores } from './server/stores.ts';
import { at, iso, step } from './server/world.ts';
import { type Answer, dumpFolds, type Running, runApp } from './server.ts';

let running: Running;
let province: string;
let commune: string;

beforeAll(async () => {
  running = await runApp({ trustProxy: 1 });
  province = await running.token('display', '25');
  commune = await running.token('display', 'A');
  const feed = await running.token('feed', '25');
  const moment = (day: number) => iso(at(`2026-11-${day} 09:00`));
  const told = ['A', 'D', '25.SNV', 'A'].map((unit, index) =>
    step({
      id: `${index}`,
      dossier: `${index}`,
      at: moment(10 + index),
      status: 2,
      receiver: unit,
      resolver: unit,
    }),
  );
  expect((await running.post(told, feed)).status).toBe(200);
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

/** Not those with a body, nor what is read of one alert: there is none here. */
const READS = (Object.entries(ROUTES) as [string, Route][]).filter(
  ([name, { access, method }]) => access === 'read' && method === 'get' && name !== 'getAlert',
);
const QUERIES: Record<string, string> = {
  getFigures: 'unit=A&period=2026-11',
  getSeries: 'unit=A&indicator=TT01&from=2026-01-01&to=2026-12-01',
  getRanking: 'unit=A&period=2026-11&indicator=TT01',
  getForm: 'unit=A&period=2026-11',
  getWideForm: 'unit=A&period=2026-11',
  exportForm: 'unit=A&period=2026-11',
  listSilent: 'unit=A&period=2026-11',
  listSystems: 'unit=A',
  listDossiers: 'unit=A',
  getMap: 'unit=A',
  getDue: 'unit=A',
  listDue: 'unit=A&stage=overdue',
  listThresholds: 'unit=A',
  ...{ listTasks: 'unit=A', listTargets: 'unit=A', exportTargets: 'unit=A' },
  getIndex: 'unit=A&period=2026-11',
  getIndexGap: 'unit=A&period=2026-11',
  explainFigure: 'unit=A&indicator=TT01&period=2026-11',
  listCorrections: 'unit=A&period=2026-11',
  getQuality: 'unit=A&period=2026-11',
};
const addressOf = (name: string, route: Route, unit = 'A') =>
  `${route.path.replace(':code', unit).replace(':id', 'TT01')}?${(QUERIES[name] ?? '').replace('unit=A', `unit=${unit}`)}`;

const refusal = ({ status, body }: Answer) => {
  const problem = Problem.strict().parse(body);
  return [status, problem.status, problem.errors];
};

describe.each(READS)('%s', (name, route) => {
  test('answers as documented, cut to its scope, and is never kept', async () => {
    for (const token of [province, commune]) {
      const { status, body, headers } = await running.ask(addressOf(name, route), { token });
      expect(status).toBe(200);
      expect(route.answer.safeParse(body).error).toBeUndefined();
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('refuses strangers, feed tokens, and query parameters nobody declared', async () => {
    const feed = await running.token('feed', '25');
    // Wrong ones are slowed down by address.
    const headers = { 'x-forwarded-for': `10.0.0.${READS.findIndex(([other]) => other === name) + 1}` };
    expect(refusal(await running.ask(addressOf(name, route), { headers }))).toEqual([401, 401, undefined]);
    expect(refusal(await running.ask(addressOf(name, route), { token: feed, headers }))).toEqual([
      401,
      401,
      undefined,
    ]);
    const more = await running.ask(`${addressOf(name, route)}&colour=red`, { token: province });
    expect(refusal(more)).toEqual([
      400,
      400,
      [{ field: 'colour', reason: 'is not a field of this kind', code: 'unknownField' }],
    ]);
  });
});

const SCOPED = READS.filter(([name]) => QUERIES[name] !== undefined || name === 'getUnit');

test.each(SCOPED)(
  '%s of a unit outside the scope answers as of an unknown one; of one above it, that it is seen in part',
  async (name, route) => {
    const outside = ['D', '25.SNV', 'D@2025-06-30', '26@2025-06-30', '26M@2025-06-30'];
    for (const unit of [...outside, 'nowhere', 'A@1990-13-45', 'A@soon', 'A@2026-11-18@x']) {
      const { status, body } = await running.ask(addressOf(name, route, unit), { token: commune });
      expect({ status, body }).toEqual({
        status: 404,
        body: {
          ...{ type: 'urn:ioc:problem:notFound', title: 'Not found', status: 404 },
          detail: `No unit is named ${unit}.`,
          errors: [{ field: 'unit', reason: 'is not known' }],
        },
      });
    }
    const above = await running.ask(addressOf(name, route, '25'), { token: commune });
    expect(refusal(above)).toEqual([403, 403, [{ field: 'unit', reason: 'stands above your scope' }]]);
    for (const past of ['B@2025-06-30', 'C@2025-06-30'])
      expect((await running.ask(addressOf(name, route, past), { token: commune })).status).toBe(200);
  },
);

test('of a unit that was divided a viewer of one part is not told of the other', async () => {
  const kinOf = async (token: string) => {
    const { body } = await running.ask('/api/units/C@2025-06-30', { token });
    return (body as { successors: { unit: { code: string } }[] }).successors.map(({ unit }) => unit.code);
  };
  expect([await kinOf(province), await kinOf(commune)]).toEqual([['A', 'D'], ['A']]);
});

test('a unit at the top of the scope has no parent, and a feed above it neither unit nor count', async () => {
  await running.token('feed', '25');
  const { body } = await running.ask('/api/units', { token: commune });
  expect((body as { units: { parent: unknown }[] }).units.map(({ parent }) => parent)).toEqual([null]);
  const feedsOf = async (token: string) => {
    const { feeds } = (await running.ask('/api/feeds', { token })).body as { feeds: FeedView[] };
    return feeds.map(({ name, unit, events }) => [name, unit, events]);
  };
  expect(await feedsOf(commune)).toEqual([['feed 25', null, null]]);
  expect(await feedsOf(province)).toEqual([['feed 25', '25', 4]]);
});

test('a token of a commune sees its subtree and nothing of others', async () => {
  const see = async (path: string) => JSON.stringify((await running.ask(path, { token: commune })).body);
  const units = (await running.ask('/api/units', { token: commune })).body as { units: { code: string }[] };
  expect(units.units.map(({ code }) => code)).toEqual(['A']);
  const figures = (await running.ask('/api/figures?unit=A&period=2026-11&children=1', { token: commune }))
    .body;
  expect(figures).toMatchObject({ units: [{ code: 'A', figures: { HS01: { value: 2 } } }] });
  const feeds = await see('/api/feeds');
  expect(feeds).not.toContain('feed D');
  const unit = (await running.ask('/api/units/A', { token: commune })).body as { path: { code: string }[] };
  expect(unit.path.map(({ code }) => code)).toEqual(['A']);
});

describe('a session', () => {
  const open = (token: string) =>
    running.ask('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });

  test('is a cookie that scripts cannot read, good for what the token was good for', async () => {
    const { body, headers } = await open(commune);
    const cookie = headers.get('set-cookie') ?? '';
    expect(body).toEqual({ unit: 'A' });
    expect(cookie).toMatch(/^ioc_session=\S+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const pair = { cookie: cookie.split(';')[0] ?? '' };
    expect((await running.ask('/api/session', { headers: pair })).body).toMatchObject({
      demo: false,
      unit: { code: 'A' },
    });
    expect((await running.ask('/api/units/D', { headers: pair })).status).toBe(404);
    const closed = await running.ask('/api/session', { method: 'DELETE', headers: pair });
    expect(closed.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  test('is not opened by a feed token, a wrong one, or a body with more in it', async () => {
    const feed = await running.token('feed', 'A');
    expect([(await open(feed)).status, (await open('ioc_no')).status]).toEqual([401, 401]);
    const more = await running.ask('/api/session', {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ token: commune, name: 'x' }),
    });
    expect(refusal(more)).toEqual([
      422,
      422,
      [{ field: 'name', reason: 'is not a field of this kind', code: 'unknownField' }],
    ]);
  });
});

test('ended and revoked tokens are strangers', async () => {
  const own = await runApp();
  const ended = await own.token('display', '25', 1);
  const revoked = await own.token('display', 'A');
  const feed = await own.token('feed', 'D', 1);
  const rows = await own.store.reader.db.selectFrom('token').select(['id', 'name']).execute();
  const id = rows.find(({ name }) => name === 'display A')?.id ?? '';
  const statuses = async () => [
    (await own.ask('/api/session', { token: ended })).status,
    (await own.ask('/api/session', { token: revoked })).status,
    (await own.post([], feed)).status,
  ];
  expect(await statuses()).toEqual([200, 200, 200]);
  await own.acts.revokeToken(id, own.clock.now());
  own.clock.advance(86_400_000);
  expect(await statuses()).toEqual([401, 401, 401]);
  await own.close();
});

test('in a demo a visitor is let in by itself, and told that it is one', async () => {
  const demo = await runApp({ demoUnit: '25' });
  expect((await demo.ask('/api/session')).body).toMatchObject({ demo: true, unit: { code: '25' } });
  expect((await demo.ask('/api/session', { token: 'ioc_wrong' })).status).toBe(401);
  expect((await demo.ask('/api/events', { method: 'POST' })).status).toBe(401);
  await demo.close();
});

test('the OpenAPI document lists every route, with its query and its answer', async () => {
  const { body } = await running.ask('/api/openapi.json');
  const { openapi, paths } = z
    .object({
      openapi: z.string(),
      paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
    })
    .parse(body);
  expect(openapi).toBe('3.1.0');
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
  );
  const served = (Object.entries(ROUTES) as [string, Route][]).map(
    ([name, { method, path }]) => `${name} ${method} ${path.replace(/:(\w+)/, '{$1}')}`,
  );
  const upkeep = [
    'getHealth get /healthz',
    'getReadiness get /readyz',
    'getMetrics get /metrics',
    'getOpenApi get /api/openapi.json',
  ];
  expect(listed.sort()).toEqual([...served, ...upkeep].sort());
  for (const line of upkeep) expect((await running.ask(line.split(' ')[2] ?? '')).status).toBe(200);
});

test('no schema of what enters or leaves has a field for a person', async () => {
  const { body } = await running.ask('/api/openapi.json');
  // The audit says from which network address something was done.
  const { '/api/audit': _, ...paths } = (body as { paths: object }).paths as Record<string, object>;
  const text = JSON.stringify({ ...(body as object), paths });
  for (const field of [
    'fullName',
    'phone',
    'email',
    'address',
    'citizen',
    'identity',
    'birth',
    'applicant',
  ]) {
    expect(text).not.toMatch(new RegExp(`"[^"]*${field}[^"]*":`, 'i'));
  }
});

test('health, readiness and metrics answer without a token; nothing else is there', async () => {
  const { seq } = await running.store.readClock();
  expect((await running.ask('/healthz')).body).toEqual({ status: 'ok' });
  expect((await running.ask('/readyz')).body).toEqual({ status: 'ready', seq });
  const { body } = await running.ask('/metrics');
  expect(body).toMatch(/^ioc_events_total\{outcome="accepted"\} 4$/m);
  expect(body).toMatch(/^ioc_viewers 0$/m);
  for (const path of ['/api/nothing', '/api/units/A/more']) {
    expect(refusal(await running.ask(path, { token: province }))).toEqual([404, 404, undefined]);
  }
});

test('a server whose norms changed since its last start folds its past anew before it is ready', async () => {
  const stores = createStores();
  const url = await stores.address('file');
  const first = await openStore(url);
  await first.close();
  const old = await runApp({ url });
  const told = [step({ id: '1', at: iso(at('2026-11-17 09:00')), status: 2, procedure: 'P.hours' })];
  await old.acts.ingest(told, speakerOf(old.tree, 'f'), old.clock.now());
  await old.close();
  const site = createSite({
    procedures: [{ code: 'P.hours', name: { vi: 'x', en: 'x' }, norm: { amount: 2, unit: 'workingHours' } }],
  });
  const young = await runApp({ url, site });
  const [dossier] = (await dumpFolds(young.store)).subject ?? [];
  expect(dossier).toMatchObject({ dueAt: at('2026-11-17 11:00') });
  expect((await young.acts.rebuild(young.clock.now())).differences).toEqual([]);
  await young.close();
  await stores.close();
});
