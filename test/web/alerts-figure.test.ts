// How the figure of an alert is written: in the unit of what its rule looks at.
import { describe, expect, it } from 'vitest';
import { writeAlertFigure } from '../../web/alerts/figure.ts';
import { isIn, TABS } from '../../web/alerts/filter.ts';
import { createFormat } from '../../web/format.ts';
import { alertsVi } from '../../web/words/alerts-vi.ts';
import type { Language } from '../../web/words/words.ts';

const texts: Record<string, string> = alertsVi;
const t: Language['t'] = (key, ...[values]) =>
  Object.entries({ ...values }).reduce(
    (text, [name, value]) => text.replace(`{{${name}}}`, String(value)),
    String(texts[key]),
  );
const language = { t, format: createFormat('vi', 'Asia/Ho_Chi_Minh') };

describe('the figure of an alert', () => {
  it.each([
    ['level', 'TT01', false, 89.5, '89,5 %'],
    ['level', 'TT04', false, 23.3, '23,3 %'],
    ['level', 'TT04', true, 282, '282 hồ sơ'],
    ['level', 'HS01', false, 1234, '1.234 hồ sơ'],
    ['change', 'TT01', false, -3.25, '-3,3 điểm'],
    ['change', 'HS01', false, 40, '+40,0 %'],
    ['leadTime', null, false, 12, '12 hồ sơ'],
    ['backlog', null, false, 12.6, '13 hồ sơ'],
    ['pace', 'TT01', false, 71, '71,0 %'],
    ['outlier', 'TT01', false, 4.2, '4,2 độ lệch'],
    ['anomaly', 'HS01', false, 6, '6,0 độ lệch'],
    ['lag', null, false, 2160, '36 phút'],
    ['lag', null, false, 65, '1 phút 5 giây'],
    ['failures', null, false, 7, '7 lần không gửi được'],
    ['silence', null, false, 0, 'có tin'],
    ['silence', null, false, 1, 'trễ'],
    ['silence', null, false, 2, 'mất tin'],
    ['certificate', null, false, 11, 'còn 11 ngày'],
    ['certificate', null, false, -1, 'đã hết hạn'],
    ['identity', null, false, 17, '17'],
    ['repeated', null, false, 3, '3 lần'],
  ] as const)(
    'of %s on %s (count: %s) is written with its unit: %s is %s',
    (watches, indicator, isCount, value, text) => {
      expect(writeAlertFigure({ watches, indicator, isCount }, value, language)).toBe(text);
    },
  );

  it('never reads as the threshold it has passed', () => {
    const of = { watches: 'level', indicator: 'TT01', isCount: false } as const;
    expect(writeAlertFigure(of, 89.96, { ...language, beside: 90 })).toBe('89,96 %');
    expect(writeAlertFigure(of, 89.96, language)).toBe('90,0 %');
    expect(writeAlertFigure(of, null, language)).toBe('–');
  });
});

describe('a message', () => {
  it('is in no list of alerts but its own', () => {
    const message = { label: 'message' } as const;
    expect(TABS.filter((tab) => isIn(message, tab))).toEqual(['message']);
  });
});
