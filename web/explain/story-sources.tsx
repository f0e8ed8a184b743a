import type { ExplainAnswer } from '../../shared/explain.ts';
import { parsePeriod } from '../../shared/period.ts';
import { formatPeriod } from '../format.ts';
import { useLanguage } from '../words/words.ts';
import { useNow } from './place.ts';
import { useKindName } from './story-terms.tsx';

const NAMED = 12;

/** Who told it and who is missing: feeds, systems, reported values, silent units. */
export function StorySources({ story }: { story: ExplainAnswer }) {
  return (
    <>
      <StoryCompleteness {...story} />
      <StoryFeeds feeds={story.feeds} />
      <StorySystems systems={story.systems} />
      <StoryReported reported={story.reported} />
    </>
  );
}

/** How many of those who should have told did, and who is missing. */
function StoryCompleteness({
  completeness: { reporting, told, silent },
}: Pick<ExplainAnswer, 'completeness'>) {
  const { t, say } = useLanguage();
  if (reporting === 0) return null;
  const names = silent.slice(0, NAMED).map(({ unit }) => say(unit.name));
  const more = silent.length - names.length;
  if (more > 0) names.push(t('explain.missingMore', { count: more }));
  return (
    <section>
      <h3>{t('explain.completeness')}</h3>
      <p data-complete={silent.length === 0}>{t('explain.told', { told, reporting })}</p>
      {silent.length > 0 && (
        <p className="explain-soft">{t('explain.missing', { names: names.join(', ') })}</p>
      )}
    </section>
  );
}

function StoryFeeds({ feeds }: Pick<ExplainAnswer, 'feeds'>) {
  const { t, format } = useLanguage();
  const nameOf = useKindName();
  const now = useNow();
  const aboutOf = ({ heardAt, cadence, dueTime, kinds }: (typeof feeds)[number]) => [
    heardAt === null
      ? t('explain.feedNever')
      : t('explain.feedHeard', { moment: format.moment(Date.parse(heardAt), now) }),
    ...(dueTime === null ? [] : [t('explain.feedDue', { time: dueTime })]),
    ...(cadence === null
      ? []
      : [t('explain.feedCadence', { minutes: format.number(Math.round(cadence.workingMinutes)) })]),
    kinds.map(nameOf).join(', '),
  ];
  return (
    <section>
      <h3>{t('explain.feeds')}</h3>
      {feeds.length === 0 && <p className="explain-soft">{t('explain.noFeeds')}</p>}
      <ul>
        {feeds.map((feed) => (
          <li key={feed.id}>
            <strong>{feed.name}</strong>
            {feed.late && <span className="explain-late"> {t('explain.feedLate')}</span>}
            <small>{aboutOf(feed).join(' · ')}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function StorySystems({ systems }: Pick<ExplainAnswer, 'systems'>) {
  const { t, format } = useLanguage();
  if (systems.length === 0) return null;
  return (
    <section>
      <h3>{t('explain.systems')}</h3>
      <ul>
        {systems.map(({ name, probes, probesUp, calls, callsFailed }) => (
          <li key={name}>
            {t('explain.system', {
              ...{ name, up: format.number(probesUp), probes: format.number(probes) },
              ...{ calls: format.number(calls), failed: format.number(callsFailed) },
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function StoryReported({ reported }: Pick<ExplainAnswer, 'reported'>) {
  const { t, say, format, lang } = useLanguage();
  const now = useNow();
  if (reported.length === 0) return null;
  return (
    <section>
      <h3>{t('explain.reported')}</h3>
      <ul>
        {reported.map(({ unit, measure, words, period, value, at, feed, stands }) => {
          const known = parsePeriod(period);
          return (
            <li key={`${unit.id} ${measure} ${period} ${at} ${value}`} data-stands={stands}>
              <strong>{format.number(value)}</strong> {say(words)} · {say(unit.name)}
              <small>
                {[
                  known ? formatPeriod(known, lang) : period,
                  format.moment(Date.parse(at), now),
                  ...(feed === null ? [] : [feed]),
                  t(stands ? 'explain.stands' : 'explain.replaced'),
                ].join(' · ')}
              </small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
