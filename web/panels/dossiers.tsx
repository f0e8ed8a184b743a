import { useQuery } from '@tanstack/react-query';
import type { DossierView, UnitView } from '../../shared/answers.ts';
import type { Severity } from '../../shared/indicator.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { dossiersQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { type HasFigures, toldBy, usePanelState } from '../panel-state.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { PanelFrame } from './frame.tsx';
import { SEVERITY_SHAPES } from './severity.tsx';

const SHOWN = 40;
const RENEW_MS = 30_000;
const HOURS_A_DAY = 8;

/** What is said of a dossier's time: how bad it is, and the words. */
export type Urgency = { severity: Severity; text: string };

type Judged = Pick<DossierView, 'late' | 'dueSoon' | 'paused' | 'workingHoursLeft' | 'dueAt'>;

/**
 * How urgent a dossier is, in words: a day is eight working hours. Overdue is critical, four hours or less high,
 * eight or less a notice.
 */
export function judgeDossier(dossier: Judged, t: Language['t']): Urgency {
  const { late, dueSoon, paused, dueAt, workingHoursLeft: left } = dossier;
  if (late) {
    if (left === null) return { severity: 'critical', text: t('dossiers.lateUnknown') };
    const span = formatSpan(-left, t);
    return { severity: 'critical', text: span ? t('dossiers.late', { span }) : t('dossiers.lateNow') };
  }
  if (paused) return { severity: 'normal', text: t('dossiers.paused') };
  if (dueAt === null) return { severity: 'normal', text: t('dossiers.noDue') };
  if (left === null) {
    return dueSoon
      ? { severity: 'warning', text: t('dossiers.soonUnknown') }
      : { severity: 'normal', text: '' };
  }
  const span = formatSpan(left, t);
  const severity = left <= HOURS_A_DAY / 2 ? 'major' : left <= HOURS_A_DAY ? 'warning' : 'normal';
  if (!span) return { severity: 'major', text: t('dossiers.now') };
  return { severity, text: t('dossiers.left', { span }) };
}

/**
 * Working hours in words that say so: `3 ngày làm việc`, `1 ngày 3 giờ làm việc`, `5 giờ làm việc`, `20 phút làm việc`;
 * hours fall away from three days on; empty under a minute.
 */
export function formatSpan(hours: number, t: Language['t']): string {
  const minutes = Math.floor(hours * 60 + 1e-6);
  const days = Math.floor(minutes / 60 / HOURS_A_DAY);
  const rest = Math.floor(minutes / 60) % HOURS_A_DAY;
  if (days >= 3 || (days > 0 && rest === 0)) return t('span.days', { count: days });
  if (days > 0) return t('span.daysHours', { count: days, hours: rest });
  if (rest > 0) return t('span.hours', { count: rest });
  return minutes > 0 ? t('span.minutes', { count: minutes }) : '';
}

/** A key short enough to read aloud: its ends. */
export function shortenKey(key: string): string {
  return key.length > 8 ? `${key.slice(0, 4)}…${key.slice(-2)}` : key;
}

/** `rows`: how many there is room for; without it a box that scrolls. */
type DossiersPanelProps = { unit: UnitView; field: string | null; rows?: number };

