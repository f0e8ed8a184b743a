/** Wrong requests of every kind, drawn from a seed: what a broken feed, a curious hand or a scanner sends. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Route } from '../../shared/route.ts';
import { ROUTES } from '../../shared/wire.ts';
import { iso, step } from './world.ts';

/** A request as it goes over the wire; `body` is what is sent, whatever the headers say of it. */
export type WrongRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
};

/** Tokens that live, so that what lies behind the door is reached too. */
export type Tokens = { feed: string; display: string };

const split = (words: string) => words.trim().split(/\s+/);

const TEXTS = [
  ...split(
    '0 -1 1e999 NaN null true [] {} % %00 1 500 1e2 hour day week year then now overdue commune field land',
  ),
  ...split(
    '__proto__ constructor toString hasOwnProperty ../../etc/passwd 25 A D 25.SNV 26 TT01 ON01 TT01,TT01',
  ),
  ...split(
    'A@2025-01-01 A@ @ A@2026-13-01 A@0000-01-01 A@9999-12-31 A@B@C 2026 2026-11 2026-Q4 2026-W47 2026-11-22',
  ),
  ...split(
    '0001 9998 9999 2026-13 2026-02-30 2026-W54 0000-01-01 0001-01-01 9999-12-31 9998-12-31 -001-01 🏛️ Đất',
  ),
  ...['', ' ', '\0', 'a\0b', '\ud800', 'a\udfff', '\u202e', "' or 1=1 --", 'x'.repeat(5000), 'ữ'.repeat(100)],
];
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** Bytes of a text as an address carries them. */
const escapeBytes = (value: string) =>
  [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const queryText = fc.oneof(
  { weight: 6, arbitrary: text.map(escapeBytes) },
  { weight: 1, arbitrary: fc.constantFrom('%', '%zz', '%ff', '%ed%a0%80', 'A&&=', '') },
);

/** What a good request for some routes asks. */
const GOOD_QUERIES: Record<string, Record<string, string>> = {
  '/api/figures': { unit: '25', period: '2026-11' },
  '/api/series': { unit: '25', indicator: 'TT01', from: '2026-01', to: '2026-11' },
  '/api/ranking': { unit: '25', indicator: 'TT01', period: '2026-11' },
  '/api/form/II.06a': { unit: '25', period: '2026' },
  '/api/form/07a': { unit: '25', period: '2026' },
  '/api/form/xlsx': { unit: '25', period: '2026', lang: 'en' },
  '/api/dossiers': { unit: '25' },
  '/api/map': { unit: '25' },
  '/api/alerts': { unit: '25', state: 'all' },
  '/api/alerts/health': { unit: '25', days: '30' },
  '/api/alerts/assignees': { unit: '25' },
  '/api/explanations': { unit: '25' },
  '/api/handover': { unit: '25', hours: '8' },
  '/api/due': { unit: '25' },
  '/api/due/dossiers': { unit: '25', stage: 'overdue' },
  '/api/rules': { unit: '25' },
  '/api/overrides': { unit: '25', rule: 'TT02' },
  '/api/thresholds': { unit: '25', on: '2026-11-01' },
  '/api/thresholds/table': { unit: '25', format: 'csv' },
};
const routes = Object.values(ROUTES) as Route[];
const namesOf = ({ query }: Route): string[] =>
  'shape' in query && typeof query.shape === 'object' && query.shape !== null ? Object.keys(query.shape) : [];

function queryOf(route: Route): fc.Arbitrary<string> {
  const names = [...namesOf(route), ...namesOf(route), ...namesOf(route), 'x', '__proto__', 'unit[]'];
  return fc.array(fc.tuple(fc.constantFrom(...names), queryText), { maxLength: 3 }).map((faults) => {
    const asked = new Map([...Object.entries(GOOD_QUERIES[route.path] ?? {}), ...faults]);
    return [...asked].map(([name, value]) => `${name}=${value}`).join('&');
  });
}

const routed = fc.constantFrom(...routes).chain((route) =>
  fc.tuple(queryOf(route), fc.oneof(fc.constant('A'), text)).map(([query, code]) => ({
    method: route.method.toUpperCase(),
    access: route.access,
    path: `${route.path.replace(/:(code|id)/, () => escapeBytes(code) || '-')}?${query}`,
  })),
);
const strayed = fc.record({
  method: fc.constantFrom(...split('GET GET GET POST PUT PATCH DELETE OPTIONS HEAD')),
  access: fc.constant('read' as const),
  path: fc.constantFrom(
    ...routes.map(({ path }) => path),
    ...split(
      '/ /index.html /assets/x.js /api /api/ /api/nothing /api/units/% /api/units/%ff /api//units // /%00 /?%',
    ),
    ...split(
      '/socket.io/ /socket.io/?EIO=4&transport=polling /socket.io/?EIO=4&transport=x&sid=x /socket.io/?EIO=9',
    ),
    ...split(
      '/healthz /readyz /metrics /..%2f..%2fetc%2fpasswd /assets/..%5c..%5cx /api/openapi.json /healthz?%ff',
    ),
  ),
});
/** Events are most of what comes in, and most of what can go wrong. */
const told = fc.constant({ method: 'POST', access: 'feed' as const, path: '/api/events' });
const target = fc.oneof(
  { weight: 5, arbitrary: routed },
  { weight: 3, arbitrary: told },
  { weight: 1, arbitrary: strayed },
);

const good = { ...step({ id: 'f', dossier: 'f', at: iso(Date.UTC(2026, 10, 17)), status: 2 }) };
const value = fc.oneof(
  text,
  fc.constantFrom(null, true, -1, 1e308, 2 ** 53, 0.1, [], {}, [[]]),
  fc.jsonValue({ maxDepth: 4 }),
);
const field = fc.constantFrom(
  ...Object.keys(good),
  ...split('name __proto__ constructor unit void due field'),
);

/** A good event with something wrong in it; its keys stand in the text, so that those of the prototype are real ones. */
const event = fc.array(fc.tuple(field, value), { maxLength: 2 }).map((faults) => {
  const facts = new Map<string, unknown>([...Object.entries(good), ...faults]);
  return `{${[...facts].map(([name, fact]) => `${JSON.stringify(name)}:${JSON.stringify(fact)}`).join()}}`;
});
const events = fc.array(event, { maxLength: 8 });
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const ODD_BODIES = [
  ...split(
    '{ [ " null {"events": {"events":{}} {"events":[]}x {"events":[,]} {"__proto__":[]} {"events":1e999}',
  ),
  ...[
    '',
    '{"events":[1 2]}',
    '\ufeff{}',
    '{"events":[]}\0',
    '{\n'.repeat(3000),
    `{"events":["${'x'.repeat(50_000)}"]}`,
  ],
  ...[deep(10_000), `{"events":[${deep(10_000)}]}`, `{"events":[${deepObject(4000)}]}`, deepObject(10_000)],
  ...[`{"token":${deep(1000)}}`, `[${'{},'.repeat(20_000)}{}]`, `{"events":[${'{},'.repeat(20_000)}{}]}`],
];
const content = fc.oneof(
  { weight: 5, arbitrary: events.map((list) => `{"events":[${list.join()}]}`) },
  { weight: 3, arbitrary: events.map((list) => list.join('\n')) },
  { weight: 2, arbitrary: text.map((token) => JSON.stringify({ token })) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_BODIES) },
);
type Packed = { bytes: Buffer; packing: string };
const broken = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const body: fc.Arbitrary<Packed> = fc.oneof(
  { weight: 6, arbitrary: content.map((plain) => ({ bytes: Buffer.from(plain), packing: '' })) },
  {
    weight: 2,
    arbitrary: fc.tuple(content, fc.nat(99)).map(([plain, kept]) => {
      const bytes = gzipSync(plain);
      return {
        bytes: bytes.subarray(0, kept > 50 ? undefined : (bytes.length * kept) / 50),
        packing: 'gzip',
      };
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(broken, fc.constantFrom('', 'gzip', 'br', 'deflate', 'zstd', 'gzip, gzip'))
      .map(([bytes, packing]) => ({ bytes, packing })),
  },
);

const form = fc
  .tuple(
    fc.constantFrom(
      ...split('application/json application/json application/x-ndjson text/plain multipart/x'),
      '',
    ),
    fc.constantFrom('', '', '', '', '; charset=utf-8', '; charset=utf-16le', '; charset=klingon', ';;;'),
  )
  .map((parts) => parts.join(''));
const headers = fc.record({
  cookie: fc.constantFrom('', '', 'ioc_session=', 'ioc_session=%00; =;;', '='.repeat(500)),
  accept: fc.constantFrom('*/*', 'text/html', 'application/json', ';;q=x'),
  'content-type': form,
  'x-forwarded-for': fc.constantFrom('', '1.2.3.4', 'nonsense', '::', ','.repeat(100)),
  'accept-encoding': fc.constantFrom('', 'gzip', 'br;q=1, x;q=nonsense'),
  range: fc.constantFrom('', '', 'bytes=0-0', 'bytes=9-1', 'bytes=-'),
  expect: fc.constantFrom('', '', '', '', '', '', '', '100-continue'),
});

/** So many wrong requests, the same for the same seed. */
export function drawRequests(
  tokens: Tokens,
  { seed, count }: { seed: number; count: number },
): WrongRequest[] {
  const bearer = fc.constantFrom(
    'good',
    'good',
    'good',
    'good',
    'good',
    'Bearer',
    'Basic eDp5',
    '',
    'x'.repeat(2000),
  );
  const request = fc
    .tuple(target, headers, bearer, body)
    .map(([{ method, access, path }, given, shown, { bytes, packing }]): WrongRequest => {
      const isRead = method === 'GET' || method === 'HEAD';
      const token = access === 'feed' ? tokens.feed : tokens.display;
      const all = {
        ...given,
        authorization: shown === 'good' ? `Bearer ${token}` : shown,
        'content-encoding': isRead ? '' : packing,
        'content-length': isRead ? '' : `${bytes.length}`,
      };
      const said = Object.entries(all).filter(([, words]) => words !== '');
      return {
        method,
        path: path.slice(0, 12_000),
        headers: Object.fromEntries(said),
        body: isRead ? null : bytes,
      };
    });
  return fc.sample(request, { seed, numRuns: count });
}
