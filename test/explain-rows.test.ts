/** The rows behind a figure add up to it, hold hashed keys alone, and are cut to the scope. */
import { afterEach, describe, expect, test } from 'vitest';
import { findIndicator } from '../shared/catalogue.ts';
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
