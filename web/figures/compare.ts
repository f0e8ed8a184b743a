/** With what a figure is compared, in words: the same arithmetic as the server's says which point that is. Pure. */
import type { Indicator } from '../../shared/indicator.ts';
import { addDays, type Period } from '../../shared/period.ts';
import { findSamePoint } from '../../shared/same-point.ts';
import type { Language } from '../words/words.ts';
import { isStock } from './stock.ts';

/** The day and the instant at the site. */
export type Moment = { today: string; now: number; zone: string };

/** `short` stands on a tile, `long` names the day up to which the period before counts. */
export type Compared = { short: string; long: string };

type Kind = 'whole' | 'end' | 'start' | 'hour' | 'day';

/** Which kind of point, and the last day that counts of it. */
function judgePoint(indicator: Indicator, period: Period, moment: Moment): { kind: Kind; last: string } {
  const { period: before, to, hours } = findSamePoint(period, moment);
  if (hours) return { kind: 'hour', last: to };
  const last = addDays(to, -1);
  if (to >= before.to) return { kind: isStock(indicator) ? 'end' : 'whole', last };
  return { kind: to === before.from ? 'start' : 'day', last };
}

/** What a figure of a period is compared with: `cùng giờ hôm qua`, `tháng 10 đến cùng ngày`, `cả tháng 8`. */
export function wordCompared(
  indicator: Indicator,
  { period, moment }: { period: Period; moment: Moment },
  { t, format }: Pick<Language, 't' | 'format'>,
): Compared {
  const { kind, last } = judgePoint(indicator, period, moment);
  const { period: before } = findSamePoint(period, moment);
  const isDay = before.grain === 'day';
  const isYesterday = isDay && before.from === addDays(moment.today, -1);
  const inSentence = (text: string) => {
    if (isDay) return t('point.onDay', { day: text });
    return format.lang === 'vi' ? text.charAt(0).toLocaleLowerCase('vi') + text.slice(1) : text;
  };
  const name = isYesterday ? t('point.yesterday') : inSentence(format.shortPeriod(before, moment.today));
  const whole = inSentence(format.period(before));
  const stage = isDay && kind === 'hour' ? 'time' : kind;
  return {
    short: t(`point.${stage}`, { period: name }),
    long: t(`point.${stage}Long`, { period: whole, day: format.day(last) }),
  };
}
