import type { AlertDetail } from '../../shared/alert.ts';
import { addDays, dayOf, isoOf } from '../../shared/period.ts';
import type { RuleVersion } from '../../shared/rule.ts';
import type { View } from '../figures/sums.ts';
import { readNotesOf, type StoredEpisode } from '../store/episode-store.ts';

/** For how long before an episode its chart begins. */
const DAYS_BEFORE = 30;

/** The figures that a rule saw of a unit, from thirty days before an episode until it closed, or now. */
export async function readChart(
  view: View,
  episode: StoredEpisode,
  _judge: RuleVersion,
): Promise<AlertDetail['chart']> {
  const { zone } = view.site;
  const from = addDays(dayOf(episode.openedAt, zone), -DAYS_BEFORE);
  const to = addDays(dayOf(episode.closedAt ?? view.now, zone), 1);
  const notes = await readNotesOf(view.reader, [episode.id]);
  return {
    ...{ from, to },
    points: notes.flatMap(({ at, figure }) => (figure === null ? [] : { at: isoOf(at, zone), figure })),
  };
}
