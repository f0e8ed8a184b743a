import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGazetteer, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { readFigures } from '../server/figures/figures.ts';
import { readForm, toColumns } from '../server/figures/form.ts';
import { createView, type PeriodSums, readPeriodSums, type View } from '../server/figures/sums.ts';
import { describeUnit } from '../server/figures/units.ts';
import { getScopedUnit } from '../server/people/scope.ts';
import type { DossierEvent } from '../shared/event.ts';
import { addDays, dayOf, parsePeriod } from '../shared/period.ts';
import { livesOn, type Unit, type UnitTree } from '../shared/unit.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, openKeyed } from './server/stores.ts';
import { at, iso, REFORM, SITE, step, TODAY, ZONE } from './server/world.ts';
import { settle } from './server.ts';

const stores = createStores();
const NOW = at('2026-03-18 10:00');
let view: View;

const official = selectProvince(readGazetteer(), '25');
const codesOf = (isOld: boolean, levels: readonly string[]) =>
  official.units
    .filter(({ to, level }) => (to !== null) === isOld && levels.includes(level))
    .map(({ code }) => code);

/** Where a step may happen on a day: at any leaf of that day's tree. */
const LEAVES = { old: codesOf(true, ['commune']), new: codesOf(false, ['commune', 'department']) };

const FROM = at('2025-02-01');
const HOURS = (at('2026-03-15') - FROM) / 3_600_000;

const anyStep = fc.record({
  afterHours: fc.integer({ min: 1, max: 900 }),
  status: fc.constantFrom(4, 4, 5, 8, 9, 9, 10),
  isForwarded: fc.boolean(),
});
const anyDossier = fc.record({
  hour: fc.integer({ min: 0, max: HOURS }),
  unit: fc.nat(),
  forward: fc.nat(),
  channel: fc.constantFrom('online', 'direct', 'postal'),
  field: fc.constantFrom('land', 'civil', undefined),
  dueHours: fc.option(fc.integer({ min: 10, max: 2000 }), { freq: 4 }),
  steps: fc.array(anyStep, { maxLength: 4 }),
});

const leaf = (pick: number, instant: number): string => {
  const leaves = dayOf(instant, ZONE) < REFORM ? LEAVES.old : LEAVES.new;
  return leaves[pick % leaves.length] ?? '';
};

function tellLife(
  {
    hour,
    unit,
    forward,
    channel,
    field,
    dueHours,
    steps,
  }: typeof anyDossier extends fc.Arbitrary<infer T> ? T : never,
  index: number,
): DossierEvent[] {
  let instant = FROM + hour * 3_600_000;
  const receiver = leaf(unit, instant);
  const due = dueHours === null ? {} : { due: iso(instant + dueHours * 3_600_000) };
  const base = { dossier: `d${index}`, channel, procedure: 'P.none', ...(field ? { field } : {}) };
  const events = [
    step({ ...base, id: `${index}`, at: iso(instant), status: 2, receiver, resolver: receiver, ...due }),
  ];
  for (const [turn, { afterHours, status, isForwarded }] of steps.entries()) {
    instant += afterHours * 3_600_000;
    if (instant > NOW) break;
    const resolver = leaf(isForwarded ? forward : unit, instant);
    events.push(
      step({
        ...base,
        id: `${index}-${turn}`,
        at: iso(instant),
        status,
        receiver: leaf(unit, instant),
        resolver,
      }),
    );
  }
  return events;
}

beforeAll(async () => {
  const store = await openKeyed(await stores.address('memory'));
  const tree: UnitTree = await settle(store, official);
  const told = fc.sample(anyDossier, { seed: 2025, numRuns: 2500 }).flatMap(tellLife);
  const pipeline = actsOf(store);
  for (let from = 0; from < told.length; from += 2500)
    await pipeline.ingest(told.slice(from, from + 2500), speakerOf(tree, 'f'), NOW);
  await pipeline.tick(NOW);
  const root = tree.findByReference('25', TODAY)?.id ?? 0;
  view = createView({
    reader: store.reader,
    site: SITE,
    tree,
    clock: await store.readClock(),
    units: [root],
    now: NOW,
  });
});
afterAll(() => stores.close());

const PERIODS = [
  ...['2025-02', '2025-05', '2025-06', '2025-07', '2025-08', '2025-12', '2026-01', '2026-02', '2026-03'],
  ...['2025-W27', '2025-06-30', '2025-07-01', '2026-03-18'],
  ...['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1', '2025', '2026'],
];

const periodOf = (key: string) => {
  const period = parsePeriod(key);
  if (!period) throw new Error(key);
  return period;
};

async function readAll(key: string): Promise<Map<number, PeriodSums>> {
  return readPeriodSums(view, [...view.tree.units.keys()], periodOf(key));
}

const isNear = (a = 0, b = 0) => Math.abs(a - b) < 0.03;

/** What of form II.06a does not add up; empty when all does. `columns[0]` is column 3. */
function findFaults(columns: readonly number[]): string[] {
  const column = (number: number) => columns[number - 3] ?? Number.NaN;
  const rules: [string, boolean][] = [
    ['3 = 4 + 5 + 6', isNear(column(3), column(4) + column(5) + column(6))],
    ['3 = 7 + 11', isNear(column(3), column(7) + column(11))],
    ['7 = 8 + 9 + 10', isNear(column(7), column(8) + column(9) + column(10))],
    ['11 = 12 + 13', isNear(column(11), column(12) + column(13))],
    ['all but 6 are not negative', [3, 4, 5, 7, 8, 9, 10, 11, 12, 13].every((number) => column(number) >= 0)],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => `${rule}: ${columns.join(' ')}`);
}

