/** What people do about alerts: who may, what comes of it, and what is left in history and audit. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerOf } from '../shared/wire.ts';
import {
  CRITICAL,
  detailOf,
  listAlertActs,
  listAlerts,
  MAJOR,
  openOffice,
  post,
  raise,
  readEpisode,
  showFigures,
  TWIN,
  WARNING,
} from './server/alerting.ts';
import { ruleBody, setRules } from './server/judging.ts';
import { type Browser, enter, openBrowser, PASSWORD, statusOf } from './server/people.ts';
import { at } from './server/world.ts';
import type { Running } from './server.ts';

let running: Running;
let operator: Browser;
let editor: Browser;
let head: Browser;
let a: number;
let d: number;

beforeEach(async () => {
  ({ running, operator, editor, head, a, d } = await openOffice());
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

test('each line of a history keeps whether its figure was a count', async () => {
  const level = { severity: 'warning', raise: 20, count: 10 } as const;
  const condition = { kind: 'level', indicator: 'TT04', window: 'month' } as const;
  const worse = { severity: 'critical', raise: 40, count: null } as const;
  await setRules(
    running.store,
    { share: ruleBody({ condition, direction: 'above', levels: [worse, level] }) },
    { now: running.clock.now() },
  );
  const show = (figure: number, count: number) =>
    showFigures(running, [{ unit: a, rule: 'share', figure, count }]);
  const [id = 0] = await show(6, 12);
  running.clock.advance(60_000);
  await show(45, 90);
  expect(
    (await detailOf(operator, id)).notes.map(({ kind, figure, isCount }) => [kind, figure, isCount]),
  ).toEqual([
    ['raised', 12, true],
    ['worsened', 45, false],
  ]);
});

describe('acknowledging', () => {
  test('takes an alert in hand for so long as its severity says, in working time, with a row in the audit', async () => {
    const id = await raise(running, a, MAJOR);
    running.clock.set(at('2026-11-18 16:00'));
    const { seq } = await running.store.readClock();
    expect(await post(operator, id, 'acknowledge', { note: 'đang gọi' })).toMatchObject({
      status: 200,
      body: { seq: seq + 1, changed: 1 },
    });
    const shown = await detailOf(operator, id);
    expect(shown).toMatchObject({
      alert: { label: 'inHand', acknowledgedAt: '2026-11-18T16:00:00+07:00' },
      acknowledgedBy: 'Title of truc-a',
      // Four working hours: one that day, three the next morning.
      acknowledgedUntil: '2026-11-19T10:30:00+07:00',
    });
    expect(shown.notes.map(({ kind, by, text }) => [kind, by, text])).toEqual([
      ['raised', null, null],
      ['acknowledged', 'Title of truc-a', 'đang gọi'],
    ]);
    expect(await listAlertActs(running)).toEqual([`acknowledgeAlert alert:${id} person:truc-a`]);
  });

  test('of what somebody has acknowledged is refused, but on purpose; of many it leaves those in hand', async () => {
    const id = await raise(running, a, MAJOR);
    const other = await raise(running, d, MAJOR);
    const second = await enter(running, 'truc-b', [['operator', '25']]);
    await post(operator, id, 'acknowledge', { note: 'đang gọi' });
    running.clock.advance(60_000);
    expect(statusOf(await post(second, id, 'acknowledge', {}))).toBe('409 conflict');
    const both = await second.ask('POST', '/api/alerts/acknowledge', { ids: [id, other], note: 'cả hai' });
    expect(both.body).toMatchObject({ changed: 1 });
    expect((await detailOf(operator, id)).acknowledgedBy).toBe('Title of truc-a');
    expect(statusOf(await post(second, id, 'acknowledge', { isAgain: true }))).toBe(200);
    const { acknowledgedBy, notes } = await detailOf(operator, id);
    expect([acknowledgedBy, notes.map(({ kind }) => kind)]).toEqual([
      'Title of truc-b',
      ['raised', 'acknowledged', 'acknowledged'],
    ]);
  });

  test('needs a note where it is critical, and changes nothing without', async () => {
    const id = await raise(running, a, CRITICAL);
    const before = await running.store.readClock();
    expect(await post(operator, id, 'acknowledge')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'note', reason: 'is needed for a critical alert' }] },
    });
    expect(await running.store.readClock()).toEqual(before);
    expect(statusOf(await post(operator, id, 'acknowledge', { note: 'rõ' }))).toBe(200);
  });

  test('is refused to who is no operator there, and to what lies outside as if it did not exist', async () => {
    const id = await raise(running, a, MAJOR);
    const other = await raise(running, d, MAJOR);
    const before = await running.store.readClock();
    expect(statusOf(await post(editor, id, 'acknowledge'))).toBe('403 forbidden');
    expect(statusOf(await post(head, id, 'acknowledge'))).toBe('403 forbidden');
    const outside = await post(operator, other, 'acknowledge');
    const none = await post(operator, 9999, 'acknowledge');
    expect(statusOf(outside)).toBe('404 notFound');
    expect(JSON.stringify(outside.body).replaceAll(String(other), '?')).toBe(
      JSON.stringify(none.body).replaceAll('9999', '?'),
    );
    for (const odd of ['0', '-1', '1e3', '%00', 'x'.repeat(300), '99999999999999999999'])
      expect([odd, (await operator.ask('POST', `/api/alerts/${odd}/acknowledge`, {})).status]).toEqual([
        odd,
        odd === '%00' ? 400 : 404,
      ]);
    expect(await running.store.readClock()).toEqual(before);
    const both = await enter(running, 'hai-noi', [
      ['operator', 'A'],
      ['viewer', 'D'],
    ]);
    expect(await post(both, other, 'acknowledge')).toMatchObject({
      status: 403,
      body: { detail: 'This needs the role operator in D (D).' },
    });
  });

  test('closes what is over, and cannot be done to what is closed', async () => {
    const id = await raise(running, a, MAJOR);
    running.clock.advance(60_000);
    await showFigures(running, [{ unit: a, figure: 99 }]);
    running.clock.set(at('2026-11-19 16:00'));
    await showFigures(running, [{ unit: a, figure: 99 }]);
    expect((await listAlerts(operator)).alerts).toMatchObject([{ id, label: 'gone', severity: 'major' }]);
    expect(statusOf(await post(operator, id, 'acknowledge'))).toBe(200);
    expect(await readEpisode(running, id)).toMatchObject({ closeReason: 'acknowledged' });
    for (const verb of ['acknowledge', 'assign', 'shelve'])
      expect([
        verb,
        statusOf(
          await post(
            operator,
            id,
            verb,
            { assign: { login: null }, shelve: { hours: 1, reason: 'vì thế' } }[verb],
          ),
        ),
      ]).toEqual([verb, '409 conflict']);
    expect(statusOf(await post(operator, id, 'note', { text: 'xong' }))).toBe(200);
  });

  test('of many is all or nothing', async () => {
    const top = await enter(running, 'truc-tinh', [['operator', '25']]);
    const ids = await showFigures(running, [
      { unit: a, figure: MAJOR },
      { unit: d, figure: WARNING },
      { unit: a, figure: CRITICAL, rule: TWIN },
    ]);
    const many = (browser: Browser, body: object) => browser.ask('POST', '/api/alerts/acknowledge', body);
    const before = await running.store.readClock();
    expect(await many(top, { ids })).toMatchObject({ status: 422 });
    expect(await many(top, { ids: [...ids, 9999], note: 'x' })).toMatchObject({
      status: 404,
      body: { errors: [{ index: 3, field: 'ids', reason: 'there is no alert 9999' }] },
    });
    expect(await many(operator, { ids, note: 'x' })).toMatchObject({
      status: 404,
      body: { errors: [{ index: 1 }] },
    });
    expect(await running.store.readClock()).toEqual(before);
    expect((await listAlerts(top)).alerts.map(({ label }) => label)).toEqual(['new', 'new', 'new']);
    expect(await many(top, { ids, note: 'cùng một việc' })).toMatchObject({ body: { changed: 3 } });
    expect((await listAlerts(top)).alerts.map(({ label }) => label)).toEqual(['inHand', 'inHand', 'inHand']);
    expect((await running.store.readClock()).seq).toBe(before.seq + 1);
    expect(await listAlertActs(running)).toHaveLength(3);
  });

  test('of five thousand fits into a body, of one more does not', async () => {
    const ids = Array.from({ length: 5001 }, (_, index) => 900_000_000 + index);
    const many = (count: number) =>
      operator.ask('POST', '/api/alerts/acknowledge', { ids: ids.slice(0, count) });
    expect(statusOf(await many(5000))).toBe('404 notFound');
    expect(statusOf(await many(5001))).toBe('422 unprocessable');
  });

  test('waits no longer than the worse that comes: the alert is new again', async () => {
    const id = await raise(running, a, MAJOR);
    await post(operator, id, 'acknowledge');
    running.clock.advance(60_000);
    await showFigures(running, [{ unit: a, figure: CRITICAL }]);
    expect((await detailOf(operator, id)).alert).toMatchObject({ label: 'new', severity: 'critical' });
  });
});

describe('notes and assignments', () => {
  test('are told by name, and a head says what is done', async () => {
    const id = await raise(running, a, WARNING);
    expect(statusOf(await post(head, id, 'note', { text: 'đã cử thêm cán bộ' }))).toBe(200);
    expect(statusOf(await post(editor, id, 'note', { text: 'thử' }))).toBe('403 forbidden');
    expect(statusOf(await post(operator, id, 'assign', { login: 'chu-tich-a' }))).toBe(200);
    const shown = await detailOf(operator, id);
    expect(shown.alert.assignee).toBe('Title of chu-tich-a');
    expect(shown.notes.slice(1).map(({ kind, by, text, facts }) => [kind, by, text, facts])).toEqual([
      ['commented', 'Title of chu-tich-a', 'đã cử thêm cán bộ', null],
      ['assigned', 'Title of truc-a', null, { login: 'chu-tich-a' }],
    ]);
    expect(statusOf(await post(operator, id, 'assign', { login: null }))).toBe(200);
    expect((await detailOf(operator, id)).alert.assignee).toBeNull();
  });

  test('go to accounts that may act there alone', async () => {
    await enter(running, 'truc-d', [['operator', 'D']]);
    await enter(running, 'xem-a', [['viewer', 'A']]);
    const top = await enter(running, 'truc-tinh', [['operator', '25']]);
    const id = await raise(running, a, WARNING);
    for (const login of ['truc-d', 'xem-a', 'nguong-a', 'khong-co'])
      expect(statusOf(await post(operator, id, 'assign', { login }))).toBe('422 unprocessable');
    const { body } = await operator.ask('GET', '/api/alerts/assignees?unit=A');
    const logins = (body as AnswerOf<'listAssignees'>).accounts.map(({ login }) => login);
    expect(logins).toEqual(['chu-tich-a', 'truc-a', 'truc-tinh']);
    for (const login of logins) expect(statusOf(await post(operator, id, 'assign', { login }))).toBe(200);
    const { notes } = await detailOf(operator, id);
    expect(notes.at(-1)).toMatchObject({ kind: 'assigned', facts: { title: 'Title of truc-tinh' } });
    expect(statusOf(await operator.ask('GET', '/api/alerts/assignees?unit=D'))).toBe('404 notFound');
    expect(statusOf(await head.ask('GET', '/api/alerts/assignees?unit=A'))).toBe('403 forbidden');
    expect(statusOf(await top.ask('GET', '/api/alerts/assignees?unit=25'))).toBe(200);
  });

  test('keep to who may act at the very commit: a session that ended, a grant taken back', async () => {
    const id = await raise(running, a, WARNING);
    const { db } = running.store.reader;
    const grant = await db
      .selectFrom('grant')
      .select('id')
      .where('role', '=', 'operator')
      .executeTakeFirstOrThrow();
    const command = { kind: 'command' } as const;
    const now = running.clock.now();
    await running.acts.writer.run({ name: 'removeGrant', caller: command, input: grant, now });
    expect(statusOf(await post(operator, id, 'acknowledge'))).toBe('403 forbidden');
    await head.ask('POST', '/api/session/lock', {});
    expect(statusOf(await post(head, id, 'note', { text: 'thử' }))).toBe('401 locked');
    await head.ask('POST', '/api/session/unlock', { password: PASSWORD });
    expect(statusOf(await post(head, id, 'note', { text: 'thử' }))).toBe(200);
    expect(statusOf(await post(openBrowser(running), id, 'note', { text: 'thử' }))).toBe('401 unauthorised');
  });
});
