import type { MeasureId, Sums } from './measure.ts';
import type { Words } from './words.ts';

/** A weighted sum of measures. */
export type Terms = Partial<Record<MeasureId, number>>;

export type Severity = 'critical' | 'major' | 'warning' | 'normal';

/**
 * A versioned formula. `percent`: 100 x numerator / denominator. `count`: the numerator.
 * `days`: numerator over the denominator's mean per working day. `hero`: the figure people read first.
 */
export type Indicator = {
  id: string;
  version: number;
  words: Words;
  /** What is counted: numerator and denominator are so many of these. */
  noun: Words;
  unit: 'percent' | 'count' | 'days';
  hero: 'value' | 'numerator';
  direction: 'up' | 'down' | 'none';
  numerator: Terms;
  denominator: Terms | null;
  target: number | null;
  /** Cited in Vietnamese: official papers have no other name. */
  source: string;
};

const taken: Terms = { takenOnline: 1, takenOffline: 1 };
const resolved: Terms = { resolvedEarly: 1, resolvedOnTime: 1, resolvedLate: 1 };
const handled: Terms = { ...resolved, open: 1 };

const DOSSIERS: Words = { vi: 'hồ sơ', en: 'dossiers' };

type Given = 'version' | 'target' | 'hero' | 'unit' | 'noun';
type Draft = Omit<Indicator, Given | 'words'> & Partial<Pick<Indicator, Given>> & { vi: string; en: string };

function define({ vi, en, ...draft }: Draft): Indicator {
  return {
    version: 1,
    target: null,
    hero: 'value',
    unit: 'percent',
    noun: DOSSIERS,
    words: { vi, en },
    ...draft,
  };
}

