import { INDEX_BANDS, VOLUME_CLASSES } from '../../shared/index766.ts';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useLanguage } from '../words/words.ts';
import { storyPlace, wordBefore } from './say.ts';
import { Seal } from './seal.tsx';

/** The total of 100 with its band, its rank among peers, the period before and the version it was judged by. */
export function Total({ answer }: { answer: IndexAnswer }) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { score, provisional, standing, volume, monthly, version } = answer;
  const band = INDEX_BANDS.find(({ id }) => id === score.band);
  const ofVolume = VOLUME_CLASSES.find(({ id }) => id === volume);
  const isWhole = score.outOf >= score.max;
  const known = { points: format.fine(score.points), outOf: format.number(score.outOf) };
  return (
    <section className="panel index-total" aria-label={t('index.total')}>
      <header className="panel-head">
        <h3 className="panel-title">{t('index.total')}</h3>
        {provisional && <span className="index-tag">{t('index.provisional')}</span>}
        {answer.seal && (
          <span className="index-tag" data-sealed="true">
            {t('index.sealed')}
          </span>
        )}
      </header>
      {score.value === null ? (
        <p className="index-nothing">{t('index.none')}</p>
      ) : (
        <p className="index-value">
          <strong>
            <ExplainButton indicator="IDX" {...storyPlace(answer)}>
              {format.fine(score.value)}
            </ExplainButton>
          </strong>
          <span>{t('index.ofHundred')}</span>
          {band && <em data-band={band.id}>{say(band.words)}</em>}
        </p>
      )}
      <ul className="index-facts">
        {score.value !== null && <li>{t(isWhole ? 'index.outOfAll' : 'index.outOf', known)}</li>}
        {standing && ofVolume && standing.among > 1 && (
          <li>{t('index.rank', { ...standing, volume: say(ofVolume.words) })}</li>
        )}
        {monthly !== null && <li>{t('index.monthly', { count: format.number(monthly) })}</li>}
        <li>{wordBefore(answer, language)}</li>
      </ul>
      <p className="index-version">
        {t('index.version', {
          number: version.number,
          day: format.day(version.from),
          reason: version.reason,
        })}
      </p>
      <Seal answer={answer} />
    </section>
  );
}
