import type { AlertDetail } from '../../shared/alert.ts';
import { addDays, dayOf, isoOf } from '../../shared/period.ts';
import type { RuleVersion } from '../../shared/rule.ts';
import { livesOn } from '../../shared/unit.ts';
import { fineFrom } from '../acts/differences.ts';
import type { View } from '../figures/sums.ts';
import { grainOf, isOfSums, readLines } from '../samples/lines.ts';
import type { StoredEpisode, StoredNote } from '../store/episode-store.ts';

type Chart = AlertDetail['chart'];
type Asked = { judge: RuleVersion; notes: readonly StoredNote[]; isCount: boolean };

/** For how long before an episode its chart begins. */
const DAYS_BEFORE = 30;
/** An episode that lasts longer is drawn from its newest days. */
const MOST_DAYS = 400;

/** A unit, or for what is judged among peers all units of its level that live on a day. */
function listJudged({ tree, today }: View, unit: number, { body }: RuleVersion): number[] {
  if (body.condition.kind !== 'outlier') return [unit];
  const { level } = tree.get(unit);
  const peers = [...tree.units.values()].filter((one) => one.level === level && livesOn(one, today));
  return [...new Set([unit, ...peers.map(({ id }) => id)])];
}

/** Figures from sums, as they stand now, at the end of each slot that has begun. */
async function readPoints(
  view: View,
  { unit }: StoredEpisode,
  { judge, isCount, from, to }: Pick<Asked, 'judge' | 'isCount'> & { from: string; to: string },
): Promise<Chart['points']> {
  const { reader, tree, site, now } = view;
  const group = { body: judge.body, units: new Set(listJudged(view, unit, judge)) };
  const grain = grainOf(judge.body.condition, 'day');
  const order = { grain, from, to, fine: fineFrom(now, site.zone), mode: 'asRevised' as const };
  const [lines] = await readLines({ reader, tree, site }, [group], order);
  const line = lines?.lines.find((one) => one.unit === unit);
  if (!lines || !line) return [];
  const { axis } = lines;
  const [begins, ends] = line.lives;
  return Array.from({ length: axis.size }, (_, slot) => slot).flatMap((slot) => {
    const day = axis.days[slot] ?? '';
    if (slot < begins || slot >= ends || day < from || day >= to) return [];
    const figure = (isCount ? line.columns.count : line.columns.figure)[slot] ?? Number.NaN;
    const at = Math.min(axis.ends[slot] ?? now, now);
    return [{ at: isoOf(at, site.zone), figure: Number.isNaN(figure) ? null : figure }];
  });
}

/**
 * The figures that a rule looks at, of a unit, from thirty days before an episode until it closed, or now. Of what sums do not
 * answer (feeds, due times, other rules) those that were noted.
 */
export async function readChart(
  view: View,
  episode: StoredEpisode,
  { judge, notes, isCount }: Asked,
): Promise<Chart> {
  const { zone } = view.site;
  const to = addDays(dayOf(episode.closedAt ?? view.now, zone), 1);
  const begin = addDays(dayOf(episode.openedAt, zone), -DAYS_BEFORE);
  const earliest = addDays(to, -MOST_DAYS);
  const from = begin < earliest ? earliest : begin;
  if (isOfSums(judge.body.condition))
    return { from, to, points: await readPoints(view, episode, { judge, isCount, from, to }) };
  const points = notes.flatMap(({ at, figure }) => (figure === null ? [] : { at: isoOf(at, zone), figure }));
  return { from, to, points };
}
