/** One unit's line with the rule's thresholds over it, which a hand or a key moves. */
import { useMemo, useState } from 'react';
import { addDays, dayOf, startOfDay } from '../../shared/period.ts';
import type { PreviewAnswer } from '../../shared/preview.ts';
import { escapeMarkup } from '../chart/drawing.ts';
import { drawLine } from '../chart/line-drawing.ts';
import { Chart } from '../chart.tsx';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { useDraft } from './drafting.ts';
import { listValues, type Range, rangeOf } from './line.ts';
import { writeNumber, writeThreshold } from './sentence.ts';
import { ThresholdLines } from './threshold-lines.tsx';

const HEIGHT = 'clamp(240px, 38vh, 420px)';

/** The chart of a preview; its range stands still while a threshold is dragged. */
export function PreviewChart({ answer, isOld }: { answer: PreviewAnswer; isOld: boolean }) {
  const { draft } = useDraft();
  const { t } = useLanguage();
  const [held, hold] = useState<Range | null>(null);
  const wide = useMemo(() => rangeOf(listValues(answer.line, draft), draft), [answer, draft]);
  const range = held ?? wide;
  const isEmpty = answer.line.points.every(({ figure }) => figure === null);
  return (
    <div className="rule-chart" data-old={isOld || undefined}>
      <Picture answer={answer} range={range} />
      <ThresholdLines range={range} height={HEIGHT} onHold={() => hold(wide)} onRelease={() => hold(null)} />
      {isEmpty && <p className="rule-chart-empty">{t('preview.noLine')}</p>}
    </div>
  );
}

/** A line's points as texts: when, the figure, of how many cases. */
function useRows({ line, grain, to }: PreviewAnswer): (readonly [string, string, string])[] {
  const { telling, draft } = useDraft();
  const { t, format } = useLanguage();
  const { zone } = useSession();
  const { condition } = draft;
  return useMemo(() => {
    const end = startOfDay(to, zone);
    return line.points.map(({ at, figure, cases }) => {
      // What is judged as a day ends is of that day, not of the next.
      const instant = Date.parse(at) - 1;
      const moment = grain === 'hour' ? format.moment(instant + 1, end) : format.day(dayOf(instant, zone));
      const value = figure === null ? t('rules.empty') : writeThreshold(figure, condition, telling);
      return [moment, value, cases === null ? '' : format.number(cases)] as const;
    });
  }, [line, grain, to, zone, condition, telling, t, format]);
}

/** So long that the year has to be said. */
const LONG_MS = 200 * 86_400_000;

function Picture({ answer, range }: { answer: PreviewAnswer; range: Range }) {
  const { telling, draft } = useDraft();
  const { t, say, format } = useLanguage();
  const { zone } = useSession();
  const rows = useRows(answer);
  const { line, from, to } = answer;
  const { min, max, step } = range;
  const drawing = useMemo(() => {
    const [start, end] = [startOfDay(from, zone), startOfDay(to, zone)];
    return drawLine({
      points: line.points.map(({ at, figure }) => ({ at: Date.parse(at), figure })),
      bands: line.episodes.map((episode) => ({
        severity: episode.severity,
        from: Math.max(start, Date.parse(episode.from)),
        to: episode.to === null ? end : Date.parse(episode.to),
      })),
      ...{ from: start, to: end, range: { min, max, step } },
      words: {
        // The end is that of the last day, not the beginning of the next.
        moment: (at) =>
          format.day(dayOf(Math.min(at, end - 1), zone)).slice(0, end - start > LONG_MS ? 10 : 5),
        value: (value) => writeNumber(value, telling),
        tip: (index) => {
          const [at, figure, cases] = rows[index] ?? ['', '', ''];
          const text = cases === '' ? figure : t('preview.ofCases', { figure, cases });
          return `${escapeMarkup(at)}<br>${escapeMarkup(text)}`;
        },
      },
    });
  }, [line, from, to, zone, min, max, step, rows, telling, t, format]);
  const label = t('preview.label', {
    unit: say(line.unitName),
    name: say(draft.name) || t(`rules.kind.${draft.condition.kind}`),
    from: format.day(from),
    to: format.day(addDays(to, -1)),
  });
  const table = { head: [t('preview.at'), t('preview.figure'), t('preview.cases')], rows };
  return <Chart drawing={drawing} label={label} table={table} height={HEIGHT} />;
}
