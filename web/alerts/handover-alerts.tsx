import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AlertBrief } from '../../shared/alert.ts';
import type { HandoverAnswer } from '../../shared/alert-health.ts';
import { useFollowing } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { compareAlerts } from './counts.ts';
import { wordWhere, writeAlertFigure } from './figure.ts';
import { HandoverTable } from './handover-table.tsx';
import { AlertChip } from './marks.tsx';
import { alertPath } from './place.ts';

/** What each row of alerts begins with: severity and name, unit, figure, since when. */
function useAlertCells(): (alert: AlertBrief) => ReactNode[] {
  const language = useLanguage();
  const { serverNow } = useFollowing();
  const { say, format } = language;
  return (alert) => [
    <span key="name" className="handover-alert">
      <AlertChip severity={alert.severity} /> <Link href={alertPath(alert.id)}>{say(alert.name)}</Link>
    </span>,
    wordWhere(alert, language),
    writeAlertFigure(alert, alert.figure, language),
    format.moment(Date.parse(alert.openedAt), serverNow()),
  ];
}

/** The alerts of a shift: those nobody acknowledged, those in hand and by whom, those shelved until when and why. */
export function HandoverAlerts({
  sheet: { open, inHand, shelved, outOfService },
}: {
  sheet: HandoverAnswer;
}) {
  const { t, format } = useLanguage();
  const { serverNow } = useFollowing();
  const cellsOf = useAlertCells();
  const heads = (['alert', 'unit', 'figure', 'since'] as const).map((head) => t(`handover.${head}`));
  const moment = (at: string | null) => (at === null ? '–' : format.moment(Date.parse(at), serverNow()));
  return (
    <>
      <HandoverTable
        title={t('handover.open')}
        none={t('handover.noOpen')}
        heads={heads}
        rows={open.toSorted(compareAlerts).map((alert) => ({ key: String(alert.id), cells: cellsOf(alert) }))}
      />
      <HandoverTable
        title={t('handover.inHand')}
        none={t('handover.noInHand')}
        heads={[...heads, t('handover.who'), t('handover.note')]}
        rows={inHand.map(({ alert, by, note }) => ({
          key: String(alert.id),
          cells: [...cellsOf(alert), alert.assignee ?? by ?? t('handover.nobody'), note ?? ''],
        }))}
      />
      <HandoverTable
        title={t('handover.shelved')}
        none={t('handover.noShelved')}
        heads={[...heads, t('handover.until'), t('handover.who'), t('handover.reason')]}
        rows={shelved.map(({ alert, by, reason }) => ({
          key: String(alert.id),
          cells: [...cellsOf(alert), moment(alert.shelvedUntil), by ?? '–', reason ?? ''],
        }))}
      />
      <HandoverTable
        title={t('handover.outOfService')}
        none={t('handover.noOutOfService')}
        heads={[
          ...[...heads, t('handover.until'), t('handover.who'), t('handover.reason')],
          t('handover.work'),
        ]}
        rows={outOfService.map(({ alert, by, reason, work }) => ({
          key: String(alert.id),
          cells: [...cellsOf(alert), moment(alert.outUntil), by ?? '–', reason ?? '', work ?? ''],
        }))}
      />
    </>
  );
}
