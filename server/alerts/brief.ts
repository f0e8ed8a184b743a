/** Episodes as lists and frames tell of them. Nothing is decided here: what an episode is stands in its row. */
import type { AlertBrief, ExplanationState, Watched } from '../../shared/alert.ts';
import { labelOf, severityOf } from '../../shared/alert-label.ts';
import { CHANNEL_RULE, JUDGE_RULE } from '../../shared/alert-policy.ts';
import { dayOf, isoOf, periodOf, previousPeriod } from '../../shared/period.ts';
import { indicatorOf, type RuleVersion } from '../../shared/rule.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { readTitles } from '../store/account-store.ts';
import type { ExplanationRow } from '../store/alert-schema.ts';
import { readChannels } from '../store/channel-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { readNewestExplanations } from '../store/explanation-store.ts';
import { readFeeds } from '../store/feed-store.ts';
import { loadRuleBook, type RuleBook } from '../store/rule-book.ts';
import { readRuleVersion } from '../store/rule-store.ts';
import { readSystemNames } from '../store/system-store.ts';

/** Where an explanation stands at an instant. */
export function standingOf(
  row: Pick<ExplanationRow, 'answeredAt' | 'checkedAt' | 'isKept' | 'promisedOn' | 'dueAt'>,
  now: number,
): ExplanationState {
  if (row.checkedAt !== null) return row.isKept === 1 ? 'kept' : 'broken';
  if (row.answeredAt !== null) return row.promisedOn === null ? 'answered' : 'promised';
  return row.dueAt <= now ? 'late' : 'asked';
}

/** The version of a rule that judged an episode: the one in force where the episode's own is gone. */
export async function findJudge(
  { reader }: Pick<View, 'reader'>,
  book: RuleBook,
  { rule, version }: Pick<StoredEpisode, 'rule' | 'version'>,
): Promise<RuleVersion | undefined> {
  const current = book.rules.get(rule);
  return current?.version === version ? current : ((await readRuleVersion(reader, rule, version)) ?? current);
}

/** What is known beside an episode's own row. */
type Beside = {
  judge: RuleVersion | undefined;
  title: string | null;
  explanation: ExplanationState | null;
  subject: string | null;
};

/** What the figures are of alerts that no sample raises. */
const OWN_FIGURES: Readonly<Record<string, Watched>> = { [JUDGE_RULE]: 'lag', [CHANNEL_RULE]: 'failures' };

function showBrief(view: View, episode: StoredEpisode, beside: Beside): AlertBrief {
  const { judge, title, explanation, subject } = beside;
  const { zone } = view.site;
  const iso = (at: number | null) => (at === null ? null : isoOf(at, zone));
  const { ref, name } = showUnit(view, episode.unit);
  const { id, rule, unit, closedAt, quality, figure, threshold, seq } = episode;
  return {
    ...{ id, rule, unit, ref, unitName: name, quality, figure, threshold, seq },
    name: judge?.body.name ?? { vi: rule, en: rule },
    indicator: judge ? indicatorOf(judge.body.condition) : null,
    watches: OWN_FIGURES[rule] ?? judge?.body.condition.kind ?? 'level',
    subject,
    severity: severityOf(episode),
    condition: closedAt === null ? episode.condition : 'normal',
    clearsAt: episode.condition === 'recovering' ? iso(episode.clearsAt) : null,
    label: labelOf(episode),
    isFlapping: episode.isFlapping === 1,
    isCount: episode.isCount === 1,
    openedAt: isoOf(episode.openedAt, zone),
    changedAt: isoOf(episode.changedAt, zone),
    closedAt: iso(closedAt),
    acknowledgedAt: iso(episode.ackedAt),
    shelvedUntil: iso(episode.shelvedUntil),
    outUntil: closedAt === null ? iso(episode.outUntil) : null,
    assignee: title,
    explanation,
  };
}

/** The names of systems as they were told about when alerts of them began, by unit and key. */
async function nameSystems(
  { reader, site }: View,
  episodes: readonly StoredEpisode[],
): Promise<ReadonlyMap<string, string>> {
  const units = [...new Set(episodes.map(({ unit }) => unit))];
  const months = episodes.flatMap(({ openedAt }) => {
    const month = periodOf(dayOf(openedAt, site.zone), 'month');
    return [month.from, previousPeriod(month).from];
  });
  const names = await readSystemNames(reader, units, [...new Set(months)]);
  return new Map(names.map(({ unit, key, name }) => [`${unit} ${key}`, name]));
}

/** What alerts are about where it is one of several: the name of the channel that fails, of the system, or of the feed that is silent. */
async function nameSubjects(
  view: View,
  episodes: readonly StoredEpisode[],
): Promise<(episode: StoredEpisode) => string | null> {
  const isOfChannel = ({ rule }: StoredEpisode) => rule === CHANNEL_RULE;
  const channels = episodes.some(isOfChannel) ? await readChannels(view.reader) : [];
  const ofChannels = new Map(channels.map(({ id, name }) => [String(id), name]));
  const others = episodes.filter((episode) => episode.key !== '' && !isOfChannel(episode));
  const feeds = others.length > 0 ? await readFeeds(view.reader) : [];
  const ofFeeds = new Map(feeds.map(({ id, name }) => [id, name]));
  const systems = await nameSystems(view, others);
  return (episode) => {
    const { key, unit } = episode;
    if (key === '') return null;
    const name = isOfChannel(episode)
      ? ofChannels.get(key)
      : (ofFeeds.get(key) ?? systems.get(`${unit} ${key}`));
    return name ?? key;
  };
}

/** Episodes as they are told, in the order given. */
export async function showBriefs(view: View, episodes: readonly StoredEpisode[]): Promise<AlertBrief[]> {
  if (episodes.length === 0) return [];
  const { reader, clock } = view;
  const book = await loadRuleBook(reader, clock.rulesSeq);
  const accounts = episodes.flatMap(({ assignee }) => assignee ?? []);
  const titles = accounts.length > 0 ? await readTitles(reader, accounts) : new Map<number, string>();
  const explained = await readNewestExplanations(
    reader,
    episodes.map(({ id }) => id),
  );
  const subjectOf = await nameSubjects(view, episodes);
  const judges = new Map<string, RuleVersion | undefined>();
  const briefs: AlertBrief[] = [];
  for (const episode of episodes) {
    const explanation = explained.get(episode.id);
    const by = `${episode.rule} ${episode.version}`;
    if (!judges.has(by)) judges.set(by, await findJudge(view, book, episode));
    const judge = judges.get(by);
    briefs.push(
      showBrief(view, episode, {
        judge,
        title: titles.get(episode.assignee ?? -1) ?? null,
        subject: subjectOf(episode),
        explanation: explanation ? standingOf(explanation, view.now) : null,
      }),
    );
  }
  return briefs;
}
