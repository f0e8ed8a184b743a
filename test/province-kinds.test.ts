/** What the make-believe province tells besides dossiers: valid, the same each time, and enough for every figure of sums. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readGazetteer, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { createSiteConfig } from '../seed/province/config.ts';
import { listOldDepartments } from '../seed/province/departments.ts';
import { listOtherPast, tellOtherKinds } from '../seed/province/other-kinds.ts';
import { createProvince } from '../seed/province/province.ts';
import { UNSIGNED_UNIT } from '../seed/province/registers.ts';
import { certificateUntil, readAll, SYSTEMS, silentFrom } from '../seed/province/systems.ts';
import { FEEDS } from '../seed/province/tell.ts';
import { readStated } from '../server/figures/stated.ts';
import { createView, elapsedWorkingDays, readPeriodSums } from '../server/figures/sums.ts';
import { createSite } from '../server/site.ts';
import { openStore } from '../server/store/store.ts';
import { INDICATORS } from '../shared/catalogue.ts';
import { OpsEvent } from '../shared/event.ts';
import { evaluate } from '../shared/indicator.ts';
import { foreseeLateness } from '../shared/lateness.ts';
import { dayOf, periodOf, weekdayOf } from '../shared/period.ts';
import { TAKEN_IDS } from '../shared/taken-measures.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { settle } from './server.ts';

const SYSTEMS_TABLE = readFileSync(new URL('../docs/systems.md', import.meta.url), 'utf8');
const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86_400_000;
const anchor = Date.parse('2026-11-27T10:00:00+07:00');
const { days, places, eventsBetween } = createProvince({ anchor, sampling: 100 });
const options = { anchor, days, places, sampling: 100 };
const told = [...tellOtherKinds(options, 0, anchor)];
const eventsOf = <K extends OpsEvent['kind']>(kind: K) =>
  told.flatMap(({ event }) => (event.kind === kind ? [event as Extract<OpsEvent, { kind: K }>] : []));

describe('what is told besides dossiers', () => {
  test('passes the contract, in order of time, each id of a feed once, of feeds that there are', () => {
    const feeds = new Set(FEEDS.map(({ id }) => id));
    const ids = new Set<string>();
    let last = 0;
    for (const { at, feed, event } of told) {
      const parsed = OpsEvent.safeParse(event);
      expect(parsed.success, JSON.stringify([event, parsed.error])).toBe(true);
      expect(Date.parse(event.at)).toBe(at);
      expect(at).toBeGreaterThanOrEqual(last);
      expect(feeds.has(feed)).toBe(true);
      ids.add(`${feed} ${event.id}`);
      last = at;
    }
    expect(ids.size).toBe(told.length);
    expect(told.length).toBeLessThanOrEqual(60_500);
  });

  test('is the same sequence cut anywhere, and another of another seed', () => {
    const ids = (from: number, to: number, seed?: number) =>
      [...tellOtherKinds({ ...options, ...(seed && { seed }) }, from, to)].map(({ event }) => event);
    const cuts = [anchor - 9 * DAY_MS, anchor - 4.3 * DAY_MS, anchor + 1234, anchor + 5 * DAY_MS] as const;
    const whole = ids(cuts[0], cuts[3]);
    expect([...ids(cuts[0], cuts[1]), ...ids(cuts[1], cuts[2]), ...ids(cuts[2], cuts[3])]).toEqual(whole);
    expect(ids(cuts[0], cuts[3], 7)).not.toEqual(whole);
  });

  test('is handed over whole, all reports of a unit and measure at once and in order of time', () => {
    const past = listOtherPast(options, anchor);
    const ids = (list: typeof past) => list.map(({ feed, event }) => `${feed} ${event.id}`).sort();
    expect(ids(past)).toEqual(ids(told));
    const lasts = new Map<string, { index: number; at: number }>();
    for (const [index, { at, event }] of past.entries()) {
      if (event.kind !== 'report') continue;
      const key = `${event.unit} ${event.measure}`;
      const last = lasts.get(key);
      if (last) expect([last.index, last.at <= at]).toEqual([index - 1, true]);
      lasts.set(key, { index, at });
    }
  });

  test('one department signs nothing, the others nearly all', () => {
    const out = eventsOf('document').filter(({ direction }) => direction === 'out');
    const signed = (list: typeof out) => list.filter((event) => event.signed).length / list.length;
    expect(signed(out.filter(({ unit }) => unit === UNSIGNED_UNIT))).toBe(0);
    expect(signed(out.filter(({ unit }) => unit !== UNSIGNED_UNIT))).toBeGreaterThan(0.985);
  });

  test('one system fails on Monday mornings alone, one is silent since the day before', () => {
    const readings = eventsOf('probe');
    expect(new Set(readings.map(({ system }) => system))).toEqual(new Set(SYSTEMS.map(({ name }) => name)));
    const isMonday = ({ at }: OpsEvent) =>
      weekdayOf(dayOf(Date.parse(at), ZONE)) === 1 && /T08/.test(at) && Date.parse(at) > anchor - 20 * DAY_MS;
    const failing = readings.filter((event) => isMonday(event) && event.system.startsWith('Cổng thanh toán'));
    expect(failing.length).toBeGreaterThan(4);
    expect(failing.filter(({ up }) => up)).toEqual([]);
    const source = { days, seed: 2026, anchor };
    const lastOf = (name: string) => readings.findLast(({ system }) => system === name)?.at ?? '';
    expect(Date.parse(lastOf('Giám sát EMC'))).toBe(silentFrom(source));
    expect([...readAll(source, anchor, 30_000)]).toHaveLength(SYSTEMS.length - 1);
  });

  test('the certificate of one system ends within two weeks, of the others later; it is renewed before its last day', () => {
    const lefts = new Map(
      eventsOf('probe').flatMap(({ system, certificateUntil: until }) =>
        until === undefined ? [] : [[system, (Date.parse(until) - anchor) / DAY_MS] as const],
      ),
    );
    expect(lefts.size).toBe(SYSTEMS.length - 1);
    const soon = [...lefts].filter(([, days]) => days < 60);
    expect(soon).toEqual([['Dịch vụ ký số', expect.closeTo(12.6, 1)]]);
    const system = SYSTEMS.find(({ name }) => name === 'Dịch vụ ký số');
    const source = { days, seed: 2026, anchor };
    const untilAt = (daysOn: number) =>
      system ? certificateUntil(system, { source, at: anchor + daysOn * DAY_MS }) - anchor : 0;
    expect([10, 11, 12].map((daysOn) => Math.round(untilAt(daysOn) / DAY_MS))).toEqual([13, 13, 378]);
  });

  /** How a feed stands that has brought its past at the anchor: what happened on that day makes it live. */
  function standingOf({ id, cadence }: (typeof FEEDS)[number], lastAt: number): string {
    const { calendar } = days;
    const [, amount = '', unit = ''] = /^(\d+)([hd])$/.exec(cadence ?? '') ?? [];
    const unitMs = unit === 'h' ? 3_600_000 : calendar.workingDayMs;
    const liveAt = dayOf(lastAt, ZONE) === dayOf(anchor, ZONE) ? anchor : null;
    const rhythm = { cadenceMs: cadence ? Number(amount) * unitMs : null, dueTime: null, usualGapMs: null };
    const { lateAt, missingAt } = foreseeLateness({ heardAt: anchor, lastAt, liveAt, ...rhythm }, calendar);
    const standings = [
      ['missing', missingAt],
      ['late', lateAt],
    ] as const;
    const reached = standings.find(([, at]) => at !== null && at <= anchor);
    return `${id} ${reached?.[0] ?? 'fresh'}`;
  }

  test('of its feeds one is missing and one is late when it is made, by what they state and told last', () => {
    const rows = [...told, ...eventsBetween(anchor - 10 * DAY_MS, anchor)];
    const lasts = new Map<string, number>();
    for (const { feed, at } of rows) lasts.set(feed, Math.max(at, lasts.get(feed) ?? 0));
    const standings = FEEDS.map((feed) => standingOf(feed, lasts.get(feed.id) ?? 0));
    expect(standings.filter((one) => !one.endsWith(' fresh'))).toEqual(['silent missing', 'ratings late']);
  });

  test('of the 15 tasks 13 are done, one is blocked, one is under way', () => {
    const last = new Map(eventsOf('task').map((event) => [event.task, event]));
    const states = [...last.values()].map(({ state }) => state);
    expect(states).toHaveLength(15);
    expect(states.filter((state) => state === 'met' || state === 'exceeded')).toHaveLength(13);
    expect(states.filter((state) => state === 'inProgress')).toHaveLength(1);
    const blocked = [...last.values()].filter(({ state }) => state === 'blocked');
    expect(blocked.map(({ reason }) => reason)).toEqual(['Phần mềm chưa chính thức đưa vào vận hành']);
  });

  test('the portal publishes all of its figures, of each of the last twelve months', () => {
    const national = eventsOf('report').filter(({ measure }) => measure.startsWith('portal'));
    expect(new Set(national.map(({ measure }) => measure))).toEqual(new Set(TAKEN_IDS));
    const months = [...new Set(national.map(({ period }) => period))];
    expect(months).toHaveLength(12);
    expect([months[0], months.at(-1)]).toEqual(['2025-11', '2026-10']);
    expect(national).toHaveLength(12 * TAKEN_IDS.length);
  });
});

