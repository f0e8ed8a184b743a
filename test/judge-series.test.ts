/** Sums over slots, as rules are judged by them, are in each slot what was served at its end: late batches, mergers and all. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { fineFrom } from '../server/acts/differences.ts';
import { createView, readPeriodSums } from '../server/figures/sums.ts';
import type { SumSeries } from '../server/rules/series.ts';
import { readSumSeries } from '../server/samples/sums.ts';
import { readUnitFacts } from '../server/store/unit-store.ts';
import type { DossierEvent } from '../shared/event.ts';
import { MEASURE_IDS, MEASURES, type MeasureId } from '../shared/measure.ts';
import { addDays, dayOf, listPeriods, startOfDay } from '../shared/period.ts';
import { livesOn, UnitTree } from '../shared/unit.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, forget, KINDS, type Kind, type Prepared } from './server/stores.ts';
import { at, iso, REFORM, SITE, SMALL, step, ZONE } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

const HOUR_MS = 3_600_000;
const TAKEN_ON = '2025-07-08';

/** The small world, in which a commune that began with the reform goes over to a living one a week later. */
const SELECTION = {
  units: [
    ...SMALL.units,
    {
      ...({ code: 'E', name: { vi: 'E', en: 'E' }, level: 'commune', parent: '25' } as const),
      ...{ from: REFORM, to: TAKEN_ON },
    },
  ],
  lineage: [...SMALL.lineage, { from: 'E', to: 'A', on: TAKEN_ON, share: 1 }],
};

const SPANS = {
  day: { from: '2025-06-20', to: '2025-07-13' },
  hour: { from: '2025-06-29', to: '2025-07-02' },
};
type Grain = keyof typeof SPANS;

type Draft = {
  dossier: number;
  at: number;
  lag: number;
  status: number;
  unit: number;
};

const anyDraft: fc.Arbitrary<Draft> = fc.record({
  dossier: fc.nat({ max: 5 }),
  at: fc.nat({ max: 9999 }),
  lag: fc.constantFrom(0, 0, 0, 1, 2, 5, 30, 50),
  status: fc.constantFrom(1, 2, 2, 4, 5, 9, 9, 10, 7),
  unit: fc.nat({ max: 11 }),
});

const SEATS = { old: ['A', 'B', 'C', 'D', '26.SNV', '26.SXD'], new: ['A', 'D', '25.SNV', 'E'] };

/** Events of a span with the slot in which each is told. */
function tell(drafts: readonly Draft[], grain: Grain): { event: DossierEvent; slot: number }[] {
  const { from, to } = SPANS[grain];
  const slotMs = grain === 'day' ? 24 * HOUR_MS : HOUR_MS;
  const span = startOfDay(to, ZONE) - startOfDay(from, ZONE);
  return drafts.map((draft, index) => {
    const happened = startOfDay(from, ZONE) + Math.floor((draft.at / 10_000) * span) + index;
    const day = dayOf(happened, ZONE);
    const seats = day < REFORM ? SEATS.old : day < TAKEN_ON ? SEATS.new : SEATS.new.slice(0, 3);
    const seat = seats[draft.unit % seats.length] ?? 'A';
    const told = Math.floor((happened - startOfDay(from, ZONE)) / slotMs);
    return {
      slot: told + draft.lag,
      event: step({
        ...{ id: `e${index}`, dossier: `d${draft.dossier}`, status: draft.status },
        ...{ receiver: seat, resolver: seat, at: iso(happened), procedure: 'P.hours' },
      }),
    };
  });
}

async function open(kind: Kind): Promise<Prepared> {
  const prepared = await stores.open(kind);
  await actsOf(prepared.store).loadUnits(SELECTION, at('2024-01-02'));
  return { ...prepared, tree: new UnitTree(await readUnitFacts(prepared.store.reader)) };
}

async function goLive({ store, tree }: Prepared, now: number): Promise<void> {
  await store.commit(now, async ({ db, seq }) => {
    const unheard = { lastAt: now, heardAt: now, events: 0, liveAt: now, usualGapMs: null };
    const facts = { id: 'f', name: 'f', unit: 1, namespace: '', cadenceMs: null, dueTime: null, seq };
    await db
      .insertInto('feed')
      .values({ ...facts, ...unheard })
      .execute();
    await db.updateTable('clock').set({ tickedTo: now }).execute();
  });
  expect(tree.units.size).toBe(SELECTION.units.length);
}

