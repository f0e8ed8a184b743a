/** Dossiers that are about to be late: where each stands on its way, whose it is, and the list behind a figure. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnswerOf } from '../shared/wire.ts';
import { speakerOf } from './server/acts.ts';
import { openOffice } from './server/alerting.ts';
import { type Browser, enter, statusOf } from './server/people.ts';
import { at, iso, step } from './server/world.ts';
import type { Running } from './server.ts';

let running: Running;
let viewer: Browser;

/** Dossiers by name: where, accepted when, due when, and what else is told of them. NOW is Wednesday 18 November, 10:00. */
const DOSSIERS: [name: string, unit: string, accepted: string, due: string | null, more?: object][] = [
  // Of forty working hours twenty-eight are gone.
  ['used', 'A', '2026-11-12 15:30', '2026-11-19 15:30'],
  // A minute less.
  ['young', 'A', '2026-11-12 15:31', '2026-11-19 15:31'],
  ['eight', 'A', '2026-11-12 08:00', '2026-11-19 10:00'],
  ['beyond eight', 'A', '2026-11-18 09:00', '2026-11-19 10:01'],
  // Over lunch: an hour and a half before it, half an hour after.
  ['two', 'D', '2026-11-17 08:00', '2026-11-18 13:30', { procedure: 'P.hours' }],
  ['now', 'D', '2026-11-17 08:00', '2026-11-18 10:00'],
  ['over', 'D', '2026-11-16 08:00', '2026-11-18 09:59'],
  // Two working hours were given, and two and a half are past.
  ['twice', 'D', '2026-11-17 08:00', '2026-11-17 10:00'],
  ['paused', 'D', '2026-11-16 08:00', '2026-11-18 09:00', { status: 5 }],
  ['endless', 'D', '2026-11-16 08:00', null, { procedure: 'P.none' }],
  ['department', '25.SNV', '2026-11-16 08:00', '2026-11-18 09:00'],
];

