import { Link } from 'wouter';
import type { HandoverAnswer } from '../../shared/alert-health.ts';
import { useFollowing } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { wordAssigned } from './alert-history.tsx';
import { wordLate } from './explanation.tsx';
import { HandoverTable } from './handover-table.tsx';
import { alertPath } from './place.ts';

/** How an instant is written on a sheet; a dash where there is none. */
function useMoment(): (at: string | null) => string {
  const { format } = useLanguage();
  const { serverNow } = useFollowing();
  return (at) => (at === null ? '–' : format.moment(Date.parse(at), serverNow()));
}

/** The feeds that are late or missing, and up to when each told. */
export function HandoverFeeds({ feeds }: Pick<HandoverAnswer, 'feeds'>) {
  const { t } = useLanguage();
  const moment = useMoment();
  return (
    <HandoverTable
      title={t('handover.feeds')}
      none={t('handover.noFeeds')}
      heads={[t('handover.feed'), t('handover.told'), t('handover.late')]}
      rows={feeds.map(({ id, name, lastAt, lateAt }) => ({
        key: id,
        cells: [name, moment(lastAt), moment(lateAt)],
      }))}
    />
  );
}

/** Explanations that wait for an answer, or whose promise is to be checked. */
export function HandoverExplanations({ explanations }: Pick<HandoverAnswer, 'explanations'>) {
  const { t, say, format } = useLanguage();
  const moment = useMoment();
  return (
    <HandoverTable
      title={t('handover.explanations')}
      none={t('handover.noExplanations')}
      heads={(['alert', 'unit', 'question', 'dueAt', 'state'] as const).map((head) => t(`handover.${head}`))}
      rows={explanations.map((told) => ({
        key: String(told.id),
        cells: [
          <Link key="alert" href={alertPath(told.alert)}>
            {say(told.alertName)}
          </Link>,
          say(told.unitName),
          told.question,
          moment(told.dueAt),
          [t(`explanationState.${told.state}`), wordLate(told, { t, format })].filter(Boolean).join(' · '),
        ],
      }))}
    />
  );
}

/** What people did and said in the shift. */
export function HandoverNotes({ notes }: Pick<HandoverAnswer, 'notes'>) {
  const { t, say } = useLanguage();
  const moment = useMoment();
  return (
    <HandoverTable
      title={t('handover.notes')}
      none={t('handover.noNotes')}
      heads={(['at', 'what', 'alert', 'unit', 'by', 'text'] as const).map((head) => t(`handover.${head}`))}
      rows={notes.map(({ n, at, kind, alert, name, unitName, by, text, facts }) => ({
        key: String(n),
        cells: [
          moment(at),
          t(`noteKind.${kind}`),
          <Link key="alert" href={alertPath(alert)}>
            {say(name)}
          </Link>,
          say(unitName),
          by ?? t('handover.theClock'),
          kind === 'assigned' ? wordAssigned(facts, t) : (text ?? ''),
        ],
      }))}
    />
  );
}
