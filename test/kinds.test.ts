/** A kind of event nobody has seen before: one entry in the table of kinds, and nothing else needs touching. */
import { afterAll, expect, test } from 'vitest';
import type { BaseStep, Kind } from '../server/kinds/kind.ts';
import { KINDS as EVENT_KINDS } from '../server/kinds/kinds.ts';
import type { OpsEvent } from '../shared/event.ts';
import { MEASURE_IDS } from '../shared/measure.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, KINDS } from './server/stores.ts';
import { at, iso, step } from './server/world.ts';
import { dumpFolds } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');

type TaskStep = BaseStep & { unit: number; state: string };
type TaskEvent = Extract<OpsEvent, { kind: 'task' }>;

/** Tasks: open from the first word of them until they are met; overdue after three hours, as if by the clock. */
const task: Kind<TaskEvent, TaskStep> = {
  units: ['unit'],
  code: 'task',
  otherCodes: [],
  keyOf: null,
  fold: {
    measures: ['steps', 'open', 'overdue'],
    read: (event, { units, ...told }) => ({ ...told, unit: units[0] ?? 0, state: event.state }),
    pack: (steps) => JSON.stringify(steps),
    unpack: (history) => JSON.parse(history) as TaskStep[],
    isNews: () => false,
    isTakeOver: () => false,
    isWithdrawal: () => false,
    unitsOf: ({ unit }) => [unit],
    fold({ steps }, { now }, emit) {
      const ordered = steps.toSorted((a, b) => a.at - b.at);
      const first = ordered[0];
      const last = ordered.at(-1);
      if (!first || !last) throw new RangeError('a task has at least one step');
      const end = ordered.find(({ state }) => state === 'met');
      const dueAt = first.at + 3 * 3_600_000;
      const isOverdue = dueAt < (end?.at ?? now + 1);
      for (const { unit, at: instant } of ordered) emit([unit], instant, 'steps', 1);
      emit([first.unit], first.at, 'open', 1);
      if (end) emit([first.unit], end.at, 'open', -1);
      if (isOverdue) emit([first.unit], dueAt, 'overdue', 1);
      if (isOverdue && end) emit([first.unit], end.at, 'overdue', -1);
      return {
        ...{ unit: first.unit, procedure: null, field: null, fieldName: null, status: null, channel: null },
        ...{ acceptedAt: null, dueAt: null, dueSoonAt: null, endAt: end?.at ?? null },
        ...{ paused: false, outcome: null, nextAt: end || dueAt < now ? null : dueAt + 1 },
      };
    },
  },
};

const kinds = { ...EVENT_KINDS, task: task as Kind };

const tell = (id: string, local: string, state: TaskEvent['state']): TaskEvent => ({
  ...{ kind: 'task', id, task: 'plan 7', unit: 'A', title: { vi: 'Kế hoạch', en: 'Plan' }, state },
  ...{ at: iso(at(local)), due: iso(at('2026-12-31')) },
});

test.each(KINDS)('is taken, moved by the clock, folded again and verified, on %s', async (kind) => {
  const { store, tree } = await stores.open(kind);
  const acts = actsOf(store, { kinds });
  const day = async () => {
    const rows = await store.reader.db.selectFrom('tally').selectAll().where('grain', '=', 'ever').execute();
    const own = rows.find(({ unit }) => unit === tree.findOn('A', '2026-11-18')?.id);
    return { steps: own?.steps, open: own?.open, overdue: own?.overdue };
  };
  const events = [tell('1', '2026-11-18 08:00', 'assigned'), step({ id: 'd', at: iso(NOW), status: 1 })];
  expect(await acts.ingest(events, speakerOf(tree, 'f'), NOW)).toMatchObject({ accepted: 2, duplicates: 0 });
  expect(await acts.ingest(events, speakerOf(tree, 'f'), NOW)).toMatchObject({ accepted: 0, duplicates: 2 });
  expect(await day()).toEqual({ steps: 2, open: 1, overdue: 0 });
  expect(await acts.tick(at('2026-11-18 12:00'))).toBe(1);
  expect(await day()).toEqual({ steps: 2, open: 1, overdue: 1 });
  await acts.ingest([tell('2', '2026-11-18 13:00', 'met')], speakerOf(tree, 'f'), at('2026-11-18 13:00'));
  expect(await day()).toEqual({ steps: 3, open: 0, overdue: 0 });
  const live = await dumpFolds(store, kinds);
  expect((await acts.verify(at('2026-11-18 14:00'))).differences).toEqual([]);
  expect((await acts.rebuild(at('2026-11-18 14:00'))).differences).toEqual([]);
  expect(await dumpFolds(store, kinds)).toEqual(live);
  const kept = await store.reader.db.selectFrom('event').select(['kind', 'body', 'subject']).execute();
  expect(JSON.stringify(kept)).not.toContain('plan 7');
});

test('every measure belongs to one kind', () => {
  const owned = Object.values(EVENT_KINDS).flatMap(({ fold }) => fold.measures);
  expect(owned.toSorted()).toEqual(MEASURE_IDS.toSorted());
});