/** What a series says of a measure at the end of a slot, as known then: of a flow the sum since another slot. */
function sumAsKnown(
  series: SumSeries,
  id: MeasureId,
  { since, slot }: { since: number; slot: number },
): number {
  const line = series.sums.get(id) ?? new Float64Array();
  const isStock = MEASURES[id].kind === 'stock';
  const first = isStock ? 0 : since;
  const later = series.revisions
    .filter((one) => one.measure === id && one.known > slot && one.slot <= slot && one.slot >= first)
    .reduce((sum, { amount }) => sum + amount, 0);
  const own = isStock ? (line[slot] ?? 0) : line.slice(since, slot + 1).reduce((sum, one) => sum + one, 0);
  return own - later;
}

/** The first slot of the period that a slot is compared by: the month of a day, the day of an hour. */
const periodStart = (start: string, grain: Grain) =>
  grain === 'day' ? `${start.slice(0, 7)}-01` : start.slice(0, 10);

/** What is served of every living unit at the end of each slot, its events and the clock's work being in. */
async function serve(
  { store, tree }: Prepared,
  grain: Grain,
  events: readonly { event: DossierEvent; slot: number }[],
): Promise<Map<string, number>> {
  const { from, to } = SPANS[grain];
  const acts = actsOf(store);
  const served = new Map<string, number>();
  const days = listPeriods({ from, to }, 'day').map(({ key }) => key);
  const starts =
    grain === 'day'
      ? days
      : days.flatMap((day) => Array.from({ length: 24 }, (_, h) => `${day}T${String(h).padStart(2, '0')}`));
  for (const [slot, start] of starts.entries()) {
    const day = start.slice(0, 10);
    const end =
      grain === 'day'
        ? startOfDay(addDays(day, 1), ZONE)
        : startOfDay(day, ZONE) + (Number(start.slice(11)) + 1) * HOUR_MS;
    const now = end - 1;
    const due = events.filter((one) => one.slot === slot).map(({ event }) => event);
    if (due.length > 0) await acts.ingest(due, speakerOf(tree, 'f'), now);
    await acts.tick(now);
    const living = [...tree.units.values()].filter((unit) => livesOn(unit, day)).map(({ id }) => id);
    const view = createView({
      reader: store.reader,
      site: SITE,
      tree,
      clock: await store.readClock(),
      units: living,
      now,
    });
    const range = { from: periodStart(start, grain), to: addDays(day, 1) };
    for (const [unit, { sums }] of await readPeriodSums(view, living, range))
      for (const id of MEASURE_IDS) served.set(`${start} ${unit} ${id}`, sums[id]);
  }
  // What is told after the last slot is known in none.
  const late = events.filter((one) => one.slot >= starts.length).map(({ event }) => event);
  if (late.length > 0) await acts.ingest(late, speakerOf(tree, 'f'), startOfDay(addDays(to, 1), ZONE));
  return served;
}

async function replay({ store, tree }: Prepared, grain: Grain): Promise<Map<string, number>> {
  const { from, to } = SPANS[grain];
  const first = grain === 'day' ? `${from.slice(0, 7)}-01` : from;
  const order = { grain, from: first, to, fine: fineFrom(startOfDay(to, ZONE), ZONE) };
  const units = [...tree.units.keys()];
  const all = await readSumSeries(
    { reader: store.reader, tree },
    { ...order, units, ids: MEASURE_IDS, mode: 'asKnown' },
  );
  const replayed = new Map<string, number>();
  for (const [unit, series] of all) {
    for (let slot = series.lives[0]; slot < series.lives[1]; slot++) {
      const start = series.starts[slot] ?? '';
      if (start < from) continue;
      const since = series.starts.findIndex((one) => one >= periodStart(start, grain));
      for (const id of MEASURE_IDS)
        replayed.set(`${start} ${unit} ${id}`, sumAsKnown(series, id, { since, slot }));
    }
  }
  return replayed;
}

const close = (map: ReadonlyMap<string, number>) =>
  Object.fromEntries([...map].map(([key, value]) => [key, Math.round(value * 1e6) / 1e6 + 0]).sort());

describe.each(KINDS)('on %s', (kind) => {
  test.each(['day', 'hour'] as const)(
    'by %s',
    async (grain) => {
      const prepared = await open(kind);
      await fc.assert(
        fc.asyncProperty(fc.array(anyDraft, { minLength: 6, maxLength: 24 }), async (drafts) => {
          await forget(prepared.store);
          await goLive(prepared, startOfDay(SPANS[grain].from, ZONE));
          const served = await serve(prepared, grain, tell(drafts, grain));
          expect(close(await replay(prepared, grain))).toEqual(close(served));
        }),
        { seed: 8, numRuns: kind === 'memory' ? 10 : 2 },
      );
    },
    120_000,
  );
});
