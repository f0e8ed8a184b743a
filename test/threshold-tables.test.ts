/** Tables of thresholds, in and out: a dry run says the difference, all or nothing, and what goes out comes in again as it was. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportAnswer } from '../shared/rule-view.ts';
import {
  auditOf,
  bodyOf,
  FOUR_EYES,
  type Office,
  openOffice,
  override,
  readOverrides,
  readThresholds,
  save,
  settleOverride,
} from './server/editors.ts';
import { type Browser, statusOf } from './server/people.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const take = (who: Browser, format: 'csv' | 'json', text: string, isDryRun = false) =>
  who.ask('POST', '/api/thresholds/table', { format, text, reason: 'Theo tờ trình', isDryRun });
const told = ({ body }: { body: unknown }) => body as ImportAnswer;
const faultsOf = ({ body }: { body: unknown }) =>
  (body as { errors?: { index?: number; field: string; reason: string }[] }).errors;

const CSV = `rule,unit,level,raise.warning,raise.major,minimum,isOff,reason
TT02,A,,96,,,,"Đợt ""cao điểm"", tháng 11"
TT02,25,department,95,90,,,
TT04,D,,,,,1,
`;

describe('a table', () => {
  test('tried says what it would change and of how many units, and changes nothing', async () => {
    const { running, chief } = office;
    const before = await running.store.readClock();
    const answer = told(await take(chief, 'csv', CSV, true));
    expect(answer).toEqual({
      ...{ isDryRun: true, lines: 3, added: 3, changed: 0, same: 0, units: 3 },
      differences: [
        ['raise.warning', 2, 'TT02', 'A', 90, 96],
        ['raise.major', 3, 'TT02', '25', 80, 90],
        ['raise.warning', 3, 'TT02', '25', 90, 95],
        ['isOff', 4, 'TT04', 'D', 0, 1],
      ].map(([field, line, rule, unit, from, to]) => ({
        ...{ field, line, rule, unit, unitName: { vi: unit, en: unit }, before: from, after: to },
      })),
    });
    expect((await running.store.readClock()).seq).toBe(before.seq);
    expect(await readOverrides(chief)).toEqual([]);
  });

  test('taken is in force, with an entry in the audit for each line; taken again it changes nothing', async () => {
    const { running, chief } = office;
    expect(told(await take(chief, 'csv', CSV))).toMatchObject({ isDryRun: false, added: 3, units: 3 });
    const made = await readOverrides(chief);
    expect(made.map(({ unit, level, values, reason }) => ({ unit, level, values, reason }))).toEqual([
      { unit: 'D', level: null, values: { isOff: true }, reason: 'Theo tờ trình' },
      {
        unit: '25',
        level: 'department',
        values: { raise: { warning: 95, major: 90 } },
        reason: 'Theo tờ trình',
      },
      { unit: 'A', level: null, values: { raise: { warning: 96 } }, reason: 'Đợt "cao điểm", tháng 11' },
    ]);
    expect((await auditOf(running, 'importThresholds')).length).toBe(3);
    const { seq } = await running.store.readClock();
    expect(told(await take(chief, 'csv', CSV))).toMatchObject({
      added: 0,
      changed: 0,
      same: 3,
      differences: [],
    });
    expect((await running.store.readClock()).seq).toBe(seq);
  });

  test.each(['csv', 'json'] as const)(
    'that goes out as %s comes in again without a change',
    async (format) => {
      const { chief } = office;
      await take(chief, 'csv', CSV);
      await override(chief, {
        rule: 'TT07',
        unit: 'D',
        values: { raise: { warning: 4.5 } },
        reason: '=gấp, "ngay"',
      });
      await override(chief, { rule: 'TT01', unit: 'A', values: { minimum: 8 }, from: '2026-12-01' });
      const out = await chief.ask('GET', `/api/thresholds/table?format=${format}`);
      expect(out.headers.get('content-disposition')).toBe(
        `attachment; filename="thresholds-2026-11-18.${format}"`,
      );
      const text = format === 'csv' ? String(out.body) : JSON.stringify(out.body);
      expect(told(await take(chief, format, text))).toMatchObject({
        lines: 5,
        same: 5,
        added: 0,
        changed: 0,
      });
      for (const { id, state } of await readOverrides(chief))
        if (state === 'active' || state === 'ahead') await settleOverride(chief, id, 'end');
      expect(told(await take(chief, format, text))).toMatchObject({ lines: 5, same: 0, added: 5 });
      expect(String((await chief.ask('GET', `/api/thresholds/table?format=${format}`)).body)).toBe(
        String(out.body),
      );
    },
  );

  test('is cut to the units that whoever asks sees', async () => {
    const { chief, commune } = office;
    await take(chief, 'csv', CSV);
    const { lines } = (await commune.ask('GET', '/api/thresholds/table')).body as {
      lines: { unit: string }[];
    };
    expect(lines.map(({ unit }) => unit)).toEqual(['A']);
  });

  test('with other values changes what was there, which then ends', async () => {
    const { chief } = office;
    await take(chief, 'csv', CSV);
    const other = CSV.replace('A,,96', 'A,,97');
    expect(told(await take(chief, 'csv', other))).toMatchObject({
      ...{ added: 0, changed: 1, same: 2, units: 1 },
      differences: [{ line: 2, field: 'raise.warning', before: 96, after: 97 }],
    });
    expect((await readOverrides(chief)).map(({ unit, state }) => `${unit} ${state}`)).toEqual([
      ...['A active', 'D active', '25 active', 'A ended'],
    ]);
  });

  test('with rows of too few cells or no numbers names every one of them, by codes that screens can say', async () => {
    const text =
      'rule,unit,raise.warning,minimum\nTT02,A\nTT02,D,viel,\nTT04,A,-5,\nTT02,A,96,1,5\nTT02,25,95,20\n';
    const refused = await take(office.chief, 'csv', text, true);
    expect(refused.body).toMatchObject({
      code: 'tableLines',
      errors: [
        { index: 2, field: 'line', code: 'cells' },
        { index: 3, field: 'values.raise.warning', code: 'number' },
        { index: 5, field: 'line', code: 'cells' },
      ],
    });
    const bounded = await take(office.chief, 'csv', 'rule,unit,raise.warning\nTT04,A,-5\nTT04,D,101\n', true);
    expect(bounded.body).toMatchObject({
      code: 'tableLines',
      errors: [
        { index: 2, code: 'least', params: { limit: 0 } },
        { index: 3, code: 'most', params: { limit: 100 } },
      ],
    });
  });

  test('with anything wrong in it is refused whole, with line and reason of each', async () => {
    const { chief, running } = office;
    const { seq } = await running.store.readClock();
    const shape = await take(
      chief,
      'csv',
      `rule,unit,raise.warning,to\nTT02,A,viel,\nTT02,D,,\nTT02,25,95,31/12/2026\n`,
    );
    expect([statusOf(shape), faultsOf(shape)?.map(({ index, field }) => [index, field])]).toEqual([
      '422 unprocessable',
      [
        [2, 'values.raise.warning'],
        [3, 'values'],
        [4, 'to'],
      ],
    ]);
    const sense = await take(
      chief,
      'json',
      JSON.stringify({
        lines: [
          { rule: 'TT02', unit: 'A', values: { raise: { warning: 96 } } },
          { rule: 'nothing', unit: 'A', values: { minimum: 5 } },
          { rule: 'TT02', unit: 'D', to: '2026-11-01', values: { minimum: 5 } },
          { rule: 'TT02', unit: 'A', values: { raise: { warning: 95 } } },
        ],
      }),
    );
    expect(faultsOf(sense)).toEqual([
      { index: 2, field: 'rule', reason: 'is not known', code: 'unknown' },
      { index: 3, field: 'to', reason: 'is not after its first day', code: 'notAfter' },
      {
        ...{ index: 4, field: 'unit', code: 'twin', params: { line: 1 } },
        reason: 'says something else for the same rule, unit and days as line 1',
      },
    ]);
    const unknown = await take(chief, 'csv', 'rule,unit,minimum\nTT02,XX,5\n');
    expect(faultsOf(unknown)).toEqual([
      { index: 2, field: 'unit', reason: 'XX is not known', code: 'unknown' },
    ]);
    for (const text of [
      'rule,unit,minimun\nTT02,A,5\n',
      'rule,unit\n',
      'unit,minimum\nA,5\n',
      'rule,unit,minimum\n"TT02,A,5\n',
    ])
      expect(statusOf(await take(chief, 'csv', text))).toBe('422 unprocessable');
    for (const text of ['{', '5', '[]'])
      expect(statusOf(await take(chief, 'json', text))).toBe('422 unprocessable');
    expect((await running.store.readClock()).seq).toBe(seq);
  });

  test('is for editors of each unit it changes', async () => {
    const { chief, commune, operator } = office;
    const refused = await take(commune, 'csv', CSV);
    expect([statusOf(refused), faultsOf(refused)?.map(({ index }) => index)]).toEqual([
      '422 unprocessable',
      [3, 4],
    ]);
    expect(statusOf(await take(operator, 'csv', CSV))).toBe('403 forbidden');
    const both = await take(commune, 'csv', 'rule,unit,minimum\nTT02,A,12\n');
    expect(told(both).added).toBe(1);
    await chief.ask('POST', '/api/overrides', {
      rule: 'TT02',
      unit: 'A',
      values: { minimum: 9 },
      reason: 'mine',
    });
    expect(told(await take(commune, 'csv', 'rule,unit,minimum\nTT02,A,9\n')).same).toBe(1);
  });

  test('must keep to what the rule allows, as it will be when all its lines are taken', async () => {
    const { chief } = office;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { inherit: 'tighten' }) });
    const text = 'rule,unit,raise.warning\nTT02,25,95\nTT02,A,93\n';
    const refused = await take(chief, 'csv', text);
    expect(faultsOf(refused)).toEqual([
      {
        ...{ index: 3, field: 'values.raise.warning', code: 'looser', params: { value: 93, present: 95 } },
        reason: 'may only be tightened: 93 is looser than 95, which holds',
      },
    ]);
    expect(told(await take(chief, 'csv', text.replace(',93', ',96'))).added).toBe(2);
  });

  test('of spreadsheets that write semicolons and decimal commas is read as it is meant', async () => {
    const { chief } = office;
    const text = '\uFEFFrule;unit;raise.warning\r\nTT07;A;4,5\r\n';
    expect(told(await take(chief, 'csv', text)).differences[0]).toMatchObject({ before: 5, after: 4.5 });
  });

  test('waits for another editor where two must agree; the same again changes nothing', async () => {
    await office.running.close();
    office = await openOffice({ site: FOUR_EYES });
    const { chief, second } = office;
    await take(chief, 'csv', CSV);
    const made = await readOverrides(second);
    expect(made.map(({ state, may }) => `${state} ${may.join()}`)).toEqual(Array(3).fill('proposed approve'));
    expect(told(await take(chief, 'csv', CSV)).same).toBe(3);
    for (const { id } of made) expect(statusOf(await settleOverride(second, id, 'approve'))).toBe(200);
    const own = await readThresholds(chief, 'unit=A');
    expect(own.findLast(({ indicator }) => indicator === 'TT02')?.bands?.warning).toBe(96);
  });
});
