/** All there is to know of one episode: why it stands, since when, what was said and done, now and earlier. */
import type { AlertDetail } from '../../shared/alert.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { dayOf, isoOf } from '../../shared/period.ts';
import { type Condition, indicatorOf, type RuleVersion, type Span } from '../../shared/rule.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { isVisible, nearestDay } from '../people/scope.ts';
import { addSpan } from '../rules/spans.ts';
import {
  findEpisode,
  readEarlierEpisodes,
  readNotesOf,
  readOpenEpisodes,
  type StoredEpisode,
} from '../store/episode-store.ts';
import { readExplanationsOf } from '../store/explanation-store.ts';
import { loadRuleBook } from '../store/rule-book.ts';
import { listAllowed } from './allowed.ts';
import { findJudge, showBriefs } from './brief.ts';
import { readChart } from './chart.ts';
import { showExplanations } from './explained.ts';
import { DEEDS, type Named, readNames, showNote } from './notes.ts';
import { openSources, showLimits } from './provenance.ts';

/** So many earlier episodes are told. */
const MOST_EARLIER = 10;

/** The episode with an id as far as it may be seen; AppError `notFound` for one that lies outside, as for none. */
export async function getVisibleEpisode(view: View, id: number): Promise<StoredEpisode> {
  const episode = Number.isSafeInteger(id) ? await findEpisode(view.reader, id) : undefined;
  if (!episode || !isVisible(view, episode.unit)) throw new AppError('notFound', `There is no alert ${id}.`);
  return episode;
}

/** Which list of dossiers stands behind what a rule looks at; null: none does. */
function findDossiers(condition: Condition): AlertDetail['dossiers'] {
  if (condition.kind === 'leadTime') return 'dueSoon';
  if (condition.kind === 'backlog') return 'overdue';
  const indicator = findIndicator(indicatorOf(condition) ?? '');
  if (!indicator) return null;
  const measures = Object.keys({ ...indicator.numerator, ...indicator.denominator });
  if (measures.includes('overdue') || measures.includes('resolvedLate')) return 'overdue';
  if (measures.includes('dueSoon')) return 'dueSoon';
  return measures.includes('open') ? 'open' : null;
}

/** How many of the units of its kind beside it have the same alert now; null where its parent may not be seen whole. */
async function readReach(view: View, { unit, rule }: StoredEpisode): Promise<AlertDetail['reach']> {
  const { tree, today } = view;
  const parent = tree.parentOn(unit, nearestDay(tree.get(unit), today));
  if (parent === undefined || !isVisible(view, parent)) return null;
  const { level } = tree.get(unit);
  const beside = tree.childrenOn(parent, today).filter((one) => one.level === level);
  const ids = beside.map(({ id }) => id);
  const open = (await readOpenEpisodes(view.reader, ids)).filter((one) => one.rule === rule);
  return { affected: new Set(open.map((one) => one.unit)).size, of: ids.length };
}

/** Earlier episodes of the same rule and unit, the newest first, with what people did and said then. */
async function readEarlier(
  view: View,
  episode: StoredEpisode,
  named: Named,
): Promise<AlertDetail['earlier']> {
  const episodes = await readEarlierEpisodes(view.reader, episode, MOST_EARLIER);
  const ids = episodes.map(({ id }) => id);
  const done = Map.groupBy(await readNotesOf(view.reader, ids, { kinds: DEEDS }), (note) => note.episode);
  const briefs = await showBriefs(view, episodes);
  return briefs.map((alert) => ({
    alert,
    done: (done.get(alert.id) ?? [])
      .filter(({ by }) => by !== null)
      .map((note) => showNote(view, note, named)),
  }));
}

/** The version that judged an episode; where a rule left no trace at all, AppError `notFound`. */
async function getJudge(view: View, episode: StoredEpisode): Promise<RuleVersion> {
  const book = await loadRuleBook(view.reader, view.clock.rulesSeq);
  const judge = await findJudge(view, book, episode);
  if (!judge) throw new AppError('notFound', `The rule of alert ${episode.id} is gone.`);
  return judge;
}

/** Terms that are offered for an explanation: working hours, and an hour by the clock for what cannot wait. */
const TERMS: readonly Span[] = [
  { amount: 1, unit: 'hours' },
  ...[2, 4, 8, 16, 24, 40].map((amount): Span => ({ amount, unit: 'workingHours' })),
];

/** When each term would end if something were asked now. */
function listDeadlines({ site, now }: View): AlertDetail['deadlines'] {
  return TERMS.map((within) => ({ within, at: isoOf(addSpan(now, within, site.calendar), site.zone) }));
}

/** One episode with everything about it, as far as the caller may see and do it. */
export async function readAlert(view: View, id: number, caller: ViewerCaller): Promise<AlertDetail> {
  const episode = await getVisibleEpisode(view, id);
  const { unit, ackUntil, version } = episode;
  const { zone } = view.site;
  const judge = await getJudge(view, episode);
  const named = await readNames(view);
  const [alert] = await showBriefs(view, [episode]);
  if (!alert) throw new Error('an alert is shown as nothing');
  const explanations = await readExplanationsOf(view.reader, id);
  const notes = await readNotesOf(view.reader, [id]);
  const day = dayOf(episode.closedAt ?? view.now, zone);
  return {
    seq: view.clock.seq,
    ...{ alert, ruleVersion: version, condition: judge.body.condition, body: judge.body },
    thresholds: showLimits(await openSources(view), judge, { unit, day }),
    reach: await readReach(view, episode),
    acknowledgedBy: named(episode.ackedBy),
    acknowledgedUntil: ackUntil === null ? null : isoOf(ackUntil, zone),
    shelvedBy: named(episode.shelvedBy),
    outBy: named(episode.outBy),
    chart: await readChart(view, episode, { judge, notes, isCount: alert.isCount }),
    dossiers: findDossiers(judge.body.condition),
    notes: notes.map((note) => showNote(view, note, named)),
    earlier: await readEarlier(view, episode, named),
    explanations: await showExplanations(view, explanations, caller),
    deadlines: listDeadlines(view),
    may: listAllowed(view, episode, { caller, explanations }),
  };
}
