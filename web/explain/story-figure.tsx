import type { ExplainAnswer } from '../../shared/explain.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { judge } from '../../shared/judgement.ts';
import { parsePeriod } from '../../shared/period.ts';
import { fallBack } from '../../shared/reported.ts';
import { listThresholdReasons, listThresholdSources, listThresholds } from '../figures/thresholds.ts';
import { wordUnreported } from '../figures/unreported.ts';
import { SEVERITY_SHAPES, SeverityChip } from '../panels/severity.tsx';
import { detailOf, heroOf } from '../panels/tile.tsx';
import { wordTargetSource, writeValue } from '../plan/writing.ts';
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
      <Unreported story={story} indicator={indicator} />
      <p className="explain-soft">{useWordStanding(story)}</p>
      <StoryFormula story={story} indicator={indicator} />
    </section>
  );
}

/** That nothing was reported yet, and what was last. */
function Unreported({ story: { figure, period, threshold }, indicator }: StoryProps) {
  const language = useLanguage();
  const asked = parsePeriod(period);
  const words = asked && wordUnreported(figure, asked, language);
  if (!words) return null;
  const last = fallBack(figure);
  const hero = heroOf(indicator, last, { language, thresholds: threshold });
  const isKnown = figure.unreported?.latest != null;
  return (
    <p>
      {isKnown && (
        <strong>
          {hero.text} {hero.unit}
        </strong>
      )}{' '}
      {words}
      {isKnown && ` · ${detailOf(indicator, last, language)}`}
    </p>
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

type YearlyProps = { yearly: NonNullable<ExplainAnswer['yearly']>; indicator: Indicator };

/** What is to be reached in the year, by whose decision, and what waits to be signed in its place. */
function Yearly({ yearly: { year, held, waiting }, indicator }: YearlyProps) {
  const language = useLanguage();
  const { t } = language;
  const write = (value: number | null) =>
    value === null ? t('targets.takenBack') : writeValue(indicator, value, language);
  return (
    <>
      <dt>{t('explain.yearly', { year })}</dt>
      <dd>
        {held
          ? `${write(held.value)} · ${t('explain.targetHolds')} · ${wordTargetSource(held, language)}`
          : t('explain.noTarget')}
        {waiting && (
          <span className="explain-soft">
            {' '}
            {t('explain.yearlyWaiting', { value: write(waiting.value) })}
            {' · '}
            {t('targets.by', { office: waiting.office, paper: waiting.paper })}
          </span>
        )}
      </dd>
    </>
  );
}

/** Whether the unit's target of the year holds in place of the catalogue's. */
function isReplaced({ yearly }: ExplainAnswer): boolean {
  return !!yearly?.held && yearly.held.source !== 'catalogue';
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
        {target && isReplaced(story) && (
          <span className="explain-soft"> · {t('explain.targetReplaced')}</span>
        )}
      </dd>
      {story.yearly && <Yearly yearly={story.yearly} indicator={indicator} />}
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