describe.each(PERIODS)('form II.06a of %s', (key) => {
  test('adds up for every unit', async () => {
    const faults = [...(await readAll(key))].flatMap(([id, sums]) =>
      findFaults(toColumns(sums)).map(
        (fault) => `${view.tree.referenceOf(view.tree.get(id), TODAY)} ${fault}`,
      ),
    );
    expect(faults).toEqual([]);
  });

  test('carries over nothing below zero, but for a divided unit over the day it was divided', async () => {
    const carried = [...(await readAll(key))]
      .filter(([, sums]) => sums.carried < 0 || (toColumns(sums)[3] ?? 0) < 0)
      .map(([id]) => id);
    const isDivided = (id: number) => view.tree.predecessorsOf(id).some(({ share }) => share < 1);
    expect(carried.filter((id) => key !== '2025' || !isDivided(id))).toEqual([]);
  });

  test('has parents that are the sums of their children', async () => {
    const sums = await readAll(key);
    const day = [addDays(periodOf(key).to, -1), view.today].sort()[0] ?? '';
    const columnsOf = (id: number) => toColumns(sums.get(id) ?? { sums: {} as never, carried: 0 });
    // What a child passed on to another left what it carried over; the other took it in, the unit above noticed nothing.
    const isSummed = (index: number) => index === 0 || index > 3;
    const wrong = [...view.tree.units.values()].flatMap((unit: Unit) => {
      const children = livesOn(unit, day) ? view.tree.childrenOn(unit.id, day) : [];
      if (children.length === 0) return [];
      const own = columnsOf(unit.id);
      const parts = children.map(({ id }) => columnsOf(id));
      const total = own.map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? 0), 0));
      return own.every(
        (cell, index) => !isSummed(index) || Math.abs(cell - (total[index] ?? 0)) < 0.02 * children.length,
      )
        ? []
        : [`${unit.code} ${unit.from}: ${own.join(' ')} is not ${total.join(' ')}`];
    });
    expect(wrong).toEqual([]);
  });
});

test('the data is not idle: every column of the province is used, and old stocks are inherited', async () => {
  const sums = (await readAll('2025-Q3')).get(view.root);
  expect(sums && toColumns(sums).map((cell) => cell > 0)).toEqual(Array.from({ length: 11 }, () => true));
  expect(sums?.sums.inherited).toBeGreaterThan(100);
  const passedOn = [...(await readAll('2026')).values()].map((own) => own.sums.passedOn);
  expect(passedOn.reduce((total, count) => total + count, 0)).toBeGreaterThan(100);
});

test('the rows of form II.06a by area of work sum to its total and each adds up', async () => {
  for (const key of ['2025-05', '2025-07', '2025-Q3', '2025', '2026-03-18']) {
    const { rows, total } = await readForm(view, view.root, key);
    const summed = total.map((_, index) => rows.reduce((sum, { columns }) => sum + (columns[index] ?? 0), 0));
    expect({ key, faults: rows.flatMap(({ columns }) => findFaults(columns)) }).toEqual({ key, faults: [] });
    expect({ key, summed: summed.map(Math.round) }).toEqual({ key, summed: total.map(Math.round) });
    expect(rows.map(({ field }) => field.code).sort()).toEqual(['-', 'civil', 'land']);
  }
});

describe('a time before the merger', () => {
  const find = (reference: string) => getScopedUnit(view, reference);

  test('shows Phú Thọ as the three provinces it was, and sums them', async () => {
    const { units } = await readFigures(view, view.root, {
      period: '2025-05',
      indicators: 'HS01',
      children: '1',
    });
    expect(units.map(({ ref, name }) => [ref, name.vi])).toEqual([
      ['25', 'Tỉnh Phú Thọ'],
      ['17', 'Tỉnh Hoà Bình'],
      ['25@2025-06-30', 'Tỉnh Phú Thọ'],
      ['26', 'Tỉnh Vĩnh Phúc'],
    ]);
    const [whole, ...parts] = units.map(({ figures }) => figures.HS01?.value ?? 0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
    const earlier = await readFigures(view, view.root, {
      period: '2024-11',
      indicators: 'TT01',
      children: '1',
    });
    expect(earlier.units.map(({ code, figures }) => [code, figures.TT01?.value])).toEqual([
      ['25', null],
      ['17', null],
      ['25', null],
      ['26', null],
    ]);
  });

  test('shows Vĩnh Phúc with its nine districts, and each with its communes', async () => {
    const { units } = await readFigures(view, find('26'), {
      period: '2024-11',
      indicators: 'HS01',
      children: '1',
    });
    expect(units.slice(1).map(({ level }) => level)).toEqual(Array.from({ length: 9 }, () => 'district'));
    const districts = describeUnit(view, find('26'), '2024-11-15').children;
    const communes = districts.flatMap(({ ref }) => describeUnit(view, find(ref), '2024-11-15').children);
    expect(communes.length).toBe(121);
    expect(describeUnit(view, view.root, '2024-11-15').children.map(({ code }) => code)).toEqual([
      '17',
      '25',
      '26',
    ]);
    expect(describeUnit(view, view.root, '2026-01-15').children.length).toBe(148 + 15);
  });
});
