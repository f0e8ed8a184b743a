/** What was known then can be asked: figures as known at the end of a day are those that were served at its end. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readFigures } from '../server/figures/figures.ts';
import { createView } from '../server/figures/sums.ts';
import { createSite } from '../server/site.ts';
import type { FiguresAnswer } from '../shared/answers.ts';
import { INDICATORS } from '../shared/catalogue.ts';
import type { DossierEvent } from '../shared/event.ts';
import { addDays, dayOf, startOfDay } from '../shared/period.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { at, iso, SITE, SMALL, step, TODAY, ZONE } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

const FIRST = '2026-11-09';
const DAYS = 6;

const SUMMED = INDICATORS.filter(({ basis }) => basis === 'sums')
  .map(({ id }) => id)
  .join(',');

/** Figures of the province and its parts as whoever asks at an instant is shown them, without when they were last heard of. */
async function serve(
  { store, tree }: Prepared,
  order: { now: number; period: string; asKnown?: string },
): Promise<unknown> {
  const { now, ...query } = order;
  const root = tree.findByReference('25', TODAY)?.id ?? 0;
  const clock = await store.readClock();
  const view = createView({ reader: store.reader, site: SITE, tree, clock, units: [root], now });
  const { units }: FiguresAnswer = await readFigures(view, view.root, {
    ...query,
    // How feeds and systems stand now is no sum: of a day gone by nobody can tell it.
    indicators: SUMMED,
    children: '1',
    compare: '1',
  });
  return units.map(({ code, figures }) => ({
    code,
    figures: Object.entries(figures).map(([id, { asOf: _, ...figure }]) => ({ id, ...figure })),
  }));
}

/** A feed that is live, so that what it corrects from now on is a revision. */
async function goLive({ store, tree }: Prepared, feed: string, now: number): Promise<void> {
  const acts = actsOf(store);
  await store.commit(now, async ({ db, seq }) => {
    const unheard = { lastAt: null, heardAt: null, events: 0, liveAt: null, usualGapMs: null };
    const facts = { id: feed, name: feed, unit: 1, namespace: '', cadenceMs: null, dueTime: null, seq };
    await db
      .insertInto('feed')
      .values({ ...facts, ...unheard })
      .execute();
  });
  await acts.ingest(
    [step({ id: 'live', dossier: 'live', at: iso(now), status: 1 })],
    speakerOf(tree, feed),
    now,
  );
}

type Draft = {
  dossier: number;
  day: number;
  lag: number;
  hour: number;
  status: number;
  unit: 'A' | 'D' | '25.SNV';
};

const anyDraft: fc.Arbitrary<Draft> = fc.record({
  dossier: fc.nat({ max: 4 }),
  day: fc.nat({ max: DAYS - 1 }),
  lag: fc.constantFrom(0, 0, 0, 1, 2, 4),
  hour: fc.integer({ min: 0, max: 23 }),
  status: fc.constantFrom(1, 2, 2, 4, 5, 9, 9, 10, 7),
  unit: fc.constantFrom('A', 'D', '25.SNV'),
});

const told = (drafts: readonly Draft[]): { event: DossierEvent; day: number }[] =>
  drafts.map(({ dossier, day, lag, hour, status, unit }, index) => ({
    day: day + lag,
    event: step({
      ...{ id: `e${index}`, dossier: `d${dossier}`, status, receiver: unit, resolver: unit },
      at: iso(at(addDays(FIRST, day)) + hour * 3_600_000 + index),
      procedure: 'P.hours',
    }),
  }));

