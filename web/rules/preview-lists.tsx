/** What a preview found: the lines it suggests, the units most in alert, the episodes one by one. */
import { useState } from 'react';
import type { PreviewAnswer } from '../../shared/preview.ts';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { useDraft } from './drafting.ts';
import { wordTime } from './load.tsx';
import { wordLimit, writeReached } from './sentence.ts';
import { AlertShape, AlertWord } from './shape.tsx';

/** Three lines for the least level with the load of each; a press takes one. */
export function Suggestions({ answer }: { answer: PreviewAnswer }) {
  const { draft, change, telling } = useDraft();
  const { t, format } = useLanguage();
  if (answer.suggestions.length === 0) return null;
  return (
    <section className="suggestions" aria-label={t('preview.suggestions')}>
      <h3>{t('preview.suggestions')}</h3>
      <ul>
        {answer.suggestions.map(({ severity, raise, load }) => {
          const limit = wordLimit({ raise, count: null }, draft, telling);
          const { perOperatorDay, episodes } = load;
          const take = () =>
            change({
              levels: draft.levels.map((level) =>
                level.severity === severity ? { ...level, raise } : level,
              ),
            });
          return (
            <li key={raise}>
              <button type="button" className="button suggestion" onClick={take}>
                <span>
                  <AlertShape severity={severity} /> <span className="hidden">{t('preview.take')} </span>
                  {t('preview.suggestion', { level: t(`alertSeverity.${severity}`), limit })}
                </span>
                <small>
                  {t('preview.suggestionLoad', {
                    load:
                      perOperatorDay < 10
                        ? format.decimal(perOperatorDay)
                        : format.number(Math.round(perOperatorDay)),
                    episodes: format.number(episodes),
                  })}
                </small>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type TopProps = { answer: PreviewAnswer; onDraw: (ref: string) => void };

/** The units most in alert; a press draws the line of one. */
export function TopUnits({ answer, onDraw }: TopProps) {
  const language = useLanguage();
  const { t, say, format } = language;
  if (answer.topUnits.length === 0) return null;
  return (
    <section className="top-units" aria-label={t('preview.top')}>
      <h3>{t('preview.top')}</h3>
      <ol>
        {answer.topUnits.map(({ ref, unitName, episodes, alertMs }) => (
          <li key={ref}>
            <button
              type="button"
              className="linklike"
              aria-label={t('preview.draw', { unit: say(unitName) })}
              aria-pressed={ref === answer.line.ref}
              onClick={() => onDraw(ref)}
            >
              {say(unitName)}
            </button>
            <span>
              {t('preview.topLine', { episodes: format.number(episodes), time: wordTime(alertMs, language) })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const PAGE = 40;

/** The episodes, newest first, so many at a time; says how many there are. */
export function Episodes({ answer }: { answer: PreviewAnswer }) {
  const { t, format } = useLanguage();
  const [shown, show] = useState(PAGE);
  const { episodes, load } = answer;
  const part = episodes.slice(0, shown);
  return (
    <section className="preview-episodes" aria-label={t('preview.list')}>
      <h3>{t('preview.list')}</h3>
      {load.episodes === 0 ? (
        <p>{t('preview.none')}</p>
      ) : (
        <>
          <p className="preview-note">
            {t('preview.shown', { shown: format.number(part.length), all: format.number(load.episodes) })}
          </p>
          <ul>
            {part.map((episode) => (
              <EpisodeLine key={`${episode.ref} ${episode.from} ${episode.severity}`} episode={episode} />
            ))}
          </ul>
          {shown < episodes.length && (
            <button type="button" className="button" onClick={() => show(shown + PAGE)}>
              {t('preview.moreList')}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function EpisodeLine({ episode }: { episode: PreviewAnswer['episodes'][number] }) {
  const { draft, telling } = useDraft();
  const { t, say, format } = useLanguage();
  const now = useAskedAt();
  const moment = (iso: string) => format.moment(Date.parse(iso), now);
  const to = episode.to === null ? t('preview.still') : moment(episode.to);
  return (
    <li>
      <AlertWord severity={episode.severity} />
      <span>{say(episode.unitName)}</span>
      <span>{t('preview.fromTo', { from: moment(episode.from), to })}</span>
      <span>
        {episode.worst !== null &&
          t('preview.worst', { figure: writeReached(episode.worst, draft, telling) })}
      </span>
    </li>
  );
}
