/** What other kinds hold when a unit lives on under another parent, and when one merges into a living unit, later than 2025. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Store } from '../server/store/store.ts';
import { readUnitFacts } from '../server/store/unit-store.ts';
import type { OpsEvent } from '../shared/event.ts';
import type { MeasureId } from '../shared/measure.ts';
import { UnitTree } from '../shared/unit.ts';
import type { UnitRecord } from '../shared/unit-record.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores } from './server/stores.ts';
import { tell } from './server/telling.ts';
import { at, iso, REFORM, TODAY } from './server/world.ts';
import { dumpFolds } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');
const office = (code: string, parent: string, more: Partial<UnitRecord> = {}): UnitRecord => ({
  ...{ code, name: { vi: code, en: code }, level: 'office', from: '2026-01-01', to: null, parent },
  ...more,
});
/** O1 moves to D2 on 1 October; O2 merges into O1 on 1 November. */
const SELECTION = {
  units: [
    office('25.SNV', '25', { level: 'department', from: REFORM }),
    office('D2', '25', { level: 'department' }),
    office('O1', '25.SNV'),
    office('O2', '25.SNV', { to: '2026-11-01' }),
  ],
  lineage: [{ from: 'O2', to: 'O1', on: '2026-11-01', share: 1 }],
  moves: [{ unit: 'O1', parent: 'D2', on: '2026-10-01' }],
};
const MEASURES = ['petOpen', 'petOverdue', 'taskAssigned', 'docInOpen', 'officials', 'procTotal'] as const;

/** What each unit holds at the end of a month. */
async function standAt(store: Store, month: string): Promise<Record<string, number[]>> {
  const tree = new UnitTree(await readUnitFacts(store.reader));
  const rows = await store.reader.db.selectFrom('tally').selectAll().where('grain', '=', 'month').execute();
  const sumOf = (code: string, measure: MeasureId) => {
    const unit = tree.findByReference(code, TODAY)?.id;
    const until = rows.filter((row) => row.unit === unit && row.start <= month);
    return until.reduce((sum, row) => sum + row[measure], 0);
  };
  const codes = ['25', '25.SNV', 'D2', 'O1', 'O2'];
  return Object.fromEntries(codes.map((code) => [code, MEASURES.map((measure) => sumOf(code, measure))]));
}

const due = iso(at('2026-09-30 17:00'));

describe.each(['memory', 'postgres'] as const)('on %s', (kind) => {
  test('stocks follow their unit to another parent and pass to an heir that lives; a level ends with its unit', async () => {
    const { store } = await stores.open(kind);
    const acts = actsOf(store);
    await acts.loadUnits(SELECTION, NOW);
    const tree = new UnitTree(await readUnitFacts(store.reader));
    const told: OpsEvent[] = ['O1', 'O2'].flatMap((unit) =>
      [
        ...tell('petition', ['2026-09-10 08:00', { unit, petition: unit, due }]),
        ...tell('task', ['2026-09-10 08:00', { unit, task: unit, due: iso(at('2026-12-31')) }]),
        ...tell('document', ['2026-09-10 08:00', { unit, document: unit, due: iso(at('2026-12-31')) }]),
        ...tell('report', ['2026-09-10 08:00', { unit, measure: 'officials', period: '2026-09', value: 7 }]),
        ...tell('report', ['2026-09-10 08:00', { unit, measure: 'procTotal', period: '2026-09', value: 3 }]),
      ].map((event, index) => ({ ...event, id: `${unit}${index}` })),
    );
    await acts.ingest(told, speakerOf(tree, 'f'), NOW);
    expect(await standAt(store, '2026-09-01')).toEqual({
      ...{ '25': [2, 2, 2, 2, 14, 0], '25.SNV': [2, 2, 2, 2, 14, 0], D2: [0, 0, 0, 0, 0, 0] },
      ...{ O1: [1, 1, 1, 1, 7, 3], O2: [1, 1, 1, 1, 7, 3] },
    });
    expect(await standAt(store, '2026-10-01')).toEqual({
      ...{ '25': [2, 2, 2, 2, 14, 0], '25.SNV': [1, 1, 1, 1, 7, 0], D2: [1, 1, 1, 1, 7, 0] },
      ...{ O1: [1, 1, 1, 1, 7, 3], O2: [1, 1, 1, 1, 7, 3] },
    });
    expect(await standAt(store, '2026-11-01')).toEqual({
      ...{ '25': [2, 2, 2, 2, 7, 0], '25.SNV': [0, 0, 0, 0, 0, 0], D2: [2, 2, 2, 2, 7, 0] },
      ...{ O1: [2, 2, 2, 2, 7, 3], O2: [0, 0, 0, 0, 0, 0] },
    });
    const live = await dumpFolds(store);
    expect((await acts.rebuild(NOW)).differences).toEqual([]);
    expect(await dumpFolds(store)).toEqual(live);
  });

  test('what merges on a day to come passes on when the clock is there', async () => {
    const { store } = await stores.open(kind);
    const acts = actsOf(store);
    await acts.loadUnits(SELECTION, at('2026-09-01'));
    const tree = new UnitTree(await readUnitFacts(store.reader));
    const events = [
      ...tell('petition', ['2026-09-10 08:00', { unit: 'O2', due }]),
      ...tell('report', [
        '2026-09-10 08:00',
        { unit: 'O2', measure: 'officials', period: '2026-09', value: 7 },
      ]),
    ].map((event, index) => ({ ...event, id: `e${index}` }));
    await acts.ingest(events, speakerOf(tree, 'f'), at('2026-09-10 09:00'));
    expect(await acts.tick(at('2026-10-31 23:59'))).toBe(1);
    expect((await standAt(store, '2026-12-01')).O2).toEqual([1, 1, 0, 0, 7, 0]);
    expect(await acts.tick(at('2026-11-01'))).toBe(2);
    const { O1, O2, D2 } = await standAt(store, '2026-12-01');
    expect([O1, O2, D2]).toEqual([
      [1, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [1, 1, 0, 0, 0, 0],
    ]);
    expect((await acts.verify(at('2026-11-02'))).differences).toEqual([]);
  });
});