describe.each(KINDS)('on %s', (kind) => {
  test('as known at the end of any past day equals what was served at its end', async () => {
    const prepared = await stores.open(kind);
    const { store, tree } = prepared;
    await fc.assert(
      fc.asyncProperty(fc.array(anyDraft, { minLength: 4, maxLength: 24 }), async (drafts) => {
        await forget(store);
        const acts = actsOf(store);
        await goLive(prepared, 'f', at(FIRST));
        const served = new Map<string, unknown>();
        const events = told(drafts);
        const end = addDays(FIRST, DAYS + 4);
        for (let day = FIRST, index = 0; day < end; day = addDays(day, 1), index++) {
          const now = startOfDay(addDays(day, 1), ZONE) - 1;
          const due = events.filter((one) => one.day === index).map(({ event }) => event);
          if (due.length > 0) await acts.ingest(due, speakerOf(tree, 'f'), now);
          await acts.tick(now);
          for (const period of ['2026-11', day])
            served.set(`${day} ${period}`, await serve(prepared, { now, period }));
        }
        const now = startOfDay(addDays(end, 1), ZONE);
        for (const [key, figures] of served) {
          const [asKnown = '', period = ''] = key.split(' ');
          expect({ key, figures: await serve(prepared, { now, period, asKnown }) }).toEqual({ key, figures });
        }
      }),
      { seed: 13, numRuns: kind === 'memory' ? 12 : 3 },
    );
  }, 120_000);

  test('a rebuild by other norms leaves what it changed of days gone by as a revision', async () => {
    const prepared = await stores.open(kind);
    const { store, tree } = prepared;
    await goLive(prepared, 'f', at('2026-11-09 08:00'));
    const lives = [
      step({ id: '1', dossier: 'x', at: iso(at('2026-11-10 08:00')), status: 2, procedure: 'P.hours' }),
      step({ id: '2', dossier: 'x', at: iso(at('2026-11-11 16:00')), status: 9, procedure: 'P.hours' }),
    ];
    const evening = at('2026-11-11 20:00');
    await actsOf(store).ingest(lives, speakerOf(tree, 'f'), evening);
    const now = startOfDay('2026-11-12', ZONE) - 1;
    await actsOf(store).tick(now);
    const served = await serve(prepared, { now, period: '2026-11' });
    const longer = createSite({
      procedures: [
        { code: 'P.hours', name: { vi: 'x', en: 'x' }, norm: { amount: 80, unit: 'workingHours' } },
      ],
    });
    const later = at('2026-11-18 10:00');
    await actsOf(store, { site: longer }).rebuild(later);
    expect(await serve(prepared, { now: later, period: '2026-11' })).not.toEqual(served);
    expect(await serve(prepared, { now: later, period: '2026-11', asKnown: '2026-11-11' })).toEqual(served);
  });
});

test('units loaded anew leave what they change of days gone by as a revision', async () => {
  const prepared = await stores.open('memory');
  const { store, tree } = prepared;
  await goLive(prepared, 'f', at('2026-11-09 08:00'));
  const lives = Array.from({ length: 20 }, (_, index) =>
    step({
      ...{ id: `${index}`, dossier: `x${index}`, at: iso(at('2025-06-20 08:00')), status: 2 },
      ...{ receiver: 'C', resolver: 'C' },
    }),
  );
  const acts = actsOf(store);
  await acts.ingest(lives, speakerOf(tree, 'f'), at('2026-11-09 09:00'));
  const now = startOfDay('2026-11-12', ZONE) - 1;
  await acts.tick(now);
  const stocks = (order: { now: number; asKnown?: string }) =>
    serve(prepared, { ...order, period: '2026-11' });
  const served = await stocks({ now });
  const later = at('2026-11-18 10:00');
  const lineage = SMALL.lineage.map((row) =>
    row.from === 'C' ? { ...row, share: row.to === 'A' ? 0.75 : 0.25 } : row,
  );
  await acts.loadUnits({ units: SMALL.units, lineage }, later);
  expect(await stocks({ now: later })).not.toEqual(served);
  expect(await stocks({ now: later, asKnown: '2026-11-11' })).toEqual(served);
});

test('what was known before any feed was live, in the future, or by area of work is refused with the reason', async () => {
  const prepared = await stores.open('memory');
  const now = at('2026-11-18 10:00');
  const ask = (asKnown: string) => serve(prepared, { now, period: '2026-11', asKnown });
  await expect(ask('2026-11-10')).rejects.toMatchObject({
    errors: [{ field: 'asKnown', reason: 'no feed has told of things as they happened' }],
  });
  await goLive(prepared, 'f', at('2026-11-12 08:00'));
  expect(dayOf(at('2026-11-12 08:00'), ZONE)).toBe('2026-11-12');
  await expect(ask('2026-11-11')).rejects.toMatchObject({
    errors: [{ field: 'asKnown', reason: 'what was known is kept since 2026-11-12' }],
  });
  await expect(ask('2026-11-19')).rejects.toMatchObject({ errors: [{ reason: 'lies in the future' }] });
  await expect(ask('2026-11-12')).resolves.toBeDefined();
});
