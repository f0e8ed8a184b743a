import { Link } from 'wouter';
import type { AlertBrief, AlertDetail, AlertNote } from '../../shared/alert.ts';
import { useFollowing } from '../following.tsx';
import { formatAge } from '../format.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { ALERT_SHAPES, writeAlertFigure } from './figure.ts';
import { AlertChip, RecoveringMark } from './marks.tsx';
import { alertPath } from './place.ts';

/** What happened to an episode and what was said of it, the newest first. */
export function NoteTimeline({ notes, alert }: { notes: readonly AlertNote[]; alert: AlertBrief }) {
  const recovering = notes.findLast(({ kind }) => kind === 'recovering');
  return (
    <ol className="alert-notes">
      {notes.toReversed().map((note) => (
        <NoteLine key={note.n} note={note} alert={alert} isHeldSince={note === recovering} />
      ))}
    </ol>
  );
}

/** To whom an alert was assigned, or that it is nobody's again. */
export function wordAssigned(facts: AlertNote['facts'], t: Language['t']): string {
  const title = facts?.title;
  return typeof title === 'string' ? t('alert.assignedTo', { title }) : t('alert.assignedToNobody');
}

function NoteLine({
  note,
  alert,
  isHeldSince,
}: {
  note: AlertNote;
  alert: AlertBrief;
  isHeldSince: boolean;
}) {
  const { t, format } = useLanguage();
  const { serverNow } = useFollowing();
  const { at, kind, severity, figure, by, text, facts } = note;
  const work = kind === 'outOfService' && typeof facts?.work === 'string' ? facts.work : null;
  return (
    <li className="alert-note" data-kind={kind} data-by={by === null ? 'clock' : 'person'}>
      <time dateTime={at}>{format.moment(Date.parse(at), serverNow())}</time>
      <div>
        <p>
          <strong>{t(`noteKind.${kind}`)}</strong>
          {severity !== null && (
            <span data-severity={severity}>
              {' '}
              <i className="note-shape">{ALERT_SHAPES[severity]}</i> {t(`alertSeverity.${severity}`)}
            </span>
          )}
          {figure !== null &&
            ` · ${writeAlertFigure({ ...alert, isCount: note.isCount }, figure, { t, format })}`}
          {by !== null && ` · ${by}`}
        </p>
        {kind === 'assigned' && <p className="note-text">{wordAssigned(facts, t)}</p>}
        {text !== null && <p className="note-text">{text}</p>}
        {work !== null && <p className="note-text">{t('alert.work', { work })}</p>}
        {isHeldSince && (
          <p>
            <RecoveringMark alert={alert} />
          </p>
        )}
      </div>
    </li>
  );
}

/** Earlier episodes of the same rule and unit, and what people did and said then. */
export function EarlierEpisodes({ earlier }: Pick<AlertDetail, 'earlier'>) {
  const { t } = useLanguage();
  if (earlier.length === 0) return <p className="panel-quiet">{t('alert.noEarlier')}</p>;
  return (
    <ul className="alert-earlier">
      {earlier.map(({ alert, done }) => (
        <EarlierEpisode key={alert.id} alert={alert} done={done} />
      ))}
    </ul>
  );
}

function EarlierEpisode({ alert, done }: AlertDetail['earlier'][number]) {
  const { t, format, lang } = useLanguage();
  const { serverNow } = useFollowing();
  const opened = Date.parse(alert.openedAt);
  const lasted = alert.closedAt === null ? null : Date.parse(alert.closedAt) - opened;
  return (
    <li>
      <p>
        <AlertChip severity={alert.severity} />{' '}
        <Link href={alertPath(alert.id)}>{format.moment(opened, serverNow())}</Link>
        {lasted !== null && ` · ${t('alert.lasted', { age: formatAge(lasted, lang) })}`}
      </p>
      {done.length === 0 ? (
        <p className="panel-quiet">{t('alert.nothingDone')}</p>
      ) : (
        <NoteTimeline notes={done} alert={alert} />
      )}
    </li>
  );
}
