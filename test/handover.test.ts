/** The handover of a shift: what it names and what it counts. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnswerOf } from '../shared/wire.ts';
import { detailOf, listAlerts, openOffice, showFigures } from './server/alerting.ts';
import { insertFeed } from './server/judged-world.ts';
import { ruleBody, setRules } from './server/judging.ts';
import { type Browser, enter } from './server/people.ts';
import type { Running } from './server.ts';

let running: Running;
let operator: Browser;
let top: Browser;
let a: number;
let d: number;

beforeEach(async () => {
  ({ running, operator, a, d } = await openOffice());
  top = await enter(running, 'truc-tinh', [['operator', '25']]);
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

const MINUTE = 60_000;
const read = async <T>(by: Browser, path: string) => (await by.ask('GET', path)).body as T;

test('an alert of a feed names it by its name, wherever it is told, and is found by it', async () => {
  const { store, clock } = running;
  const name = 'Một cửa xã A';
  await store.commit(clock.now(), async ({ db, seq }) => {
    await insertFeed(db, { seq, unit: a, now: clock.now(), cadenceMs: null });
    await db.updateTable('feed').set({ name }).execute();
  });
  const [id = 0] = await showFigures(running, [{ unit: a, rule: 'feed', key: 'f', figure: 2 }]);
  expect((await detailOf(operator, id)).alert).toMatchObject({ id, subject: name });
  const { open } = await read<AnswerOf<'getHandover'>>(operator, '/api/handover');
  expect(open.map(({ subject }) => subject)).toEqual([name]);
});

test('the handover counts and lists no messages: what the centre has, and nothing else', async () => {
  const condition = { kind: 'level', indicator: 'TT04', window: 'month' } as const;
  const levels = [
    { severity: 'warning', raise: 40, count: null },
    { severity: 'advisory', raise: 20, count: null },
  ] as const;
  const body = ruleBody({ condition, direction: 'above', levels: [...levels] });
  await setRules(running.store, { share: body }, { now: running.clock.now() });
  const show = (unit: number, figure: number) => showFigures(running, [{ unit, rule: 'share', figure }]);
  await show(a, 25);
  const [id] = await show(d, 45);
  const handover = () => read<AnswerOf<'getHandover'>>(top, '/api/handover');
  const { alerts } = await listAlerts(top);
  expect(alerts.map((one) => one.id)).toEqual([id]);
  expect((await handover()).open.map((one) => one.id)).toEqual([id]);
  running.clock.advance(MINUTE);
  await show(a, 0);
  expect(await handover()).toMatchObject({ raised: 1, closed: 0 });
});
