import type { StatedStory, StoryOf } from '../../shared/explain-stated.ts';
import { INDEX_BANDS } from '../../shared/index766.ts';
import { INDEX_GROUPS } from '../../shared/index766-components.ts';
import { findComponent } from '../index766/say.ts';
import { useLanguage } from '../words/words.ts';
import { ExplainButton } from './explain-button.tsx';
import { useNow } from './place.ts';
import type { StoryProps } from './story-figure.tsx';

/** What a figure comes from that stored sums do not give: points, days, feeds or queues, one by one. */
export function StoryStated({ story }: Pick<StoryProps, 'story'>) {
  const { t } = useLanguage();
  const { stated } = story;
  if (stated) return <Parts stated={stated} period={story.period} unit={story.unit.ref} />;
  if (story.indicator.basis === 'sums') return null;
  return <p className="explain-soft">{t(`explain.unknown.${story.indicator.basis}`)}</p>;
}

type PlaceProps = { period: string; unit: string };

function Parts({ stated, ...place }: { stated: StatedStory } & PlaceProps) {
  if (stated.basis === 'index') return <IndexParts story={stated} {...place} />;
  if (stated.basis === 'countdown') return <PlanParts story={stated} />;
  if (stated.basis === 'feeds') return <FeedParts story={stated} />;
  return <SystemParts story={stated} />;
}

type Group = StoryOf<'index'>['score']['groups'][number];
type Component = Group['components'][number];

/** Whence the points of a component are: counted here, told or published by the portal, or not there. */
function sourceOf(by: 'own' | 'portal', { points, isTaken }: Component): 'none' | 'own' | 'portal' {
  if (points === null) return 'none';
  return by === 'portal' || isTaken ? 'portal' : 'own';
}

function IndexParts({ story, ...place }: { story: StoryOf<'index'> } & PlaceProps) {
  const { t, say, format } = useLanguage();
  const now = useNow();
  const { by, version, score, sealedAt } = story;
  const band = INDEX_BANDS.find(({ id }) => id === score.band);
  const about = [
    t(`explain.index.by.${by}`),
    t('index.outOf', { points: format.fine(score.points), outOf: format.number(score.outOf) }),
    ...(band ? [say(band.words)] : []),
    ...(sealedAt ? [t('explain.index.sealed', { moment: format.moment(Date.parse(sealedAt), now) })] : []),
    t('index.version', { number: version.number, day: format.day(version.from), reason: version.reason }),
  ];
  return (
    <section>
      <table className="explain-table">
        <caption>
          {t('explain.index.groups')}
          <small>{about.join(' · ')}</small>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('index.component')}</th>
            <th scope="col">{t('index.count')}</th>
            <th scope="col">{t('index.points')}</th>
          </tr>
        </thead>
        {score.groups.map((group) => (
          <tbody key={group.id}>
            <tr className="explain-group">
              <th scope="rowgroup" colSpan={2}>
                {say(INDEX_GROUPS[group.id])}
              </th>
              <td>
                {group.outOf === 0 ? '–' : format.fine(group.points)}/{format.number(group.max)}
              </td>
            </tr>
            {group.components.map((component) => (
              <ComponentRow key={component.id} component={component} by={by} {...place} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

type ComponentProps = { component: Component; by: 'own' | 'portal' } & PlaceProps;

function ComponentRow({ component, by, unit, period }: ComponentProps) {
  const { t, say, format } = useLanguage();
  const { id, max, numerator, denominator, points, isRate, reason } = component;
  const known = findComponent(id);
  const source = sourceOf(by, component);
  const counts =
    numerator === null || denominator === null
      ? ''
      : isRate
        ? `${format.fine(numerator)} %`
        : `${format.number(numerator)}/${format.number(denominator)}`;
  const why = reason === null ? '' : t(`index.reason.${reason}`);
  const text = points === null ? '–' : format.fine(points);
  const own = source === 'own' && known?.indicator;
  return (
    <tr>
      <th scope="row">
        {say(known?.words ?? { vi: id, en: id })}
        <small>{[t(`explain.index.source.${source}`), ...(why ? [why] : [])].join(' · ')}</small>
      </th>
      <td>{counts}</td>
      <td>
        {own ? (
          <ExplainButton indicator={own} unit={unit} period={period}>
            {text}
          </ExplainButton>
        ) : (
          text
        )}
        /{format.number(max)}
      </td>
    </tr>
  );
}

function PlanParts({ story }: { story: StoryOf<'countdown'> }) {
  const { t, say, format } = useLanguage();
  const { day, until, isStated, phases } = story;
  return (
    <section>
      <h3>{t('explain.plan')}</h3>
      <p>{t('explain.plan.days', { day: format.day(day), until: format.day(until) })}</p>
      <p className="explain-soft">{t(isStated ? 'explain.plan.stated' : 'explain.plan.year')}</p>
      <ul>
        {phases.map(({ name, from, until: last, source, standing }) => (
          <li key={from}>
            <strong>{say(name)}</strong>{' '}
            {t('explain.plan.phase', { from: format.day(from), until: format.day(last) })} ·{' '}
            {t(`explain.plan.${standing}`)}
            <small lang="vi">{source}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FeedParts({ story: { at, feeds } }: { story: StoryOf<'feeds'> }) {
  const { t, format } = useLanguage();
  const now = useNow();
  return (
    <section>
      <table className="explain-table">
        <caption>
          {t('explain.age')}
          <small>{t('explain.age.at', { moment: format.moment(Date.parse(at), now) })}</small>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('explain.age.feed')}</th>
            <th scope="col">{t('explain.age.last')}</th>
            <th scope="col">{t('explain.age.minutes')}</th>
          </tr>
        </thead>
        <tbody>
          {feeds.map(({ name, standing, lastAt, minutes, isSlowest }) => (
            <tr key={name} data-counted={standing === 'counted'}>
              <th scope="row">
                {name}
                <small>{t(isSlowest ? 'explain.age.slowest' : `explain.age.${standing}`)}</small>
              </th>
              <td>{lastAt === null ? '–' : format.moment(Date.parse(lastAt), now)}</td>
              <td>{minutes === null ? '–' : format.number(minutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SystemParts({ story: { at, systems } }: { story: StoryOf<'systems'> }) {
  const { t, say, format } = useLanguage();
  const now = useNow();
  const moment = (iso: string) => format.moment(Date.parse(iso), now);
  return (
    <section>
      <table className="explain-table">
        <caption>
          {t('explain.queues')}
          <small>{t('explain.queues.at', { moment: moment(at) })}</small>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('explain.queues.system')}</th>
            <th scope="col">{t('explain.queues.read')}</th>
            <th scope="col">{t('explain.queues.waiting')}</th>
          </tr>
        </thead>
        <tbody>
          {systems.map(({ name, unit, queued, at: readAt, oldestAt }) => (
            <tr key={`${unit.id} ${name}`} data-counted={queued !== null}>
              <th scope="row">
                {name}
                <small>
                  {[
                    say(unit.name),
                    ...(queued === null ? [t('explain.queues.none')] : []),
                    ...(oldestAt ? [t('explain.queues.oldest', { moment: moment(oldestAt) })] : []),
                  ].join(' · ')}
                </small>
              </th>
              <td>{moment(readAt)}</td>
              <td>{queued === null ? '–' : format.number(queued)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
