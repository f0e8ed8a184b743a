/** Explanations: asked with a deadline in working time, answered by the head, urged, checked, and gone up the ladder when late. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import type { ExplanationView } from '../shared/alert.ts';
import type { AnswerOf } from '../shared/wire.ts';
import {
  detailOf,
  listAlertActs,
  listAlerts,
  MAJOR,
  openOffice,
  PATIENT,
  post,
  raise,
} from './server/alerting.ts';
import { type Browser, enter, statusOf } from './server/people.ts';
import { at } from './server/world.ts';
import type { Running } from './server.ts';

let running: Running;
let operator: Browser;
let editor: Browser;
let head: Browser;
let a: number;
let alert: number;

beforeEach(async () => {
  ({ running, operator, editor, head, a } = await openOffice());
  alert = await raise(running, a, MAJOR);
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

const judge = () =>
  running.acts.writer.run({
    name: 'judge',
    caller: { kind: 'clock' },
    input: null,
    now: running.clock.now(),
  });
const ask = (workingHours = 8, by = operator) =>
  post(by, alert, 'explain', {
    question: 'Vì sao trễ?',
    within: { amount: workingHours, unit: 'workingHours' },
  });
const tell = (by: Browser, id: number, verb: string, body: object = {}) =>
  by.ask('POST', `/api/explanations/${id}/${verb}`, body);
const list = async (by: Browser, query = '') =>
  ((await by.ask('GET', `/api/explanations?${query}`)).body as AnswerOf<'listExplanations'>).explanations;
const ANSWER = { cause: 'Thiếu người', measures: 'Điều thêm hai người', promisedOn: '2026-11-23' };
/** The lines of the ladder: when, and to which step. */
const climbs = async () =>
  (await detailOf(operator, alert)).notes
    .filter(({ kind }) => kind === 'escalated')
    .map(({ at: when, facts }) => [when.slice(0, 16), facts?.reason, facts?.step ?? null]);

