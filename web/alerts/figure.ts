import type { AlertBrief } from '../../shared/alert.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import { writeSpan } from '../../shared/span-text.ts';
import type { Language } from '../words/words.ts';

/** The shape of each severity of an alert: legible without colour. */
export const ALERT_SHAPES: Readonly<Record<AlertSeverity, string>> = {
  ...{ critical: '◆', major: '▲', warning: '●', advisory: '○' },
};

/** The code of each severity, for those who say it over the telephone. */
export const ALERT_CODES: Readonly<Record<AlertSeverity, string>> = {
  ...{ critical: '1', major: '2', warning: '3', advisory: 'i' },
};

/** Severities that ask for somebody, the worst first: no mere messages. */
export const PRESSING = ALERT_SEVERITIES.filter((severity) => severity !== 'advisory');

/** What a figure is of. */
export type FigureOf = Pick<AlertBrief, 'watches' | 'indicator' | 'isCount'>;

type Writing = Pick<Language, 't' | 'format'>;

/** The value of an indicator with its unit, or what it counts. */
function writeLevel(
  indicator: Indicator,
  {
    value,
    exact,
    isCount,
    format,
  }: Pick<Writing, 'format'> & { value: number; exact: string; isCount: boolean },
): string {
  if (isCount || indicator.unit === 'count') return `${format.number(value)} ${format.say(indicator.noun)}`;
  return `${exact} ${format.unitOf({ ...indicator, hero: 'value' })}`;
}

/** With two decimals where one would make a figure read as the one beside it. */
function writeApart(value: number, { format, beside }: Pick<Writing, 'format'> & { beside: number | null }) {
  const text = format.decimal(value);
  const isAlike = beside !== null && beside !== value && format.decimal(beside) === text;
  return isAlike ? format.fine(value) : text;
}

/** A figure of an alert with its unit; `beside`: what it is compared with and must not read as. */
export function writeAlertFigure(
  { watches, indicator: id, isCount }: FigureOf,
  value: number | null,
  { t, format, beside = null }: Writing & { beside?: number | null },
): string {
  if (value === null) return '–';
  const indicator = findIndicator(id ?? '');
  const exact = writeApart(value, { format, beside });
  switch (watches) {
    case 'level':
    case 'projection':
      return indicator ? writeLevel(indicator, { value, exact, isCount, format }) : exact;
    case 'change': {
      const amount = `${value > 0 ? '+' : ''}${exact}`;
      return indicator?.unit === 'percent' ? t('alert.points', { amount }) : `${amount} %`;
    }
    case 'pace':
      return `${exact} %`;
    case 'leadTime':
    case 'backlog':
      return t('alert.dossiers', { amount: format.number(Math.round(value)) });
    case 'outlier':
    case 'anomaly':
      return t('alert.deviations', { amount: exact });
    case 'identity':
      return format.number(value);
    case 'repeated':
      return t('alert.times', { amount: format.number(value) });
    case 'lag':
      return writeSpan(value * 1000, format.lang);
    case 'failures':
      return t('alert.failures', { amount: format.number(Math.round(value)) });
    case 'certificate':
      return value < 0
        ? t('alert.certificate.expired')
        : t('alert.certificate.days', { amount: format.number(value) });
    case 'silence':
      return t(SILENCES[stateOf(value)] ?? 'alert.silence.none');
    case 'system':
      return t(SYSTEMS[stateOf(value)] ?? 'alert.system.up');
  }
}

const stateOf = (value: number) => Math.min(2, Math.max(0, Math.floor(value)));
const SYSTEMS = ['alert.system.up', 'alert.system.silent', 'alert.system.down'] as const;
const SILENCES = ['alert.silence.none', 'alert.silence.late', 'alert.silence.missing'] as const;

/** Where an alert is: its unit, and of several feeds or channels there which one it is about. */
export function wordWhere(
  { unitName, subject }: Pick<AlertBrief, 'unitName' | 'subject'>,
  { say }: Pick<Language, 'say'>,
): string {
  return subject === null ? say(unitName) : `${say(unitName)} · ${subject}`;
}
