import './slip.css';
import { Link } from 'wouter';
import type { AlertDetail, ExplanationView } from '../../shared/alert.ts';
import { dayOf } from '../../shared/period.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { PanelStead } from '../panels/frame.tsx';
import type { Preferences } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { useAlert } from './alert.tsx';
import { wordLate } from './explanation.tsx';
import { writeAlertFigure } from './figure.ts';
import { AlertFrame } from './frame.tsx';
import { alertPath } from './place.ts';

/** The slip by which a unit is asked for an explanation: one page of A4 with room for the answer. */
export function SlipPage({ id, preferences }: { id: number; preferences: Preferences }) {
  const { t } = useLanguage();
  const answer = useAlert(id);
  const { data } = answer;
  const state = usePanelState(toldBy(answer));
  const explanation = data?.explanations.reduce<ExplanationView | null>(
    (newest, one) => (newest === null || one.id > newest.id ? one : newest),
    null,
  );
  return (
    <AlertFrame
      page="explanations"
      title={t('slip.title')}
      unit={null}
      preferences={preferences}
      shape="flows"
    >
      <p className="slip-tools">
        <Link href={alertPath(id)}>‹ {t('slip.back')}</Link>
        {data && (
          <button type="button" className="button primary" onClick={() => globalThis.print()}>
            {t('slip.print')}
          </button>
        )}
      </p>
      {data ? (
        <Slip detail={data} explanation={explanation ?? null} />
      ) : (
        <PanelStead state={state} retry={() => void answer.refetch()} missing="alert.missing" />
      )}
    </AlertFrame>
  );
}

const LINES = { cause: 5, measures: 5, by: 1 } as const;

function Slip({
  detail: { alert, body },
  explanation,
}: {
  detail: AlertDetail;
  explanation: ExplanationView | null;
}) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { session, zone } = useSession();
  const moment = (iso: string) => {
    const at = Date.parse(iso);
    return t('slip.moment', { time: format.time(at), day: format.day(dayOf(at, zone)) });
  };
  const facts: [word: string, text: string][] = [
    [t('slip.what'), alert.subject === null ? say(alert.name) : `${say(alert.name)} (${alert.subject})`],
    [t('slip.severity'), t(`alertSeverity.${alert.severity}`)],
    [t('slip.figure'), writeAlertFigure(alert, alert.figure, { ...language, beside: alert.threshold })],
    [t('slip.threshold'), writeAlertFigure(alert, alert.threshold, language)],
    [t('slip.since'), moment(alert.openedAt)],
    [t('slip.consequence'), say(body.consequence)],
    [t('slip.question'), explanation?.question ?? t('slip.noQuestion')],
    [t('slip.due'), explanation ? moment(explanation.dueAt) : ''],
    ...(explanation?.answeredAt
      ? [
          [
            t('slip.answered'),
            [moment(explanation.answeredAt), wordLate(explanation, language)].filter(Boolean).join(' · '),
          ] as [string, string],
        ]
      : []),
  ];
  return (
    <article className="slip">
      <header className="slip-head">
        <p>
          <strong>{session ? say(session.site) : ''}</strong>
          <span>{t('slip.number', { id: explanation?.id ?? alert.id })}</span>
        </p>
        <p>
          <strong>{t('slip.state')}</strong>
          <strong className="slip-motto">{t('slip.motto')}</strong>
        </p>
      </header>
      <h1>{t('slip.heading')}</h1>
      <p className="slip-to">{t('slip.to', { unit: say(alert.unitName) })}</p>
      <dl>
        {facts.map(([word, text]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <section className="slip-answer">
        <h2>{t('slip.answer')}</h2>
        <Answer word={t('explanation.cause')} text={explanation?.cause ?? null} lines={LINES.cause} />
        <Answer
          word={t('explanation.measures')}
          text={explanation?.measures ?? null}
          lines={LINES.measures}
        />
        <Answer
          word={t('explanation.promisedOn')}
          text={explanation?.promisedOn ? format.day(explanation.promisedOn) : null}
          lines={LINES.by}
        />
      </section>
      <footer className="slip-sign">
        <p>
          {t('slip.asker')}
          <span>{explanation?.askedBy ?? ''}</span>
        </p>
        <p>
          {t('slip.head')}
          <span>{t('slip.signature')}</span>
        </p>
      </footer>
      {session?.demo && <p className="slip-demo">{`${t('app.demo')}: ${t('app.demoHint')}`}</p>}
    </article>
  );
}

/** What was answered, or lines to write on. */
function Answer({ word, text, lines }: { word: string; text: string | null; lines: number }) {
  const empty = Array.from({ length: lines }, (_, line) => line);
  return (
    <div className="slip-field">
      <h3>{word}</h3>
      {text === null ? empty.map((line) => <div key={line} className="slip-line" />) : <p>{text}</p>}
    </div>
  );
}
