/** Which episodes a text finds: by the name or code of their unit, or by that of the feed or channel they are about. */
import { CHANNEL_RULE } from '../../shared/alert-policy.ts';
import { searchKeyOf } from '../../shared/text.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { readChannels } from '../store/channel-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { readFeeds } from '../store/feed-store.ts';

/** What a text finds among some units: `units` by themselves, and `keys` of feeds and channels with the units these are of. */
export type Found = {
  units: readonly number[];
  subjects: { units: readonly number[]; keys: readonly string[] };
  has: (episode: Pick<StoredEpisode, 'rule' | 'unit' | 'key'>) => boolean;
};

/** What a text, with or without marks and capitals, finds among units; the text is looked for in memory, never by the database. */
export async function findByText(view: View, units: readonly number[], text: string): Promise<Found> {
  const wanted = searchKeyOf(text);
  const isWanted = (one: string) => searchKeyOf(one).includes(wanted);
  const within = new Set(units);
  const named = units.filter((unit) => {
    const { ref, name } = showUnit(view, unit);
    return [name.vi, name.en, ref].some(isWanted);
  });
  const feeds = (await readFeeds(view.reader)).filter(
    ({ id, name, unit }) => within.has(unit) && [id, name].some(isWanted),
  );
  const channels = (await readChannels(view.reader)).filter(
    ({ name, unit }) => within.has(unit) && isWanted(name),
  );
  const byName = new Set(named);
  const ofFeeds = new Set(feeds.map(({ id }) => id));
  const ofChannels = new Set(channels.map(({ id }) => String(id)));
  return {
    units: named,
    subjects: {
      units: [...new Set([...feeds, ...channels].map(({ unit }) => unit))],
      keys: [...ofFeeds, ...ofChannels],
    },
    has: ({ rule, unit, key }) => byName.has(unit) || (rule === CHANNEL_RULE ? ofChannels : ofFeeds).has(key),
  };
}
