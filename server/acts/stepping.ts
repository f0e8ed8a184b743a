/** How people step alerts: each by the same function as the judge, with a line of history and a row in the audit. */
import { POLICY } from '../../shared/alert-policy.ts';
import { resolveRule } from '../../shared/effective.ts';
import { dayOf } from '../../shared/period.ts';
import type { RuleVersion } from '../../shared/rule.ts';
import { AppError, type InputError } from '../errors.ts';
import type { Standing } from '../people/roles.ts';
import type { AlertEvent } from '../rules/state.ts';
import { step } from '../rules/step.ts';
import { nameAlert, readAlertsOf } from '../store/alert-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { readRuleVersion } from '../store/rule-store.ts';
import { type SteppedAlert, writeStepped } from '../store/write/alerts.ts';
import { nameCaller, noteAll } from './audit.ts';
import { listWatched, type Responder } from './responding.ts';
import type { Work } from './work.ts';

/** How many episodes an act changed. */
export type Count = { changed: number };

/** What an act says of the episodes it steps, in history and audit. */
type Said = { act: string; text: string | null; facts: object | null };

/** Refuses, naming each by its place in the request, the episodes of which something does not hold. */
export function requireAll(
  ids: readonly number[],
  episodes: readonly StoredEpisode[],
  { holds, reason, words }: { holds: (episode: StoredEpisode) => boolean; reason: string; words: string },
): void {
  const faults: InputError[] = episodes
    .filter((episode) => !holds(episode))
    .map(({ id }) => ({ index: ids.indexOf(id), field: 'ids', reason }));
  if (faults.length > 0) throw new AppError('conflict', words, faults);
}

const isOpen = ({ closedAt }: StoredEpisode) => closedAt === null;

/** Refuses, naming each, the episodes that are closed. */
export function requireOpen(ids: readonly number[], episodes: readonly StoredEpisode[]): void {
  const words =
    ids.length === 1 ? 'This alert is closed.' : 'Some of these alerts are closed; none was changed.';
  requireAll(ids, episodes, { holds: isOpen, reason: 'is closed', words });
}

/** The versions of rules that judged episodes, each read once. */
async function readJudges(
  { tx, rules }: Work,
  episodes: readonly StoredEpisode[],
): Promise<(episode: StoredEpisode) => RuleVersion> {
  const book = await rules.load(tx, tx.rulesSeq);
  const known = new Map<string, RuleVersion | undefined>();
  const nameOf = ({ rule, version }: StoredEpisode) => `${rule} ${version}`;
  for (const episode of episodes) {
    const name = nameOf(episode);
    const current = book.rules.get(episode.rule);
    if (known.has(name)) continue;
    const isCurrent = current?.version === episode.version;
    known.set(name, isCurrent ? current : await readRuleVersion(tx, episode.rule, episode.version));
  }
  return (episode) => {
    const judge = known.get(nameOf(episode));
    if (!judge) throw new Error(`no version of its rule is left for episode ${episode.id}`);
    return judge;
  };
}

/** Steps the alerts of open episodes by what somebody does, and writes what came of it, with a row in the audit for each. */
export async function stepEpisodes(
  work: Work,
  { caller, standing }: Responder,
  { episodes, event, said }: { episodes: readonly StoredEpisode[]; event: AlertEvent; said: Said },
): Promise<Count> {
  const { tx, site } = work;
  const judgeOf = await readJudges(work, episodes);
  const { overrides } = await work.rules.load(tx, tx.rulesSeq);
  const alerts = await readAlertsOf(tx, [...new Set(episodes.map(({ unit }) => unit))]);
  const day = dayOf(tx.at, site.zone);
  const { act, text, facts } = said;
  const by = nameCaller(caller);
  const stepped = episodes.map((episode): SteppedAlert => {
    const { rule, unit, key, version } = episode;
    const before = alerts.get(nameAlert(episode));
    if (before?.episode !== episode.id) throw new Error(`episode ${episode.id} is open, but not its alert's`);
    const effective = resolveRule(judgeOf(episode), { overrides, tree: standing.tree, unit, day });
    const context = { effective, calendar: site.calendar, policy: POLICY };
    return {
      ...{ rule, unit, key, version, before: before.state, episode },
      stepped: step(before.state, event, context),
      said: { by, text, facts },
    };
  });
  await writeStepped(tx, stepped);
  await noteAll(
    work,
    caller,
    episodes.map(({ id, unit }) => ({
      ...{ act, subject: `alert:${id}`, unit },
      after: { ...facts, ...(text === null ? {} : { text }) },
    })),
  );
  return { changed: episodes.length };
}

/** Whoever watches the units of episodes. */
export const watchedOf = (standing: Standing, episodes: readonly StoredEpisode[]) =>
  listWatched(standing, new Set(episodes.map(({ unit }) => unit)));
