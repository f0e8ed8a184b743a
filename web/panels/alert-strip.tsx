import './strip.css';
import './alert-strip.css';
import { useMemo } from 'react';
import { Link, useSearch } from 'wouter';
import type { AlertBrief } from '../../shared/alert.ts';
import { isAnnounced } from '../../shared/alert-label.ts';
import { judgeFeed } from '../../shared/feed-state.ts';
import { type AlertSums, countAlerts } from '../alerts/counts.ts';
import { ALERT_SHAPES, writeAlertFigure } from '../alerts/figure.ts';
import { type Flood, type FloodUnit, findFlood } from '../alerts/flood.ts';
import { hrefOfAlert, hrefOfAlerts } from '../alerts/unit-marks.ts';
import { useOpenAlerts } from '../alerts/use-unit-marks.ts';
import { bareName } from '../figures/names.ts';
import { useFollowing } from '../following.tsx';
import { formatAge } from '../format.ts';
import { isLost } from '../live/stage.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { AlertCountsView, countPressing } from './alert-counts.tsx';
import { useServerClock } from './connection.tsx';
import { FeedAges } from './feed-ages.tsx';
import { LateMark, PanelStead } from './frame.tsx';
import { NewestSteps } from './strip.tsx';

const NEWEST = 3;
/** How often the strip looks at the clock: a flood begins with an alert and ends by the clock. */
const LOOK_MS = 5_000;

type StripProps = {
  /** How many feeds there is room for; without it they are counted. */
  feeds?: number | undefined;
  /** How many units of a flood there is room for. */
  units: number;
  /** Whether what just happened stands beside the alerts, or only while there are none. */
  steps: 'beside' | 'calm';
};

/**
 * The alert strip, always in sight: how many of each severity wait for somebody, are in hand or shelved, the newest, how long
 * the oldest waits, and the feeds. In a flood one roll-up by unit in the stead of single alerts; by itself back again.
 */
export function AlertStrip({ feeds, units, steps }: StripProps) {
  const { state, stage } = useFollowing();
  const { sums, flood } = useStripSums();
  const told = usePanelState(toldBy({ data: state ?? undefined, error: null }));
  const isCalm = state !== null && countPressing(sums) === 0;
  return (
    <footer className="strip alert-strip" data-flood={flood !== null || undefined} data-steps={steps}>
      <AlertCountsView sums={sums} isKnown={state !== null} isLost={isLost(stage)} />
      <div className="strip-alerts">
        {state === null && <PanelStead state={told} />}
        {isCalm && steps === 'calm' && <NewestSteps />}
        {flood !== null && <FloodView flood={flood} room={units} recent={sums.recent} />}
        {state !== null && flood === null && !(isCalm && steps === 'calm') && <NewestAlerts sums={sums} />}
      </div>
      {steps === 'beside' && <NewestSteps />}
      {feeds === undefined || (flood !== null && steps === 'calm') ? (
        <FeedsInBrief />
      ) : (
        <FeedAges room={feeds} />
      )}
    </footer>
  );
}

/** Counts and flood of the open alerts, looked at with every change and every few seconds. */
function useStripSums(): { sums: AlertSums; flood: Flood | null } {
  const alerts = useOpenAlerts();
  const clock = useServerClock();
  const now = Math.ceil(clock / LOOK_MS) * LOOK_MS;
  return useMemo(() => ({ sums: countAlerts(alerts, now), flood: findFlood(alerts, now) }), [alerts, now]);
}

/** How long the oldest alert waits that nobody has acknowledged. */
function OldestNew({ sums: { oldestNew, byLabel } }: { sums: AlertSums }) {
  const { t, lang } = useLanguage();
  const clock = useServerClock();
  const { lostAt } = useFollowing();
  if (oldestNew === null) return <>{byLabel.inHand > 0 ? t('warn.allAcknowledged') : ''}</>;
  const age = formatAge((lostAt ?? clock) - Date.parse(oldestNew.openedAt), lang);
  return <span className="alert-oldest">{t('warn.oldest', { age })}</span>;
}

/** The figure of an alert with its unit; empty where there is none. */
function wordFigure(alert: AlertBrief, language: Language): string {
  return alert.figure === null ? '' : writeAlertFigure(alert, alert.figure, language);
}

function NewestAlerts({ sums }: { sums: AlertSums }) {
  const { t } = useLanguage();
  const alerts = useOpenAlerts();
  const newest = alerts
    .filter(isAnnounced)
    .toSorted((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt) || b.id - a.id)
    .slice(0, NEWEST);
  return (
    <>
      <h2 className="strip-title alert-title">
        {t('warn.newest')} <OldestNew sums={sums} />
      </h2>
      {newest.length === 0 && <p>{t('warn.noneNow')}</p>}
      <ol>
        {newest.map((alert) => (
          <AlertLine key={alert.id} alert={alert} />
        ))}
      </ol>
    </>
  );
}

