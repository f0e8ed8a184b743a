import type { Period } from './period.ts';
import type { Words } from './words.ts';

/** How an indicator is called over a figure: where there is little room, of a period that is over, of each grain. */
export type Titles = { short?: Words; past?: Words; over?: Record<Period['grain'], Words> };

const TITLES: Readonly<Record<string, Titles>> = {
  HS01: {
    over: {
      day: { vi: 'Tiếp nhận trong ngày', en: 'Received in the day' },
      week: { vi: 'Tiếp nhận trong tuần', en: 'Received in the week' },
      month: { vi: 'Tiếp nhận trong tháng', en: 'Received in the month' },
      quarter: { vi: 'Tiếp nhận trong quý', en: 'Received in the quarter' },
      year: { vi: 'Tiếp nhận trong năm', en: 'Received in the year' },
    },
  },
  HS03: { past: { vi: 'Chưa giải quyết cuối kỳ', en: 'Open at the end' } },
  TT04: {
    short: { vi: 'Đang quá hạn', en: 'Overdue now' },
    past: { vi: 'Quá hạn cuối kỳ', en: 'Overdue at the end' },
  },
  TT05: {
    short: { vi: 'Sắp đến hạn (24 giờ)', en: 'Due soon (24 hours)' },
    past: { vi: 'Sắp đến hạn cuối kỳ', en: 'Due soon at the end' },
  },
  TT07: { short: { vi: 'Ngày để giải quyết hết', en: 'Days to clear all' } },
};

/** The titles of an indicator that its own words do not give. */
export function titlesOf(id: string): Titles {
  return TITLES[id] ?? {};
}
