/** Events of the kinds that are no dossiers, as a province of today may tell them in some days; the same for the same days. */
import type { OpsEvent } from '../../shared/event.ts';
import { addDays, dayOf, startOfDay } from '../../shared/period.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { SITE } from './bench-store.ts';

const SYSTEMS = 13;
const READINGS_A_DAY = 96;
const LEVELS = ['officials', 'mailUsers', 'procTotal', 'procFull', 'procPartial', 'insured'];
const FLOWS = ['meetings', 'meetingsPaperless', 'syncDue', 'synced'];
const HOUR = 3_600_000;

/** A number in [0, 1) of a seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Draw = { unit: string; day: string; random: () => number; id: () => string };

const at = ({ day, random }: Draw) =>
  new Date(startOfDay(day, SITE.zone) + (8 + random() * 9) * HOUR).toISOString();
const inDays = ({ day }: Draw, days: number) =>
  new Date(startOfDay(addDays(day, days), SITE.zone) + 17 * HOUR).toISOString();

/** What one unit tells in a day beside its dossiers: some 12 documents, now and then a petition, ratings, a task. */
function* drawUnitDay(draw: Draw): Generator<OpsEvent> {
  const { unit, random, id } = draw;
  for (let left = 6 + random() * 12; left > 0; left--) {
    const direction = random() < 0.5 ? 'in' : 'out';
    const due = direction === 'in' && random() < 0.6 ? { due: inDays(draw, 5) } : {};
    const facts = { electronic: random() < 0.97, signed: random() < 0.95 };
    yield { kind: 'document', id: id(), at: at(draw), unit, direction, ...facts, ...due };
  }
  for (let left = random() * 5; left > 0; left--)
    yield { kind: 'rating', id: id(), at: at(draw), unit, satisfied: random() < 0.9 };
  if (random() < 0.06)
    yield {
      kind: 'petition',
      id: id(),
      at: at(draw),
      petition: id(),
      unit,
      state: 'received',
      due: inDays(draw, 15),
    };
  if (random() < 0.02)
    yield {
      ...{ kind: 'task', id: id(), at: at(draw), task: id(), unit, state: 'assigned', due: inDays(draw, 60) },
      title: { vi: 'Nhiệm vụ', en: 'Task' },
    };
  if (draw.day.endsWith('-02'))
    for (const measure of [...LEVELS, ...FLOWS])
      yield {
        ...{
          kind: 'report',
          id: id(),
          at: at(draw),
          unit,
          measure,
          period: addDays(draw.day, -2).slice(0, 7),
        },
        value: Math.round(random() * 500),
      };
}

function* drawReadings({ unit, day, random, id }: Draw): Generator<OpsEvent> {
  for (let turn = 0; turn < READINGS_A_DAY; turn++)
    for (let system = 0; system < SYSTEMS; system++)
      yield {
        ...{ kind: 'probe', id: id(), unit, system: `Hệ thống ${system}`, up: random() < 0.995 },
        at: new Date(startOfDay(day, SITE.zone) + (turn * 24 * HOUR) / READINGS_A_DAY).toISOString(),
        ...{ latencyMs: Math.round(40 / (1.001 - random())), calls: Math.round(random() * 400), failed: 1 },
      };
}

/** What all units below a province tell in the days before an instant, day after day. */
export function* drawMixed(
  tree: UnitTree,
  { province, days, until }: { province: number; days: number; until: number },
): Generator<OpsEvent> {
  const random = createRandom(766);
  let count = 0;
  const id = () => `m${count++}`;
  const today = dayOf(until, SITE.zone);
  const { code } = tree.get(province);
  for (let back = days; back > 0; back--) {
    const day = addDays(today, -back);
    for (const { code: unit } of tree.childrenOn(province, day))
      yield* drawUnitDay({ unit, day, random, id });
    yield* drawReadings({ unit: code, day, random, id });
  }
}
