import type { Words } from './words.ts';

/** The reporting forms of dossiers: their columns as data, which figures, screens and workbooks read alike. */

/** What every form begins with: the columns of the number and the name of a row. */
export const ROW_COLUMNS = 2;

/** A column by the form's own number, under its group. */
export type FormColumn = {
  number: number;
  words: Words;
  /** In print, above some columns of a group that stand side by side. */
  within?: Words;
  /** In print, in small type: what is counted in it. */
  hint?: Words;
  /** It is the sum of these. */
  sumOf?: readonly number[];
  /** Whatever stands in it was late. */
  isLate?: true;
  /** The form has it, and nothing that is told counts it. */
  isUnknown?: true;
  /** The indicator whose story holds its sums. */
  story?: string;
};

/** Columns under one heading, which print has in more words. */
export type FormGroup = { words: Words; inPrint?: Words; columns: readonly FormColumn[] };
export type FormLayout = { code: string; basis: Words; groups: readonly FormGroup[] };

const words = (vi: string, en: string): Words => ({ vi, en });
const TOTAL = words('Tổng số', 'Total');
const RECEIVED = words('Tiếp nhận', 'Received');
const RESOLVED = {
  words: words('Đã giải quyết', 'Resolved'),
  inPrint: words('Số lượng hồ sơ đã giải quyết', 'Dossiers resolved'),
};
const PENDING = {
  words: words('Đang giải quyết', 'In process'),
  inPrint: words('Số lượng hồ sơ đang giải quyết', 'Dossiers in process'),
};
const CARRIED = words('Từ kỳ trước', 'Carried over');
const LATE = words('Quá hạn', 'Late');
const OVERDUE = words('Quá hạn', 'Overdue');
const WITHIN = words('Trong đó', 'Of which');
const APOLOGISED = words('Quá hạn, đã có thư xin lỗi', 'Late, with an apology');
const UNAPOLOGISED = words('Quá hạn, chưa có thư xin lỗi', 'Late, without an apology');

const FORM_06A: FormLayout = {
  code: 'II.06a/VPCP/KSTT',
  basis: words('Thông tư số 01/2020/TT-VPCP', 'Circular 01/2020/TT-VPCP'),
  groups: [
    {
      words: RECEIVED,
      columns: [
        { number: 3, words: TOTAL, sumOf: [4, 5, 6], story: 'HS04' },
        { number: 4, words: words('Trực tuyến', 'Online'), within: WITHIN, story: 'TT08' },
        {
          number: 5,
          words: words('Trực tiếp, dịch vụ bưu chính', 'Counter, post'),
          within: WITHIN,
          story: 'TT08',
        },
        { number: 6, words: CARRIED, story: 'HS05' },
      ],
    },
    {
      ...RESOLVED,
      columns: [
        { number: 7, words: TOTAL, sumOf: [8, 9, 10], story: 'HS02' },
        { number: 8, words: words('Trước hạn', 'Early'), story: 'TT01' },
        {
          number: 9,
          words: words('Đúng hạn', 'On time'),
          hint: words('(bao gồm cả hồ sơ trả lại, xin rút)', '(with those returned or withdrawn)'),
          story: 'TT01',
        },
        { number: 10, words: LATE, isLate: true, story: 'TT01' },
      ],
    },
    {
      ...PENDING,
      columns: [
        { number: 11, words: TOTAL, sumOf: [12, 13], story: 'HS03' },
        {
          number: 12,
          words: words('Trong hạn', 'In time'),
          hint: words('(bao gồm cả hồ sơ chờ bổ sung)', '(with those that wait for a supplement)'),
          story: 'TT04',
        },
        { number: 13, words: OVERDUE, isLate: true, story: 'TT04' },
      ],
    },
  ],
};

