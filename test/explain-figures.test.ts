/** Every figure of the catalogue is explained as figures tell it: whatever was told, of every unit, period and day of knowing. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { explainFigure } from '../server/explain/explain.ts';
import { readFigures } from '../server/figures/figures.ts';
import { createView, type View } from '../server/figures/sums.ts';
import type { ScopedUnit } from '../server/people/scope.ts';
import { INDICATORS } from '../shared/catalogue.ts';
import { startOfDay } from '../shared/period.ts';
import { act, actsOf } from './server/acts.ts';
import { anyMixedTold } from './server/plain-lives.ts';
import { anyScriptOf } from './server/scripts.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { SITE, TODAY, ZONE } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

/** Two feeds that are live from a day on: what they correct from then on is kept. */
async function openFeeds({ store }: Prepared, liveAt: number): Promise<void> {
  await store.commit(liveAt, async ({ db, seq }) => {
    for (const id of ['portal', 'office'])
      await db
        .insertInto('feed')
        .values({
          ...{ id, name: id, unit: 1, namespace: '', cadenceMs: null, dueTime: null, seq, liveAt },
          ...{ lastAt: null, heardAt: null, events: 0, usualGapMs: null },
        })
        .execute();
  });
}

async function viewOf({ store, tree }: Prepared, now: number): Promise<View> {
  const root = tree.findByReference('25', TODAY)?.id ?? 0;
  const clock = await store.readClock();
  return createView({ reader: store.reader, site: SITE, tree, clock, units: [root], now });
}

/** Of which unit, period and day of knowing. */
const QUESTIONS = [
  { code: '25', period: '2025-07' },
  { code: '25', period: '2025-Q3', asKnown: '2025-07-15' },
  { code: 'A', period: '2025-06' },
  { code: 'A', period: '2025-07-10' },
  { code: 'D', period: '2025' },
  { code: '25.SNV', period: '2025-07', asKnown: '2025-07-18' },
];

type Question = (typeof QUESTIONS)[number];

/** Of some figures how each is explained and how it is told: alike. */
async function compare(view: View, { code, ...query }: Question, ids: readonly string[]): Promise<void> {
  const unit = view.tree.findAsOf(code, TODAY)?.id as ScopedUnit;
  const told = await readFigures(view, unit, { ...query, children: '1' });
  const [own, ...below] = told.units;
  for (const id of ids) {
    const story = await explainFigure(view, unit, { ...query, indicator: id });
    const parts = Object.fromEntries(story.children.map((one) => [one.unit.id, one.figure]));
    expect({ id, code, ...query, figure: story.figure, parts }).toEqual({
      ...{ id, code, ...query, figure: own?.figures[id] },
      parts: Object.fromEntries(below.map((row) => [row.id, row.figures[id]])),
    });
    // Of days of which nothing is known there is no figure, and no sum of anything.
    if (story.noData !== undefined) continue;
    const sides = [story.numerator.value, story.denominator?.value ?? null];
    expect({ id, code, sides }).toEqual({
      id,
      code,
      sides: [story.figure.numerator, story.figure.denominator],
    });
  }
}

describe.each(KINDS)('on %s', (kind) => {
  // What memory holds for all of them, the others show by some.
  const ids = INDICATORS.map(({ id }) => id).filter((_, index) => kind === 'memory' || index % 9 === 0);

  test('explained and told figures are one', async () => {
    const prepared = await stores.open(kind);
    await fc.assert(
      fc.asyncProperty(anyScriptOf(anyMixedTold), async ({ straight }) => {
        await forget(prepared.store);
        await openFeeds(prepared, startOfDay('2025-06-16', ZONE));
        const acting = actsOf(prepared.store);
        for (const deed of straight) await act(acting, prepared.tree, deed);
        const view = await viewOf(prepared, straight.at(-1)?.now ?? 0);
        for (const question of QUESTIONS) await compare(view, question, ids);
      }),
      { seed: 9, numRuns: kind === 'memory' ? 2 : 1, endOnFailure: true },
    );
  }, 120_000);
});
