import './alert-bell.css';
import { Link } from 'wouter';
import { useFollowing } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { countAlerts } from './counts.ts';
import { ALERT_SHAPES, PRESSING } from './figure.ts';
import { centrePath } from './place.ts';

/** How many new alerts the followed unit has, by severity in shape and number; leads to the alert centre of that unit. */
export function AlertBell({ unit }: { unit: string | null }) {
  const { state, serverNow } = useFollowing();
  const { t, format } = useLanguage();
  const sums = state && countAlerts(state.alerts, serverNow());
  const shown = sums ? PRESSING.filter((severity) => sums.bySeverity[severity].new > 0) : [];
  const words = sums
    ? [
        ...shown.map((severity) =>
          t('alerts.countOf', {
            severity: t(`alertSeverity.${severity}`),
            count: sums.bySeverity[severity].new,
          }),
        ),
        ...(shown.length === 0 ? [t('alerts.noneNew')] : []),
        t('alerts.inHandCount', { count: sums.byLabel.inHand }),
      ].join(', ')
    : t('app.loading');
  return (
    <Link className="alert-bell" href={centrePath(unit)} title={words} data-worst={sums?.worst ?? undefined}>
      {t('alerts.title')}
      <span className="hidden">: {words}</span>
      <span className="alert-bell-counts" aria-hidden="true">
        {sums &&
          shown.map((severity) => (
            <span key={severity} data-severity={severity}>
              <i>{ALERT_SHAPES[severity]}</i>
              {format.number(sums.bySeverity[severity].new)}
            </span>
          ))}
      </span>
    </Link>
  );
}
