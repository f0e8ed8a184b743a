/** Out of service: who may, until when, that it stays in sight, and that it ends by itself. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HandoverAnswer } from '../shared/alert-health.ts';
import {
  CRITICAL,
  detailOf,
  listAlertActs,
  listAlerts,
  openOffice,
  post,
  raise,
  showFigures,
  WARNING,
} from './server/alerting.ts';
import { type Browser, statusOf } from './server/people.ts';
import type { Running } from './server.ts';

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

const ORDER = { reason: 'phần mềm một cửa báo sai', work: 'Phiếu 12/SC', reviewOn: '2026-11-21' };
const takeOut = (by: Browser, id: number, more: object = {}) =>
  post(by, id, 'out-of-service', { ...ORDER, ...more });

describe('taking an alert out of service', () => {
  test.each([
    ['an editor', 'editor', 200],
    ['an operator', 'operator', '403 forbidden'],
    ['the head', 'head', '403 forbidden'],
  ])('%s: %s', async (_words, who, expected) => {
    const id = await raise(running, a, CRITICAL);
    const by = { operator, editor, head }[who];
    if (!by) throw new Error(who);
    expect(statusOf(await takeOut(by, id))).toBe(expected);
    expect((await detailOf(by, id)).may.includes('takeOut')).toBe(who === 'editor');
  });

  test.each([
    ['no reason', { reason: '' }, 422],
    ['no work', { work: ' ' }, 422],
    ['no day', { reviewOn: null }, 422],
    ['today', { reviewOn: '2026-11-18' }, 422],
    ['the last day a site allows', { reviewOn: '2027-02-16' }, 200],
    ['the day after that', { reviewOn: '2027-02-17' }, 422],
  ])('with %s', async (_words, more, status) => {
    const id = await raise(running, a, WARNING);
    expect((await takeOut(editor, id, more)).status).toBe(status);
  });

  test('keeps it in a list of its own, in the handover, and in the audit', async () => {
    const id = await raise(running, a, CRITICAL);
    await takeOut(editor, id);
    const shown = await detailOf(editor, id);
    expect(shown).toMatchObject({
      alert: { label: 'outOfService', outUntil: '2026-11-21T00:00:00+07:00' },
      outBy: expect.stringContaining('Title of'),
    });
    expect(shown.notes.at(-1)).toMatchObject({
      ...{ kind: 'outOfService', text: ORDER.reason, by: shown.outBy },
      facts: { work: ORDER.work, reviewOn: ORDER.reviewOn },
    });
    expect(shown.may).toContain('putBack');
    const list = await listAlerts(operator, 'state=outOfService');
    expect(list.alerts.map((one) => one.id)).toEqual([id]);
    expect((await listAlerts(operator)).alerts.map((one) => one.id)).toEqual([id]);
    expect(list.counts.bySeverity.critical).toEqual({ new: 0, inHand: 0, gone: 0, shelved: 0 });
    const sheet = (await operator.ask('GET', '/api/handover')).body as HandoverAnswer;
    expect(sheet).toMatchObject({
      open: [],
      outOfService: [{ alert: { id }, by: shown.outBy, reason: ORDER.reason, work: ORDER.work }],
    });
    expect((await listAlertActs(running))[0]).toMatch(`takeAlertOutOfService alert:${id} person:`);
  });

  test('ends by itself on the review day: what is still active calls anew', async () => {
    const id = await raise(running, a, CRITICAL);
    await post(operator, id, 'acknowledge', { note: 'rõ' });
    await takeOut(editor, id);
    running.clock.set(Date.parse('2026-11-21T00:00:00+07:00') - 1);
    await running.app.judge();
    expect((await detailOf(editor, id)).alert.label).toBe('outOfService');
    running.clock.set(Date.parse('2026-11-21T00:00:00+07:00'));
    await running.app.judge();
    const { alert, notes } = await detailOf(editor, id);
    expect(alert).toMatchObject({ label: 'new', outUntil: null, acknowledgedAt: null });
    expect(notes.slice(-2).map(({ kind, by }) => [kind, by])).toEqual([
      ['inService', null],
      ['reannounced', null],
    ]);
  });

  test('keeps what is over in sight until it is back, and then closes it', async () => {
    const id = await raise(running, a, WARNING);
    await post(operator, id, 'acknowledge');
    await takeOut(editor, id);
    running.clock.advance(60_000);
    await showFigures(running, [{ unit: a, figure: 99.5 }]);
    running.clock.advance(24 * 3_600_000);
    await showFigures(running, [{ unit: a, figure: 99.5 }]);
    expect((await detailOf(editor, id)).alert).toMatchObject({ label: 'outOfService', condition: 'normal' });
    expect(statusOf(await post(operator, id, 'return-to-service'))).toBe('403 forbidden');
    expect(statusOf(await post(editor, id, 'return-to-service'))).toBe(200);
    expect(statusOf(await post(editor, id, 'return-to-service'))).toBe('409 conflict');
    expect(statusOf(await takeOut(editor, id))).toBe('409 conflict');
    expect((await detailOf(editor, id)).alert).toMatchObject({ label: 'closed', outUntil: null });
  });
});
