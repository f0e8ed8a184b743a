import type { Absence, FormAnswer } from '../../shared/answers.ts';
import type { Period } from '../../shared/period.ts';
import { addDays } from '../../shared/period.ts';
import type { Words } from '../../shared/words.ts';

/** The languages of a workbook. Official forms are in Vietnamese. */
export type Lang = keyof Words;

const words = (vi: string, en: string): Words => ({ vi, en });

/** The fixed texts of a workbook of forms, as the official form has them. */
export const TEXTS = {
  form: words('Biểu số', 'Form'),
  by: words('Ban hành theo', 'Issued by'),
  title: words(
    'TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH',
    'STATE AND RESULTS OF ADMINISTRATIVE PROCEDURES',
  ),
  period: words('Kỳ báo cáo', 'Period'),
  reporter: words('Đơn vị báo cáo', 'Reported by'),
  receiver: words('Đơn vị nhận báo cáo', 'Reported to'),
  counted: words('Đơn vị tính: Số hồ sơ TTHC', 'Counted in dossiers'),
  number: words('TT', 'No.'),
  field: words('Lĩnh vực, công việc giải quyết theo cấp', 'Area of work'),
  total: words('TỔNG CỘNG', 'TOTAL'),
  none: words('không phát sinh', 'none occurred'),
  notes: words('Ghi chú', 'Notes'),
  provisional: words('tạm tính', 'provisional'),
  page: words('Trang', 'Page'),
  balance: words('Kiểm tra cân đối: (3) − (7) − (11), đúng khi bằng 0', 'Check: (3) − (7) − (11) is 0'),
  onTime: words(
    'Tỷ lệ giải quyết trước hạn và đúng hạn theo TT 01/2020: [(8) + (9)] / (7)',
    'On time by Circular 01/2020: [(8) + (9)] / (7)',
  ),
  repeats: words(
    'Hồ sơ không trễ hạn nhưng yêu cầu bổ sung quá 1 lần (QĐ 766 không tính là đúng hạn)',
    'Not late, but supplemented more than once (not on time by Decision 766)',
  ),
  onTime766: words(
    'Tỷ lệ đúng hạn theo QĐ 766: [(8) + (9) + (12) − hồ sơ yêu cầu bổ sung quá 1 lần] / [(7) + (11)]',
    'On time by Decision 766: [(8) + (9) + (12) − those supplemented more than once] / [(7) + (11)]',
  ),
} as const satisfies Record<string, Words>;

/** `22/11/2026` of a day `YYYY-MM-DD`. */
export const sayDay = (day: string): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

/** `14:31 ngày 22/11/2026` of an instant as answers write it. */
export function sayInstant(iso: string, lang: Lang): string {
  const [time, day] = [iso.slice(11, 16), sayDay(iso.slice(0, 10))];
  return lang === 'vi' ? `${time} ngày ${day}` : `${time}, ${day}`;
}

const ROMAN = ['I', 'II', 'III', 'IV'];

/** A period as official papers write it: `Tháng 10 năm 2026`. */
export function sayPeriod({ grain, key, from }: Period, lang: Lang): string {
  const year = from.slice(0, 4);
  const month = Number(from.slice(5, 7));
  if (grain === 'day') return sayDay(from);
  if (grain === 'week') {
    const [ofYear, week] = [key.slice(0, 4), key.slice(6)];
    return lang === 'vi' ? `Tuần ${week} năm ${ofYear}` : `Week ${week} of ${ofYear}`;
  }
  if (grain === 'month') return lang === 'vi' ? `Tháng ${month} năm ${year}` : `Month ${month} of ${year}`;
  const quarter = ROMAN[Math.ceil(month / 3) - 1];
  if (grain === 'quarter')
    return lang === 'vi' ? `Quý ${quarter} năm ${year}` : `Quarter ${quarter} of ${year}`;
  return lang === 'vi' ? `Năm ${year}` : `Year ${year}`;
}

/** The days of a form, the last one included. */
export function sayDays({ from, to }: Pick<FormAnswer, 'from' | 'to'>, lang: Lang): string {
  const [first, last] = [sayDay(from), sayDay(addDays(to, -1))];
  return lang === 'vi' ? `(Từ ngày ${first} đến ngày ${last})` : `(from ${first} to ${last})`;
}

/** Why there is no figure; null where there is one. */
export function sayAbsence({ ended, begins, noData, dataFrom }: Absence): Words | null {
  if (ended !== undefined)
    return words(`Đơn vị đã kết thúc từ ngày ${sayDay(ended)}`, `The unit ended on ${sayDay(ended)}`);
  if (begins !== undefined)
    return words(`Đơn vị bắt đầu từ ngày ${sayDay(begins)}`, `The unit began on ${sayDay(begins)}`);
  if (noData === undefined) return null;
  if (noData === 'notBegun') return words('Kỳ báo cáo chưa bắt đầu', 'The period has not begun');
  if (noData === 'beforeData' && dataFrom !== undefined)
    return words(
      `Số liệu chỉ có từ ngày ${sayDay(dataFrom)}; trước đó không ai gửi`,
      `Figures begin on ${sayDay(dataFrom)}; nobody reported before`,
    );
  return words('Chưa gửi số liệu lần nào', 'It has never reported');
}
