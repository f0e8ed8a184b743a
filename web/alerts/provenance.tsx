import type { AlertBrief, AlertDetail, Provenance } from '../../shared/alert.ts';
import { dayOf } from '../../shared/period.ts';
import { wordWhy } from '../figures/thresholds.ts';
import { useSession } from '../session.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { writeAlertFigure } from './figure.ts';
import { AlertChip } from './marks.tsx';

type Wording = Pick<Language, 't' | 'say' | 'format'> & { zone: string };

/** Where a threshold comes from, in one sentence: whose, since when and until when, by whom and why. */
export function wordSource(source: Provenance, { t, say, format, zone }: Wording): string {
  const { rule, version, unitName, since, until, by } = source;
  const words = [
    source.source === 'override'
      ? t('source.override', { unit: unitName ? say(unitName) : t('source.everywhere') })
      : source.source === 'rule'
        ? t('source.rule', { rule, version })
        : t('source.shipped', { rule }),
    since === null ? '' : t('source.since', { day: format.day(dayOf(Date.parse(since), zone)) }),
    until === null ? '' : t('source.until', { day: format.day(until) }),
    by === null ? '' : t('source.by', { by }),
    wordWhy(source, { say }) ?? '',
  ];
  return words.filter(Boolean).join(' · ');
}

/** The thresholds of an alert by severity, each with where it comes from and what it hides. */
export function ThresholdSources({ thresholds, alert }: Pick<AlertDetail, 'thresholds' | 'alert'>) {
  return (
    <ul className="alert-sources">
      {thresholds.map(({ severity, raise, count }) => (
        <li key={severity} data-current={severity === alert.severity || undefined}>
          <AlertChip severity={severity} />
          <div>
            {raise && <SourceLine source={raise} alert={alert} isCount={false} />}
            {count && <SourceLine source={count} alert={alert} isCount={true} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

type LineProps = { source: Provenance; alert: AlertBrief; isCount: boolean };

function SourceLine({ source, alert, isCount }: LineProps) {
  const language = useLanguage();
  const { zone } = useSession();
  const { t, say } = language;
  const write = (value: number | null) => writeAlertFigure({ ...alert, isCount }, value, language);
  const lines = (kind: 'hides' | 'overruled') =>
    source[kind].map(({ value, unit, unitName }) => (
      <p key={`${kind} ${unit ?? ''}`} className="alert-soft">
        {t(`source.${kind}`, {
          value: write(value),
          unit: unitName ? say(unitName) : t('source.everywhere'),
        })}
      </p>
    ));
  return (
    <div className="alert-source">
      <p>
        <strong>{write(source.value)}</strong>
        {isCount && ` ${t('source.count')}`}
      </p>
      <p className="alert-soft">{wordSource(source, { ...language, zone })}</p>
      {lines('hides')}
      {lines('overruled')}
    </div>
  );
}
