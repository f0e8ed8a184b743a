/** Shelving within bounds, the audit of an alert, and the whole of it on PostgreSQL. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CRITICAL,
  detailOf,
  listAlertActs,
  listAlerts,
  MAJOR,
  openOffice,
  post,
  raise,
  showFigures,
  TWIN,
  WARNING,
} from './server/alerting.ts';
import { type Browser, enter, statusOf, unitId } from './server/people.ts';
import { createStores } from './server/stores.ts';
import type { Running } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

let running: Running;
let operator: Browser;
let editor: Browser;
let head: Browser;
let a: number;

beforeEach(async () => {
  ({ running, operator, editor, head, a } = await openOffice());
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

describe('shelving', () => {
  const shelve = (browser: Browser, id: number, hours: number, more: object = {}) =>
    post(browser, id, 'shelve', { hours, reason: 'bảo trì phần mềm', ...more });

  test.each([
    ['a warning', WARNING, 'operator', 24, 200],
    ['a warning', WARNING, 'operator', 25, '422 unprocessable'],
    ['a warning', WARNING, 'editor', 168, 200],
    ['a major one', MAJOR, 'operator', 8, 200],
    ['a major one', MAJOR, 'operator', 9, '422 unprocessable'],
    ['a major one', MAJOR, 'editor', 24, 200],
    ['a major one', MAJOR, 'editor', 25, '422 unprocessable'],
    ['a critical one', CRITICAL, 'operator', 1, '403 forbidden'],
    ['a critical one', CRITICAL, 'editor', 4, 200],
    ['a critical one', CRITICAL, 'editor', 5, '422 unprocessable'],
    ['a warning', WARNING, 'head', 1, '403 forbidden'],
  ])('%s (%i) as %s for %i hours: %s', async (_words, figure, who, hours, expected) => {
    const id = await raise(running, a, figure);
    const { seq } = await running.store.readClock();
    const by = { operator, editor, head }[who];
    if (!by) throw new Error(who);
    expect(statusOf(await shelve(by, id, hours))).toBe(expected);
    expect((await running.store.readClock()).seq).toBe(expected === 200 ? seq + 1 : seq);
  });

  test('hides an alert until its hour, says why, and ends early when it is taken off', async () => {
    const id = await raise(running, a, WARNING);
    await shelve(operator, id, 2, { isOneShot: true });
    const shown = await detailOf(operator, id);
    expect(shown).toMatchObject({
      alert: { label: 'shelved', shelvedUntil: '2026-11-18T12:00:00+07:00' },
      shelvedBy: 'Title of truc-a',
    });
    expect(shown.notes.at(-1)).toMatchObject({
      kind: 'shelved',
      text: 'bảo trì phần mềm',
      facts: { hours: 2, isOneShot: true },
    });
    expect(shown.may).toContain('unshelve');
    expect(statusOf(await post(head, id, 'unshelve'))).toBe('403 forbidden');
    expect(statusOf(await post(operator, id, 'unshelve'))).toBe(200);
    expect(statusOf(await post(operator, id, 'unshelve'))).toBe('409 conflict');
    expect((await detailOf(operator, id)).alert).toMatchObject({ label: 'new', shelvedUntil: null });
    expect(await listAlertActs(running)).toEqual([
      `shelveAlert alert:${id} person:truc-a`,
      `unshelveAlert alert:${id} person:truc-a`,
    ]);
  });

  test('of many stops at the first that may not be, and shelves none', async () => {
    const ids = await showFigures(running, [
      { unit: a, figure: WARNING },
      { unit: a, figure: CRITICAL, rule: TWIN },
    ]);
    const many = (by: Browser, hours: number) =>
      by.ask('POST', '/api/alerts/shelve', { ids, hours, reason: 'bảo trì' });
    expect(statusOf(await many(operator, 1))).toBe('403 forbidden');
    expect(await many(editor, 24)).toMatchObject({
      status: 422,
      body: { errors: [{ index: 1, field: 'hours', reason: 'critical: at most 4' }] },
    });
    expect((await listAlerts(operator)).counts.bySeverity.warning.shelved).toBe(0);
    expect(statusOf(await many(editor, 4))).toBe(200);
    expect((await listAlerts(operator)).counts.bySeverity).toMatchObject({
      critical: { shelved: 1, new: 0 },
      warning: { shelved: 1, new: 0 },
    });
  });

  test('needs a reason and an end', async () => {
    const id = await raise(running, a, WARNING);
    for (const body of [
      { hours: 1 },
      { reason: 'bảo trì' },
      { hours: 0, reason: 'bảo trì' },
      { hours: 1, reason: 'x' },
    ])
      expect(statusOf(await post(operator, id, 'shelve', body))).toBe('422 unprocessable');
  });
});

describe('the audit of an alert', () => {
  test('is read by whoever may see the alert, without addresses, and by nobody else', async () => {
    const id = await raise(running, a, WARNING);
    await post(operator, id, 'acknowledge', { note: 'rõ' });
    const viewer = await enter(running, 'xem-a', [['viewer', 'A']]);
    const chief = await enter(running, 'quan-tri', [['administrator', '25']]);
    const other = await enter(running, 'xem-d', [['viewer', 'D']]);
    const read = (browser: Browser, query: string) => browser.ask('GET', `/api/audit?${query}`);
    const subject = `subject=alert:${id}`;
    expect((await read(viewer, subject)).body).toMatchObject({
      entries: [{ act: 'acknowledgeAlert', unit: 'A', after: { text: 'rõ' }, address: null }],
      more: false,
    });
    expect((await read(chief, subject)).body).toMatchObject({ entries: [{ address: '127.0.0.1' }] });
    expect(statusOf(await read(other, subject))).toBe('404 notFound');
    expect(statusOf(await read(viewer, 'subject=alert:9999'))).toBe('404 notFound');
    for (const query of [
      '',
      'subject=account:1',
      'subject=alert',
      'subject=alert:',
      `subject=constructor:${id}`,
    ])
      expect([query, statusOf(await read(viewer, query))]).toEqual([query, '403 forbidden']);
    expect(statusOf(await read(viewer, `${subject}&format=csv`))).toBe('403 forbidden');
    expect(statusOf(await read(chief, `${subject}&format=csv`))).toBe(200);
  });
});

test('the main path on PostgreSQL: acknowledge, shelve, take off, assign, comment, visit', async () => {
  await running.close();
  ({ running, operator } = await openOffice({ url: await stores.address('postgres') }));
  const commune = unitId(running, 'A');
  const id = await raise(running, commune, MAJOR);
  const verbs: [string, object][] = [
    ['acknowledge', {}],
    ['shelve', { hours: 2, reason: 'bảo trì' }],
    ['unshelve', {}],
    ['assign', { login: 'truc-a' }],
    ['note', { text: 'xong' }],
    ['explain', { question: 'Vì sao?' }],
  ];
  for (const [verb, body] of verbs)
    expect([verb, statusOf(await post(operator, id, verb, body))]).toEqual([verb, 200]);
  for (const seq of [2, 1]) await operator.ask('POST', '/api/alerts/visit', { seq });
  expect(await listAlerts(operator, 'state=all')).toMatchObject({
    visitedSeq: 2,
    alerts: [{ id, explanation: 'asked' }],
  });
  expect(await listAlerts(operator, 'state=closed')).toMatchObject({ alerts: [], more: false });
  expect((await detailOf(operator, id)).notes.map(({ kind }) => kind)).toEqual([
    ...['raised', 'acknowledged', 'shelved', 'unshelved', 'reannounced', 'assigned', 'commented', 'asked'],
  ]);
  for (const path of [
    'alerts/health',
    'handover',
    'explanations',
    'due?unit=A',
    'due/dossiers?unit=A&stage=overdue',
  ])
    expect([path, (await operator.ask('GET', `/api/${path}`)).status]).toEqual([path, 200]);
}, 60_000);
