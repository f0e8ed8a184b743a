import { describe, expect, it } from 'vitest';
import type { UnitView } from '../../shared/answers.ts';
import { bareName, listNamesakes } from '../../web/figures/names.ts';

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
    const beside = [unitOf(4, 'Sở Y tế', '2025-07-01')];
    expect(listNamesakes(units, beside).map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});
