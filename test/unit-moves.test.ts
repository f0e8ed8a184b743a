/** A unit that lives on under another parent, and statements about units that contradict themselves. */
import { afterAll, describe, expect, test } from 'vitest';
import { readGazetteer, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import type { UnitSelection } from '../server/acts/units.ts';
import { readForm } from '../server/figures/form.ts';
import { createView } from '../server/figures/sums.ts';
import { getScopedUnit } from '../server/people/scope.ts';
import type { Store } from '../server/store/store.ts';
import { readUnitFacts } from '../server/store/unit-store.ts';
import { UnitTree } from '../shared/unit.ts';
import { findUnitFaults } from '../shared/unit-faults.ts';
import type { MoveRecord, UnitRecord } from '../shared/unit-record.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores } from './server/stores.ts';
import { at, iso, REFORM, SITE, SMALL, step, TODAY } from './server/world.ts';
import { dumpAll } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');
const load = (store: Store, selection: Partial<UnitSelection>) =>
  actsOf(store).loadUnits({ units: [], lineage: [], ...selection }, NOW);

const office = (code: string, parent: string | null, more: Partial<UnitRecord> = {}): UnitRecord => ({
  ...{ code, name: { vi: code, en: code }, level: 'office', from: '2026-01-01', to: null, parent },
  ...more,
});
const STAFF = office('25.SNV', '25', { level: 'department', from: REFORM });
const DEPARTMENT = office('D2', '25', { level: 'department' });
const OFFICES = [office('O1', '25.SNV'), office('O2', '25.SNV'), DEPARTMENT];
const MOVE: MoveRecord = { unit: 'O1', parent: 'D2', on: '2026-10-01' };

async function totals(store: Store, period: string): Promise<Record<string, number[]>> {
  const tree = new UnitTree(await readUnitFacts(store.reader));
  const root = tree.findAsOf('25', TODAY)?.id ?? 0;
  const view = createView({
    reader: store.reader,
    site: SITE,
    tree,
    clock: await store.readClock(),
    units: [root],
    now: NOW,
  });
  const of = async (code: string): Promise<[string, number[]]> => [
    code,
    (await readForm(view, getScopedUnit(view, code), period)).total,
  ];
  return Object.fromEntries(await Promise.all(['25', '25.SNV', 'D2', 'O1'].map(of)));
}

describe.each(['memory', 'postgres'] as const)('on %s', (kind) => {
  test('what is open passes to the new parent on the day of the move, told before or after it is loaded', async () => {
    const { store } = await stores.open(kind);
    await load(store, { units: OFFICES });
    const tree = new UnitTree(await readUnitFacts(store.reader));
    const facts = { receiver: 'O1', resolver: 'O1', due: iso(at('2026-10-20 17:00')) };
    const tell = (id: string, local: string, status: number) =>
      actsOf(store).ingest(
        [step({ ...facts, id, dossier: 'x', at: iso(at(local)), status })],
        speakerOf(tree, 'f'),
        NOW,
      );
    await tell('1', '2026-09-20 09:00', 2);
    expect(await load(store, { moves: [MOVE] })).toMatchObject({ changed: true, refolded: 1 });
    expect(await load(store, { moves: [MOVE] })).toMatchObject({ changed: false, refolded: 0 });
    await tell('2', '2026-10-12 09:00', 9);
    const open = [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0];
    expect(await totals(store, '2026-09')).toEqual({ '25': open, '25.SNV': open, D2: [], O1: open });
    const early = [1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0];
    const october = await totals(store, '2026-10');
    expect([october['25'], october.O1]).toEqual([early, early]);
    expect(october.D2).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
    expect((await actsOf(store).rebuild(NOW)).differences).toEqual([]);
  });

  test('moves of a unit replace what was stated of it before', async () => {
    const { store } = await stores.open(kind);
    await load(store, { units: OFFICES, moves: [MOVE] });
    await load(store, { moves: [{ ...MOVE, on: '2026-11-01' }] });
    const tree = new UnitTree(await readUnitFacts(store.reader));
    const above = (day: string) =>
      tree.get(tree.parentOn(tree.findAsOf('O1', TODAY)?.id ?? 0, day) ?? 0).code;
    expect(['2026-01-01', '2026-10-31', '2026-11-01'].map(above)).toEqual(['25.SNV', '25.SNV', 'D2']);
  });

  test.each([
    ['stand in a circle', { units: [office('A1', 'A2'), office('A2', 'A1')] }, 'A1 would stand below itself'],
    ['stand below themselves', { units: [office('A3', 'A3')] }, 'A3 would stand below itself'],
    [
      'end up there by a move',
      { moves: [{ unit: '25', parent: 'O2', on: '2026-06-01' }] },
      '25 would stand below',
    ],
    [
      'share a code and a day',
      { units: [office('O2', 'D2', { from: '2026-05-01' })] },
      'O2 from 2026-01-01 still',
    ],
    [
      'end before they begin',
      { units: [office('A4', null, { to: '2025-01-01' })] },
      'A4 from 2026-01-01 ends on 2025-01-01, before it begins',
    ],
    [
      'end as they begin',
      { units: [office('A5', null, { to: '2026-01-01' })] },
      'A5 from 2026-01-01 ends on 2026-01-01, before it begins',
    ],
    [
      'are stated twice, each time otherwise',
      { units: [office('T1', 'D2'), office('T1', '25.SNV')] },
      'T1 from 2026-01-01 is stated twice, each time otherwise',
    ],
    [
      'move twice on a day',
      { moves: [{ ...MOVE }, { ...MOVE, parent: '25' }] },
      'The move of O1 on 2026-10-01 is stated twice, each time otherwise',
    ],
    [
      'pass to a unit twice on a day',
      {
        units: [office('O1', '25.SNV', { to: '2026-10-01' })],
        lineage: [0.25, 0.75].map((share) => ({ from: 'O1', to: 'O2', on: '2026-10-01', share })),
      },
      'What passes from O1 to O2 on 2026-10-01 is stated twice, each time otherwise',
    ],
    [
      'have the code of another one for an alias',
      { units: [office('T2', 'D2', { aliases: ['O1'] })] },
      'O1 means O1 from 2026-01-01 and T2 from 2026-01-01 on the same day',
    ],
    [
      'share an alias and a day',
      { units: [office('T3', 'D2', { aliases: ['X'] }), office('T4', 'D2', { aliases: ['X'] })] },
      'X means T3 from 2026-01-01 and T4 from 2026-01-01 on the same day',
    ],
    [
      'end while others stand below them',
      { units: [{ ...STAFF, to: '2026-06-01' }] },
      '25.SNV ends on 2026-06-01, but others stand below it then: O1, O2',
    ],
    [
      'move below one that has ended before they do',
      { units: [{ ...DEPARTMENT, to: '2026-11-01' }], moves: [MOVE] },
      'D2 ends on 2026-11-01, but others stand below it then: O1',
    ],
    [
      'change their level',
      { units: [office('O2', '25.SNV', { level: 'department' })] },
      'O2 from 2026-01-01 is of the level office, and cannot become department',
    ],
    ['move as they begin', { moves: [{ ...MOVE, on: '2026-01-01' }] }, 'O1 begins on 2026-01-01'],
    ['move when nobody has the code', { moves: [{ ...MOVE, on: '2025-12-31' }] }, 'No unit has the code O1'],
  ])('units that %s are refused, and nothing of them is kept', async (_words, selection, reason) => {
    const { store } = await stores.open(kind);
    await load(store, { units: OFFICES });
    const stood = await dumpAll(store);
    await expect(load(store, selection)).rejects.toThrow(reason);
    expect(await dumpAll(store)).toEqual(stood);
  });

  test('a unit may end on the day on which what stood below it ends or moves, and be stated twice alike', async () => {
    const { store } = await stores.open(kind);
    await load(store, { units: OFFICES });
    const end = '2026-06-01';
    const units = [
      ...[
        { ...STAFF, to: end },
        { ...STAFF, to: end },
      ],
      ...[office('O2', '25.SNV', { to: end }), office('O3', 'D2', { from: end, aliases: ['O2', 'O3'] })],
    ];
    const moves = [MOVE, MOVE].map((move) => ({ ...move, on: end }));
    const passed = { from: 'O2', to: 'O3', on: end, share: 1 };
    expect(await load(store, { units, moves, lineage: [passed, passed] })).toMatchObject({ changed: true });
    const facts = await readUnitFacts(store.reader);
    expect(findUnitFaults(facts)).toEqual([]);
    const tree = new UnitTree(facts);
    const below = (day: string) => tree.childrenOn(tree.findOn('D2', day)?.id ?? 0, day);
    expect(['2026-05-31', end].map((day) => below(day).map(({ code }) => code))).toEqual([[], ['O1', 'O3']]);
    expect(tree.findOn('O2', end)?.code).toBe('O3');
  });
});

test('the small world and the official units contradict nothing', async () => {
  const { store } = await stores.open('memory');
  await load(store, SMALL);
  await load(store, selectProvince(readGazetteer(), '52'));
  expect(findUnitFaults(await readUnitFacts(store.reader))).toEqual([]);
});