const FORM_07A: FormLayout = {
  code: '07a/BTP',
  basis: words('Biểu 07a/BTP', 'Form 07a/BTP'),
  groups: [
    {
      words: RECEIVED,
      columns: [
        { number: 3, words: TOTAL, sumOf: [4, 5, 6, 7, 8, 9, 10] },
        { number: 4, words: words('Trực tiếp', 'Counter'), story: 'HS01' },
        { number: 5, words: words('Trực tuyến toàn trình', 'Fully online'), story: 'ON02' },
        { number: 6, words: words('Trực tuyến một phần', 'Partly online'), story: 'ON01' },
        { number: 7, words: words('Trực tuyến hình thức khác', 'Online by other ways'), isUnknown: true },
        { number: 8, words: words('Phi địa giới', 'Non-territorial'), isUnknown: true },
        { number: 9, words: words('Bưu chính', 'By post'), story: 'HS01' },
        { number: 10, words: CARRIED, story: 'HS05' },
      ],
    },
    {
      ...RESOLVED,
      columns: [
        { number: 11, words: TOTAL, sumOf: [12, 13, 14], story: 'HS02' },
        { number: 12, words: words('Đúng và trước hạn', 'On time and early'), story: 'TT01' },
        { number: 13, words: APOLOGISED, isLate: true, story: 'TT10' },
        { number: 14, words: UNAPOLOGISED, isLate: true, story: 'TT10' },
      ],
    },
    {
      ...PENDING,
      columns: [
        { number: 15, words: TOTAL, sumOf: [16, 17], story: 'HS03' },
        { number: 16, words: words('Chưa đến hạn', 'Not yet due'), story: 'TT04' },
        { number: 17, words: OVERDUE, isLate: true, story: 'TT04' },
        { number: 18, words: APOLOGISED, within: WITHIN, isUnknown: true },
        { number: 19, words: UNAPOLOGISED, within: WITHIN, isUnknown: true },
      ],
    },
    {
      words: words('Thanh toán', 'Payment'),
      columns: [
        { number: 20, words: words('Tổng số có nghĩa vụ tài chính', 'With a fee'), story: 'PAY01' },
        { number: 21, words: words('Trực tuyến', 'Online'), story: 'PAY01' },
        { number: 22, words: words('Trực tiếp', 'Counter'), isUnknown: true },
      ],
    },
    {
      words: words('Hồ sơ chờ tiếp nhận', 'Waiting for reception'),
      columns: [
        { number: 23, words: words('Đúng hạn', 'In time'), story: 'TT11' },
        { number: 24, words: OVERDUE, isLate: true, story: 'TT11' },
      ],
    },
    {
      words: words('Hồ sơ dừng, rút, không tiếp nhận', 'Stopped, withdrawn, refused'),
      columns: [
        { number: 25, words: words('Dừng xử lý', 'Stopped'), story: 'TT09' },
        { number: 26, words: words('Rút hồ sơ', 'Withdrawn'), story: 'TT09' },
        { number: 27, words: words('Không được tiếp nhận', 'Refused at reception'), story: 'TT09' },
      ],
    },
  ],
};

/** The forms by their short names. */
export const FORMS = { 'II.06a': FORM_06A, '07a': FORM_07A } as const;
export type FormId = keyof typeof FORMS;
export const FORM_IDS = Object.keys(FORMS) as FormId[];

/** The columns of a form in order, from column 3 on. */
export const columnsOf = ({ groups }: FormLayout): readonly FormColumn[] =>
  groups.flatMap(({ columns }) => columns);

const round = (value: number) => Math.round(value * 100) / 100;

/** Adds up what is known; null where nothing is. */
export function addKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : round(known.reduce((sum, value) => sum + value, 0));
}

/** A row of a form from what its columns count, by number: the sums are made of the columns that the form adds, so that they always agree. */
export function fillColumns(
  layout: FormLayout,
  counted: Readonly<Record<number, number>>,
): (number | null)[] {
  const own = (number: number) => {
    const value = counted[number];
    return value === undefined ? null : round(value);
  };
  return columnsOf(layout).map(({ number, sumOf }) => (sumOf ? addKnown(sumOf.map(own)) : own(number)));
}

/** What rows of a form come to, column by column. */
export function addRows(
  layout: FormLayout,
  rows: readonly (readonly (number | null)[])[],
): (number | null)[] {
  return columnsOf(layout).map((_, index) => addKnown(rows.map((row) => row[index] ?? null)));
}
