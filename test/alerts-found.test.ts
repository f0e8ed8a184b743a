/** How alerts are found: by whether they recover, and by a text, in whole pages. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { searchKeyOf } from '../shared/text.ts';
import {
  detailOf,
  listAlerts,
  openOffice,
  post,
  showFigures,
  stepAlert,
  WARNING,
} from './server/alerting.ts';
import { type Browser, enter, statusOf } from './server/people.ts';
import type { Running } from './server.ts';

let running: Running;
let top: Browser;
let a: number;
let d: number;

beforeEach(async () => {
  ({ running, a, d } = await openOffice());
  top = await enter(running, 'truc-tinh', [['operator', '25']]);
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Raises an alert, and has it clear and close again; one that comes again and again would be held as flapping. */
async function passBy(unit: number, figure: number, rule = 'TT02'): Promise<number> {
  const [id = 0] = await showFigures(running, [{ unit, figure, rule }]);
  running.clock.advance(MINUTE);
  await showFigures(running, [{ unit, figure: 99.5, rule }]);
  running.clock.advance(72 * HOUR);
  await showFigures(running, [{ unit, figure: 99.5, rule }]);
  await post(top, id, 'acknowledge', { note: 'đã rõ' });
  running.clock.advance(MINUTE);
  return id;
}

describe('the list', () => {
  test('tells of one that recovers, when it will be over, and lists it by that', async () => {
    const [id, held = 0] = await showFigures(running, [
      { unit: a, figure: WARNING },
      { unit: d, figure: WARNING },
    ]);
    running.clock.advance(MINUTE);
    await showFigures(running, [{ unit: d, figure: 99.5 }]);
    const { alerts } = await listAlerts(top, 'condition=recovering');
    expect(alerts).toMatchObject([{ id: held, condition: 'recovering', severity: 'warning', label: 'new' }]);
    expect((await listAlerts(top, 'condition=active')).alerts).toMatchObject([{ id, clearsAt: null }]);
    const clearsAt = Date.parse(alerts[0]?.clearsAt ?? '');
    expect(clearsAt).toBeGreaterThan(running.clock.now());
    running.clock.set(clearsAt - 1);
    await stepAlert(running, held, { kind: 'time', at: clearsAt - 1 });
    expect((await detailOf(top, held)).alert).toMatchObject({ condition: 'recovering' });
    running.clock.set(clearsAt);
    await stepAlert(running, held, { kind: 'time', at: clearsAt });
    expect((await detailOf(top, held)).alert).toMatchObject({ condition: 'normal', clearsAt: null });
  });

  test('is searched by the name of a unit without marks, also where it is over, page by page', async () => {
    const ids = [await passBy(a, WARNING), await passBy(d, WARNING), await passBy(a, WARNING)];
    const { name } = running.tree.get(a);
    const text = encodeURIComponent(searchKeyOf(name.vi).toUpperCase());
    const found = async (query: string) => {
      const { alerts, more } = await listAlerts(top, query);
      return [alerts.map(({ id }) => id), more];
    };
    const own = `state=closed&text=${text}`;
    expect(await found(own)).toEqual([[ids[2], ids[0]], false]);
    expect(await found(`${own}&limit=1`)).toEqual([[ids[2]], true]);
    expect(await found(`${own}&limit=1&before=${ids[2]}`)).toEqual([[ids[0]], false]);
    expect(await found('state=closed&text=nowhere')).toEqual([[], false]);
    const [open] = await showFigures(running, [{ unit: d, figure: WARNING }]);
    expect(await found(`text=${encodeURIComponent(running.tree.get(d).name.vi)}`)).toEqual([[open], false]);
    expect(await found(`text=${text}`)).toEqual([[], false]);
    expect(statusOf(await top.ask('GET', `/api/alerts?text=${'x'.repeat(81)}`))).toBe('400 badInput');
  });
});