describe('an explanation', () => {
  test('is asked by an operator, due in working time, and shows with its alert', async () => {
    const asked = await ask();
    expect(asked.body).toMatchObject({
      ...{ alert, ref: 'A', state: 'asked', isUrgent: false, urges: 0, step: 0, question: 'Vì sao trễ?' },
      ...{ askedBy: 'Title of truc-a', dueAt: '2026-11-19T10:00:00+07:00', severity: 'major' },
    });
    expect((await listAlerts(operator)).alerts).toMatchObject([{ id: alert, explanation: 'asked' }]);
    expect((await detailOf(operator, alert)).notes.at(-1)).toMatchObject({
      ...{ kind: 'asked', by: 'Title of truc-a', text: 'Vì sao trễ?' },
    });
    expect(await listAlertActs(running)).toEqual([`explainAlert alert:${alert} person:truc-a`]);
    expect(statusOf(await ask())).toBe('409 conflict');
    expect(statusOf(await ask(8, head))).toBe('403 forbidden');
  });

  test('is answered by the head of the unit or of one above, once, and nobody else', async () => {
    const { id } = (await ask()).body as ExplanationView;
    const top = await enter(running, 'chu-tich-tinh', [['head', '25']]);
    const beside = await enter(running, 'chu-tich-d', [['head', 'D']]);
    expect(statusOf(await tell(operator, id, 'answer', ANSWER))).toBe('403 forbidden');
    expect(statusOf(await tell(editor, id, 'answer', ANSWER))).toBe('403 forbidden');
    expect(statusOf(await tell(beside, id, 'answer', ANSWER))).toBe('404 notFound');
    expect((await detailOf(head, alert)).may).toEqual(['comment', 'answer']);
    const mayOf = async (by: Browser) => (await list(by)).map(({ may }) => may);
    expect(await Promise.all([head, top, operator, editor].map(mayOf))).toEqual([
      ...[[['answer']], [['answer']], [['urge']], [[]]],
    ]);
    const double = await enter(running, 'hai-noi', [
      ['head', 'D'],
      ['viewer', '25'],
    ]);
    expect(await mayOf(double)).toEqual([[]]);
    expect((await tell(head, id, 'answer', ANSWER)).body).toMatchObject({
      ...{ ...ANSWER, state: 'promised', answeredBy: 'Title of chu-tich-a' },
      // A working hour into the promised day.
      nextAt: '2026-11-23T08:30:00+07:00',
    });
    expect(statusOf(await tell(top, id, 'answer', ANSWER))).toBe('409 conflict');
    expect(statusOf(await tell(operator, id, 'urge'))).toBe('409 conflict');
    expect(statusOf(await ask())).toBe(200);
    const second = (await list(operator))[0]?.id ?? 0;
    expect(statusOf(await tell(top, second, 'answer', { ...ANSWER, promisedOn: null }))).toBe(200);
  });

  test('that was answered late says by how many working hours, and until then who hears of it next', async () => {
    const { id } = (await ask()).body as ExplanationView;
    expect((await list(operator))[0]).toMatchObject({
      lateWorkingHours: null,
      nextStep: { at: '2026-11-19T10:00:00+07:00', name: { vi: 'Người đứng đầu đơn vị' } },
    });
    running.clock.set(at('2026-11-19 10:30'));
    await judge();
    expect((await list(operator))[0]).toMatchObject({
      ...{ state: 'late', lateWorkingHours: 0.5 },
      // Four working hours after it was due: an hour and a half, lunch, and the rest.
      nextStep: { at: '2026-11-19T15:30:00+07:00', name: { vi: 'Văn phòng UBND tỉnh' } },
    });
    running.clock.set(at('2026-11-19 14:00'));
    expect((await tell(head, id, 'answer', ANSWER)).body).toMatchObject({
      ...{ state: 'promised', lateWorkingHours: 2.5, nextStep: null },
    });
  });

  test.each(['2026-11-17', '2027-11-20'])('promises nothing for %s', async (promisedOn) => {
    const { id } = (await ask()).body as ExplanationView;
    expect(await tell(head, id, 'answer', { ...ANSWER, promisedOn })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'promisedOn' }] },
    });
  });

  test('is urgent once it was urged twice, and stands before others', async () => {
    const { id } = (await ask()).body as ExplanationView;
    expect((await tell(operator, id, 'urge')).body).toMatchObject({ urges: 1, isUrgent: false });
    expect((await tell(operator, id, 'urge', { note: 'khẩn' })).body).toMatchObject({
      urges: 2,
      isUrgent: true,
    });
    expect(statusOf(await tell(head, id, 'urge'))).toBe('403 forbidden');
    expect((await detailOf(operator, alert)).notes.slice(-2).map(({ kind, text }) => [kind, text])).toEqual([
      ['urged', null],
      ['urged', 'khẩn'],
    ]);
    const top = await enter(running, 'truc-tinh', [['operator', '25']]);
    const other = await raise(running, running.tree.findByReference('D', '2026-11-18')?.id ?? 0, MAJOR);
    await post(top, other, 'explain', { question: 'Sao?', within: { amount: 2, unit: 'workingHours' } });
    expect((await list(top)).map(({ alert: of, isUrgent }) => [of, isUrgent])).toEqual([
      [alert, true],
      [other, false],
    ]);
    expect(await list(head)).toHaveLength(1);
  });

  test('is checked once it is answered, and once', async () => {
    const { id } = (await ask()).body as ExplanationView;
    expect(statusOf(await tell(operator, id, 'check', { isKept: true }))).toBe('409 conflict');
    await tell(head, id, 'answer', ANSWER);
    expect(statusOf(await tell(head, id, 'check', { isKept: true }))).toBe('403 forbidden');
    expect((await tell(operator, id, 'check', { isKept: false, note: 'chưa thấy' })).body).toMatchObject({
      ...{ state: 'broken', outcome: 'chưa thấy', checkedBy: 'Title of truc-a', nextAt: null },
    });
    expect(statusOf(await tell(operator, id, 'check', { isKept: true }))).toBe('409 conflict');
    expect(await listAlertActs(running)).toEqual([
      `explainAlert alert:${alert} person:truc-a`,
      `answerExplanation alert:${alert} person:chu-tich-a`,
      `checkExplanation alert:${alert} person:truc-a`,
    ]);
    expect((await list(operator, 'state=broken')).map((one) => one.id)).toEqual([id]);
    expect(await list(operator, 'state=late')).toEqual([]);
  });
});

