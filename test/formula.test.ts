/** Formulas read as their terms say, in words and in symbols. */
import { expect, test } from 'vitest';
import { findIndicator, INDICATORS } from '../shared/catalogue.ts';
import { writeFormula, writeSymbols } from '../shared/formula.ts';

test('every formula reads in words and symbols, one of sums in those of its own measures', () => {
  const formula = findIndicator('TT02');
  expect(formula && writeSymbols(formula)).toBe(
    '100 × (resolvedEarly + resolvedOnTime − resolvedRepeat + open − overdue − openRepeat) / (resolvedEarly + resolvedOnTime + resolvedLate + open)',
  );
  for (const indicator of INDICATORS) {
    const symbols = writeSymbols(indicator);
    const words = writeFormula(indicator);
    const ids = Object.keys({ ...indicator.numerator, ...indicator.denominator });
    expect(ids.filter((id) => !symbols.includes(id))).toEqual([]);
    for (const text of [symbols, words.vi, words.en]) expect(text).not.toBe('');
  }
});

test('a name is one thing, a sum is put in brackets, and a small weight is a part of a whole', () => {
  const overdue = findIndicator('TT04');
  expect(overdue && writeFormula(overdue).en).toBe('100 × [Open and overdue] / [Open]');
  const time = findIndicator('TT06');
  expect(time && writeSymbols(time)).toBe('(workedMinutes / 480) / timed');
});
