// What a tile says it is compared with is what the server compares it with.

import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Provenance } from '../../shared/alert.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { type Period, parsePeriod } from '../../shared/period.ts';
import type { ThresholdView } from '../../shared/rule-view.ts';
import { findSamePoint } from '../../shared/same-point.ts';
import { findShippedThresholds } from '../../shared/thresholds.ts';
import type { Words } from '../../shared/words.ts';
import { wordCompared } from '../../web/figures/compare.ts';
import {
  listThresholdNotes,
  listThresholdReasons,
  listThresholdSources,
  listThresholds,
} from '../../web/figures/thresholds.ts';
import { createFormat, type Lang } from '../../web/format.ts';
import { startWords } from '../../web/words/words.ts';

const ZONE = 'Asia/Ho_Chi_Minh';

beforeAll(() => startWords('vi'));

function periodOfKey(key: string): Period {
  const period = parsePeriod(key);
  if (!period) throw new Error(`${key} is no period`);
  return period;
}

function indicatorOf(id: string) {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

const languageOf = (lang: Lang) => ({
  t: (key: string, values = {}) => String(i18next.t(key, { ...values, lng: lang })),
  say: (words: Words) => words[lang],
  format: createFormat(lang, ZONE),
});

const momentOf = (day: string) => ({ today: day, now: Date.parse(`${day}T10:10:00+07:00`), zone: ZONE });

function read(id: string, key: string, { day = '2026-11-27', lang = 'vi' as Lang } = {}): [string, string] {
  const moment = momentOf(day);
  const { short, long } = wordCompared(
    indicatorOf(id),
    { period: periodOfKey(key), moment },
    languageOf(lang),
  );
  return [short, long];
}

it('is the day before up to the same hour, for a day that runs', () => {
  expect(findSamePoint(periodOfKey('2026-11-27'), momentOf('2026-11-27'))).toMatchObject({
    to: '2026-11-26',
    hours: ['2026-11-26T00', '2026-11-26T10'],
  });
  expect(read('TT02', '2026-11-27')).toEqual(['cùng giờ hôm qua', 'ngày 26/11/2026 đến cùng giờ']);
  expect(read('TT02', '2026-11-27', { lang: 'en' })).toEqual([
    'same time yesterday',
    '26/11/2026 up to the same time',
  ]);
});

it('is the month before up to the same day and hour, for a month that runs', () => {
  expect(read('TT02', '2026-11')).toEqual([
    'tháng 10 đến cùng ngày',
    'tháng 10/2026 đến cùng giờ ngày 27/10/2026',
  ]);
  expect(read('HS03', '2026-11', { lang: 'en' })).toEqual([
    'Oct to the same day',
    'October 2026 up to the same time on 27/10/2026',
  ]);
});

it('is whole days where hours are kept no more, and says up to which day', () => {
  expect(read('TT02', '2026-Q4')).toEqual(['quý III đến cùng ngày', 'quý III/2026 đến hết ngày 26/08/2026']);
  expect(read('TT02', '2026')).toEqual(['năm 2025 đến cùng ngày', 'năm 2025 đến hết ngày 26/11/2025']);
  expect(read('TT02', '2026-Q4', { day: '2026-10-01' })).toEqual(['đầu quý III', 'đầu quý III/2026']);
});

it('is the whole of a shorter month before, and of the period before one that is over', () => {
  expect(read('TT02', '2026-03', { day: '2026-03-31' })).toEqual(['cả tháng 2', 'cả tháng 2/2026']);
  expect(read('TT02', '2026-01', { day: '2026-11-27' })).toEqual(['cả tháng 12/2025', 'cả tháng 12/2025']);
  expect(read('TT02', '2026-11-26')).toEqual(['cả ngày 25/11', 'cả ngày 25/11/2026']);
  expect(read('TT02', '2026-W46', { lang: 'en' })).toEqual(['all of Week 45', 'all of Week 45, 2026']);
});

it('is the end of a period that is over for what is a level', () => {
  expect(read('HS03', '2026-09')).toEqual(['cuối tháng 8', 'cuối tháng 8/2026']);
});

it('tells the levels by their limits and direction', () => {
  const vi = languageOf('vi');
  const textsOf = (id: string) =>
    listThresholds(indicatorOf(id), findShippedThresholds(id, 'commune'), vi).map(({ text }) => text);
  expect(textsOf('TT02')).toEqual(['Chú ý: dưới 90 %', 'Báo động: dưới 80 %', 'Nghiêm trọng: dưới 70 %']);
  expect(textsOf('TT04')).toEqual([
    'Chú ý: từ 5 hồ sơ hoặc từ 5 %',
    'Báo động: từ 20 hồ sơ hoặc từ 10 %',
    'Nghiêm trọng: từ 50 hồ sơ hoặc từ 20 %',
  ]);
  expect(textsOf('TT07')).toEqual(['Chú ý: từ 5 ngày làm việc', 'Báo động: từ 10 ngày làm việc']);
  expect(textsOf('HS01')).toEqual([]);
  const any = { direction: 'above', minimum: 30 } as const;
  const least = { warning: 0.01, major: null, critical: null };
  const count = { ...least, warning: 1 };
  const wordsOf = (countBands: typeof count | null) =>
    listThresholds(indicatorOf('TT04'), { ...any, bands: least, countBands }, vi).map(({ text }) => text);
  expect([wordsOf(count), wordsOf(null)]).toEqual([['Chú ý: từ 1 hồ sơ'], ['Chú ý: trên 0 %']]);
  expect(listThresholdNotes(indicatorOf('TT02'), findShippedThresholds('TT02', 'commune'), vi)).toEqual([
    'càng cao càng tốt',
    'mục tiêu 90 %',
    'dưới 30 hồ sơ thì không xét mức',
  ]);
  expect(listThresholdNotes(indicatorOf('HS01'), null, languageOf('en'))).toEqual([
    'no thresholds, so no level',
  ]);
});

describe('where limits come from', () => {
  const own: Provenance = {
    ...{
      value: 98,
      source: 'override',
      rule: 'TT02',
      version: 3,
      override: 7,
      unit: 'D',
      hides: [],
      overruled: [],
    },
    unitName: { vi: 'Xã D', en: 'D commune' },
    ...{
      since: '2026-11-01T00:00:00+07:00',
      until: '2027-01-30',
      by: 'Phòng KSTTHC',
      reason: 'Tháng cao điểm',
    },
  };
  const general: Provenance = {
    ...own,
    value: 80,
    source: 'rule',
    override: null,
    unit: null,
    unitName: null,
  };
  const shipped: Provenance = { ...general, value: 70, source: 'shipped', version: 0, by: null };
  const told = (limits: ThresholdView['limits']): ThresholdView => ({
    ...{ indicator: 'TT02', unit: 4, levels: [], direction: 'below', minimum: 30, countBands: null },
    bands: { warning: 98, major: 80, critical: 70 },
    ...{ rule: 'TT02', version: 3, override: 7, since: null, until: null, by: null, source: own, limits },
  });
  const level = (severity: ThresholdView['limits'][number]['severity'], raise: Provenance) => ({
    ...{ severity, raise, count: null },
  });

  it('is told once each: an override of which unit, until when, by whom; a version of a rule; a paper', () => {
    const view = told([level('critical', shipped), level('major', general), level('warning', own)]);
    expect(listThresholdSources(view, languageOf('vi'))).toEqual([
      'QĐ 766/QĐ-TTg, 2.1: chỉ tiêu 90 %; 80 % và 70 % là mặc định của phần mềm',
      'quy tắc TT02, phiên bản 3, Phòng KSTTHC',
      'ngưỡng riêng của Xã D đến 30/01/2027, Phòng KSTTHC (quy tắc TT02, phiên bản 3)',
    ]);
    expect(listThresholdReasons(view)).toEqual(['Tháng cao điểm']);
    expect(listThresholdSources(view, languageOf('en'))[2]).toBe(
      'set for D commune until 30/01/2027 by Phòng KSTTHC (rule TT02, version 3)',
    );
  });

  it('of a unit that is not judged is who switched it off', () => {
    expect(listThresholdSources(told([]), languageOf('vi'))).toEqual([
      'ngưỡng riêng của Xã D đến 30/01/2027, Phòng KSTTHC (quy tắc TT02, phiên bản 3)',
    ]);
  });
});