describe('the ladder', () => {
  test('is climbed at its hours, one step at a time', async () => {
    await ask(2);
    running.clock.set(at('2026-11-18 13:29'));
    await judge();
    expect(await climbs()).toEqual([]);
    // Due at 13:30: an hour and a half before lunch and half an hour after it.
    running.clock.set(at('2026-11-18 13:30'));
    await judge();
    expect(await list(operator)).toMatchObject([
      { state: 'late', step: 1, stepName: { en: 'Head of the unit' }, nextAt: '2026-11-19T08:00:00+07:00' },
    ]);
    await judge();
    expect(await climbs()).toEqual([['2026-11-18T13:30', 'late', 1]]);
    running.clock.set(at('2026-11-19 12:00'));
    await judge();
    expect(await list(operator)).toMatchObject([
      { step: 2, stepName: { en: 'Provincial office' }, nextAt: '2026-11-19T13:30:00+07:00' },
    ]);
  });

  test('is late but correct after downtime, across a holiday, and stops at its end', async () => {
    await running.close();
    // Thursday; National Day, the day before it and the Monday exchanged for 22 August are off.
    ({ running, operator, editor, head, a } = await openOffice({ start: at('2026-08-28 16:00') }));
    alert = await raise(running, a, MAJOR);
    await ask(2);
    running.clock.set(at('2026-09-20 10:00'));
    await judge();
    await judge();
    expect(await climbs()).toEqual([
      ['2026-09-03T08:30', 'late', 1],
      ['2026-09-03T14:00', 'late', 2],
      ['2026-09-04T08:30', 'late', 3],
    ]);
    expect(await list(operator)).toMatchObject([
      { step: 3, stepName: { en: 'Chairman of the province' }, nextAt: null },
    ]);
  });

  test('is left by an answer, and what was promised comes up on its day', async () => {
    const { id } = (await ask(2)).body as ExplanationView;
    await tell(head, id, 'answer', ANSWER);
    running.clock.set(at('2026-11-23 08:29'));
    await judge();
    expect(await climbs()).toEqual([]);
    running.clock.set(at('2026-11-23 09:00'));
    await judge();
    expect(await climbs()).toEqual([['2026-11-23T08:30', 'promise', null]]);
    expect(await list(operator)).toMatchObject([{ state: 'promised', nextAt: null }]);
  });

  test('has the steps that the site gives it', async () => {
    await running.close();
    const ladder = [{ afterWorkingHours: 1, name: { vi: 'Một', en: 'One' }, role: 'head', at: 'unit' }];
    const site = createSite({ ...(PATIENT.source as object), alerting: { ladder } });
    ({ running, operator, editor, head, a } = await openOffice({ site }));
    alert = await raise(running, a, MAJOR);
    await ask(1);
    running.clock.set(at('2026-11-18 11:00'));
    const { seq } = await running.store.readClock();
    await judge();
    // Late without a step yet: whoever watches is told all the same.
    expect(await climbs()).toEqual([]);
    expect(await listAlerts(operator, `since=${seq}`)).toMatchObject({
      alerts: [{ id: alert, explanation: 'late' }],
    });
    running.clock.set(at('2026-11-18 13:30'));
    await judge();
    expect(await climbs()).toEqual([['2026-11-18T13:30', 'late', 1]]);
  });
});
