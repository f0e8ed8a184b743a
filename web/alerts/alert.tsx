// Dossiers look as they do on the unit's page.
import '../panels/unit-panels.css';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { AlertDetail } from '../../shared/alert.ts';
import { OWN_RULES } from '../../shared/alert-policy.ts';
import { alertQuery, dossiersQuery, unitQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { formatAge } from '../format.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { useServerClock } from '../panels/connection.tsx';
import { DossierList } from '../panels/dossiers.tsx';
import { PanelStead } from '../panels/frame.tsx';
import type { Preferences } from '../preferences.ts';
import { addressOfThresholds } from '../rules/addresses.ts';
import { useLanguage } from '../words/words.ts';
import { AlertChart } from './alert-chart.tsx';
import { EarlierEpisodes, NoteTimeline } from './alert-history.tsx';
import { AlertVerbs } from './alert-verbs.tsx';
import { ExplanationCard } from './explanation.tsx';
import { writeAlertFigure } from './figure.ts';
import { AlertFrame } from './frame.tsx';
import { AlertChip, ExplanationMark, LabelMark, QualityMarks, RecoveringMark } from './marks.tsx';
import { Measured } from './measured.tsx';
import { centrePath } from './place.ts';
import { ThresholdSources } from './provenance.tsx';

/** One episode, read again whenever a frame tells that it changed. */
export function useAlert(id: number) {
  const answer = useQuery(alertQuery(id));
  const { state } = useFollowing();
  const { data, refetch } = answer;
  const live = state?.alerts.find((alert) => alert.id === id);
  const isGone = state !== null && live === undefined;
  const isBehind =
    data !== undefined &&
    (live ? live.seq > data.alert.seq : isGone && data.alert.label !== 'closed' && data.seq < state.seq);
  useEffect(() => {
    if (isBehind) void refetch();
  }, [isBehind, refetch]);
  return answer;
}

/** Back to the list that an alert was opened from, as it was; to the alert centre where it was opened otherwise. */
function useWayBack(): () => void {
  const [, navigate] = useLocation();
  const state: unknown = useHistoryState();
  const isFromCentre = state !== null && typeof state === 'object' && 'isFromCentre' in state;
  return () => (isFromCentre ? history.back() : navigate(centrePath(null)));
}

/** One alert: what it leads to and what is to be done first, then why, what stands behind it, what was said and done. */
export function AlertPage({ id, preferences }: { id: number; preferences: Preferences }) {
  const { t, say } = useLanguage();
  const back = useWayBack();
  const answer = useAlert(id);
  const { data } = answer;
  const state = usePanelState(toldBy(answer));
  const title = data ? `${say(data.alert.name)} · ${say(data.alert.unitName)}` : t('alert.title', { id });
  return (
    <AlertFrame page="alerts" title={title} unit={null} preferences={preferences} shape="flows">
      <p className="alert-back">
        <Link
          href={centrePath(null)}
          onClick={(event) => {
            event.preventDefault();
            back();
          }}
        >
          ‹ {t('alerts.title')}
        </Link>
      </p>
      {data ? (
        <AlertBody detail={data} onBack={back} />
      ) : (
        <section className="panel" data-state={state.kind}>
          <h1>{title}</h1>
          <PanelStead state={state} retry={() => void answer.refetch()} missing="alert.missing" />
        </section>
      )}
    </AlertFrame>
  );
}

function AlertBody({ detail, onBack }: { detail: AlertDetail; onBack: () => void }) {
  const { t, say } = useLanguage();
  const { alert, body, explanations } = detail;
  return (
    <article className="alert-page">
      <AlertHead detail={detail} />
      <section className="alert-action" data-severity={alert.severity}>
        <div>
          <h2>{t('alert.consequence')}</h2>
          <p>{say(body.consequence)}</p>
        </div>
        <div>
          <h2>{t('alert.action')}</h2>
          <p>{say(body.action)}</p>
        </div>
      </section>
      <AlertVerbs detail={detail} onBack={onBack} />
      <div className="alert-columns">
        <div>
          <Part title={t('alert.chart')}>
            <AlertChart detail={detail} />
          </Part>
          {detail.dossiers !== null && <BehindIt detail={detail} state={detail.dossiers} />}
          {explanations.length > 0 && (
            <Part title={t('explanations.title')}>
              {explanations.map((explanation) => (
                <ExplanationCard key={explanation.id} explanation={explanation} />
              ))}
            </Part>
          )}
          <Part title={t('alert.earlier')}>
            <EarlierEpisodes earlier={detail.earlier} />
          </Part>
        </div>
        <div>
          <Part title={t('alert.thresholds')}>
            <ThresholdSources thresholds={detail.thresholds} alert={alert} />
            {!OWN_RULES.includes(alert.rule) && (
              <p className="ask-ways">
                <Link href={`/rules/${encodeURIComponent(alert.rule)}`}>{t('alert.rulePage')}</Link>
                <Link href={addressOfThresholds(alert.ref)}>{t('alert.thresholdsPage')}</Link>
              </p>
            )}
          </Part>
          <Part title={t('alert.history')}>
            <NoteTimeline notes={detail.notes} alert={alert} />
          </Part>
        </div>
      </div>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel alert-part">
      <h2 className="panel-title">{title}</h2>
      {children}
    </section>
  );
}

function AlertHead({ detail }: { detail: AlertDetail }) {
  const language = useLanguage();
  const { t, say, format, lang } = language;
  const now = useServerClock();
  const { alert, reach, acknowledgedBy, acknowledgedUntil, shelvedBy, outBy } = detail;
  const opened = Date.parse(alert.openedAt);
  const ended = alert.closedAt === null ? now : Date.parse(alert.closedAt);
  const moment = (iso: string) => format.moment(Date.parse(iso), now);
  return (
    <header className="alert-head">
      <AlertChip severity={alert.severity} label={alert.label} />
      <h1>{say(alert.name)}</h1>
      <p className="alert-where">
        <Link href={`/unit/${encodeURIComponent(alert.ref).replace('%40', '@')}`}>{say(alert.unitName)}</Link>
        {alert.subject !== null && ` · ${alert.subject}`}
      </p>
      <p className="alert-big">
        <strong>
          <Measured detail={detail} />
        </strong>{' '}
        <span>{t('alert.threshold', { threshold: writeAlertFigure(alert, alert.threshold, language) })}</span>
        {reach && reach.of > 0 && (
          <span className="alert-reach">
            {t('alert.reach', { affected: format.number(reach.affected), of: format.number(reach.of) })}
          </span>
        )}
      </p>
      <p className="alert-standing">
        <LabelMark alert={alert} />
        <RecoveringMark alert={alert} />
        <span>
          {t('alert.since', { moment: format.moment(opened, now) })} ({formatAge(ended - opened, lang)})
        </span>
        {acknowledgedBy !== null && alert.acknowledgedAt !== null && (
          <span>
            {t('alert.acknowledgedBy', { by: acknowledgedBy, moment: moment(alert.acknowledgedAt) })}
            {acknowledgedUntil !== null &&
              ` · ${t('alert.holdsUntil', { moment: moment(acknowledgedUntil) })}`}
          </span>
        )}
        {alert.assignee !== null && <span>{t('alert.assignedTo', { title: alert.assignee })}</span>}
        {shelvedBy !== null && alert.label === 'shelved' && (
          <span>{t('alert.shelvedBy', { by: shelvedBy })}</span>
        )}
        {outBy !== null && alert.label === 'outOfService' && <span>{t('alert.outBy', { by: outBy })}</span>}
        <ExplanationMark state={alert.explanation} />
        <QualityMarks alert={alert} />
      </p>
    </header>
  );
}

const DOSSIERS_SHOWN = 20;

/** The dossiers behind an alert's figure, the most urgent first. */
function BehindIt({
  detail: { alert },
  state,
}: {
  detail: AlertDetail;
  state: NonNullable<AlertDetail['dossiers']>;
}) {
  const { t, format } = useLanguage();
  const unit = useQuery(unitQuery(alert.ref));
  const dossiers = useQuery({
    ...dossiersQuery({ unit: alert.ref, state, limit: DOSSIERS_SHOWN }),
    refetchInterval: 60_000,
  });
  const panel = usePanelState(toldBy(dossiers));
  const total = dossiers.data?.total ?? null;
  return (
    <Part title={`${t(`alert.dossiers.${state}`)}${total === null ? '' : ` · ${format.number(total)}`}`}>
      {dossiers.data && unit.data ? (
        <DossierList dossiers={dossiers.data.dossiers} total={total ?? 0} unit={unit.data.unit} />
      ) : (
        <PanelStead state={panel} retry={() => void dossiers.refetch()} />
      )}
      <p>
        <Link href={`/unit/${encodeURIComponent(alert.ref).replace('%40', '@')}`}>{t('alert.unitPage')}</Link>
      </p>
    </Part>
  );
}
