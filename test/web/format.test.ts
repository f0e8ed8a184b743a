import { describe, expect, it } from 'vitest';
import { findIndicator } from '../../shared/catalogue.ts';
import { parsePeriod } from '../../shared/period.ts';
import { findShippedThresholds } from '../../shared/thresholds.ts';
import { formatPlace, nameOfPeriod, parsePlace, periodAt } from '../../web/address.ts';
import { createFormat, formatAge, formatPeriod, writeFigure } from '../../web/format.ts';
import { sparkStretches } from '../../web/panels/spark.tsx';

const vi = createFormat('vi', 'Asia/Ho_Chi_Minh');
const en = createFormat('en', 'Asia/Ho_Chi_Minh');
const at = Date.parse('2026-11-22T07:31:07Z');

describe('numbers, days and times', () => {
  it('writes them the Vietnamese way', () => {
    expect([vi.number(184513), vi.decimal(98.94), vi.number(12.5), vi.day('2026-11-22')]).toEqual([
      '184.513',
      '98,9',
      '12,5',
      '22/11/2026',
    ]);
    expect([vi.longDay('2026-11-22'), vi.time(at), vi.clock(at)]).toEqual([
      'Chủ Nhật 22/11/2026',
      '14:31',
      '14:31:07',
    ]);
  });

  it('writes them the British way', () => {
    expect([en.number(184513), en.decimal(98.94), en.longDay('2026-11-22')]).toEqual([
      '184,513',
      '98.9',
      'Sunday 22/11/2026',
    ]);
  });

  it('names an instant as shortly as is clear', () => {
    const moments = ['2026-11-22T01:00:00Z', '2026-11-20T09:58:00Z', '2025-06-30T09:58:00Z'].map((text) =>
      vi.moment(Date.parse(text), at),
    );
    expect(moments).toEqual(['08:00', '20/11 16:58', '30/06/2025 16:58']);
  });

  it('names periods', () => {
    const names = ['2026-11-22', '2026-W47', '2026-11', '2026-Q4', '2026'].map((key) => {
      const period = parsePeriod(key);
      return period && [formatPeriod(period, 'vi'), formatPeriod(period, 'en')];
    });
    expect(names).toEqual([
      ['22/11/2026', '22/11/2026'],
      ['Tuần 47/2026', 'Week 47, 2026'],
      ['Tháng 11/2026', 'November 2026'],
      ['Quý IV/2026', 'Q4 2026'],
      ['Năm 2026', '2026'],
    ]);
  });

  it('tells an age in its largest unit', () => {
    expect([900, 65_000, 7_300_000, 260_000_000].map((ms) => formatAge(ms, 'vi'))).toEqual([
      '0 giây',
      '1 phút',
      '2 giờ',
      '3 ngày',
    ]);
  });

  it('does not round a rate over the border of its level', () => {
    const indicator = findIndicator('TT02');
    if (!indicator) throw new Error('no TT02');
    const write = (value: number) =>
      writeFigure(
        indicator,
        { value, numerator: 0, denominator: 500 },
        { format: vi, thresholds: findShippedThresholds('TT02', 'commune') },
      );
    expect([89.96, 90.04, 78.44].map(write)).toEqual(['89,96', '90,0', '78,4']);
  });
});

describe('the address', () => {
  it('holds unit, period, indicator and reading, and drops what is usual', () => {
    const place = parsePlace('/unit/25@2024-11-15', '?period=2024-11&indicator=ON01&tree=then&lang=en');
    expect(place).toMatchObject({
      page: 'unit',
      unit: '25@2024-11-15',
      period: '2024-11',
      indicator: 'ON01',
      tree: 'then',
    });
    expect(formatPlace(place, '?lang=en')).toBe(
      '/unit/25@2024-11-15?lang=en&period=2024-11&indicator=ON01&tree=then',
    );
    expect(formatPlace(parsePlace('/wall/25', ''), '')).toBe('/wall/25');
  });

  it('keeps codes of other offices whole', () => {
    const place = parsePlace(formatPlace({ ...parsePlace('/', ''), page: 'unit', unit: 'SỞ 1/A' }, ''), '');
    expect(place.unit).toBe('SỞ 1/A');
  });

  it('takes a wrong period for the usual one', () => {
    expect(parsePlace('/', '?period=2026-13').period).toBe('month');
  });

  it('names a running period by its grain', () => {
    const today = '2026-11-22';
    expect(nameOfPeriod(periodAt('2026-11', today), today)).toBe('month');
    expect(nameOfPeriod(periodAt('2026-10', today), today)).toBe('2026-10');
    expect(periodAt('quarter', today).key).toBe('2026-Q4');
  });
});

describe('a spark line', () => {
  it('breaks where nothing occurred, and stays in its box', () => {
    const stretches = sparkStretches([1, 2, null, 4, 4]);
    expect(stretches.map((stretch) => stretch.length)).toEqual([2, 2]);
    for (const { x, y } of stretches.flat())
      expect([x >= 0 && x <= 240, y >= 0 && y <= 40]).toEqual([true, true]);
  });

  it('is nothing without values', () => {
    expect(sparkStretches([null, null])).toEqual([]);
  });
});

describe('figures of means and points', () => {
  const of = (id: string) => {
    const indicator = findIndicator(id);
    if (!indicator) throw new Error(`no indicator ${id}`);
    return indicator;
  };
  const write = (id: string, value: number) =>
    `${vi.figure(of(id), value)} ${vi.unitOf(of(id))} · ${en.figure(of(id), value)} ${en.unitOf(of(id))}`;

  it('are written in what they are told in: a mean with one decimal, points with the two they are published with', () => {
    expect([write('TT06', 7.05), write('IDX', 59.91), write('ON05', 412), write('SYS05', 20.48)]).toEqual([
      '7,1 ngày làm việc · 7.1 working days',
      '59,91 điểm · 59.91 points',
      '412 dịch vụ công · 412 services',
      '20,5 % · 20.5 %',
    ]);
  });

  it('say of no rate that it is whole where something is missing', () => {
    expect([write('SYS06', 99.97), write('SYS06', 100), write('SYS06', 99.94)]).toEqual([
      '99,97 % · 99.97 %',
      '100,0 % · 100.0 %',
      '99,9 % · 99.9 %',
    ]);
    const figure = { value: 99.97, numerator: 16963, denominator: 16968 };
    expect(writeFigure(of('SYS06'), figure, { format: vi, thresholds: null })).toBe('99,97');
  });

  it('keep their digits where they are judged', () => {
    const figure = { value: 59.91, numerator: 59.91, denominator: null };
    expect(writeFigure(of('IDX'), figure, { format: vi, thresholds: null })).toBe('59,91');
    expect(
      writeFigure(
        of('TT06'),
        { value: 6.96, numerator: 1392, denominator: 200 },
        {
          format: vi,
          thresholds: findShippedThresholds('TT06', 'commune'),
        },
      ),
    ).toBe('7,0');
  });
});
