import { expect, test } from 'vitest';
import { createTimeReader, instantOfWall, isTimeFormat } from '../server/intake/time.ts';
import { mapCells, summarise } from './intake-rows.ts';

test('times are read in the zone of the file, on both sides of a change of clocks', () => {
  const read = createTimeReader({
    zone: 'Europe/Amsterdam',
    formats: ['dd/MM/yyyy HH:mm', 'd.M.yyyy', 'MM/dd/yyyy hh:mm a', 'excel'],
    dateOnly: 'end',
  });
  const iso = (text: string) => read(text).map(({ at }) => new Date(at).toISOString())[0];
  expect(iso('28/03/2026 12:00')).toBe('2026-03-28T11:00:00.000Z');
  expect(iso('29/03/2026 12:00')).toBe('2026-03-29T10:00:00.000Z');
  expect(iso('29/03/2026 02:30')).toBe('2026-03-29T01:30:00.000Z');
  expect(iso('25/10/2026 02:30')).toBe('2026-10-25T00:30:00.000Z');
  expect(iso('1.7.2026')).toBe('2026-07-01T15:00:00.000Z');
  expect(iso('03/02/2026 12:05 AM')).toBe('2026-03-01T23:05:00.000Z');
  expect(iso('2026-03-02 08:10:00.123456+07:00')).toBe('2026-03-02T01:10:00.123Z');
  expect(iso('46083')).toBe('2026-03-02T16:00:00.000Z');
  for (const text of ['31/02/2026 08:00', '01/01/2026 24:00', '2026-13-01', 'soon', '01/01/0026 08:00'])
    expect(read(text)).toEqual([]);
  expect(instantOfWall(Date.UTC(2026, 2, 2), 'Asia/Ho_Chi_Minh')).toBe(Date.UTC(2026, 2, 1, 17));
});

test('two-digit years, months by name and SA or CH are read', () => {
  const formats = ['d/M/yy h:mm a', 'dd-MMM-yyyy', 'd MMM yy', 'MMM d, yyyy h:mm:ss a'];
  const read = createTimeReader({ zone: 'UTC', formats, dateOnly: 'start' });
  const wall = (text: string) => read(text).map((instant) => instant.wall)[0];
  expect(wall('2/3/26 8:10 SA')).toBe('2026-03-02 08:10');
  expect(wall('2/3/26 4:20 CH')).toBe('2026-03-02 16:20');
  expect(wall('2/3/26 12:05 sa')).toBe('2026-03-02 00:05');
  expect(wall('2/3/26 12:05 p.m.')).toBe('2026-03-02 12:05');
  expect(wall('02-Mar-2026')).toBe('2026-03-02');
  expect(wall('02-MARCH-2026')).toBe('2026-03-02');
  expect(wall('2 thg 3 26')).toBe('2026-03-02');
  expect(wall('2 Tháng 12 99')).toBe('1999-12-02');
  expect(wall('Sept 9, 2026 1:00:30 PM')).toBe('2026-09-09 13:00');
  for (const text of ['02-Foo-2026', '02-Ma-2026', '2 thg 13 26', '2/3/26 13:10 CH'])
    expect(read(text)).toEqual([]);
});

test('a half of the day counts beside any hour, and text in quotes is meant as it is', () => {
  const formats = ['dd/MM/yyyy HH:mm a', "HH'h'mm 'ngày' d/M/yyyy", "H 'giờ' mm 'phút,' dd.MM.yyyy"];
  const read = createTimeReader({ zone: 'UTC', formats, dateOnly: 'start' });
  const wall = (text: string) => read(text).map((instant) => instant.wall)[0];
  expect(wall('02/03/2026 04:20 CH')).toBe('2026-03-02 16:20');
  expect(wall('02/03/2026 16:20 CH')).toBe('2026-03-02 16:20');
  expect(wall('02/03/2026 12:20 SA')).toBe('2026-03-02 00:20');
  expect(wall('02/03/2026 00:20 SA')).toBe('2026-03-02 00:20');
  expect(wall('02/03/2026 16:20 SA')).toBeUndefined();
  expect(wall('02/03/2026 00:20 CH')).toBeUndefined();
  expect(wall('08h10 ngày 2/3/2026')).toBe('2026-03-02 08:10');
  expect(wall('8 GIỜ 10 phút, 02.03.2026')).toBe('2026-03-02 08:10');
  expect(isTimeFormat("'dd'/MM/yyyy")).toBe(false);
});

test('a date that two of the formats read differently is refused with both meanings, any other is read', () => {
  const parts = { times: ['MM/dd/yyyy', 'dd/MM/yyyy'], zone: 'UTC' };
  const rows = ['04/03/2026', '13/03/2026', '03/25/2026', '05/05/2026'].map((date) =>
    mapCells({ no: 'A', way: 'Desk', in: date }, parts),
  );
  expect(summarise(rows)).toEqual([
    [
      '1 at: "04/03/2026" is 2026-04-03 by MM/dd/yyyy and 2026-03-04 by dd/MM/yyyy: leave one of them in times',
    ],
    ['A 2 2026-03-13T00:00:00.000Z'],
    ['A 2 2026-03-25T00:00:00.000Z'],
    ['A 2 2026-05-05T00:00:00.000Z'],
  ]);
});

test('a date without hour does not come before an hour of that day', () => {
  const steps = [
    { status: 2, at: 'in' },
    { status: 4, at: 'step', where: [{ column: 'step', before: 'out' }] },
    { status: 9, at: 'out' },
  ];
  const row = { no: 'A', way: 'Desk', in: '2026-03-02 08:10', step: '2026-03-02 09:00', out: '2026-03-02' };
  const outOf = (cells: object, parts = {}) =>
    summarise([mapCells({ ...row, ...cells }, { steps, ...parts })])[0];
  const [received, inProcess] = ['A 2 2026-03-02T01:10:00.000Z', 'A 4 2026-03-02T02:00:00.000Z'];
  expect(outOf({})).toEqual([received, inProcess, 'A 9 2026-03-02T02:00:00.000Z']);
  expect(outOf({ step: '' }, { dateOnly: 'end' })).toEqual([received, 'A 9 2026-03-02T10:00:00.000Z']);
  expect(outOf({ out: '2026-03-03' })).toEqual([received, inProcess, 'A 9 2026-03-02T17:00:00.000Z']);
  expect(outOf({ step: '', out: '2026-03-01' })).toEqual([received, 'A 9 2026-02-28T17:00:00.000Z']);
});
