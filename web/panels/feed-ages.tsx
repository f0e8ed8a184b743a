import type { FeedView } from '../../shared/answers.ts';
import { type FeedState, judgeFeed } from '../../shared/feed-state.ts';
import { useFollowing } from '../following.tsx';
import { formatAge } from '../format.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { useServerClock } from './connection.tsx';
import { LateMark, PanelStead } from './frame.tsx';

const FEEDS_SHOWN = 3;
const ORDER: readonly FeedState['kind'][] = ['missing', 'late', 'unheard', 'unknown', 'fresh'];

type Judged = { feed: FeedView; state: FeedState };

/** Feeds with how they stand, whatever needs a look first, the longest late before others. */
function judgeFeeds(feeds: readonly FeedView[], now: number): Judged[] {
  const sinceOf = ({ state }: Judged) => ('since' in state ? state.since : 0);
  return feeds
    .map((feed) => ({ feed, state: judgeFeed(feed, now) }))
    .sort((a, b) => ORDER.indexOf(a.state.kind) - ORDER.indexOf(b.state.kind) || sinceOf(a) - sinceOf(b));
}

/** The feeds of the unit, of as many as there is `room` for: how old the newest event of each is, and whether it is late by its own rhythm. */
export function FeedAges({ room = FEEDS_SHOWN }: { room?: number | undefined }) {
  const { state, lostAt } = useFollowing();
  const clock = useServerClock();
  const { t } = useLanguage();
  // While the link is lost nobody here knows who spoke meanwhile: the feeds stand as they last did.
  const now = lostAt ?? clock;
  const told = usePanelState(toldBy({ data: state ?? undefined, error: null }));
  const judged = judgeFeeds(state?.feeds ?? [], now);
  return (
    <div className="strip-feeds" data-columns={Math.ceil(Math.min(room, judged.length) / FEEDS_SHOWN)}>
      <h2 className="strip-title">
        {judged.length > room ? t('strip.feedsOf', countFeeds(judged, t)) : t('strip.feeds')}
      </h2>
      {judged.length === 0 && (state ? <p>{t('strip.noFeeds')}</p> : <PanelStead state={told} />)}
      <ul>
        {judged.slice(0, room).map(({ feed, state: told }) => (
          <FeedAge key={feed.id} feed={feed} state={told} now={now} />
        ))}
      </ul>
    </div>
  );
}

/** Those not shown are counted: what stands badly never hides. */
function countFeeds(
  judged: readonly Judged[],
  t: Language['t'],
): { count: number; late: number; unsure: string } {
  const count = (...kinds: FeedState['kind'][]) =>
    judged.filter(({ state }) => kinds.includes(state.kind)).length;
  const unsure = count('unheard', 'unknown');
  return {
    count: judged.length,
    late: count('late', 'missing'),
    unsure: unsure > 0 ? t('strip.feedsUnsure', { unsure }) : '',
  };
}

/** How old the newest event of a feed is: a feed may speak and tell nothing new. */
function FeedAge({ feed, state, now }: Judged & { now: number }) {
  const language = useLanguage();
  const words = wordFeed({ feed, state }, now, language);
  return (
    <li data-state={state.kind} title={`${feed.name} · ${wordLast(feed, now, language)}`}>
      <span className="strip-feed">{feed.name}</span>
      {state.kind === 'fresh' ? <span className="strip-age">{words}</span> : <LateMark text={words} />}
    </li>
  );
}

/** The whole of what a narrow line cuts short: up to when the feed has told. */
function wordLast({ lastAt }: FeedView, now: number, { t, format }: Language): string {
  return lastAt === null
    ? t('tile.asOfNever')
    : t('tile.asOf', { moment: format.moment(Date.parse(lastAt), now) });
}

/** How a feed stands, in words: `2 phút trước`, `đến 16:55 · trễ 35 phút`; of a lateness of another day its beginning. */
function wordFeed({ feed, state }: Judged, now: number, { t, lang, format }: Language): string {
  const lastAt = feed.lastAt === null ? null : Date.parse(feed.lastAt);
  const asOf =
    lastAt === null ? t('tile.asOfNever') : t('tile.asOf', { moment: format.shortMoment(lastAt, now) });
  switch (state.kind) {
    case 'fresh':
      return lastAt === null ? asOf : t('strip.ago', { age: formatAge(Math.max(0, now - lastAt), lang) });
    case 'unheard':
      return t('strip.unheard');
    case 'unknown':
      return `${asOf} · ${t('strip.unknown')}`;
    default:
      return `${asOf} · ${wordLateness(state.kind, { since: state.since, now }, { t, lang, format })}`;
  }
}

/** Today a length of time, else the day from which on: nights and days off between are nobody's delay. */
function wordLateness(
  kind: 'late' | 'missing',
  { since, now }: { since: number; now: number },
  { t, lang, format }: Pick<Language, 't' | 'lang' | 'format'>,
): string {
  const day = format.shortMoment(since, now);
  return format.time(since) === day
    ? t(`strip.${kind}`, { age: formatAge(now - since, lang) })
    : t(`strip.${kind}Since`, { day });
}