/** The province of a few units, told of the last weeks: dossiers, all reports and tasks, readings of the last days. */
async function openSmall() {
  const site = createSite(createSiteConfig());
  const store = await openStore(':memory:');
  const acts = actsOf(store, { site });
  const { units, lineage } = selectProvince(readGazetteer(), '25');
  const old = listOldDepartments();
  const selection = { units: [...units, ...old.units], lineage: [...lineage, ...old.lineage] };
  const tree = await settle(store, selection, site);
  const some = places.filter(({ tier }, index) => tier === 'department' || index % 15 === 0);
  const others = [...tellOtherKinds({ ...options, places: some }, 0, anchor)].filter(
    ({ at, event }) => event.kind !== 'probe' || at > anchor - 5 * DAY_MS,
  );
  const dossiers = [...eventsBetween(anchor - 30 * DAY_MS, anchor)];
  return { site, store, acts, tree, all: [...dossiers, ...others] };
}

test('every indicator of sums has a figure for the province, of the month and of the year', {
  timeout: 120_000,
}, async () => {
  const { site, store, acts, tree, all } = await openSmall();
  const province = tree.findOn('25', '2026-11-27')?.id ?? 0;
  for (const { id } of FEEDS) {
    const events = all.filter(({ feed }) => feed === id).map(({ event }) => event);
    for (let index = 0; index < events.length; index += 5000)
      await acts.ingest(
        events.slice(index, index + 5000),
        { ...speakerOf(tree, id), unit: province },
        anchor,
      );
  }
  const parts = {
    reader: store.reader,
    site,
    tree,
    clock: await store.readClock(),
    now: anchor,
    units: [province],
  };
  const view = createView(parts);
  for (const range of [
    { from: '2026-11-01', to: '2026-12-01' },
    { from: '2026-01-01', to: '2027-01-01' },
  ]) {
    const { sums } = (await readPeriodSums(view, [province], range)).get(province) ?? {};
    if (!sums) throw new Error('the province has sums');
    const workingDays = elapsedWorkingDays(view, range);
    const figures = INDICATORS.filter(({ basis }) => basis === 'sums').map((indicator) => ({
      id: indicator.id,
      value: evaluate(indicator, sums, workingDays).value,
    }));
    expect(figures.filter(({ value }) => value === null)).toEqual([]);
  }
  // The table of the systems names figures that sums do not give, too: none of them is blank.
  const named = INDICATORS.filter(({ id, basis }) => basis !== 'sums' && SYSTEMS_TABLE.includes(` ${id}`));
  const period = periodOf('2026-11-27', 'month');
  const find = await readStated(view, { indicators: named, units: [province], period, to: period.to });
  expect(named.map(({ id }) => id).sort()).toEqual(['DX02', 'IDX', 'SYS04']);
  expect(named.filter((indicator) => find(province, indicator).value === null)).toEqual([]);
  await store.close();
});
