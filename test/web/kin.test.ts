import { describe, expect, it } from 'vitest';
import { type Period, parsePeriod } from '../../shared/period.ts';
import { periodAfter, periodBefore, spansStart } from '../../web/figures/kin.ts';

const ON = '2025-07-01';

function read(key: string): Period {
  const period = parsePeriod(key);
  if (!period) throw new Error(`no period ${key}`);
  return period;
}

describe('a period at a merger', () => {
  it.each([
    ['2025', true],
    ['2025-W27', true],
    ['2025-Q3', false],
    ['2025-06', false],
    ['2026', false],
  ])('%s holds figures of those before: %s', (key, expected) => {
    expect(spansStart({ from: ON }, read(key))).toBe(expected);
  });

  it.each([
    ['2024-11', '2024-11'],
    ['2025-06', '2025-06'],
    ['2026-11', '2025-06'],
    ['2026-Q4', '2025-Q2'],
    ['2025', '2025-06'],
    ['2026', '2025-06'],
    ['2026-11-22', '2025-06-30'],
  ])('from %s leads to %s of a unit that ended', (key, expected) => {
    expect(periodBefore(read(key), ON).key).toBe(expected);
  });

  it.each([
    ['2025-06', '2025-07'],
    ['2024', '2025'],
    ['2025', '2025'],
    ['2026-11', '2026-11'],
  ])('from %s leads to %s of the unit that followed', (key, expected) => {
    expect(periodAfter(read(key), ON).key).toBe(expected);
  });
});
