import { INDEX_GROUPS } from '../../shared/index766-components.ts';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useLanguage } from '../words/words.ts';
import { PointsBar } from './points-bar.tsx';
import { type StoryPlace, storyPlace, wordChange } from './say.ts';

type Group = IndexAnswer['score']['groups'][number];

/** The six groups as bars: points reached, points lost, and what has no figures. */
export function Groups({ answer }: { answer: IndexAnswer }) {
  const { t } = useLanguage();
  const { score, previous, version } = answer;
  const before = new Map(previous.groups.map((group) => [group.id, group]));
  return (
    <section className="panel index-groups" aria-label={t('index.groups')}>
      <header className="panel-head">
        <h3 className="panel-title">{t('index.groups')}</h3>
      </header>
      <ul>
        {score.groups.map((group) => {
          const last = before.get(group.id);
          const isComparable = last?.outOf === group.outOf && version.changed.length === 0 && group.outOf > 0;
          return (
            <Bar
              key={group.id}
              group={group}
              change={isComparable ? group.points - last.points : null}
              before={previous.period}
              place={storyPlace(answer)}
            />
          );
        })}
      </ul>
    </section>
  );
}

type BarProps = { group: Group; change: number | null; before: string; place: StoryPlace };

function Bar({ group, change, before, place }: BarProps) {
  const language = useLanguage();
  const { t, say, format } = language;
  const against = change === null ? null : wordChange(change, before, language);
  const { points, outOf, max, isTaken } = group;
  const unknown = max - outOf;
  return (
    <li>
      <span className="index-name">
        {say(INDEX_GROUPS[group.id])}
        {isTaken && <Taken />}
      </span>
      <PointsBar group={group} />
      <span className="index-points">
        <ExplainButton indicator="IDX" {...place} label={say(INDEX_GROUPS[group.id])}>
          {outOf === 0 ? '–' : format.fine(points)}
        </ExplainButton>
        <small>/{format.number(max)}</small>
      </span>
      <span className="index-note">
        {outOf > 0 &&
          (points < outOf ? t('index.lost', { points: format.fine(outOf - points) }) : t('index.full'))}
        {unknown > 0 &&
          ` ${outOf > 0 ? '· ' : ''}${t('index.unknownPart', { points: format.number(unknown) })}`}
        {against !== null && ` · ${against}`}
      </span>
    </li>
  );
}

/** The mark of points that the portal published. */
export function Taken() {
  const { t } = useLanguage();
  return (
    <span className="index-tag" title={t('index.takenHint')}>
      {t('index.taken')}
    </span>
  );
}
