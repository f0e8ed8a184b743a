import type { Level, RuleBody } from './rule.ts';
import type { Words } from './words.ts';

/**
 * The levels of figures that are shipped, each with where its limits come from, what happens if nobody does anything, and what is
 * to be done. Where no paper states a limit, a level only advises or warns, and says that it is the software's own.
 */

/** What is particular to a shipped rule on the level of an indicator. `source` is cited in Vietnamese beside its translation. */
export type ShippedLevel = Pick<RuleBody, 'direction' | 'levels' | 'consequence' | 'action'> &
  Partial<Pick<RuleBody, 'scope' | 'deadband' | 'minimum' | 'clearDelay'>> & {
    id: string;
    indicator: string;
    source: Words;
    name?: Words;
  };

type Limits = Partial<Record<Level['severity'], number>>;

/** Levels by their limits: of a value, and of a count. */
export function levelsOf(raise: Limits, count: Limits = {}): Level[] {
  return (['critical', 'major', 'warning', 'advisory'] as const).flatMap((severity) => {
    const level = { severity, raise: raise[severity] ?? null, count: count[severity] ?? null };
    return level.raise === null && level.count === null ? [] : [level];
  });
}

/** The source of limits that no paper states. */
export const own = (vi: string, en: string): Words => ({
  vi: `Mặc định của phần mềm${vi}`,
  en: `A default of the software${en}`,
});

/** Stocks of procedures are told by the province and its departments; communes report none. They are few, and each counts. */
export const OF_PROCEDURES: Pick<RuleBody, 'scope' | 'minimum'> = {
  scope: { unit: null, levels: ['province', 'department', 'office'] },
  minimum: 10,
};

/** What a national plan asks of a whole province. */
export const OF_PROVINCE: Pick<RuleBody, 'scope' | 'minimum'> = {
  scope: { unit: null, levels: ['province'] },
  minimum: 1,
};

