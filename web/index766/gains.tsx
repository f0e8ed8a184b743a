import './points-bar.css';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useLanguage } from '../words/words.ts';
import { findComponent, storyOf, storyPlace } from './say.ts';

/** How many of the components with points still to win are shown. */
const SHOWN = 8;

/** What would raise the index most: components by the points still to win, with how many cases that is. */
export function Gains({ answer }: { answer: IndexAnswer }) {
  const { t, say, format } = useLanguage();
  const gains = answer.gains.slice(0, SHOWN);
  const most = gains[0]?.toWin ?? 1;
  return (
    <section className="panel index-gains" aria-label={t('index.gains')}>
      <header className="panel-head">
        <h3 className="panel-title">{t('index.gains')}</h3>
        <p className="panel-note">{gains.length > 0 ? t('index.gains.about') : t('index.gains.none')}</p>
      </header>
      <ol>
        {gains.map(({ component, toWin, cases }) => {
          const known = findComponent(component);
          const noun = known ? say(known.noun) : '';
          return (
            <li key={component}>
              <span className="index-name">{say(known?.words ?? { vi: component, en: component })}</span>
              <strong>
                <ExplainButton
                  {...storyOf({ id: component, isTaken: cases === null }, storyPlace(answer))}
                  label={say(known?.words ?? { vi: component, en: component })}
                >
                  {t('index.gain.points', { points: format.fine(toWin) })}
                </ExplainButton>
              </strong>
              <span className="index-bar" aria-hidden="true">
                <span style={{ width: `${(100 * toWin) / most}%` }} />
              </span>
              <span className="index-note">
                {cases === null
                  ? t('index.gain.noCases')
                  : t('index.gain.cases', { count: format.number(cases), noun })}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
