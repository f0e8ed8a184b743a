import './explain.css';
import { useEffect, useLayoutEffect, useState } from 'react';
import { Link } from 'wouter';
import { findIndicator } from '../../shared/catalogue.ts';
import { useAddress } from '../address.ts';
import { heroOf } from '../panels/tile.tsx';
import { useLanguage } from '../words/words.ts';
import { type ExplainTarget, formatExplain, useExplain } from './address.ts';
import { useNow, useStory } from './place.ts';
import { wordCorrection } from './story-corrections.tsx';
import { FormulaWords, type StoryProps } from './story-figure.tsx';

/** The story of a figure in three lines at the foot of a wall: formula and source, completeness, up to when, the last correction. */
export function ExplainFoot({ target }: { target: ExplainTarget }) {
  const language = useLanguage();
  const { t, say } = language;
  const { target: chosen, close } = useExplain();
  const { href } = useAddress();
  const { story, error } = useStory(target);
  const indicator = findIndicator(target.indicator);
  useEffect(() => {
    const press = ({ key }: KeyboardEvent) => key === 'Escape' && chosen && close();
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [chosen, close]);
  const bottom = useStripHeight();
  if (!indicator) return null;
  const desk = href({ page: 'unit', unit: target.unit ?? story?.unit.ref ?? null });
  const [path = '', search = ''] = desk.split('?');
  const hero = story && heroOf(indicator, story.figure, { language, thresholds: story.threshold });
  return (
    <aside className="explain-foot" style={{ bottom }} aria-live="polite" aria-label={t('explain.title')}>
      <p>
        <strong>{say(indicator.words)}</strong>
        {hero && ` · ${hero.text}${hero.unit ? ` ${hero.unit}` : ''}`}
        {story && ` · ${say(story.unit.name)}`}
      </p>
      {story ? (
        <FootStory story={story} indicator={indicator} />
      ) : (
        <p className="explain-soft">{t(error ? 'explain.failed' : 'explain.loading')}</p>
      )}
      {chosen && (
        <p className="explain-ways">
          <Link href={formatExplain(path, search, target)}>{t('explain.toDesk')}</Link>
          <button type="button" className="explain-close" onClick={close}>
            <span aria-hidden="true">✕</span>
            <span className="hidden">{t('explain.close')}</span>
          </button>
        </p>
      )}
    </aside>
  );
}

/** How much of the foot of a wall's screen the strip of alerts takes, in px: it is never covered. */
function useStripHeight(): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const strip = document.querySelector('.wall .strip')?.getBoundingClientRect();
      setHeight(strip ? Math.max(0, innerHeight - strip.top) : 0);
    };
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  return height;
}

/** Formula and source; who told of those who should have, up to when, and the last correction. */
function FootStory({ story, indicator }: StoryProps) {
  const language = useLanguage();
  const { t, say, format } = language;
  const now = useNow();
  const [last] = story.corrections;
  const { asOf } = story.figure;
  const facts = [
    ...(story.completeness.reporting === 0 ? [] : [t('explain.told', { ...story.completeness })]),
    asOf === null
      ? t('explain.asOfNever')
      : t('explain.asOf', { moment: format.moment(Date.parse(asOf), now) }),
    ...(last ? [wordCorrection(last, indicator, { language, now })] : []),
  ];
  return (
    <>
      <p>
        <FormulaWords text={say(story.formula.words)} />{' '}
        <span className="explain-soft">{indicator.source}</span>
      </p>
      <p className="explain-soft">{facts.join(' · ')}</p>
    </>
  );
}
