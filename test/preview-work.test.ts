/** What a preview costs, counted: rows read and questions asked grow with what it is asked about, and a drag reads nothing anew. */
import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPreview } from '../server/alerts/preview.ts';
import { createView } from '../server/figures/sums.ts';
import { createAxis } from '../server/rules/axis.ts';
import { measuresOf, sampleAll } from '../server/rules/sample.ts';
import type { FeedPast } from '../server/samples/feeds.ts';
import { listMissing } from '../server/samples/missing.ts';
import type { FeedRow } from '../server/store/schema.ts';
import { readUnitFacts } from '../server/store/unit-store.ts';
import { addDays } from '../shared/period.ts';
import { PreviewOrder } from '../shared/preview.ts';
import type { Condition } from '../shared/rule.ts';
import { type Scope, UnitTree } from '../shared/unit.ts';
import { listDays, listHours, seriesOf, type Told } from './rules-series.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { goLive, HOUR, received } from './server/judged-world.ts';
import { ruleBody } from './server/judging.ts';
import { createStores, type Prepared } from './server/stores.ts';
import { at, SITE } from './server/world.ts';

const stores = createStores();
let prepared: Prepared;
const FIRST = '2026-08-03';
const DAYS = 100;
const NOW = at(addDays(FIRST, DAYS)) + 10 * HOUR;

beforeAll(async () => {
  prepared = await stores.open('memory');
  const { store, tree } = prepared;
  await goLive(prepared, at(FIRST));
  const acts = actsOf(store);
  for (let day = 0; day < DAYS; day++) {
    const when = at(addDays(FIRST, day)) + 9 * HOUR;
    const events = ['A', 'D', '25.SNV'].flatMap((unit) => received(3, unit, when, `${unit}-${day}-`));
    await acts.ingest(events, speakerOf(tree, 'f'), when + HOUR);
  }
});
afterAll(() => stores.close());

/** Counts the rows that come back. */
class RowCounter implements KyselyPlugin {
  rows = 0;
  transformQuery({ node }: PluginTransformQueryArgs) {
    return node;
  }
  async transformResult({ result }: PluginTransformResultArgs) {
    this.rows += result.rows.length;
    return result;
  }
}

async function openCounted() {
  const { store, tree } = prepared;
  const counter = new RowCounter();
  const reader = { ...store.reader, db: store.reader.db.withPlugin(counter) };
  const root = tree.findByReference('25', FIRST)?.id ?? 0;
  const clock = await store.readClock();
  const view = createView({ reader, site: SITE, tree, clock, units: [root], now: NOW });
  const preview = async (raise: number, days: number, cadence: 'hour' | 'day') => {
    const before = counter.rows;
    const body = ruleBody({
      condition: { kind: 'level', indicator: 'HS01', window: 'last7' },
      ...{ direction: 'above', cadence, levels: [{ severity: 'warning', raise, count: null }] },
    });
    const to = addDays(FIRST, DAYS);
    const answer = await readPreview(view, PreviewOrder.parse({ body, from: addDays(to, -days), to }));
    return { answer, rows: counter.rows - before };
  };
  return { preview };
}

/** Sums by hour or day since a day, and what was told of them later. */
const countSums = async (grain: 'hour' | 'day', from: string): Promise<number> => {
  const { db } = prepared.store.reader;
  const sums = db.selectFrom('tally').select('unit').where('grain', '=', grain).where('start', '>=', from);
  const later =
    grain === 'day'
      ? db.selectFrom('revision').select('unit').where('knownOn', '>=', from)
      : db.selectFrom('hourRevision').select('unit').where('knownIn', '>=', from);
  return (await sums.execute()).length + (await later.execute()).length;
};

