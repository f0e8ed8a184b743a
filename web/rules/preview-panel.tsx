/** What the draft would have done, counted again as it changes. */
import { useEffect, useState } from 'react';
import { addDays } from '../../shared/period.ts';
import type { PreviewAnswer, PreviewOrder } from '../../shared/preview.ts';
import type { RuleBody } from '../../shared/rule.ts';
import { wordRefusal } from '../people/asking.tsx';
import { useLanguage } from '../words/words.ts';
import { type PreviewState, usePreview } from './asking-preview.ts';
import { useDraft } from './drafting.ts';
import { Load } from './load.tsx';
import { PreviewChart } from './preview-chart.tsx';
import { Episodes, Suggestions, TopUnits } from './preview-lists.tsx';
import { casesOf, writeNumber } from './sentence.ts';
import { UnitChooser } from './unit-chooser.tsx';

const RANGES = [30, 90, 365] as const;

/** What is looked back on: how far, by which figures, on whose line. */
type View = { days: (typeof RANGES)[number]; mode: PreviewOrder['mode']; unit: string };

function orderOf(
  body: RuleBody,
  view: View,
  { rule, today }: { rule: string | null; today: string },
): PreviewOrder {
  const to = addDays(today, 1);
  const unit = view.unit === '' ? {} : { unit: view.unit };
  return { body, rule, from: addDays(to, -view.days), to, mode: view.mode, ...unit };
}

const isEmpty = ({ line }: PreviewAnswer) =>
  line.points.every(({ figure, count }) => figure === null && count === null);

/** The preview of a draft (`body`: null while it is no rule) against the saved rule, where there is one. */
export function PreviewPanel({ body, rule }: { body: RuleBody | null; rule: string | null }) {
  const { today } = useDraft();
  const { t } = useLanguage();
  const [view, setView] = useState<View>({ days: 30, mode: 'asKnown', unit: '' });
  const preview = usePreview(body && orderOf(body, view, { rule, today }));
  const { answer, stage } = preview;
  const first = view.unit === '' && answer && isEmpty(answer) ? answer.topUnits[0]?.ref : undefined;
  // The first unit of the scope may have no figure at all: then that of the unit most in alert says more.
  useEffect(() => {
    if (first !== undefined) setView((before) => ({ ...before, unit: first }));
  }, [first]);
  const look = (part: Partial<View>) => setView((before) => ({ ...before, ...part }));
  return (
    <section
      className="preview"
      aria-label={t('preview.title')}
      aria-busy={stage === 'asking' || stage === 'slow'}
    >
      <div className="preview-head">
        <h2>{t('preview.title')}</h2>
        <PreviewStage preview={preview} />
      </div>
      <PreviewView view={view} look={look} />
      {answer ? (
        <div className="preview-answer" data-old={stage !== 'fresh' || undefined}>
          <PreviewChart answer={answer} isOld={stage !== 'fresh'} />
          <Cases />
          <Told answer={answer} />
          <Load answer={answer} />
          <Suggestions answer={answer} />
          <TopUnits answer={answer} onDraw={(unit) => look({ unit })} />
          <Episodes answer={answer} />
        </div>
      ) : (
        (stage === 'asking' || stage === 'slow') && (
          <div className="skeleton preview-skeleton" role="status" aria-label={t('preview.asking')} />
        )
      )}
    </section>
  );
}

function PreviewStage({ preview }: { preview: PreviewState & { retry: () => void } }) {
  const { stage, error, retry } = preview;
  const language = useLanguage();
  const { t } = language;
  if (stage === 'failed' && error) {
    return (
      <div className="refusal" role="alert">
        <p>{t('preview.failed', { reason: wordRefusal(error, language) })}</p>
        <button type="button" className="button" onClick={retry}>
          {t('preview.retry')}
        </button>
      </div>
    );
  }
  const words = {
    fresh: '',
    asking: t('preview.asking'),
    slow: t('preview.slow'),
    failed: '',
    broken: t('preview.broken'),
  };
  return (
    <p className="preview-stage" role="status" data-stage={stage}>
      {words[stage]}
    </p>
  );
}

function PreviewView({ view, look }: { view: View; look: (part: Partial<View>) => void }) {
  const { t } = useLanguage();
  return (
    <div className="preview-view">
      <fieldset className="segments">
        <legend>{t('preview.range')}</legend>
        {RANGES.map((days) => (
          <button key={days} type="button" aria-pressed={days === view.days} onClick={() => look({ days })}>
            {t('preview.days', { days })}
          </button>
        ))}
      </fieldset>
      <fieldset className="segments">
        <legend>{t('preview.mode')}</legend>
        {(['asKnown', 'asRevised'] as const).map((mode) => (
          <button key={mode} type="button" aria-pressed={mode === view.mode} onClick={() => look({ mode })}>
            {t(`preview.mode.${mode}`)}
          </button>
        ))}
      </fieldset>
      <UnitChooser
        label={t('preview.unit')}
        rule={t('preview.unitRule')}
        unit={view.unit}
        onChoose={(unit) => look({ unit })}
      />
    </div>
  );
}

/** Of which thresholds the fewest cases hold, where a rule has some by count. */
function Cases() {
  const { draft, telling } = useDraft();
  const { t } = useLanguage();
  const cases = casesOf(draft);
  if (cases !== 'share' && cases !== 'none') return null;
  const minimum = Number.isNaN(draft.minimum) ? '…' : writeNumber(draft.minimum, telling);
  return <p className="preview-note">{t(`preview.cases.${cases}`, { minimum })}</p>;
}

/** How far the preview is to be trusted: always told. */
function Told({ answer }: { answer: PreviewAnswer }) {
  const { t, format } = useLanguage();
  const { isExact, grain, sampled, replayed, notReplayed, units, evaluations, tookMs } = answer;
  const list = (parts: PreviewAnswer['replayed']) =>
    parts.map((part) => t(`preview.part.${part}`)).join(', ');
  const near = grain === 'hour' ? 'preview.byHour' : 'preview.byDay';
  return (
    <div className="preview-told">
      <p>
        <strong>{t(isExact ? 'preview.exact' : near)}</strong>
      </p>
      <p className="preview-not">
        {notReplayed.length === 0 ? t('preview.notNothing') : t('preview.not', { parts: list(notReplayed) })}
      </p>
      {replayed.length > 0 && <p>{t('preview.did', { parts: list(replayed) })}</p>}
      {sampled && (
        <p className="preview-sampled">
          {t('preview.sampled', {
            taken: format.number(sampled.taken),
            of: format.number(sampled.of),
            share: format.number(Math.round(sampled.of / Math.max(1, sampled.taken))),
          })}
        </p>
      )}
      <p>
        {t('preview.allUnits', {
          units: format.number(units),
          evaluations: format.number(evaluations),
          took: format.number(Math.round(tookMs)),
        })}
      </p>
    </div>
  );
}
