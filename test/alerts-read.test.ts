/** What is read of alerts: lists and their order, one alert, health against figures counted by hand, the handover. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rateOf } from '../server/alerts/flood.ts';
import { findShippedRule } from '../shared/shipped-rules.ts';
import type { AnswerOf } from '../shared/wire.ts';
import { speakerOf } from './server/acts.ts';
import {
  CRITICAL,
  detailOf,
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
import { at, iso, step } from './server/world.ts';
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
const HOUR = 60 * MINUTE;
const read = async <T>(by: Browser, path: string) => (await by.ask('GET', path)).body as T;

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
  test('has the worst first, then the oldest; of a commune its own alone', async () => {
    const [first] = await showFigures(running, [{ unit: a, figure: WARNING }]);
    running.clock.advance(MINUTE);
    const [second, third] = await showFigures(running, [
      { unit: d, figure: WARNING },
      { unit: d, figure: CRITICAL, rule: TWIN },
    ]);
    const all = await listAlerts(top);
    expect(all.alerts.map(({ id }) => id)).toEqual([third, first, second]);
    expect(all.counts).toEqual({
      bySeverity: {
        critical: { new: 1, inHand: 0, gone: 0, shelved: 0 },
        major: { new: 0, inHand: 0, gone: 0, shelved: 0 },
        warning: { new: 2, inHand: 0, gone: 0, shelved: 0 },
        advisory: { new: 0, inHand: 0, gone: 0, shelved: 0 },
      },
      oldestNewAt: '2026-11-18T10:00:00+07:00',
      recent: 3,
    });
    expect((await listAlerts(operator)).alerts.map(({ id }) => id)).toEqual([first]);
    expect((await listAlerts(top, `unit=D&rule=${TWIN}`)).alerts.map(({ id }) => id)).toEqual([third]);
    expect(await listAlerts(top, 'severity=warning&limit=1')).toMatchObject({
      more: true,
      alerts: [{ id: first }],
    });
    expect(statusOf(await operator.ask('GET', '/api/alerts?unit=D'))).toBe('404 notFound');
    expect(statusOf(await operator.ask('GET', '/api/alerts?state=red'))).toBe('400 badInput');
    running.clock.advance(10 * MINUTE);
    expect((await listAlerts(top)).counts.recent).toBe(0);
  });

  test('of closed ones goes back page by page, the newest first', async () => {
    const ids: number[] = [];
    for (const [unit, figure, rule] of [
      [a, MAJOR, 'TT02'],
      [d, WARNING, 'TT02'],
      [a, CRITICAL, TWIN],
      [d, MAJOR, TWIN],
    ] as const)
      ids.push(await passBy(unit, figure, rule));
    const open = await raise(running, a, WARNING);
    const first = await listAlerts(top, 'state=closed&limit=3');
    expect([first.alerts.map(({ id }) => id), first.more]).toEqual([ids.toReversed().slice(0, 3), true]);
    const rest = await listAlerts(top, `state=closed&limit=3&before=${first.alerts.at(-1)?.id}`);
    expect([rest.alerts.map(({ id }) => id), rest.more]).toEqual([ids.slice(0, 1), false]);
    expect((await listAlerts(top, 'state=closed&severity=critical')).alerts.map(({ id }) => id)).toEqual([
      ids[2],
    ]);
    expect((await listAlerts(operator, 'state=closed')).alerts.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
    expect((await listAlerts(top, 'state=all&limit=2')).alerts.map(({ id }) => id)).toEqual([open, ids[3]]);
  });

  test('tells what changed since a visit, closed ones too; the mark never goes back and is its owner’s', async () => {
    const id = await passBy(a, MAJOR);
    const { seq } = await listAlerts(operator);
    await operator.ask('POST', '/api/alerts/visit', { seq });
    const open = await raise(running, a, WARNING);
    expect(await listAlerts(operator)).toMatchObject({ visitedSeq: seq });
    expect((await listAlerts(operator, `since=${seq}&state=all`)).alerts.map((one) => one.id)).toEqual([
      open,
    ]);
    await post(operator, id, 'note', { text: 'xem lại' });
    expect((await listAlerts(operator, `since=${seq}&state=all`)).alerts.map((one) => one.id)).toEqual([
      id,
      open,
    ]);
    for (const seen of [1, 10_000_000]) await operator.ask('POST', '/api/alerts/visit', { seq: seen });
    const after = await running.store.readClock();
    expect(await listAlerts(operator)).toMatchObject({ visitedSeq: after.seq });
    expect(await listAlerts(top)).toMatchObject({ visitedSeq: null });
  });
});

test('one alert tells its thresholds, its figures, what was done before, and how many others have it', async () => {
  const told = Array.from({ length: 40 }, (_, n) => [
    step({
      id: `a${n}`,
      dossier: `d${n}`,
      at: iso(at('2026-11-02 08:00')),
      status: 2,
      due: iso(at('2026-11-03 10:00')),
    }),
    step({
      id: `b${n}`,
      dossier: `d${n}`,
      at: iso(at(n < 10 ? '2026-11-03 09:00' : '2026-11-04 09:00')),
      status: 9,
    }),
  ]).flat();
  await running.acts.ingest(told, speakerOf(running.tree, 'f'), running.clock.now());
  const earlier = await passBy(a, MAJOR);
  const id = await raise(running, a, CRITICAL);
  await raise(running, d, CRITICAL);
  const shown = await detailOf(top, id);
  expect(shown).toMatchObject({
    alert: { id, label: 'new', severity: 'critical', figure: CRITICAL, threshold: 70, indicator: 'TT02' },
    ...{ ruleVersion: 0, reach: { affected: 2, of: 2 }, dossiers: 'overdue' },
    thresholds: [
      { severity: 'critical', raise: { value: 70, source: 'shipped', rule: 'TT02', version: 0 } },
      { severity: 'major', raise: { value: 80 } },
      { severity: 'warning', raise: { value: 90 } },
    ],
    earlier: [
      { alert: { id: earlier }, done: [{ kind: 'acknowledged', by: 'Title of truc-tinh', text: 'đã rõ' }] },
    ],
    may: ['acknowledge', 'comment', 'assign', 'explain'],
  });
  const { from, to, points } = shown.chart;
  expect([from, to]).toEqual(['2026-10-22', '2026-11-22']);
  const byDay = new Map(points.map(({ at: when, figure }) => [when.slice(0, 10), figure]));
  // At the end of the 3rd ten of forty were resolved, in time; thirty are open and overdue. A day later all are.
  expect([byDay.get('2026-11-04'), byDay.get('2026-11-05'), points.length]).toEqual([25, 25, 31]);
  expect((await detailOf(operator, id)).reach).toBeNull();
});

describe('health', () => {
  test('counts load, mix, acknowledgement and who raises most, as by hand', async () => {
    const begun = running.clock.now();
    for (const unit of [a, d]) await passBy(unit, MAJOR);
    for (const unit of [a, d]) await passBy(unit, MAJOR, TWIN);
    await raise(running, d, CRITICAL);
    running.clock.advance(25 * HOUR);
    await raise(running, a, WARNING);
    await post(top, (await listAlerts(operator)).alerts[0]?.id ?? 0, 'acknowledge');
    const health = await read<AnswerOf<'getHealth'>>(top, '/api/alerts/health?days=30');
    const hours = (running.clock.now() - at('2026-11-02 00:00')) / HOUR;
    expect(begun).toBe(at('2026-11-18 10:00'));
    expect(health).toMatchObject({
      ...{ unit: '25', from: '2026-11-02', to: '2026-12-02', operators: 1, episodes: 6, bearable: 150 },
      perOperatorDay: 6 / 30,
      perTenMinutes: { most: 1, mean: 6 / Math.ceil(hours * 6) },
      ...{ floodShare: 0, stale: 1, chattering: 0 },
      mix: { critical: 1 / 6, major: 4 / 6, warning: 1 / 6, advisory: 0 },
      targetMix: { critical: 0.05, major: 0.15, warning: 0.8, advisory: 0 },
      // Four after three days and a minute, one at once; the critical one waits.
      meanAcknowledgeMinutes: (4 * 4321 + 0) / 5,
    });
    const raised = health.days.flatMap((day) => (day.raised > 0 ? [[day.day, day.raised]] : []));
    expect(raised).toEqual(
      ['18', '21', '24', '27', '30'].map((day) => [`2026-11-${day}`, 1]).concat([['2026-12-01', 1]]),
    );
    expect(health.days).toHaveLength(30);
    expect(health.offenders.map(({ rule, ref, reason, episodes }) => [rule, ref, reason, episodes])).toEqual([
      ['TT02', null, 'many', 4],
      ['TT02', null, 'stale', 1],
    ]);
    // Figures raised: 75 twice, 60, 85. Their median is 75, but no further than half way to major.
    expect(health.offenders[0]?.proposal?.body.levels).toMatchObject([
      { raise: 70 },
      { raise: 80 },
      { raise: 85 },
    ]);
    // Nobody touched a rule since the store was made in 2024.
    expect(health.idle.map(({ rule }) => rule)).toContain('TT02');
  });

  test('says how far behind the judge is, and since when it is not', async () => {
    const judgeOf = async () => (await read<AnswerOf<'getHealth'>>(top, '/api/alerts/health?days=1')).judge;
    const { seq } = await running.store.readClock();
    expect(await judgeOf()).toMatchObject({ judgedSeq: 0, judgedAt: null, behind: seq, isLate: true });
    while (await running.app.judge());
    const judged = (await running.store.readClock()).judgedSeq;
    expect(await judgeOf()).toMatchObject({
      ...{ judgedSeq: judged, judgedAt: '2026-11-18T10:00:00+07:00', behind: 0, tookMs: 0, isLate: false },
    });
  });

  test('lists a rule as idle no more once somebody saved it, and again after 183 days', async () => {
    const chief = await enter(running, 'nguong-tinh', [['editor', '25']]);
    const body = findShippedRule('TT02')?.body;
    const saved = await chief.ask('POST', '/api/rules', { id: 'TT02', base: 0, body, reason: 'xem lại' });
    expect(statusOf(saved)).toBe(200);
    const isIdle = async () =>
      (await read<AnswerOf<'getHealth'>>(top, '/api/alerts/health?days=1')).idle.some(
        ({ rule }) => rule === 'TT02',
      );
    expect(await isIdle()).toBe(false);
    running.clock.advance(183 * 24 * HOUR - 1);
    expect(await isIdle()).toBe(false);
    running.clock.advance(1);
    expect(await isIdle()).toBe(true);
  });

  test('sees a flood from its eleventh alert in ten minutes until fewer than five come', () => {
    const from = 0;
    const slots = (counts: number[]) =>
      counts.flatMap((count, slot) => Array.from({ length: count }, () => slot * 10 * MINUTE + 1));
    const rate = (counts: number[]) => rateOf(slots(counts), { from, to: counts.length * 10 * MINUTE });
    expect(rate([0, 10, 0, 0])).toEqual({ mean: 2.5, most: 10, mostAt: 600_000, floodShare: 0 });
    expect(rate([11, 5, 6, 4, 9])).toEqual({ mean: 7, most: 11, mostAt: 0, floodShare: 3 / 5 });
    expect(rate([11, 0, 6, 12])).toEqual({ mean: 29 / 4, most: 12, mostAt: 1_800_000, floodShare: 2 / 4 });
    expect(rate([])).toEqual({ mean: 0, most: 0, mostAt: null, floodShare: 0 });
  });
});

test('a shift is handed over as it stands: open, in whose hands, shelved and why, asked, said', async () => {
  const closed = await passBy(a, MAJOR);
  const inHand = await raise(running, a, MAJOR);
  const shelved = await raise(running, d, WARNING);
  const [open] = await showFigures(running, [{ unit: unitId(running, '25.SNV'), figure: CRITICAL }]);
  await post(operator, inHand, 'acknowledge', { note: 'đang gọi bộ phận một cửa' });
  await post(top, shelved, 'shelve', { hours: 4, reason: 'nâng cấp phần mềm' });
  await post(top, open ?? 0, 'explain', { question: 'Vì sao?' });
  running.clock.advance(HOUR);
  const sheet = await read<AnswerOf<'getHandover'>>(top, '/api/handover?hours=2');
  expect(sheet).toMatchObject({
    ...{ unit: '25', from: '2026-11-21T09:02:00+07:00', to: '2026-11-21T11:02:00+07:00' },
    open: [{ id: open, explanation: 'asked' }],
    inHand: [{ alert: { id: inHand }, by: 'Title of truc-a', note: 'đang gọi bộ phận một cửa' }],
    shelved: [{ alert: { id: shelved }, by: 'Title of truc-tinh', reason: 'nâng cấp phần mềm' }],
    ...{ closed: 1, raised: 3, feeds: [] },
    explanations: [{ alert: open, state: 'asked' }],
  });
  expect(sheet.notes.map(({ alert, kind, by }) => [alert, kind, by])).toEqual([
    [closed, 'acknowledged', 'Title of truc-tinh'],
    [inHand, 'acknowledged', 'Title of truc-a'],
    [shelved, 'shelved', 'Title of truc-tinh'],
    [open, 'asked', 'Title of truc-tinh'],
  ]);
  const own = await read<AnswerOf<'getHandover'>>(operator, '/api/handover');
  expect([own.unit, own.open, own.inHand.length, own.shelved, own.explanations]).toEqual([
    'A',
    [],
    1,
    [],
    [],
  ]);
});
