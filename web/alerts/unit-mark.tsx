import './unit-mark.css';
import { Link } from 'wouter';
import type { AlertSeverity } from '../../shared/rule.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { ALERT_SHAPES } from './figure.ts';
import type { AlertMark, RollUp } from './unit-marks.ts';

/** A mark in words: `2 cảnh báo, nặng nhất Nghiêm trọng, chưa xác nhận`. */
export function wordMark({ worst, isNew, count }: AlertMark, { t }: Pick<Language, 't'>): string {
  const severity = t(`alertSeverity.${worst.severity}`);
  return t(isNew ? 'warn.markNew' : 'warn.markInHand', { count, severity });
}

type MarkProps = { severity: AlertSeverity; isNew: boolean; flashes: boolean };

/** The shape of a severity in a ring; thick where nobody acknowledged it, and flashing where it is the one that may. */
export function MarkShape({ severity, isNew, flashes }: MarkProps) {
  return (
    <span
      className="alert-mark"
      data-severity={severity}
      data-new={isNew || undefined}
      data-flash={(isNew && flashes) || undefined}
      aria-hidden="true"
    >
      <i className="mark-shape">{ALERT_SHAPES[severity]}</i>
    </span>
  );
}

/** The mark of a unit or figure in alert, in shape and in words. */
export function AlertMarkView({ mark, flashes }: { mark: AlertMark; flashes: boolean }) {
  const language = useLanguage();
  return (
    <>
      <MarkShape severity={mark.worst.severity} isNew={mark.isNew} flashes={flashes} />
      <span className="hidden">{wordMark(mark, language)}</span>
    </>
  );
}

type LinkProps = { mark: AlertMark; flashes: boolean; href: string; name: string };

/** A mark that leads to its alerts; `name` of what is in alert. */
export function AlertMarkLink({ mark, flashes, href, name }: LinkProps) {
  const language = useLanguage();
  const words = `${name}: ${wordMark(mark, language)}`;
  return (
    <Link className="alert-link" href={href} title={words} aria-label={words}>
      <MarkShape severity={mark.worst.severity} isNew={mark.isNew} flashes={flashes} />
    </Link>
  );
}

/** How many units of each level are in alert: `3/148 xã, phường · 1/15 sở, ban`. */
export function wordLevels({ levels }: RollUp, { t, format }: Pick<Language, 't' | 'format'>): string {
  return levels
    .filter(({ affected }) => affected > 0)
    .map(({ level, affected, of }) =>
      t('warn.ofLevel', {
        affected: format.number(affected),
        units: `${format.number(of)} ${t(`group.${level}`).toLocaleLowerCase()}`,
      }),
    )
    .join(' · ');
}

/** The share of units in alert, in percent; never 0 where there is one. */
export function wordShare(
  { affected, of }: Pick<RollUp, 'affected' | 'of'>,
  format: Language['format'],
): string {
  const percent = (100 * affected) / of;
  return percent < 1
    ? `${format.decimal(Math.max(0.1, percent))} %`
    : `${format.number(Math.round(percent))} %`;
}

/** How many units below are in alert, the worst of them by its shape: never the worst alone. */
export function RollUpView({ of: roll, isShort }: { of: RollUp; isShort: boolean }) {
  const language = useLanguage();
  const { t, format } = language;
  const severity = t(`alertSeverity.${roll.worst}`);
  const whole = t('warn.rollUp', {
    units: wordLevels(roll, language),
    share: wordShare(roll, format),
    severity,
  });
  const brief = `${format.number(roll.affected)}/${format.number(roll.of)}`;
  return (
    <span className="alert-roll" data-severity={roll.worst} title={whole}>
      <i className="mark-shape" aria-hidden="true">
        {ALERT_SHAPES[roll.worst]}
      </i>
      <span aria-hidden="true">
        {isShort ? t('warn.rollUpShort', { units: brief }) : wordLevels(roll, language)}
      </span>
      {!isShort && (
        <span className="alert-share" aria-hidden="true">
          {wordShare(roll, format)}
        </span>
      )}
      <span className="hidden">{whole}</span>
    </span>
  );
}
