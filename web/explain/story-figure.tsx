import type { ExplainAnswer } from '../../shared/explain.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { judge } from '../../shared/judgement.ts';
import { listThresholdReasons, listThresholdSources, listThresholds } from '../figures/thresholds.ts';
import { SEVERITY_SHAPES, SeverityChip } from '../panels/severity.tsx';
import { detailOf, heroOf } from '../panels/tile.tsx';
import { useLanguage } from '../words/words.ts';
import { useNow } from './place.ts';

/** What the story of a figure is told from. */
export type StoryProps = { story: ExplainAnswer; indicator: Indicator };

/** The figure itself, what it means, and what colours it. */
export function StoryFigure({ story, indicator }: StoryProps) {
  const language = useLanguage();
  const { figure, threshold } = story;
  const hero = heroOf(indicator, figure, { language, thresholds: threshold });
  const { severity } = judge(indicator, figure, threshold);
  return (
    <section className="explain-figures" data-severity={severity}>
      <p className="explain-hero">
        <strong data-words={hero.unit === null}>{hero.text}</strong>
        {hero.unit && <small> {hero.unit}</small>} <SeverityChip severity={severity} />
      </p>
      <p>{detailOf(indicator, figure, language)}</p>
      <p className="explain-soft">{useWordStanding(story)}</p>
      <StoryFormula story={story} indicator={indicator} />
    </section>
  );
}

/** Whether it is final, and up to when it was told. */
function useWordStanding({ figure, workingDays }: ExplainAnswer): string {
  const { t, format } = useLanguage();
  const now = useNow();
  const days =
    workingDays === null ? t('explain.noCalendar') : t('explain.workingDays', { days: workingDays });
  const asOf =
    figure.asOf === null
      ? t('explain.asOfNever')
      : t('explain.asOf', { moment: format.moment(Date.parse(figure.asOf), now) });
  return [t(figure.provisional ? 'explain.provisional' : 'explain.final'), asOf, days].join(' · ');
}

/** A formula in words, each measure set apart from the signs between them. */
export function FormulaWords({ text }: { text: string }) {
  const parts = text.split(/(\[[^\]]*\])/);
  return (
    <span className="explain-formula">
      {parts.map((part, index) =>
        part.startsWith('[') ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a measure may stand in a formula twice
          <span key={index} className="explain-measure">
            {part.slice(1, -1)}
          </span>
        ) : (
          part
        ),
      )}
    </span>
  );
}

function StoryFormula({ story, indicator }: StoryProps) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { formula, target, threshold } = story;
  const levels = listThresholds(indicator, threshold, language);
  const sources = threshold
    ? [...listThresholdSources(threshold, language), ...listThresholdReasons(threshold)]
    : [];
  const unit = indicator.unit === 'percent' ? '%' : format.unitOf(indicator);
  return (
    <dl className="explain-facts">
      <dt>{t('explain.formula')}</dt>
      <dd>
        <FormulaWords text={say(formula.words)} />
        <code>{formula.symbols}</code>
      </dd>
      <dt>{t('explain.source')}</dt>
      <dd>
        {indicator.source}
        <span className="explain-soft">
          {' '}
          {indicator.id}, {t('explain.version', { version: story.indicator.version })}
        </span>
      </dd>
      <dt>{t('explain.target')}</dt>
      <dd>
        {target === null ? t('explain.noTarget') : `${format.number(target.value)} ${unit}`}
        {target && target.source !== indicator.source && <span> · {target.source}</span>}
      </dd>
      {story.indicator.benchmark && (
        <>
          <dt>{t('explain.benchmark')}</dt>
          <dd>
            {format.fine(story.indicator.benchmark.value)} {unit} · {say(story.indicator.benchmark.words)}
          </dd>
        </>
      )}
      {levels.length > 0 && (
        <>
          <dt>{t('threshold.title')}</dt>
          <dd>
            <ul>
              {levels.map(({ severity, text }) => (
                <li key={severity}>
                  <span className="threshold-shape" data-severity={severity} aria-hidden="true">
                    {SEVERITY_SHAPES[severity]}
                  </span>{' '}
                  {text}
                </li>
              ))}
            </ul>
            <span className="explain-soft">{sources.join(' · ')}</span>
          </dd>
        </>
      )}
    </dl>
  );
}
