import { CHANNEL_RULE, JUDGE_RULE } from './alert-policy.ts';
import { findIndicator } from './catalogue.ts';
import type { RuleBody, RuleVersion } from './rule.ts';
import { levelsOf, SHIPPED_LEVELS, type ShippedLevel } from './shipped-levels.ts';
import { SHIPPED_OFFICE } from './shipped-office.ts';
import { SHIPPED_ONLINE } from './shipped-online.ts';
import { SHIPPED_QUALITY } from './shipped-quality.ts';
import { SHIPPED_SERVICES } from './shipped-services.ts';
import type { Words } from './words.ts';

/** The rules a province is warned by from the first day. An office changes them in the browser: a version 1 takes the place of 0. */

type Draft = Pick<RuleBody, 'condition' | 'direction' | 'levels' | 'consequence' | 'action'> &
  Partial<RuleBody> & { id: string; name: Words };

/** A rule of every unit, judged at each change; a level clears one unit of its figure back, after a working day. */
function ship({ id, ...draft }: Draft): RuleVersion {
  const body: RuleBody = {
    ...{ scope: { unit: null, levels: [] }, minimum: 30, deadband: 1, isEnabled: true },
    delay: { amount: 0, unit: 'minutes' },
    clearDelay: { amount: 4, unit: 'workingHours' },
    votes: { of: 1, raise: 1, clear: 1 },
    ...{ cadence: 'change', outside: 'judge', partialBelow: 0, inherit: 'free' },
    ...draft,
  };
  return { id, version: 0, unit: null, body };
}

/** One point, or less where a rate would have to pass 100 % to clear: then it would never. */
function deadbandOf({ direction, levels }: Pick<RuleBody, 'direction' | 'levels'>): number {
  const highest = Math.max(...levels.map(({ raise }) => raise ?? 0));
  return direction === 'below' ? Math.min(1, 100 - highest) : 1;
}

function shipLevel({ indicator: id, source: _source, name, ...draft }: ShippedLevel): RuleVersion {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`a rule is shipped on ${id}, which is not in the catalogue`);
  return ship({
    name: name ?? indicator.words,
    condition: { kind: 'level', indicator: id, window: 'month' },
    deadband: indicator.unit === 'percent' ? deadbandOf(draft) : 0,
    ...draft,
  });
}

/** A rule about the software itself, or what feeds it: it watches no cases, and clears at once. */
const shipWatch = (
  draft: Pick<Draft, 'id' | 'name' | 'levels' | 'consequence' | 'action'> & Partial<RuleBody>,
): RuleVersion =>
  ship({
    ...{ condition: { kind: 'silence' }, direction: 'above', minimum: 0, deadband: 0 },
    clearDelay: { amount: 0, unit: 'minutes' },
    ...draft,
  });

const LEVELS: readonly ShippedLevel[] = [
  ...SHIPPED_LEVELS,
  ...SHIPPED_ONLINE,
  ...SHIPPED_SERVICES,
  ...SHIPPED_QUALITY,
  ...SHIPPED_OFFICE,
];

/** Every rule as shipped, version 0. */
export const SHIPPED_RULES: readonly RuleVersion[] = [
  ...LEVELS.map(shipLevel),
  shipWatch({
    id: 'feed',
    name: { vi: 'Nguồn dữ liệu im lặng', en: 'A feed is silent' },
    levels: [
      { severity: 'major', raise: 2, count: null },
      { severity: 'warning', raise: 1, count: null },
    ],
    consequence: {
      vi: 'Số liệu trên màn hình đứng yên; cảnh báo khác của các đơn vị này bị treo.',
      en: 'Figures stand still; other alerts of these units are frozen.',
    },
    action: {
      vi: 'Gọi đơn vị quản lý nguồn; kiểm tra kết nối, mã truy cập và lịch gửi.',
      en: 'Call whoever runs the feed; check the link, its token and its schedule.',
    },
  }),
  shipWatch({
    id: 'system',
    name: { vi: 'Hệ thống kết nối gặp sự cố', en: 'A connected system is in trouble' },
    condition: { kind: 'system' },
    levels: [
      { severity: 'major', raise: 2, count: null },
      { severity: 'warning', raise: 1, count: null },
    ],
    // One reading that failed is no outage.
    delay: { amount: 5, unit: 'minutes' },
    consequence: {
      vi: 'Hồ sơ, văn bản và thanh toán qua hệ thống này dừng lại và xếp hàng chờ.',
      en: 'Dossiers, documents and payments that go through it stop and queue up.',
    },
    action: {
      vi: 'Mở trang Hệ thống; gọi đơn vị vận hành; báo các bộ phận một cửa bị ảnh hưởng.',
      en: 'Open the page of systems; call whoever runs it; tell the one-stop shops concerned.',
    },
  }),
  shipWatch({
    id: 'certificate',
    name: { vi: 'Chứng thư số sắp hết hạn', en: 'A certificate runs out' },
    ...{ condition: { kind: 'certificate' }, direction: 'below' },
    levels: levelsOf({ critical: 0, major: 3, warning: 14, advisory: 30 }),
    consequence: {
      vi: 'Ngày chứng thư số hết hạn, mọi cuộc gọi qua hệ thống này bị từ chối cùng một lúc.',
      en: 'On the day it runs out, every call that goes through the system is refused, all at once.',
    },
    action: {
      vi: 'Đề nghị đơn vị cấp gia hạn chứng thư số, cài bản mới, kiểm tra ngày hết hạn ở trang Hệ thống.',
      en: 'Ask its issuer to renew the certificate, install it, and check the new date on the page of systems.',
    },
  }),
];

