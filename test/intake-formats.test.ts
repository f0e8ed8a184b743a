import { expect, test } from 'vitest';
import { describeFormat, writeByPattern } from '../server/intake/xlsx-format.ts';

test('a pattern that only places digits writes the number, any other leaves it as it is', () => {
  const shown = [
    [512, '00000', '00512'],
    [1.00119, '0.000000', '1.001190'],
    [1.00119, '0.000', undefined],
    [123_456_789, '000-00-0000', '123-45-6789'],
    [7, '"HS-"0000', 'HS-0007'],
    [12, '\\#0', '#12'],
    [5, '##', '5'],
    [1.5, '0.0##;[Red]-0.0', '1.5'],
    [0, '000', '000'],
    [0, '#', ''],
    [1234, '#,##0', undefined],
    [0.5, '0%', undefined],
    [5, '0.00E+00', undefined],
    [-5, '000', undefined],
    [12, '_-0_-', '12'],
  ] as const;
  expect(shown.map(([value, pattern]) => [value, pattern, writeByPattern(value, pattern)])).toEqual(shown);
  const isDate = (pattern: string) => describeFormat(200, pattern).kind === 'date';
  expect(['dd/mm/yyyy', '[h]:mm', '[$-42A]d mmmm', 'mm:ss.0', 'yyyy\\-mm;@'].map(isDate)).toEqual(
    Array(5).fill(true),
  );
  expect(['General', '0.00', '"day "0', '[Red]0', '#,##0\\ "đ"', '@', '0_d'].map(isDate)).toEqual(
    Array(7).fill(false),
  );
  expect([14, 22, 20, 0, 2, 49].map((id) => describeFormat(id, undefined).kind)).toEqual([
    ...['date', 'date', 'date', 'number', 'number', 'number'],
  ]);
});