beforeEach(async () => {
  ({ running } = await openOffice());
  viewer = await enter(running, 'lanh-dao', [['viewer', '25']]);
  const events = DOSSIERS.flatMap(([name, unit, accepted, due, more = {}]) => {
    const own = { dossier: name, receiver: unit, resolver: unit, ...(due ? { due: iso(at(due)) } : {}) };
    const { status, ...rest } = more as { status?: number };
    const first = step({ ...own, ...rest, id: `${name} 1`, at: iso(at(accepted)), status: 2 });
    if (status === undefined) return [first];
    return [first, { ...first, id: `${name} 2`, at: iso(at('2026-11-17 08:00')), status }];
  });
  await running.acts.ingest(events, speakerOf(running.tree, 'f'), running.clock.now());
  await running.acts.ingest(
    [
      step({
        id: 'done',
        dossier: 'over',
        at: iso(at('2026-11-18 09:30')),
        status: 4,
        receiver: 'D',
        resolver: 'D',
      }),
    ],
    speakerOf(running.tree, 'f'),
    running.clock.now(),
  );
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

const dueOf = async (by: Browser, unit: string) =>
  (await by.ask('GET', `/api/due?unit=${unit}`)).body as AnswerOf<'getDue'>;
const listOf = async (by: Browser, query: string) =>
  (await by.ask('GET', `/api/due/dossiers?${query}`)).body as AnswerOf<'listDue'>;
const none = { used70: 0, within8h: 0, within2h: 0, overdue: 0, overdueTwice: 0 };

test('each stands in the last stage it has come to, by unit and by procedure', async () => {
  const { total, units, procedures, unit, at: when } = await dueOf(viewer, '25');
  expect([unit, when]).toEqual(['25', '2026-11-18T10:00:00+07:00']);
  expect(total).toEqual({ used70: 1, within8h: 1, within2h: 2, overdue: 2, overdueTwice: 1 });
  expect(units.map(({ ref, stages }) => [ref, stages])).toEqual([
    ['D', { ...none, within2h: 2, overdue: 1, overdueTwice: 1 }],
    ['A', { ...none, used70: 1, within8h: 1 }],
    ['25.SNV', { ...none, overdue: 1 }],
  ]);
  expect(procedures.map(({ code, stages }) => [code, stages])).toEqual([
    ['P.days', { used70: 1, within8h: 1, within2h: 1, overdue: 2, overdueTwice: 1 }],
    ['P.hours', { ...none, within2h: 1 }],
  ]);
});

test('the list behind a figure holds as many, the most urgent first, and no more than asked for', async () => {
  const { total } = await dueOf(viewer, '25');
  for (const [stage, count] of Object.entries(total)) {
    const list = await listOf(viewer, `unit=25&stage=${stage}`);
    expect([stage, list.total, list.dossiers.length]).toEqual([stage, count, count]);
  }
  const two = await listOf(viewer, 'unit=25&stage=within2h');
  expect(
    two.dossiers.map(({ dueAt, workingHoursLeft, late }) => [dueAt?.slice(11, 16), workingHoursLeft, late]),
  ).toEqual([
    ['10:00', 0, false],
    ['13:30', 2, false],
  ]);
  expect(await listOf(viewer, 'unit=25&stage=within2h&procedure=P.hours')).toMatchObject({ total: 1 });
  expect(await listOf(viewer, 'unit=25&stage=overdue&limit=1')).toMatchObject({ total: 2, dossiers: [{}] });
  expect(statusOf(await viewer.ask('GET', '/api/due/dossiers?unit=25&stage=soon'))).toBe('400 badInput');
});

test('a commune sees its own alone', async () => {
  const own = await enter(running, 'xem-a', [['viewer', 'A']]);
  expect((await dueOf(own, 'A')).total).toEqual({ ...none, used70: 1, within8h: 1 });
  expect(statusOf(await own.ask('GET', '/api/due?unit=D'))).toBe('404 notFound');
  expect(statusOf(await own.ask('GET', '/api/due?unit=25'))).toBe('403 forbidden');
});

test('the clock moves them on', async () => {
  running.clock.set(at('2026-11-18 13:31'));
  expect((await dueOf(viewer, '25')).total).toEqual({
    ...{ used70: 2, within8h: 2, within2h: 0, overdue: 4, overdueTwice: 1 },
  });
});

test('a unit that ended has none: they went on to its successor', async () => {
  expect((await dueOf(viewer, '26.SNV@2025-06-30')).total).toEqual(none);
});

test('a pause is no time used: the seventy percent are of working time in which the clock ran', async () => {
  const tell = (dossier: string, steps: [status: number, when: string][]) =>
    steps.map(([status, when]) =>
      step({
        ...{ id: `${dossier} ${when}`, dossier, status, at: iso(at(when)), receiver: 'A', resolver: 'A' },
        due: iso(at('2026-11-12 17:00')),
      }),
    );
  // Forty working hours; it rested for as many from the 9th to the 16th, which moved its due time to the 19th.
  const events = tell('rested', [
    [2, '2026-11-05 17:00'],
    [5, '2026-11-09 17:00'],
    [4, '2026-11-16 17:00'],
  ]);
  const before = (await listOf(viewer, 'unit=A&stage=used70')).total;
  await running.acts.ingest(events, speakerOf(running.tree, 'f'), running.clock.now());
  // Twenty-six of forty are used by ten o'clock, not sixty-six of eighty.
  expect((await listOf(viewer, 'unit=A&stage=used70')).total).toBe(before);
  // Thirty by three in the afternoon.
  running.clock.set(at('2026-11-18 15:00'));
  const dueAts = (await listOf(viewer, 'unit=A&stage=used70')).dossiers.map(({ dueAt }) =>
    dueAt?.slice(0, 16),
  );
  expect(dueAts).toContain('2026-11-19T17:00');
});
