/** The rows behind a figure add up to it, hold hashed keys alone, and are cut to the scope. */
import { afterEach, describe, expect, test } from 'vitest';
import { writeCell } from '../server/people/audit.ts';
import { findIndicator, INDICATORS } from '../shared/catalogue.ts';
import type { ExplainAnswer } from '../shared/explain.ts';
import { early, endAll, late, start, tell } from './server/explaining.ts';
import { enter, listActs } from './server/people.ts';
import { at, iso, step } from './server/world.ts';

afterEach(endAll);

describe('the rows behind a figure', () => {
  const rowsOf = (text: string) =>
    text
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
  const sumOf = (rows: string[][], column: string) => {
    const index = rows[0]?.indexOf(column) ?? -1;
    return rows.slice(1).reduce((sum, row) => sum + Number(row[index]), 0);
  };

  test('add up to its sums, are cut to the scope, and leave a row in the audit', async () => {
    const running = await start('2026-11-18 16:00');
    const feed = await running.token('feed', '25');
    await tell(running, feed, [
      ...early('A', '2026-11-18'),
      ...late('A', '2026-11-18'),
      ...early('D', '2026-11-18'),
      step({ id: 'o', dossier: 'open', at: iso(at('2026-11-18 09:00')), status: 2 }),
      // Received by one unit and resolved by another: each has its part of it.
      step({
        id: 'r',
        dossier: 'r',
        at: iso(at('2026-11-18 09:00')),
        status: 2,
        receiver: 'D',
        resolver: 'A',
      }),
    ]);
    const boss = await enter(running, 'boss', [['viewer', '25']]);
    for (const id of ['TT02', 'HS01', 'HS04', 'TT05'].filter((one) => findIndicator(one))) {
      for (const unit of ['25', 'A', 'D']) {
        const query = `unit=${unit}&indicator=${id}&period=2026-11`;
        const { body } = await boss.ask('GET', `/api/explain?${query}`);
        const story = body as ExplainAnswer;
        const cases = rowsOf(String((await boss.ask('GET', `/api/explain/rows?${query}&of=cases`)).body));
        for (const { measure, sum } of [...story.numerator.terms, ...(story.denominator?.terms ?? [])])
          expect({ id, unit, measure, sum: sumOf(cases, measure) }).toEqual({ id, unit, measure, sum });
      }
    }
    const units = rowsOf(
      String((await boss.ask('GET', '/api/explain/rows?unit=25&indicator=HS01&period=2026-11')).body),
    );
    const share = units[0]?.indexOf('completeness') ?? -1;
    expect(units.map((row) => [row[0], row[2], row[share]])).toEqual([
      ['unit', 'value', 'completeness'],
      ['25', '4', '0.6667'],
      ['25.SNV', '', ''],
      ['A', '2', '1'],
      ['D', '2', '1'],
    ]);
    expect((await listActs(running)).filter((line) => line.startsWith('noteRows')).slice(-1)).toEqual([
      'noteRows figure:HS01 person:boss',
    ]);
    const clerk = await enter(running, 'clerk', [['viewer', 'D']]);
    const own = rowsOf(
      String(
        (await clerk.ask('GET', '/api/explain/rows?unit=D&indicator=HS01&period=2026-11&of=cases')).body,
      ),
    );
    expect(own.slice(1).map((row) => row[2])).toHaveLength(2);
    expect(own.slice(1).every((row) => row[2] !== 'A')).toBe(true);
    expect((await clerk.ask('GET', '/api/explain/rows?unit=25&indicator=HS01&period=2026-11')).status).toBe(
      403,
    );
    const screen = await running.token('display', '25');
    const asScreen = await running.ask('/api/explain/rows?unit=25&indicator=HS01&period=2026-11', {
      token: screen,
    });
    expect(asScreen.status).toBe(403);
  });

  test('of a figure that sums do not give are the units with what it comes from, and no cases', async () => {
    const running = await start('2026-11-18 16:00');
    await tell(running, await running.token('feed', '25'), [
      ...early('A', '2026-11-18'),
      ...late('A', '2026-11-18'),
      {
        ...{ kind: 'probe', id: 'p', at: iso(at('2026-11-18 15:00')), system: 'LGSP', up: true, queued: 3 },
        unit: 'A',
      },
    ]);
    const boss = await enter(running, 'boss', [['viewer', '25']]);
    const get = async (query: string) =>
      rowsOf(String((await boss.ask('GET', `/api/explain/rows?unit=25&period=2026-11&${query}`)).body));
    const [head = [], ...rows] = await get('indicator=IDX');
    const own = rows.find(([unit]) => unit === 'A');
    const told = own?.[head.indexOf('progress')];
    const { body } = await boss.ask('GET', '/api/explain?unit=A&indicator=IDX&period=2026-11');
    const { stated } = body as ExplainAnswer;
    const components = stated?.basis === 'index' ? stated.score.groups.flatMap((one) => one.components) : [];
    expect(told).toBe(String(components.find(({ id }) => id === 'progress')?.points));
    expect(rows.map(([unit]) => unit).toSorted()).toEqual(['25', '25.SNV', 'A', 'D']);
    const queues = await get('indicator=SYS04');
    expect(queues.map((row) => [row[0], row[2]])).toEqual([
      ['unit', 'value'],
      ['25', '3'],
      ['25.SNV', ''],
      ['A', '3'],
      ['D', ''],
    ]);
    expect(await get('indicator=SYS04&of=cases')).toHaveLength(1);
  });

  test('have a cell for each column and no more, whatever the figure', async () => {
    const running = await start('2026-11-18 16:00');
    await tell(running, await running.token('feed', '25'), early('A', '2026-11-18'));
    const boss = await enter(running, 'boss', [['viewer', '25']]);
    for (const { id } of INDICATORS) {
      const path = `/api/explain/rows?unit=25&indicator=${id}&period=2026-11`;
      const [head = [], ...rows] = rowsOf(String((await boss.ask('GET', path)).body));
      expect(new Set(head).size).toBe(head.length);
      expect({ id, cells: rows.map((row) => row.length) }).toEqual({
        id,
        cells: rows.map(() => head.length),
      });
      const own = rows.find(([unit]) => unit === 'A');
      const { body } = await boss.ask('GET', `${path.replace('/rows', '').replace('=25', '=A')}`);
      const { figure } = body as ExplainAnswer;
      const cell = own?.[head.indexOf('completeness')];
      expect({ id, cell }).toEqual({
        id,
        cell: figure.completeness === null ? '' : `${figure.completeness}`,
      });
    }
  });

  test('never read as a formula, and are numbers where they count', async () => {
    const running = await start('2026-11-18 16:00');
    await tell(running, await running.token('feed', '25'), [
      step({
        ...{ id: 'f', dossier: 'f', at: iso(at('2026-11-18 09:00')), status: 2, field: '=1+1' },
        due: iso(at('2026-11-20 09:00')),
      }),
    ]);
    const boss = await enter(running, 'boss', [['viewer', '25']]);
    const path = '/api/explain/rows?unit=25&indicator=HS01&period=2026-11&of=cases';
    const text = String((await boss.ask('GET', path)).body);
    expect(text).toContain(",'=1+1,");
    expect(text.trim().split('\r\n').at(-1)?.split(',').at(-1)).toBe('1');
    expect(writeCell(-1)).toBe('-1');
    expect(writeCell('-1+2')).toBe("'-1+2");
  });

  test('come as one line of JSON each, too', async () => {
    const running = await start('2026-11-18 16:00');
    await tell(running, await running.token('feed', '25'), early('A', '2026-11-18'));
    const boss = await enter(running, 'boss', [['viewer', '25']]);
    const path = '/api/explain/rows?unit=25&indicator=HS01&period=2026-11&of=cases&format=ndjson';
    const { body } = await boss.ask('GET', path);
    const line = typeof body === 'string' ? JSON.parse(body) : body;
    expect(line).toMatchObject({ kind: 'dossier', unit: 'A', received: 1, outcome: 'early' });
  });
});
