import type { AlertBrief, ExplanationState } from '../../shared/alert.ts';
import type { AlertSeverity } from '../../shared/rule.ts';
import { useFollowing } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { ALERT_CODES, ALERT_SHAPES } from './figure.ts';

/** Severity by shape, code and word, on its colour; the shape of one that is new flashes. */
export function AlertChip({ severity, label }: { severity: AlertSeverity; label?: AlertBrief['label'] }) {
  const { t } = useLanguage();
  return (
    <span className="severity-chip alert-chip" data-severity={severity} data-label={label}>
      <span className="alert-shape" aria-hidden="true">
        {ALERT_SHAPES[severity]}
      </span>{' '}
      {ALERT_CODES[severity]} {t(`alertSeverity.${severity}`)}
    </span>
  );
}

/** What an episode is to an operator; of one that is shelved or out of service until when. */
export function LabelMark({ alert }: { alert: AlertBrief }) {
  const { t, format } = useLanguage();
  const { serverNow } = useFollowing();
  const { label, shelvedUntil, outUntil } = alert;
  const end = label === 'shelved' ? shelvedUntil : label === 'outOfService' ? outUntil : null;
  const until =
    end === null ? '' : ` ${t('alert.until', { moment: format.moment(Date.parse(end), serverNow()) })}`;
  return (
    <span className="alert-label" data-label={label}>
      {t(`alertLabel.${label}`)}
      {until}
    </span>
  );
}

/** That it is better already, until when that must hold, and that its severity is held meanwhile; nothing of others. */
export function RecoveringMark({ alert: { condition, clearsAt } }: { alert: AlertBrief }) {
  const { t, format } = useLanguage();
  const { serverNow } = useFollowing();
  if (condition !== 'recovering') return null;
  return (
    <span className="alert-badge" data-recovering="true" title={t('alert.recoveringWhy')}>
      <i aria-hidden="true">↘</i>{' '}
      {clearsAt === null
        ? t('alert.recovering')
        : t('alert.recoveringUntil', { moment: format.moment(Date.parse(clearsAt), serverNow()) })}
    </span>
  );
}

/** Where the explanation of an episode stands; nothing where none was asked. */
export function ExplanationMark({ state }: { state: ExplanationState | null }) {
  const { t } = useLanguage();
  if (state === null) return null;
  return (
    <span className="alert-badge" data-explanation={state}>
      {t('alert.explanation', { state: t(`explanationState.${state}`) })}
    </span>
  );
}

/** What is to be known of an episode's figure: data that is late, missing, wrong or partial; that it goes to and fro. */
export function QualityMarks({ alert: { quality, isFlapping } }: { alert: AlertBrief }) {
  const { t } = useLanguage();
  return (
    <>
      {quality !== 'fresh' && (
        <span className="alert-badge" data-quality={quality} title={t('alert.frozen')}>
          <i className="late-shape" aria-hidden="true" /> {t(`alertQuality.${quality}`)}
        </span>
      )}
      {isFlapping && (
        <span className="alert-badge" data-flapping="true" title={t('alert.flappingWhy')}>
          <i aria-hidden="true">≈</i> {t('alert.flapping')}
        </span>
      )}
    </>
  );
}
