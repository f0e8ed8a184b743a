import type { AlertNoteKind } from '../../shared/alert.ts';
import type { DueStage } from '../../shared/alert-health.ts';
import type { NotificationKind } from '../../shared/notification.ts';
import type { AlertSeverity } from '../../shared/rule.ts';

/** The languages of a message; the first is the one of record. */
export type Language = 'vi' | 'en';

/** The shape of a severity, which colour never stands without. */
export const MARKS: Record<AlertSeverity, string> = {
  critical: '◆',
  major: '▲',
  warning: '●',
  advisory: '○',
};

type Told = Partial<Record<AlertNoteKind, string>>;

/** The texts of a message in one language. */
export type MailWords = {
  lang: Language;
  locale: string;
  severities: Record<AlertSeverity, string>;
  titles: Record<NotificationKind, string>;
  abouts: Record<NotificationKind, string>;
  told: Told;
  stages: Record<DueStage, string>;
  heads: { severity: string; unit: string; alert: string; figure: string; since: string; told: string };
  threshold: string;
  failures: string;
  days: string;
  expired: string;
  open: string;
  due: string;
  many: string;
  foot: string;
};

/** Texts of messages by language. */
export const MAIL_WORDS: Record<Language, MailWords> = {
  vi: {
    lang: 'vi',
    locale: 'vi-VN',
    severities: { critical: 'Nghiêm trọng', major: 'Báo động', warning: 'Chú ý', advisory: 'Lưu ý' },
    titles: {
      alerts: 'Cảnh báo',
      quietEnd: 'Cảnh báo còn hiệu lực sau giờ yên lặng',
      repeat: 'Nhắc lại: chưa ai tiếp nhận',
      digest: 'Bản tin tổng hợp cảnh báo',
      trial: 'Thư thử kênh thông báo',
    },
    abouts: {
      alerts: 'Vừa có thay đổi về cảnh báo trong phạm vi của kênh này.',
      quietEnd: 'Giờ yên lặng đã hết; những cảnh báo dưới đây vẫn còn.',
      repeat: 'Những cảnh báo dưới đây vẫn còn và chưa ai tiếp nhận.',
      digest: 'Những gì đã xảy ra kể từ bản tin trước.',
      trial: 'Không có gì xảy ra: quản trị viên đang thử kênh này. Thư đã đến nơi.',
    },
    told: {
      raised: 'mới phát sinh',
      worsened: 'nặng hơn',
      returned: 'tái diễn',
      reannounced: 'báo lại',
      cleared: 'đã hết',
      closed: 'đã đóng',
      asked: 'yêu cầu giải trình',
      urged: 'đôn đốc giải trình',
      answered: 'đã giải trình',
      escalated: 'chuyển cấp trên',
    },
    stages: {
      used70: 'đã dùng 70 % thời gian',
      within8h: 'còn dưới 8 giờ làm việc',
      within2h: 'còn dưới 2 giờ làm việc',
      overdue: 'quá hạn',
      overdueTwice: 'quá hạn hơn một lần thời hạn',
    },
    heads: {
      severity: 'Mức độ',
      unit: 'Đơn vị',
      alert: 'Cảnh báo',
      figure: 'Giá trị',
      since: 'Từ lúc',
      told: 'Diễn biến',
    },
    threshold: 'ngưỡng',
    failures: 'lần không gửi được',
    days: 'ngày còn lại',
    expired: 'đã hết hạn',
    open: 'Mở trung tâm cảnh báo',
    due: 'Hồ sơ sắp hoặc đã quá hạn theo đơn vị',
    many: 'cảnh báo',
    foot: 'Thư tự động của kênh',
  },
  en: {
    lang: 'en',
    locale: 'en-GB',
    severities: { critical: 'Critical', major: 'Major', warning: 'Warning', advisory: 'Advisory' },
    titles: {
      alerts: 'Alerts',
      quietEnd: 'Alerts that still stand after quiet hours',
      repeat: 'Again: nobody has acknowledged',
      digest: 'Digest of alerts',
      trial: 'Trial of a channel',
    },
    abouts: {
      alerts: 'Something has just changed about alerts within the scope of this channel.',
      quietEnd: 'Quiet hours have ended; the alerts below still stand.',
      repeat: 'The alerts below still stand, and nobody has acknowledged them.',
      digest: 'What happened since the last digest.',
      trial: 'Nothing happened: an administrator is trying this channel. The message has arrived.',
    },
    told: {
      raised: 'new',
      worsened: 'worse',
      returned: 'back again',
      reannounced: 'told again',
      cleared: 'over',
      closed: 'closed',
      asked: 'explanation asked',
      urged: 'explanation urged',
      answered: 'explained',
      escalated: 'passed up',
    },
    stages: {
      used70: '70 % of the time used',
      within8h: 'under 8 working hours left',
      within2h: 'under 2 working hours left',
      overdue: 'overdue',
      overdueTwice: 'overdue by more than the term',
    },
    heads: {
      severity: 'Severity',
      unit: 'Unit',
      alert: 'Alert',
      figure: 'Figure',
      since: 'Since',
      told: 'What happened',
    },
    threshold: 'threshold',
    failures: '× not sent',
    days: 'days left',
    expired: 'expired',
    open: 'Open the alert centre',
    due: 'Dossiers late or about to be, by unit',
    many: 'alerts',
    foot: 'Automatic message of the channel',
  },
};
