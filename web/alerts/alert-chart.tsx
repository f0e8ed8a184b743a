import { useMemo } from 'react';
import type { AlertDetail } from '../../shared/alert.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { addDays } from '../../shared/period.ts';
import { type AlertTrend, drawAlert } from '../chart/alert-drawing.ts';
import { escapeMarkup } from '../chart/drawing.ts';
import { Chart, type ChartTable } from '../chart.tsx';
import { useFollowing } from '../following.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { ALERT_SHAPES, writeAlertFigure } from './figure.ts';

/** Thresholds that are compared with the very figure that is drawn. */
function thresholdsOf({ thresholds, alert }: Pick<AlertDetail, 'thresholds' | 'alert'>) {
  return thresholds.flatMap(({ severity, raise, count }) => {
    const value = (alert.isCount ? count : raise)?.value ?? null;
    return value === null ? [] : [{ severity, value }];
  });
}

function trendOf(detail: AlertDetail, { language, now }: { language: Language; now: number }): AlertTrend {
  const { alert, chart } = detail;
  const { t, format } = language;
  const indicator = findIndicator(alert.indicator ?? '');
  const isShare = alert.watches === 'level' && indicator?.unit === 'percent' && !alert.isCount;
  const openedAt = Date.parse(alert.openedAt);
  const closedAt = alert.closedAt === null ? null : Date.parse(alert.closedAt);
  const write = (value: number | null) => writeAlertFigure(alert, value, { t, format });
  return {
    points: chart.points.map(({ at, figure }) => ({ at: Date.parse(at), figure })),
    thresholds: thresholdsOf(detail),
    openedAt,
    closedAt,
    cap: isShare ? 100 : null,
    words: {
      // What is told as a day ends is of that day, not of the next.
      moment: (at) => format.shortMoment(at - 1, now),
      value: (value) => format.number(value),
      threshold: (severity) => `${ALERT_SHAPES[severity]} ${t(`alertSeverity.${severity}`)}`,
      onset: t('alert.onset', { moment: format.moment(openedAt, now) }),
      end: closedAt === null ? '' : t('alert.end', { moment: format.moment(closedAt, now) }),
      tip: (at, figure) =>
        `<b>${escapeMarkup(write(figure))}</b> <small>${escapeMarkup(format.moment(at, now))}</small>`,
    },
  };
}

/** The figures of an alert with thresholds and onset, and the same as a table. */
export function AlertChart({ detail }: { detail: AlertDetail }) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { serverNow } = useFollowing();
  const { alert } = detail;
  // Only the day of it is read: a chart is not drawn anew each second.
  const now = Math.floor(serverNow() / 3_600_000) * 3_600_000;
  const { drawing, table } = useMemo(() => {
    const trend = trendOf(detail, { language, now });
    const rows = trend.points.map(({ at, figure }): [string, string] => [
      format.moment(at, now),
      writeAlertFigure(detail.alert, figure, language),
    ]);
    const told: ChartTable = { head: [t('alert.moment'), t('alerts.head.figure')], rows: rows.toReversed() };
    return { drawing: drawAlert(trend), table: told };
  }, [detail, language, now, format, t]);
  const label = t('alert.chartLabel', {
    name: say(detail.alert.name),
    unit: say(detail.alert.unitName),
    count: detail.chart.points.length,
  });
  return (
    <Chart drawing={drawing} label={label} table={table} height="17rem">
      <span>
        {format.day(detail.chart.from)} – {format.day(addDays(detail.chart.to, -1))}
      </span>
      {alert.condition === 'recovering' && (
        <p className="alert-held">
          {alert.clearsAt === null
            ? t('alert.recoveringChartOpen', { severity: t(`alertSeverity.${alert.severity}`) })
            : t('alert.recoveringChart', {
                severity: t(`alertSeverity.${alert.severity}`),
                moment: format.moment(Date.parse(alert.clearsAt), now),
              })}
        </p>
      )}
    </Chart>
  );
}
