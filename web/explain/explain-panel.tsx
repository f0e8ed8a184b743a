import './explain.css';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { findIndicator } from '../../shared/catalogue.ts';
import type { ExplainAnswer } from '../../shared/explain.ts';
import { useLanguage } from '../words/words.ts';
import { type ExplainTarget, keyOfTarget, useExplain } from './address.ts';
import { useStory } from './place.ts';
import { StoryBelow } from './story-below.tsx';
import { StoryCorrections } from './story-corrections.tsx';
import { StoryFigure } from './story-figure.tsx';
import { StoryRows } from './story-rows.tsx';
import { StorySources } from './story-sources.tsx';
import { StoryStated } from './story-stated.tsx';
import { StoryTerms } from './story-terms.tsx';

/** Whether corrections of a figure are kept: of sums of a unit, as its other figures are told by what they come from. */
const isCorrected = ({ subject, indicator }: ExplainAnswer) => subject === null && indicator.basis === 'sums';

/** The story of a figure beside the page: it takes the focus, and gives it back when it is closed. */
export function ExplainPanel({ target }: { target: ExplainTarget }) {
  const { t, say, format } = useLanguage();
  const { close } = useExplain();
  const { unit, period, story, error, retry } = useStory(target);
  const indicator = findIndicator(target.indicator);
  const box = useRef<HTMLDivElement>(null);
  const title = useId();
  const key = keyOfTarget(target);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the story of another figure takes the focus anew
  useEffect(() => box.current?.focus(), [key]);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  if (!indicator) return null;
  return (
    <div className="explain" ref={box} tabIndex={-1} role="dialog" aria-labelledby={title} onKeyDown={press}>
      <div className="explain-head">
        <div>
          <p className="explain-kicker">{t('explain.title')}</p>
          <h2 id={title}>{say(indicator.words)}</h2>
          <p>
            {story ? say(story.unit.name) : unit} · {format.period(period)}
            {story?.subject && ` · ${say(story.subject.name)}`}
          </p>
        </div>
        <button type="button" className="explain-close" onClick={close}>
          <span aria-hidden="true">✕</span>
          <span className="hidden">{t('explain.close')}</span>
        </button>
      </div>
      {story ? (
        <div className="explain-body">
          <StoryFigure story={story} indicator={indicator} />
          {isCorrected(story) && <StoryCorrections story={story} indicator={indicator} />}
          <StoryStated story={story} />
          <StoryTerms story={story} indicator={indicator} />
          <StoryBelow story={story} indicator={indicator} />
          <StorySources story={story} />
          {story.subject === null && <StoryRows story={story} />}
        </div>
      ) : (
        <div className="explain-body" role="status">
          {error ? (
            <>
              <p>{t('explain.failed')}</p>
              <button type="button" className="chart-switch" onClick={retry}>
                {t('explain.retry')}
              </button>
            </>
          ) : (
            <p>{t('explain.loading')}</p>
          )}
        </div>
      )}
    </div>
  );
}
