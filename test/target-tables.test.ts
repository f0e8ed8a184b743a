/** Tables of targets, in and out: a dry run says the difference, all or nothing, and what goes out comes in again as it was. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TargetsAnswer, TargetsImported } from '../shared/target-wire.ts';
import { auditOf, type Office, openOffice } from './server/editors.ts';
import { type Browser, enter, statusOf } from './server/people.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const take = (who: Browser, text: string, order: object = {}) =>
  who.ask('POST', '/api/targets/table', {
    ...{ format: 'csv', text, year: 2026, reason: 'Theo kế hoạch năm', isDryRun: false },
    ...order,
  });
const told = ({ body }: { body: unknown }) => body as TargetsImported;
const faultsOf = ({ body }: { body: unknown }) =>
  (body as { errors?: { index?: number; field: string; code?: string }[] }).errors?.map(
    ({ index, field, code }) => [index, field, code],
  );
const list = async (who: Browser, query: string) =>
  (await who.ask('GET', `/api/targets?${query}`)).body as TargetsAnswer;
const download = (who: Browser, query: string) => who.ask('GET', `/api/targets/table?${query}`);
async function signAll(who: Browser): Promise<void> {
  const ids = (await list(who, 'unit=25')).waiting.map(({ id }) => id);
  const answer = await who.ask('POST', '/api/targets/sign', { ids, decision: 'sign', reason: 'đã ký' });
  expect(statusOf(answer)).toBe(200);
}

const CSV = `unit,indicator,value,office,paper,reason
25,ON02,80,UBND tỉnh,Quyết định 45/QĐ-UBND,
A,ON02,"82,5",UBND tỉnh,Quyết định 45/QĐ-UBND,"giao riêng, cao hơn"
A,TT04,5,UBND tỉnh,Quyết định 45/QĐ-UBND,
`;

describe('a table', () => {
  test('tried says line by line what it would set, and sets nothing', async () => {
    const { running, chief } = office;
    const { seq } = await running.store.readClock();
    expect(told(await take(chief, CSV, { isDryRun: true }))).toEqual({
      ...{ isDryRun: true, lines: 3, added: 3, changed: 0, same: 0, units: 2 },
      differences: [
        [2, '25', 'ON02', 80],
        [3, 'A', 'ON02', 82.5],
        [4, 'A', 'TT04', 5],
      ].map(([line, unit, indicator, after]) => ({
        ...{ line, unit, unitName: { vi: unit, en: unit }, indicator, before: null, after },
      })),
    });
    expect((await running.store.readClock()).seq).toBe(seq);
    expect((await list(chief, 'unit=25')).waiting).toEqual([]);
  });

  test('taken waits to be signed, with an entry in the audit for each line; taken again it sets nothing', async () => {
    const { running, chief } = office;
    expect(told(await take(chief, CSV))).toMatchObject({ isDryRun: false, added: 3, units: 2 });
    const { waiting, rows } = await list(chief, 'unit=25');
    expect(waiting.map(({ unit, indicator, value, reason }) => [unit.ref, indicator, value, reason])).toEqual(
      [
        ['25', 'ON02', 80, 'Theo kế hoạch năm'],
        ['A', 'ON02', 82.5, 'giao riêng, cao hơn'],
        ['A', 'TT04', 5, 'Theo kế hoạch năm'],
      ],
    );
    expect(rows.find(({ indicator }) => indicator === 'ON02')?.target?.source).toBe('catalogue');
    const audit = await auditOf(running, 'importTargets');
    expect(audit.map(({ caller, subject, before }) => [caller, subject, before])).toEqual([
      ['person:chief', 'target:1', null],
      ['person:chief', 'target:2', null],
      ['person:chief', 'target:3', null],
    ]);
    const { seq } = await running.store.readClock();
    expect(told(await take(chief, CSV))).toMatchObject({ added: 0, changed: 0, same: 3, differences: [] });
    expect((await running.store.readClock()).seq).toBe(seq);
  });

  test.each(['csv', 'json'] as const)(
    'that goes out as %s says who signed and when, and comes in again without a change',
    async (format) => {
      const { chief } = office;
      await take(chief, CSV);
      await signAll(chief);
      const out = await download(chief, `unit=25&format=${format}`);
      expect(out.headers.get('content-disposition')).toBe(
        `attachment; filename="targets-2026-2026-11-18.${format}"`,
      );
      const text = format === 'csv' ? String(out.body) : JSON.stringify(out.body);
      if (format === 'csv')
        expect(text.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
          'unit,unitName,indicator,value,office,paper,signedBy,signedOn,reason',
          '25,25,ON02,80,UBND tỉnh,Quyết định 45/QĐ-UBND,Title of chief,2026-11-18,Theo kế hoạch năm',
          'A,A,TT04,5,UBND tỉnh,Quyết định 45/QĐ-UBND,Title of chief,2026-11-18,Theo kế hoạch năm',
          'A,A,ON02,82.5,UBND tỉnh,Quyết định 45/QĐ-UBND,Title of chief,2026-11-18,"giao riêng, cao hơn"',
        ]);
      expect(told(await take(chief, text, { format }))).toMatchObject({ lines: 3, same: 3, differences: [] });
      expect(told(await take(chief, text, { format, year: 2027 }))).toMatchObject({ added: 3 });
    },
  );

  test('with other values, or none, changes what holds once it is signed, and what waits in its place', async () => {
    const { chief } = office;
    await take(chief, CSV);
    await signAll(chief);
    const other = CSV.replace('"82,5"', '90').replace('TT04,5', 'TT04,');
    expect(told(await take(chief, other))).toMatchObject({
      ...{ added: 0, changed: 2, same: 1, units: 1 },
      differences: [
        { line: 3, before: 82.5, after: 90 },
        { line: 4, before: 5, after: null },
      ],
    });
    expect(told(await take(chief, other.replace(',90,', ',91,')))).toMatchObject({ changed: 1, same: 2 });
    expect((await list(chief, 'unit=A')).waiting.map(({ value }) => value)).toEqual([null, 91]);
    await signAll(chief);
    expect(
      String((await download(chief, 'unit=A&format=csv')).body)
        .trim()
        .split('\r\n'),
    ).toHaveLength(2);
  });

  test('with anything wrong in it is refused whole, with line, field and reason of each', async () => {
    const { chief, running } = office;
    const { seq } = await running.store.readClock();
    const head = 'unit,indicator,value,office,paper\n';
    const rest = ',UBND tỉnh,Số 1/QĐ\n';
    const shape = await take(
      chief,
      `${head}A,ON02,viel${rest}A,ON01,5\nA,ON02,80,,Số 1/QĐ\nA,TT04,-1${rest}`,
    );
    expect([statusOf(shape), faultsOf(shape)]).toEqual([
      '422 unprocessable',
      [
        [2, 'value', 'number'],
        [3, 'line', 'cells'],
        [4, 'office', 'missing'],
        [5, 'value', 'least'],
      ],
    ]);
    const named = await take(chief, `${head}A,ON02,80${rest}XX,ON02,80${rest}`);
    expect(faultsOf(named)).toEqual([[3, 'unit', 'unknown']]);
    const sense = await take(
      chief,
      `${head}A,ZZ01,80${rest}A,HS01,80${rest}A,ON02,101${rest}D,ON02,80${rest}D,ON02,81${rest}`,
      { isDryRun: true },
    );
    expect(faultsOf(sense)).toEqual([
      [2, 'indicator', 'unknown'],
      [3, 'indicator', 'noAim'],
      [4, 'value', 'most'],
      [6, 'unit', 'twinTarget'],
    ]);
    expect(faultsOf(await take(chief, CSV, { year: 2025 }))).toEqual([[undefined, 'year', 'past']]);
    for (const text of ['unit,indicator,value\nA,ON02,5\n', `${head}`, `${head}"A,ON02,80${rest}`])
      expect(statusOf(await take(chief, text))).toBe('422 unprocessable');
    expect((await running.store.readClock()).seq).toBe(seq);
  });

  test('is for editors of each unit it sets something of, and goes out cut to the unit asked for', async () => {
    const { chief, commune, operator } = office;
    const ofA = CSV.split('\n')
      .filter((line) => !line.startsWith('25'))
      .join('\n');
    expect(statusOf(await take(operator, ofA))).toBe('403 forbidden');
    expect(faultsOf(await take(commune, CSV.replace('25,', 'D,')))).toEqual([[2, 'unit', 'unknown']]);
    expect(told(await take(commune, ofA)).added).toBe(2);
    const mixed = await enter(office.running, 'mixed', [
      ['viewer', '25'],
      ['editor', 'A'],
    ]);
    const denied = await take(mixed, CSV);
    expect([statusOf(denied), faultsOf(denied)]).toEqual(['403 forbidden', [[2, 'unit', 'noRole']]]);
    await signAll(chief);
    expect(told(await take(chief, CSV)).added).toBe(1);
    const lines = ((await download(commune, 'unit=A')).body as { lines: { unit: string }[] }).lines;
    expect(lines.map(({ unit }) => unit)).toEqual(['A', 'A']);
    expect(statusOf(await download(commune, 'unit=D'))).toBe('404 notFound');
  });
});
