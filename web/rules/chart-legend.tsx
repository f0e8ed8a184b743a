/** Of a rule that judges a share and a count: which of the two is drawn, and which of them decided what is shaded. */
import { useCallback } from 'react';
import type { PreviewAnswer } from '../../shared/preview.ts';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import type { LimitKey } from './draft.ts';
import { useDraft } from './drafting.ts';
import { writeLimit } from './sentence.ts';
import { AlertShape } from './shape.tsx';

/** Both kinds of thresholds with their limits; a press draws the one. */
export function ChartLegend({ drawn, onChoose }: { drawn: LimitKey; onChoose: (key: LimitKey) => void }) {
  const { t } = useLanguage();
  return (
    <fieldset className="rule-legend">
      <legend>{t('preview.drawn')}</legend>
      {(['raise', 'count'] as const).map((key) => (
        <button
          key={key}
          type="button"
          className="rule-legend-choice"
          aria-pressed={key === drawn}
          onClick={() => onChoose(key)}
        >
          <strong>{t(`preview.drawn.${key}`)}</strong> <LegendLimits kind={key} />
        </button>
      ))}
    </fieldset>
  );
}

function LegendLimits({ kind }: { kind: LimitKey }) {
  const { draft, telling } = useDraft();
  const { t } = useLanguage();
  const limits = draft.levels.flatMap(({ severity, ...level }) => {
    const value = level[kind];
    return value === null || Number.isNaN(value) ? [] : [{ severity, value }];
  });
  if (limits.length === 0) return <span className="chart-limit">{t('preview.drawn.none')}</span>;
  return limits.reverse().map(({ severity, value }) => (
    <span key={severity} className="chart-limit">
      <AlertShape severity={severity} /> <span className="hidden">{t(`alertSeverity.${severity}`)} </span>
      {writeLimit(value, { ...draft, key: kind }, telling)}
    </span>
  ));
}

/** Says of an instant which threshold decided the episode it lies in; nothing outside of one. */
export function useWordBy({ line }: PreviewAnswer): (at: number) => string {
  const { t } = useLanguage();
  return useCallback(
    (at) => {
      const episode = line.episodes.find(
        ({ from, to }) => Date.parse(from) <= at && (to === null || at < Date.parse(to)),
      );
      if (!episode?.by) return '';
      return t(`preview.by.${episode.by}`, { level: t(`alertSeverity.${episode.severity}`) });
    },
    [line, t],
  );
}

const LISTED = 6;

/** What is shaded on the chart, the newest first, and by which threshold. */
export function Deciders({ answer: { line } }: { answer: PreviewAnswer }) {
  const { t, format } = useLanguage();
  const now = useAskedAt();
  const told = line.episodes.filter(({ by }) => by !== null);
  const moment = (iso: string) => format.moment(Date.parse(iso), now);
  if (told.length === 0) return null;
  return (
    <ul className="chart-deciders" aria-label={t('preview.shaded')}>
      {told
        .slice(-LISTED)
        .reverse()
        .map(({ severity, from, to, by }) => (
          <li key={from}>
            <AlertShape severity={severity} />{' '}
            {by && t(`preview.by.${by}`, { level: t(`alertSeverity.${severity}`) })}{' '}
            <span>
              {t('preview.fromTo', { from: moment(from), to: to === null ? t('preview.still') : moment(to) })}
            </span>
          </li>
        ))}
    </ul>
  );
}