export const SHIPPED_LEVELS: readonly ShippedLevel[] = [
  {
    ...{ id: 'TT01', indicator: 'TT01', direction: 'below' },
    levels: levelsOf({ advisory: 98, warning: 80 }),
    source: own(
      ': 98 % theo bảng điều hành cấp xã đã thấy trong thực tế; 80 % tự đặt, vì cùng hồ sơ đã được báo theo QĐ 766',
      ': 98 % as boards of communes in use have it; 80 % is our own, as Decision 766 warns of the same dossiers',
    ),
    consequence: {
      vi: 'Hồ sơ trả kết quả muộn: đơn vị phải xin lỗi từng người dân, điểm giải quyết hồ sơ giảm.',
      en: 'Results come late: the unit owes an apology for each, and its score for processing falls.',
    },
    action: {
      vi: 'Mở danh sách hồ sơ trả muộn theo thủ tục, tìm khâu chậm, phân công lại cán bộ của khâu đó.',
      en: 'Open the late results by procedure, find the step that is slow and put more staff on it.',
    },
  },
  {
    ...{ id: 'TT02', indicator: 'TT02', direction: 'below' },
    levels: levelsOf({ warning: 90, major: 80, critical: 70 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 2.1: chỉ tiêu 90 %; 80 % và 70 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 2.1: target 90 %; 80 % and 70 % are defaults of the software',
    },
    consequence: {
      vi: 'Điểm tiến độ giải quyết của Bộ chỉ số 766 giảm, đơn vị tụt hạng trên Cổng Dịch vụ công quốc gia.',
      en: 'The score for progress in the index of Decision 766 falls, and the unit drops on the national portal.',
    },
    action: {
      vi: 'Giải quyết trước hồ sơ quá hạn và sắp đến hạn; rà hồ sơ bị yêu cầu bổ sung nhiều lần.',
      en: 'Deal with overdue and nearly due dossiers first; look at those asked for supplements again.',
    },
  },
  {
    ...{ id: 'TT03', indicator: 'TT03', direction: 'below' },
    levels: levelsOf({ advisory: 20 }),
    source: own(': không có mức chính thức, chỉ để lưu ý', ': no paper states a limit; a message only'),
    consequence: {
      vi: 'Hầu hết hồ sơ chỉ xong sát hạn: một ngày trục trặc là trễ hàng loạt.',
      en: 'Nearly everything is finished at its deadline: one bad day makes many late.',
    },
    action: {
      vi: 'Xem lại thời gian từng khâu, đặt hạn nội bộ sớm hơn hạn trả kết quả.',
      en: 'Look at how long each step takes, and set inner deadlines before the official ones.',
    },
  },
  {
    ...{ id: 'TT04', indicator: 'TT04', direction: 'above', deadband: 0 },
    // A stock does not swing by itself: what is dealt with is over at once.
    clearDelay: { amount: 0, unit: 'minutes' },
    name: { vi: 'Đang quá hạn (xã, sở, cơ quan)', en: 'Overdue (communes, departments, offices)' },
    scope: { unit: null, levels: ['commune', 'department', 'office'] },
    levels: levelsOf(
      { warning: 5, major: 10, critical: 20 },
      { advisory: 1, warning: 5, major: 20, critical: 50 },
    ),
    source: own(
      ': từ 1 hồ sơ và từ 5 % (gợi ý, chưa có văn bản); các mức khác tự đặt theo một tháng thật',
      ': from 1 dossier and from 5 % (a suggestion, no paper); the others are our own, by one real month',
    ),
    consequence: {
      vi: 'Người dân, doanh nghiệp đã quá ngày hẹn mà chưa có kết quả; mỗi ngày thêm là một ngày trễ.',
      en: 'People and businesses are past their date without a result, and wait longer each day.',
    },
    action: {
      vi: 'Mở danh sách hồ sơ quá hạn, giao người xử lý từng hồ sơ trong ngày, gửi thư xin lỗi và hẹn lại.',
      en: 'Open the overdue dossiers, give each to somebody today, apologise and promise a new date.',
    },
  },
  {
    ...{ id: 'TT04P', indicator: 'TT04', direction: 'above', deadband: 0.2 },
    name: { vi: 'Đang quá hạn (toàn tỉnh)', en: 'Overdue (whole province)' },
    scope: { unit: null, levels: ['province', 'district'] },
    levels: levelsOf({ warning: 1, major: 5, critical: 15 }),
    source: own(
      ': theo tỷ lệ, vì số hồ sơ của cả tỉnh lớn; từ 5 % (gợi ý, chưa có văn bản), 1 % và 15 % tự đặt',
      ': by share, as a province has many dossiers; from 5 % (a suggestion, no paper), 1 % and 15 % are our own',
    ),
    consequence: {
      vi: 'Quá hạn không còn là chuyện của vài đơn vị: kết quả của cả tỉnh giảm.',
      en: 'Overdue dossiers are no longer the matter of a few units: the whole province falls back.',
    },
    action: {
      vi: 'Xếp đơn vị theo số hồ sơ quá hạn, họp với các đơn vị đứng đầu danh sách, tăng người nơi thiếu.',
      en: 'Rank units by overdue dossiers, meet those at the head of the list, and send staff where it lacks.',
    },
  },
  {
    ...{ id: 'TT05', indicator: 'TT05', direction: 'above', deadband: 5 },
    levels: levelsOf({ advisory: 40, warning: 60 }),
    source: own(
      '; cách báo trước 24 giờ là của Đà Nẵng, 40 % và 60 % tự đặt',
      '; warning 24 hours ahead is how Đà Nẵng does it, 40 % and 60 % are our own',
    ),
    consequence: {
      vi: 'Trong ba ngày làm việc tới, phần lớn hồ sơ đang giữ sẽ đến hạn cùng lúc và dễ thành quá hạn.',
      en: 'Within three working days most of what is open falls due together, and may become overdue.',
    },
    action: {
      vi: 'Chia hồ sơ sắp đến hạn cho từng người, xin ý kiến phối hợp ngay hôm nay, bố trí trực thêm.',
      en: 'Share out what is nearly due, ask for opinions of others today, and arrange for more hands.',
    },
  },
  {
    ...{ id: 'TT07', indicator: 'TT07', direction: 'above', deadband: 0.5 },
    levels: levelsOf({ advisory: 3, warning: 5, major: 10 }),
    source: {
      vi: 'KH 02-KH/BCĐTW: không để ùn tắc; 3, 5 và 10 ngày là mặc định của phần mềm',
      en: 'Plan 02-KH/BCĐTW: no congestion; 3, 5 and 10 days are defaults of the software',
    },
    consequence: {
      vi: 'Hồ sơ đến nhanh hơn sức giải quyết: hàng chờ dài ra và quá hạn sẽ theo sau.',
      en: 'More comes in than is dealt with: the queue grows, and overdue dossiers follow.',
    },
    action: {
      vi: 'So số nhận với số giải quyết mỗi ngày, điều động người từ nơi nhàn, báo tỉnh nếu kéo dài quá một tuần.',
      en: 'Compare what comes with what is done each day, move staff here, tell the province if it lasts a week.',
    },
  },
  {
    ...{ id: 'TT08', indicator: 'TT08', direction: 'above', deadband: 0.5 },
    levels: levelsOf({ advisory: 1, warning: 5 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 2.1: hồ sơ bị yêu cầu bổ sung quá 1 lần tính là trễ; 1 % và 5 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 2.1: what is asked for supplements twice counts as late; 1 % and 5 % are defaults of the software',
    },
    consequence: {
      vi: 'Người dân phải đi lại nhiều lần, và mỗi hồ sơ như vậy bị tính là không đúng hạn.',
      en: 'People have to come again and again, and each such dossier counts as not on time.',
    },
    action: {
      vi: 'Xem thủ tục nào bị hỏi lại, hướng dẫn bộ phận tiếp nhận kiểm đủ thành phần ngay lần đầu.',
      en: 'See which procedures are asked about twice, and teach the counter to check papers the first time.',
    },
  },
  {
    ...{ id: 'TT09', indicator: 'TT09', direction: 'above' },
    levels: levelsOf({ advisory: 10, warning: 20 }),
    source: own(
      ': không có mức chính thức; 10 % và 20 % tự đặt',
      ': no paper states a limit; 10 % and 20 % are our own',
    ),
    consequence: {
      vi: 'Nhiều hồ sơ kết thúc mà không có kết quả: có thể hướng dẫn sai, hoặc hồ sơ bị dừng để tránh quá hạn.',
      en: 'Many dossiers end without a result: advice may be wrong, or dossiers are stopped to avoid being late.',
    },
    action: {
      vi: 'Rà lý do từ chối, rút, dừng theo thủ tục; kiểm tra các hồ sơ dừng ngay trước ngày đến hạn.',
      en: 'Go through the reasons by procedure, and check dossiers that were stopped just before they fell due.',
    },
  },
];