/** `08:59 ▲ Mới Xã Hy Cương: Đúng hạn (QĐ 766) 67,2 %`: a way to the alert. */
function AlertLine({ alert }: { alert: AlertBrief }) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { serverNow } = useFollowing();
  const search = useSearch();
  const { severity, label, condition } = alert;
  const figure = wordFigure(alert, language);
  const about = `${say(alert.name)}${alert.subject === null ? '' : ` (${alert.subject})`}`;
  return (
    <li>
      <Link
        className="alert-line"
        href={hrefOfAlert(alert.id, search)}
        title={`${say(alert.unitName)}: ${about} ${figure}`}
      >
        <time dateTime={alert.openedAt}>{format.shortMoment(Date.parse(alert.openedAt), serverNow())}</time>
        <span className="alert-state" data-severity={severity}>
          <span aria-hidden="true">{ALERT_SHAPES[severity]}</span>
          <span className="hidden">{t(`alertSeverity.${severity}`)}</span>{' '}
          {label === 'gone' ? t('alerts.over') : t(`alertLabel.${label}`)}
          {condition === 'recovering' && (
            <em className="alert-recovering" title={t('alert.recoveringWhy')}>
              {' '}
              ↘ {t('alert.recovering')}
            </em>
          )}
        </span>
        <strong className="alert-where">{say(alert.unitName)}</strong>
        {figure !== '' && <span className="alert-figure">{figure}</span>}
        <span className="strip-about">{about}</span>
      </Link>
    </li>
  );
}

/** Letters that a unit has room for where its name is of usual length, beside its sign. */
const UNIT_LETTERS = 16;

/** The first of some units, as many as there is room for, at least one: long names take that of others. */
function fitUnits(
  units: readonly FloodUnit[],
  { room, say }: { room: number } & Pick<Language, 'say'>,
): FloodUnit[] {
  let left = room * UNIT_LETTERS;
  const shown = units.findIndex(({ name, count }) => {
    left -= bareName(say(name)).length + String(count).length + 3;
    return left < 0;
  });
  return units.slice(0, shown < 0 ? units.length : Math.max(1, shown));
}

type FloodProps = { flood: Flood; room: number; recent: number };

/** A flood: where most alerts are, and the first of them with its time; no single one else. */
function FloodView({ flood, room, recent }: FloodProps) {
  const language = useLanguage();
  const { t, say, format } = language;
  const search = useSearch();
  const { firstOut, units } = flood;
  const shown = fitUnits(units, { room, say });
  const more = units.length - shown.length;
  return (
    <div className="flood" role="status">
      <h2 className="strip-title alert-title">
        <strong className="flood-title">{t('warn.flood')}</strong>{' '}
        {t('warn.floodCount', { count: format.number(recent) })}
      </h2>
      <p className="flood-first">
        <Link className="alert-plain" href={hrefOfAlert(firstOut.id, search)}>
          <strong>{t('warn.firstOut', { time: format.clock(Date.parse(firstOut.openedAt)) })}</strong>{' '}
          <span data-severity={firstOut.severity} className="alert-state" aria-hidden="true">
            {ALERT_SHAPES[firstOut.severity]}
          </span>{' '}
          {say(firstOut.unitName)}: {say(firstOut.name)} {wordFigure(firstOut, language)}
        </Link>
      </p>
      <ul className="flood-units" aria-label={t('warn.floodRaised', { count: flood.raised })}>
        {shown.map(({ unit, ref, name, count, worst }) => (
          <li key={unit}>
            <Link className="alert-plain" href={hrefOfAlerts(ref, search)}>
              <span className="alert-state" data-severity={worst.severity} aria-hidden="true">
                {ALERT_SHAPES[worst.severity]}
              </span>
              {bareName(say(name))} <strong>{format.number(count)}</strong>
            </Link>
          </li>
        ))}
        {more > 0 && <li>{t('warn.floodUnits', { count: more })}</li>}
      </ul>
    </div>
  );
}

/** How many feeds there are, and how many of them are late or missing. */
function FeedsInBrief() {
  const { state, lostAt } = useFollowing();
  const clock = useServerClock();
  const { t } = useLanguage();
  const feeds = state?.feeds ?? [];
  const late = feeds.filter((feed) => {
    const { kind } = judgeFeed(feed, lostAt ?? clock);
    return kind === 'late' || kind === 'missing';
  }).length;
  if (feeds.length === 0) return null;
  const count = feeds.length;
  return (
    <p className="strip-feeds">
      {late > 0 ? <LateMark text={t('warn.feeds', { count, late })} /> : t('warn.feedsFine', { count })}
    </p>
  );
}
