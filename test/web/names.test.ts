import { describe, expect, it } from 'vitest';
import type { UnitView } from '../../shared/answers.ts';
import { weekdayMs } from '../../web/figures/age.ts';
import { bareName, listNamesakes } from '../../web/figures/names.ts';
import { isSilent } from '../../web/panels/strip.tsx';

const HOUR = 3_600_000;
const zone = 'Asia/Ho_Chi_Minh';
const at = (text: string) => Date.parse(`${text}+07:00`);

const unitOf = (id: number, vi: string, to: string | null): UnitView => ({
  id,
  ref: String(id),
  code: String(id),
  name: { vi, en: vi },
  level: 'department',
  from: '0001-01-01',
  to,
  lat: null,
  lon: null,
});

describe('names', () => {
  it('lose the word for their kind, but a number keeps it', () => {
    const names = [
      'Xã Yên Lạc',
      'Thị trấn Hợp Hòa',
      'Phường 5',
      'Van Phu Ward',
      'Phu Tho Province',
      'Sở Y tế',
    ];
    expect(names.map(bareName)).toEqual(['Yên Lạc', 'Hợp Hòa', 'Phường 5', 'Van Phu', 'Phu Tho', 'Sở Y tế']);
  });

  it('are told apart where two units have the same', () => {
    const units = [
      unitOf(1, 'Sở Tư pháp', '2025-07-01'),
      unitOf(2, 'Sở Tư pháp', '2025-07-01'),
      unitOf(3, 'Sở Y tế', null),
    ];
    expect(listNamesakes(units).map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe('the age of news', () => {
  it('does not grow on a weekend', () => {
    const [friday, monday] = [at('2026-11-20T16:00'), at('2026-11-23T08:00')];
    expect(weekdayMs(friday, monday, zone) / HOUR).toBe(16);
    expect(weekdayMs(at('2026-11-21T10:00'), at('2026-11-22T10:00'), zone)).toBe(0);
    expect(weekdayMs(at('2026-11-23T08:00'), at('2026-11-25T09:00'), zone) / HOUR).toBe(49);
    expect(weekdayMs(at('2026-10-01T00:00'), at('2026-11-01T00:00'), zone) / HOUR).toBe(31 * 24);
  });

  it('makes a feed late after a day, Monday morning excepted', () => {
    const silent = (last: string | null, now: string) =>
      isSilent({ lastAt: last === null ? null : `${last}+07:00` }, { now: at(now), zone });
    expect([
      silent('2026-11-20T16:00', '2026-11-23T08:00'),
      silent('2026-11-23T08:38', '2026-11-25T08:58'),
      silent(null, '2026-11-25T08:58'),
    ]).toEqual([false, true, true]);
  });
});
