import type { Words } from './words.ts';

/**
 * What is counted. A `flow` happens in a period; a `stock` is a level, kept as the running sum of its +1 and -1.
 * `at` says whose figure it is: the receiving unit's or the resolving unit's.
 */
export type Measure = { kind: 'flow' | 'stock'; at: 'receiver' | 'resolver'; words: Words };

const flow = (at: Measure['at'], vi: string, en: string): Measure => ({
  kind: 'flow',
  at,
  words: { vi, en },
});
const stock = (vi: string, en: string): Measure => ({ kind: 'stock', at: 'resolver', words: { vi, en } });

/** What dossiers count, in the order of its columns. */
export const DOSSIER_MEASURES = {
  received: flow('receiver', 'Tiếp nhận', 'Received'),
  receivedOnline: flow('receiver', 'Tiếp nhận trực tuyến', 'Received online'),
  receivedDirect: flow('receiver', 'Tiếp nhận trực tiếp', 'Received at the counter'),
  receivedPostal: flow('receiver', 'Tiếp nhận qua bưu chính', 'Received by post'),
  receivedFull: flow('receiver', 'Trực tuyến toàn trình', 'Received fully online'),
  receivedReused: flow('receiver', 'Tái sử dụng dữ liệu', 'Received reusing data'),
  receivedVneid: flow('receiver', 'Xác thực VNeID', 'Received online with VNeID'),
  feeDue: flow('receiver', 'Có nghĩa vụ tài chính', 'With a fee'),
  feePaidOnline: flow('receiver', 'Thanh toán trực tuyến', 'Fee paid online'),
  takenOnline: flow('resolver', 'Thụ lý, nộp trực tuyến', 'Taken in, filed online'),
  takenOffline: flow(
    'resolver',
    'Thụ lý, nộp trực tiếp hoặc bưu chính',
    'Taken in, filed at the counter or by post',
  ),
  inherited: flow('resolver', 'Nhận bàn giao khi sắp xếp đơn vị', 'Inherited when units merged'),
  passedOn: flow('resolver', 'Chuyển đơn vị khác giải quyết', 'Passed on to another unit'),
  resolvedEarly: flow('resolver', 'Giải quyết trước hạn', 'Resolved early'),
  resolvedOnTime: flow('resolver', 'Giải quyết đúng hạn', 'Resolved on time'),
  resolvedLate: flow('resolver', 'Giải quyết quá hạn', 'Resolved late'),
  resolvedRepeat: flow(
    'resolver',
    'Xong không trễ nhưng yêu cầu bổ sung quá 1 lần',
    'Not late but supplemented twice',
  ),
  supplemented: flow('resolver', 'Yêu cầu bổ sung', 'Supplement requested'),
  supplementedAgain: flow('resolver', 'Yêu cầu bổ sung quá 1 lần', 'Supplement requested again'),
  refused: flow('resolver', 'Không tiếp nhận', 'Refused at reception'),
  withdrawn: flow('resolver', 'Rút hồ sơ', 'Withdrawn'),
  stopped: flow('resolver', 'Dừng xử lý', 'Stopped'),
  resultDue: flow('resolver', 'Có kết quả phải trả', 'With a result to hand over'),
  resultElectronic: flow('resolver', 'Kết quả điện tử', 'With an electronic result'),
  digitised: flow('resolver', 'Số hóa đủ thành phần và kết quả', 'Digitised, parts and result'),
  steps: flow('resolver', 'Bước xử lý', 'Steps told'),
  open: stock('Đang giải quyết', 'Open'),
  overdue: stock('Đang giải quyết quá hạn', 'Open and overdue'),
  dueSoon: stock('Sắp đến hạn trong 24 giờ làm việc', 'Due within 24 working hours'),
  openRepeat: stock('Đang giải quyết, yêu cầu bổ sung quá 1 lần', 'Open, in time, supplemented twice'),
} as const satisfies Record<string, Measure>;

/** Every measure, each of one kind of event, in column order. */
export const MEASURES = { ...DOSSIER_MEASURES };

export type MeasureId = keyof typeof MEASURES;

/** All measure ids, in column order. */
export const MEASURE_IDS = Object.keys(MEASURES) as MeasureId[];

/** Measures whose stored sums are levels. */
export const STOCK_IDS = MEASURE_IDS.filter((id) => MEASURES[id].kind === 'stock');

/** Sums of every measure: flows over a period, stocks at its end. */
export type Sums = Record<MeasureId, number>;

const NO_SUMS = Object.fromEntries(MEASURE_IDS.map((id) => [id, 0])) as Sums;

/** Sums with nothing in them. */
export function emptySums(): Sums {
  return { ...NO_SUMS };
}