/** The dossiers of a unit that are overdue or due within 24 working hours, the most urgent first. No personal data. */
export function DossiersPanel({ unit, field, rows }: DossiersPanelProps) {
  const { t, format } = useLanguage();
  const query = { unit: unit.ref, limit: SHOWN, ...(field !== null && { field }) };
  const overdue = useQuery({ ...dossiersQuery({ ...query, state: 'overdue' }), refetchInterval: RENEW_MS });
  const dueSoon = useQuery({ ...dossiersQuery({ ...query, state: 'dueSoon' }), refetchInterval: RENEW_MS });
  const error = overdue.error ?? dueSoon.error;
  const [late, soon] = [overdue.data, dueSoon.data];
  const both = late && soon && { late, soon };
  const state = usePanelState(toldBy({ data: both, error }, hasDossiers));
  const counts =
    both && hasDossiers(both) === 'figures'
      ? [
          t('dossiers.overdue', { count: format.number(both.late.total ?? 0) }),
          t('dossiers.dueSoon', { count: format.number(both.soon.total ?? 0) }),
        ]
      : [];
  const retry = () => {
    void overdue.refetch();
    void dueSoon.refetch();
  };
  return (
    <PanelFrame
      className="dossiers"
      id="part-dossiers"
      title={t('dossiers.title')}
      note={counts.join(' · ')}
      state={state}
      retry={retry}
    >
      {both && (
        <DossierList
          dossiers={mergeUrgent(both.late.dossiers, both.soon.dossiers, rows ?? SHOWN)}
          total={(both.late.total ?? 0) + (both.soon.total ?? 0)}
          unit={unit}
          isWhole={rows !== undefined}
        />
      )}
    </PanelFrame>
  );
}

/** A unit or area of work of which nothing is known has no number of dossiers, not even 0. */
function hasDossiers({ late, soon }: Record<'late' | 'soon', AnswerOf<'listDossiers'>>): HasFigures {
  return late.total === null || soon.total === null ? 'nothing' : 'figures';
}

/** Both lists in one without repeats, overdue and due soon each getting at least half of the room where both need it. */
function mergeUrgent(
  late: readonly DossierView[],
  soon: readonly DossierView[],
  room: number,
): DossierView[] {
  const first = late.slice(0, Math.max(Math.ceil(room / 2), room - soon.length));
  const known = new Set(first.map(({ key }) => key));
  return [...first, ...soon.filter(({ key }) => !known.has(key)).slice(0, room - first.length)];
}

/** `isWhole`: all of it is in sight; else it scrolls. */
type DossierListProps = {
  dossiers: readonly DossierView[];
  total: number;
  unit: UnitView;
  isWhole?: boolean;
};

/** The rows: short key, procedure, and how long is left in shape and words. */
export function DossierList({ dossiers, total, unit, isWhole = false }: DossierListProps) {
  const { t } = useLanguage();
  if (dossiers.length === 0) return <p className="panel-quiet">{t('dossiers.none')}</p>;
  const more = total - dossiers.length;
  const list = (
    <>
      <ul className="dossier-list">
        {dossiers.map((dossier) => (
          <DossierRow key={dossier.key} dossier={dossier} isElsewhere={dossier.unit.id !== unit.id} />
        ))}
      </ul>
      {more > 0 && <p className="panel-quiet">{t('dossiers.more', { count: more })}</p>}
    </>
  );
  if (isWhole) return list;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="dossier-box" tabIndex={0} aria-label={t('dossiers.title')}>
      {list}
    </section>
  );
}

function DossierRow({ dossier, isElsewhere }: { dossier: DossierView; isElsewhere: boolean }) {
  const { t, say, format } = useLanguage();
  const { serverNow } = useFollowing();
  const { severity, text } = judgeDossier(dossier, t);
  const due =
    dossier.dueAt === null
      ? ''
      : t('dossiers.due', { moment: format.moment(Date.parse(dossier.dueAt), serverNow()) });
  return (
    <li className="dossier">
      <span className="dossier-what" title={`${dossier.procedure.code} ${say(dossier.procedure.name)}`}>
        {say(dossier.procedure.name)}
      </span>
      <span className="dossier-where">
        <code title={t('dossiers.key', { key: dossier.key })}>{shortenKey(dossier.key)}</code>
        {isElsewhere && ` · ${say(dossier.unit.name)}`}
      </span>
      <span className="dossier-when" data-severity={severity} title={due}>
        {severity !== 'normal' && <span aria-hidden="true">{SEVERITY_SHAPES[severity]} </span>}
        {text}
      </span>
    </li>
  );
}