test.each([
  ['day', 30],
  ['day', 90],
  ['hour', 30],
] as const)(
  'a preview of %ss over %i days reads each sum once, and a drag reads none of them again',
  async (cadence, days) => {
    const { preview } = await openCounted();
    const first = await preview(20, days, cadence);
    // Sums of the days asked for and of those that the window looks back on.
    const stored = await countSums(cadence, addDays(FIRST, DAYS - days - 7));
    expect(stored).toBeGreaterThan(100);
    const others = 40;
    expect(first.rows).toBeGreaterThan(stored / 2);
    expect(first.rows).toBeLessThanOrEqual(stored + others);
    const drags = [await preview(30, days, cadence), await preview(5, days, cadence)];
    for (const { rows } of drags) expect(rows).toBeLessThanOrEqual(others);
    expect(drags[1]?.answer.load.episodes).toBeGreaterThan(drags[0]?.answer.load.episodes ?? 0);
  },
);

test('a preview steps each unit once a slot, for itself and for the saved rule', async () => {
  const { preview } = await openCounted();
  const { answer } = await preview(20, 30, 'hour');
  expect(answer.evaluations).toBeLessThanOrEqual(answer.units * 30 * 24);
  expect(answer.sampled).toBeNull();
});

const month = { indicator: 'TT02', window: 'month' } as const;
test.each<Condition>([
  { kind: 'level', ...month },
  { kind: 'change', ...month, against: 'previousYear' },
  { kind: 'pace', indicator: 'HS02', window: 'month', target: 500, by: '2026-12-31' },
  { kind: 'projection', ...month },
  { kind: 'outlier', ...month },
  { kind: 'identity', left: { received: 1 }, right: { receivedOnline: 1 }, window: 'last7' },
])('nothing is worked out of slots that nobody asked for: $kind', (condition) => {
  const starts = listDays('2025-01-01', 600);
  const told = measuresOf(condition).flatMap((measure) =>
    starts.map((_, slot): Told => ({ slot, known: slot, measure, amount: 1 + (slot % 7) })),
  );
  const units = Array.from({ length: 12 }, (_, unit) => seriesOf(starts, told, { unit }));
  const axis = createAxis({ grain: 'day', starts }, SITE.calendar);
  const lines = sampleAll({ condition, minimum: 0 }, units, { axis, first: 590, kindOf: () => 'commune' });
  expect(lines).toHaveLength(12);
  for (const { columns } of lines) {
    expect(columns.figure).toHaveLength(600);
    expect(columns.figure.slice(0, 590).every(Number.isNaN)).toBe(true);
    expect(columns.figure.slice(590).some(Number.isFinite)).toBe(true);
  }
});

/** Counts how often it is asked whom a feed tells of. */
class CountingTree extends UnitTree {
  asked = 0;
  override isWithin(scope: Scope, id: number, day: string): boolean {
    this.asked += 1;
    return super.isWithin(scope, id, day);
  }
}

test('who was missing is asked in slots in which a feed was, and in no other', async () => {
  const facts = await readUnitFacts(prepared.store.reader);
  const tree = new CountingTree(facts);
  const row = await prepared.store.reader.db.selectFrom('feed').selectAll().executeTakeFirstOrThrow();
  const heardAt = at('2026-10-20');
  const feed: FeedRow = { ...row, liveAt: at(FIRST), heardAt };
  const silence = { feed: feed.id, heardAt: at('2026-10-01'), lateAt: at('2026-10-02') };
  const silences = [{ ...silence, missingAt: at('2026-10-02 10:00'), endedAt: at('2026-10-02 15:00') }];
  const past: FeedPast = { feed, ahead: { lateAt: null, missingAt: null }, silences };
  const axis = createAxis({ grain: 'hour', starts: listHours('2026-10-01', 24 * 15) }, SITE.calendar);
  const units = [...tree.units.keys()];
  const missing = listMissing(tree, [past], { units, axis, from: 0 });
  const root = tree.findByReference('25', FIRST)?.id ?? 0;
  const slots = [...(missing?.get(root) ?? [])].flatMap((one, slot) => (one === 1 ? [slot] : []));
  expect(slots).toEqual([33, 34, 35, 36, 37]);
  expect(tree.asked).toBe(slots.length * units.length);
});