/** The catalogue: official formulas where they are known, with their source; every figure is num and den, never a bare rate. */
export const INDICATORS: readonly Indicator[] = [
  define({
    id: 'HS01',
    vi: 'Tiếp nhận',
    en: 'Received',
    unit: 'count',
    direction: 'none',
    numerator: { received: 1 },
    denominator: null,
    source: 'TT 01/2020/TT-VPCP, II.06a',
  }),
  define({
    id: 'HS02',
    vi: 'Đã giải quyết',
    en: 'Resolved',
    unit: 'count',
    direction: 'none',
    numerator: resolved,
    denominator: null,
    source: 'TT 01/2020/TT-VPCP, II.06a (7)',
  }),
  define({
    id: 'HS03',
    vi: 'Đang giải quyết',
    en: 'Open',
    unit: 'count',
    direction: 'none',
    numerator: { open: 1 },
    denominator: null,
    source: 'TT 01/2020/TT-VPCP, II.06a (11)',
  }),
  define({
    id: 'TT01',
    vi: 'Đúng hạn (TT 01)',
    en: 'On time (TT 01)',
    direction: 'up',
    target: 99.4,
    numerator: { resolvedEarly: 1, resolvedOnTime: 1 },
    denominator: resolved,
    source: 'TT 01/2020/TT-VPCP, II.06a: (8+9)/7',
  }),
  define({
    id: 'TT02',
    vi: 'Đúng hạn (QĐ 766)',
    en: 'On time (Decision 766)',
    direction: 'up',
    target: 90,
    numerator: {
      resolvedEarly: 1,
      resolvedOnTime: 1,
      resolvedRepeat: -1,
      open: 1,
      overdue: -1,
      openRepeat: -1,
    },
    denominator: handled,
    source: 'QĐ 766/QĐ-TTg, 2.1: (8+9+12)/(7+11), trừ hồ sơ yêu cầu bổ sung quá 1 lần',
  }),
  define({
    id: 'TT03',
    vi: 'Trước hạn',
    en: 'Early',
    direction: 'up',
    numerator: { resolvedEarly: 1 },
    denominator: resolved,
    source: 'TT 01/2020/TT-VPCP, II.06a: 8/7',
  }),
  define({
    id: 'TT04',
    vi: 'Đang quá hạn',
    en: 'Overdue',
    hero: 'numerator',
    direction: 'down',
    target: 0,
    numerator: { overdue: 1 },
    denominator: { open: 1 },
    source: 'TT 01/2020/TT-VPCP, II.06a: 13/11',
  }),
  define({
    id: 'TT05',
    vi: 'Đến hạn trong 24 giờ làm việc',
    en: 'Due within 24 working hours',
    hero: 'numerator',
    direction: 'down',
    numerator: { dueSoon: 1 },
    denominator: { open: 1 },
    source: 'Cách làm của Đà Nẵng: cảnh báo trước hạn 24 giờ',
  }),
  define({
    id: 'TT07',
    vi: 'Số ngày làm việc để giải quyết hết',
    en: 'Working days to clear what is open',
    unit: 'days',
    direction: 'down',
    numerator: { open: 1 },
    denominator: resolved,
    source: 'KH 02-KH/BCĐTW: không để ùn tắc; 11/(7 ÷ số ngày làm việc)',
  }),
  define({
    id: 'TT08',
    vi: 'Yêu cầu bổ sung quá 1 lần',
    en: 'Supplement requested again',
    direction: 'down',
    target: 0,
    numerator: { supplementedAgain: 1 },
    denominator: taken,
    source: 'QĐ 766/QĐ-TTg, 2.1',
  }),
  define({
    id: 'TT09',
    vi: 'Từ chối, rút, dừng',
    en: 'Refused, withdrawn, stopped',
    direction: 'down',
    numerator: { refused: 1, withdrawn: 1, stopped: 1 },
    denominator: { ...taken, refused: 1 },
    source: 'Trạng thái đồng bộ DVCQG 3, 7, 8',
  }),
  define({
    id: 'ON01',
    vi: 'Tiếp nhận trực tuyến',
    en: 'Received online',
    direction: 'up',
    target: 50,
    numerator: { receivedOnline: 1 },
    denominator: { received: 1 },
    source: 'QĐ 766/QĐ-TTg, 3.3: đủ điểm từ 50 %',
  }),
  define({
    id: 'ON02',
    vi: 'Hồ sơ toàn trình',
    en: 'Fully online',
    direction: 'up',
    target: 85,
    numerator: { receivedFull: 1 },
    denominator: { received: 1 },
    source: 'Mục tiêu 2025 của Bộ TT&TT: 85 %',
  }),
  define({
    id: 'PAY01',
    vi: 'Thanh toán trực tuyến',
    en: 'Paid online',
    direction: 'up',
    target: 80,
    numerator: { feePaidOnline: 1 },
    denominator: { feeDue: 1 },
    source: 'QĐ 766/QĐ-TTg, 3.6',
  }),
  define({
    id: 'DG01',
    vi: 'Kết quả điện tử',
    en: 'Electronic result',
    direction: 'up',
    target: 100,
    numerator: { resultElectronic: 1 },
    denominator: { resultDue: 1 },
    source: 'QĐ 766/QĐ-TTg, 4.1',
  }),
  define({
    id: 'DG02',
    vi: 'Số hóa hồ sơ',
    en: 'Digitised',
    direction: 'up',
    target: 80,
    numerator: { digitised: 1 },
    denominator: handled,
    source: 'QĐ 766/QĐ-TTg, 4.2: đủ điểm từ 80 %',
  }),
  define({
    id: 'DG03',
    vi: 'Tái sử dụng dữ liệu',
    en: 'Data reused',
    direction: 'up',
    target: 80,
    numerator: { receivedReused: 1 },
    denominator: { received: 1 },
    source: 'QĐ 766/QĐ-TTg, 4.3',
  }),
  define({
    id: 'DG06',
    vi: 'Xác thực VNeID',
    en: 'VNeID sign-in',
    direction: 'up',
    target: 100,
    numerator: { receivedVneid: 1 },
    denominator: { receivedOnline: 1 },
    source: 'QĐ 29/2026/QĐ-TTg',
  }),
];

/** The indicator with an id. */
export function findIndicator(id: string): Indicator | undefined {
  return INDICATORS.find((indicator) => indicator.id === id);
}

/** A computed figure: `value` is null where nothing occurred (denominator 0); percentages are 0-100. */
export type Figure = { value: number | null; numerator: number; denominator: number | null };

/** The figure of a unit for a time in which nobody answers for it: not even 0 of something. */
export const NO_FIGURE: Figure = { value: null, numerator: 0, denominator: null };

const round = (value: number): number => Math.round(value * 100) / 100;

function weigh(terms: Terms, sums: Sums): number {
  let total = 0;
  for (const id in terms) total += (terms[id as MeasureId] ?? 0) * sums[id as MeasureId];
  return total;
}

/**
 * The figure of an indicator from sums. `workingDays` elapsed in the period serve the `days` kind; null where the calendar
 * of that time is not loaded: then nothing that needs it is known, and what is not known is never shown as 0.
 */
export function evaluate(indicator: Indicator, sums: Sums, workingDays: number | null): Figure {
  const numerator = round(weigh(indicator.numerator, sums));
  if (indicator.denominator === null) return { value: numerator, numerator, denominator: null };
  const denominator = round(weigh(indicator.denominator, sums));
  const isUnknown = indicator.numerator.dueSoon !== undefined && workingDays === null;
  if (denominator === 0 || isUnknown) return { value: null, numerator, denominator };
  if (indicator.unit === 'percent')
    return { value: round((100 * numerator) / denominator), numerator, denominator };
  if (!workingDays) return { value: null, numerator, denominator };
  return { value: round(numerator / (denominator / workingDays)), numerator, denominator };
}
