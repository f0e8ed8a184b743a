import { Link, useSearch } from 'wouter';
import type { AlertSeverity } from '../../shared/rule.ts';
import type { AlertSums } from '../alerts/counts.ts';
import { ALERT_CODES, ALERT_SHAPES, PRESSING } from '../alerts/figure.ts';
import { hrefOfAlerts } from '../alerts/unit-marks.ts';
import { useFollowing } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { LateMark } from './frame.tsx';

type Split = { unacknowledged: number; inHand: number; shelved: number };

/** The counts of a severity as the strip splits them: what waits for somebody, is in hand, or is kept down for a while. */
export function splitCounts({ bySeverity }: Pick<AlertSums, 'bySeverity'>, severity: AlertSeverity): Split {
  const { inHand, gone, shelved, suppressed, outOfService, new: waiting } = bySeverity[severity];
  return { unacknowledged: waiting + gone, inHand, shelved: shelved + suppressed + outOfService };
}

/** How many alerts are open, messages not counted. */
export function countPressing({ bySeverity }: Pick<AlertSums, 'bySeverity'>): number {
  const all = PRESSING.flatMap((severity) => Object.values(bySeverity[severity]));
  return all.reduce((sum, count) => sum + count, 0);
}

type CountsProps = { sums: AlertSums; isKnown: boolean; isLost: boolean };

/** How many alerts of each severity wait, are in hand, are shelved; calm words where there is none. */
export function AlertCountsView({ sums, isKnown, isLost }: CountsProps) {
  const { t } = useLanguage();
  const { ref } = useFollowing();
  const search = useSearch();
  const isCalm = countPressing(sums) === 0;
  const title = isCalm ? t('warn.title') : t('warn.unacknowledged');
  const flashing = isLost ? undefined : PRESSING.find((one) => splitCounts(sums, one).unacknowledged > 0);
  return (
    <div className="alert-counts" data-calm={isCalm || undefined}>
      <h2 className="strip-title alert-title">
        <Link className="alert-title-link" href={hrefOfAlerts(ref, search)}>
          {title}
        </Link>{' '}
        {isLost && <LostNote />}
      </h2>
      {isCalm ? (
        <p className="alert-calm">{t(isKnown ? 'warn.none' : 'warn.waiting')}</p>
      ) : (
        <ul>
          {PRESSING.map((severity) => (
            <CountCell
              key={severity}
              severity={severity}
              split={splitCounts(sums, severity)}
              quiet={t('warn.quiet', sums.bySeverity[severity])}
              flashes={severity === flashing}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Since when the strip is behind, while the link is lost. */
function LostNote() {
  const { lostAt } = useFollowing();
  const { t, format } = useLanguage();
  return (
    <LateMark text={lostAt === null ? t('warn.lostNever') : t('warn.lost', { time: format.time(lostAt) })} />
  );
}

type CellProps = { severity: AlertSeverity; split: Split; quiet: string; flashes: boolean };

function CountCell({ severity, split, quiet, flashes }: CellProps) {
  const { t, format } = useLanguage();
  const { unacknowledged, inHand, shelved } = split;
  const word = t(`alertSeverity.${severity}`);
  const isQuiet = unacknowledged === 0;
  return (
    <li data-severity={severity} data-quiet={isQuiet || undefined}>
      <span className="hidden">{t('warn.cell', { severity: word, unacknowledged, inHand, shelved })}</span>
      <span className="alert-count" data-flash={flashes || undefined} aria-hidden="true">
        <i className="mark-shape">{ALERT_SHAPES[severity]}</i> {format.number(unacknowledged)}
      </span>
      <span className="alert-beside" aria-hidden="true">
        <span>{t('warn.inHand', { count: format.number(inHand) })}</span>
        <span title={quiet}>{t('warn.shelved', { count: format.number(shelved) })}</span>
      </span>
      <span className="alert-word" aria-hidden="true">
        {t('warn.severity', { code: ALERT_CODES[severity], severity: word })}
      </span>
    </li>
  );
}