/** By what a channel that fails is an alert. It stands in no book: no sample raises it, but what fails to be sent. */
export const CHANNEL_VERSION: RuleVersion = shipWatch({
  id: CHANNEL_RULE,
  name: { vi: 'Kênh thông báo không gửi được', en: 'A channel cannot send' },
  levels: [{ severity: 'major', raise: 1, count: null }],
  consequence: {
    vi: 'Người trực không nhận được cảnh báo qua kênh này.',
    en: 'Whoever relies on this channel hears of no alert.',
  },
  action: {
    vi: 'Gửi thử từ trang Kênh thông báo; kiểm tra địa chỉ, máy chủ nhận và mạng.',
    en: 'Send a trial from the page of channels; check the address, the receiver and the network.',
  },
});

/** By what a judge that falls behind is an alert: seconds from a commit to the verdict on it. */
export const JUDGE: RuleVersion = shipWatch({
  id: JUDGE_RULE,
  name: { vi: 'Bộ xét cảnh báo chạy chậm', en: 'The judge of alerts is late' },
  levels: [
    { severity: 'major', raise: 600, count: null },
    { severity: 'warning', raise: 60, count: null },
  ],
  consequence: {
    vi: 'Cảnh báo mới hiện ra muộn hơn một phút so với số liệu.',
    en: 'New alerts come more than a minute after the figures that raise them.',
  },
  action: {
    vi: 'Xem tải của máy chủ và số luật đang chạy ở trang Sức khỏe cảnh báo.',
    en: 'Look at the load of the server and at how many rules run, on the page of alert health.',
  },
});

/** The shipped rule with an id. */
export function findShippedRule(id: string): RuleVersion | undefined {
  if (id === CHANNEL_RULE) return CHANNEL_VERSION;
  if (id === JUDGE_RULE) return JUDGE;
  return SHIPPED_RULES.find((rule) => rule.id === id);
}

const FEED_SOURCE: Words = {
  vi: 'Mặc định của phần mềm: trễ rồi mất theo nhịp mà nguồn tự khai hoặc đã học được',
  en: 'A default of the software: late, then missing, by the cadence a feed states or has shown',
};

const SYSTEM_SOURCE: Words = {
  vi: 'Mặc định của phần mềm: mất kết nối, hoặc không có lần kiểm tra nào lâu hơn ba lần nhịp thường lệ',
  en: 'A default of the software: down, or not read for three times as long as usual',
};

const CERTIFICATE_SOURCE: Words = {
  vi: 'Mặc định của phần mềm: còn 30, 14 và 3 ngày, rồi đã hết hạn',
  en: 'A default of the software: 30, 14 and 3 days before the end, then past it',
};

/** Sources of rules that look at no indicator. */
const WATCH_SOURCES: Readonly<Record<string, Words>> = {
  ...{ feed: FEED_SOURCE, system: SYSTEM_SOURCE, certificate: CERTIFICATE_SOURCE },
};

/** Where the limits of a shipped rule come from: a paper with its article, or that they are the software's own. */
export function findShippedSource(id: string): Words | undefined {
  return WATCH_SOURCES[id] ?? LEVELS.find((level) => level.id === id)?.source;
}
