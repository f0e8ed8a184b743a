/** Dossiers passed on between living units, in the month they came in or later: what form II.06a and rates make of them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FiguresAnswer, FormAnswer } from '../shared/answers.ts';
import type { DossierEvent } from '../shared/event.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const NOW = at('2026-11-18 10:00');
const FROM = at('2026-06-01');
const SEATS = ['A', 'D', '25.SNV'];
const PERIODS = [
  ...['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-11-17', '2026-W46'],
  ...['2026-Q2', '2026-Q3', '2026-Q4', '2026', '2025'],
];

const worlds: Running[] = [];
async function start(told: readonly DossierEvent[]): Promise<Running> {
  const running = await runApp({ start: NOW });
  worlds.push(running);
  await running.acts.ingest(told, speakerOf(running.tree, 'f'), NOW);
  return running;
}
afterAll(async () => {
  for (const running of worlds) {
    await running.close();
    expect(running.troubles).toEqual([]);
  }
});

async function get<T>(running: Running, path: string): Promise<T> {
  const token = await running.token('display', '25');
  const { status, body } = await running.ask(path, { token });
  expect({ path, status, ...(status === 200 ? {} : { body }) }).toEqual({ path, status: 200 });
  return body as T;
}

describe('a dossier passed on in the month after it came in', () => {
  const base = { procedure: 'P.none', receiver: 'A' };
  let running: Running;
  beforeAll(async () => {
    running = await start([
      step({ ...base, id: '1', at: iso(at('2026-10-05 09:00')), status: 2 }),
      step({ ...base, id: '2', at: iso(at('2026-11-10 09:00')), status: 4, resolver: 'D' }),
    ]);
  });

  test.each([
    ['A', '2026-10', [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0]],
    ['A', '2026-11', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['A', '2026-Q4', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['D', '2026-10', []],
    ['D', '2026-11', [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0]],
    ['25', '2026-11', [1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0]],
    ['25', '2026-Q4', [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0]],
  ])('stands in form II.06a of %s for %s', async (unit, period, columns) => {
    const { total } = await get<FormAnswer>(running, `/api/form/II.06a?unit=${unit}&period=${period}`);
    expect(total).toEqual(columns);
  });

  test.each([
    ['2026-10', 1, null, 1],
    ['2026-11', 0, 1, 0],
    ['2026', 1, 1, 1],
  ])('was taken in once by each in %s, and once by the unit above', async (period, a, d, whole) => {
    const { units } = await get<FiguresAnswer>(
      running,
      `/api/figures?unit=25&period=${period}&indicators=TT08,TT09&children=1`,
    );
    for (const id of ['TT08', 'TT09']) {
      const found = Object.fromEntries(units.map(({ code, figures }) => [code, figures[id]?.denominator]));
      expect(found).toEqual({ '25': whole, A: a, D: d, '25.SNV': null });
    }
  });
});

const anyTurn = fc.record({
  afterHours: fc.integer({ min: 1, max: 900 }),
  status: fc.constantFrom(4, 4, 4, 5, 8, 9),
  resolver: fc.constantFrom(...SEATS),
});
const anyDossier = fc.record({
  hour: fc.integer({ min: 0, max: (NOW - FROM) / 3_600_000 }),
  resolver: fc.constantFrom(...SEATS),
  channel: fc.constantFrom('online', 'direct', 'postal'),
  field: fc.constantFrom('land', 'civil', undefined),
  dueHours: fc.option(fc.integer({ min: 10, max: 2000 })),
  turns: fc.array(anyTurn, { maxLength: 5 }),
});

function tell(drawn: typeof anyDossier extends fc.Arbitrary<infer T> ? T : never, index: number) {
  const { hour, resolver, channel, field, dueHours, turns } = drawn;
  let instant = FROM + hour * 3_600_000;
  const due = dueHours === null ? {} : { due: iso(instant + dueHours * 3_600_000) };
  const facts = { dossier: `d${index}`, procedure: 'P.none', receiver: 'A', channel, ...due };
  const base = { ...facts, ...(field ? { field } : {}) };
  const events = [step({ ...base, id: `${index}`, at: iso(instant), status: 2, resolver })];
  for (const [turn, { afterHours, ...said }] of turns.entries()) {
    instant += afterHours * 3_600_000;
    if (instant <= NOW) events.push(step({ ...base, ...said, id: `${index}-${turn}`, at: iso(instant) }));
  }
  return events;
}

/** What of form II.06a does not add up or is negative; `columns[0]` is column 3. */
function findFaults(columns: readonly number[]): string[] {
  const column = (number: number) => columns[number - 3] ?? Number.NaN;
  const rules: [string, boolean][] = [
    ['3 = 4 + 5 + 6', column(3) === column(4) + column(5) + column(6)],
    ['3 = 7 + 11', column(3) === column(7) + column(11)],
    ['7 = 8 + 9 + 10', column(7) === column(8) + column(9) + column(10)],
    ['11 = 12 + 13', column(11) === column(12) + column(13)],
    ['nothing is negative', columns.every((value) => value >= 0)],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => `${rule}: ${columns.join(' ')}`);
}

describe('dossiers passed on at any time, back and forth', () => {
  let running: Running;
  beforeAll(async () => {
    const told = fc.sample(anyDossier, { seed: 2026, numRuns: 120 }).flatMap(tell);
    running = await start(told);
  });
  const form = (unit: string, period: string) =>
    get<FormAnswer>(running, `/api/form/II.06a?unit=${unit}&period=${period}`);
  const add = (rows: readonly (readonly number[])[]) =>
    Array.from({ length: 11 }, (_, index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0));

  test.each(PERIODS)(
    'leave a form of %s that adds up, for giver, taker and the unit above',
    async (period) => {
      for (const unit of [...SEATS, '25']) {
        const { rows, total } = await form(unit, period);
        const all = [...(total.length > 0 ? [total] : []), ...rows.map(({ columns }) => columns)];
        expect({ unit, faults: all.flatMap(findFaults) }).toEqual({ unit, faults: [] });
        if (rows.length > 0)
          expect({ unit, total: add(rows.map(({ columns }) => columns)) }).toEqual({ unit, total });
      }
    },
  );

  test.each(PERIODS)(
    'leave the unit above in %s what those below it had, but for the way it came in',
    async (period) => {
      const parts = await Promise.all(SEATS.map((unit) => form(unit, period)));
      const { total } = await form('25', period);
      const left = (columns: readonly number[]) => [columns[0], ...columns.slice(4)];
      expect(left(add(parts.map((part) => part.total)))).toEqual(left(add([total])));
    },
  );

  test('count as taken in of what came in a month no less when they leave in a later one', async () => {
    const { units } = await get<FiguresAnswer>(
      running,
      '/api/figures?unit=25&period=2026-11&indicators=TT08,TT09&children=1',
    );
    const { units: year } = await get<FiguresAnswer>(
      running,
      '/api/figures?unit=25&period=2026&indicators=TT08&children=1',
    );
    expect(
      units.flatMap(({ figures }) => [figures.TT08?.denominator ?? -1, figures.TT09?.denominator ?? -1]),
    ).toSatisfy((counts: number[]) => counts.every((count) => count >= 0));
    const taken = (code: string) => year.find((row) => row.code === code)?.figures.TT08?.denominator ?? 0;
    expect(taken('25')).toBe(120);
    expect(SEATS.reduce((sum, code) => sum + taken(code), 0)).toBeGreaterThan(200);
  });
});
