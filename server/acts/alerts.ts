/** What people do about alerts. All of it goes through the step by which they are judged, and hangs on the episode. */
import { POLICY } from '../../shared/alert-policy.ts';
import { resolveRule } from '../../shared/effective.ts';
import type { Role } from '../../shared/people.ts';
import { dayOf } from '../../shared/period.ts';
import type { AlertSeverity, RuleVersion } from '../../shared/rule.ts';
import { AppError, type InputError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { hasRole, requireOneOf, type Standing } from '../people/roles.ts';
import type { AlertEvent } from '../rules/state.ts';
import { step } from '../rules/step.ts';
import { findAccountByLogin } from '../store/account-store.ts';
import { nameAlert, readAlertsOf } from '../store/alert-store.ts';
import { type StoredEpisode, severityOf } from '../store/episode-store.ts';
import { readRuleVersion } from '../store/rule-store.ts';
import { assignEpisode, type SteppedAlert, writeStepped, writeVisit } from '../store/write/alerts.ts';
import type { Act } from './act.ts';
import { mayBeAssigned } from './assignees.ts';
import { confirm, nameCaller, noteAll } from './audit.ts';
import { confirmResponder, getEpisodes, lineOf, listWatched, type Responder, say } from './responding.ts';
import type { Work } from './work.ts';

const OPERATORS: readonly Role[] = ['operator'];
const SHELVERS: readonly Role[] = ['operator', 'editor'];
const COMMENTERS: readonly Role[] = ['operator', 'head'];

const HOUR_MS = 3_600_000;

/** How many episodes an act changed. */
type Count = { changed: number };

/** What an act says of the episodes it steps, in history and audit. */
type Said = { act: string; text: string | null; facts: object | null };

/** Refuses, naming each by its place in the request, the episodes of which something does not hold. */
function requireAll(
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

function requireOpen(ids: readonly number[], episodes: readonly StoredEpisode[]): void {
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
async function stepEpisodes(
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

const watchedOf = (standing: Standing, episodes: readonly StoredEpisode[]) =>
  listWatched(standing, new Set(episodes.map(({ unit }) => unit)));

/**
 * Acknowledges episodes, all or none; what is critical with a note. Those that ask for no acknowledgement are left as they are.
 * AppError `conflict` for closed ones, `unprocessable` without the note.
 */
export const acknowledge: Act<PersonCaller, { ids: readonly number[]; note: string | null }, Count> = async (
  work,
  asking,
  { ids, note },
) => {
  const responder = await confirmResponder(work, asking, OPERATORS);
  const { standing } = responder;
  const episodes = await getEpisodes(work, responder, ids, OPERATORS);
  requireOpen(ids, episodes);
  if (note === null && episodes.some((episode) => POLICY[severityOf(episode)].isNoteNeeded))
    throw new AppError(
      'unprocessable',
      'A critical alert is acknowledged with a note.',
      [{ field: 'note', reason: 'is needed for a critical alert' }],
      { says: { code: 'noteNeeded' } },
    );
  const own = episodes.filter(({ response }) => response !== 'none');
  const event = { kind: 'acknowledge', at: work.tx.at } as const;
  const said = { act: 'acknowledgeAlert', text: note, facts: null };
  const answer = await stepEpisodes(work, responder, { episodes: own, event, said });
  return { answer, changed: watchedOf(standing, own) };
};

/** For how long somebody may shelve an alert of a severity in a unit, in hours; null: not at all. */
function findShelfCap(
  { caller, standing }: Responder,
  { unit, severity }: { unit: number; severity: AlertSeverity },
): number | null {
  const { shelfHours, longestShelfHours } = POLICY[severity];
  if (hasRole(caller, 'editor', unit, standing)) return longestShelfHours;
  return shelfHours;
}

function checkCaps(
  responder: Responder,
  episodes: readonly StoredEpisode[],
  { ids, hours }: { ids: readonly number[]; hours: number },
): void {
  const faults: InputError[] = [];
  for (const episode of episodes) {
    const severity = severityOf(episode);
    const cap = findShelfCap(responder, { unit: episode.unit, severity });
    if (cap === null) requireOneOf(responder.caller, ['editor'], episode.unit, responder.standing);
    else if (hours > cap)
      faults.push({ index: ids.indexOf(episode.id), field: 'hours', reason: `${severity}: at most ${cap}` });
  }
  if (faults.length > 0)
    throw new AppError('unprocessable', 'That is longer than this may be shelved; none was.', faults, {
      says: { code: 'shelf' },
    });
}

/** Shelves episodes for some hours, all or none: they go on being judged. AppError where a cap of a role or severity is passed. */
export const shelve: Act<
  PersonCaller,
  { ids: readonly number[]; hours: number; reason: string; isOneShot: boolean },
  Count
> = async (work, asking, { ids, hours, reason, isOneShot }) => {
  const responder = await confirmResponder(work, asking, SHELVERS);
  const episodes = await getEpisodes(work, responder, ids, SHELVERS);
  requireOpen(ids, episodes);
  checkCaps(responder, episodes, { ids, hours });
  const { at } = work.tx;
  const event = { kind: 'shelve', at, until: at + Math.round(hours * HOUR_MS), isOneShot } as const;
  const said = { act: 'shelveAlert', text: reason, facts: { hours, isOneShot } };
  const answer = await stepEpisodes(work, responder, { episodes, event, said });
  return { answer, changed: watchedOf(responder.standing, episodes) };
};

/** Takes an episode off the shelf: what is still active calls anew. AppError `conflict` for one that is not shelved. */
export const unshelve: Act<PersonCaller, { id: number }, Count> = async (work, asking, { id }) => {
  const responder = await confirmResponder(work, asking, SHELVERS);
  const episodes = await getEpisodes(work, responder, [id], SHELVERS);
  const words = 'This alert is not shelved.';
  const holds = ({ suppression }: StoredEpisode) => suppression === 'shelved';
  requireAll([id], episodes, { holds, reason: 'is not shelved', words });
  const event = { kind: 'unshelve', at: work.tx.at } as const;
  const said = { act: 'unshelveAlert', text: null, facts: null };
  const answer = await stepEpisodes(work, responder, { episodes, event, said });
  return { answer, changed: watchedOf(responder.standing, episodes) };
};

/** Comments on an episode, open or not: operators, and the head of its unit. */
export const noteAlert: Act<PersonCaller, { id: number; text: string }, Count> = async (
  work,
  asking,
  { id, text },
) => {
  const responder = await confirmResponder(work, asking, COMMENTERS);
  const { caller, standing } = responder;
  const episodes = await getEpisodes(work, responder, [id], COMMENTERS);
  const line = { at: work.tx.at, kind: 'commented', by: nameCaller(caller), text } as const;
  await say(
    work,
    episodes.map((episode) => lineOf(episode, line)),
  );
  await noteAll(
    work,
    caller,
    episodes.map(({ unit }) => ({ act: 'noteAlert', subject: `alert:${id}`, unit, after: { text } })),
  );
  return { answer: { changed: episodes.length }, changed: watchedOf(standing, episodes) };
};

/** Assigns an open episode to an account that may act on it, or to nobody. AppError `unprocessable` for another. */
export const assignAlert: Act<PersonCaller, { id: number; login: string | null }, Count> = async (
  work,
  asking,
  { id, login },
) => {
  const { tx } = work;
  const responder = await confirmResponder(work, asking, OPERATORS);
  const { caller, standing } = responder;
  const episodes = await getEpisodes(work, responder, [id], OPERATORS);
  requireOpen([id], episodes);
  const account = login === null ? undefined : await findAccountByLogin(tx, login);
  for (const episode of episodes) {
    if (login !== null && !(account && (await mayBeAssigned(tx, account, episode.unit, standing))))
      throw new AppError('unprocessable', `${login} cannot act on this alert.`, [
        { field: 'login', reason: 'is not of an account that may act there' },
      ]);
    await assignEpisode(tx, episode.id, account?.id ?? null);
  }
  const line = { at: tx.at, kind: 'assigned', by: nameCaller(caller), facts: { login } } as const;
  await say(
    work,
    episodes.map((episode) => lineOf(episode, line)),
  );
  await noteAll(
    work,
    caller,
    episodes.map(({ unit }) => ({ act: 'assignAlert', subject: `alert:${id}`, unit, after: { login } })),
  );
  return { answer: { changed: episodes.length }, changed: watchedOf(standing, episodes) };
};

/** Notes up to which commit somebody has seen the alerts; it never goes back. No deed, so the audit does not have it. */
export const visitAlerts: Act<PersonCaller, { seq: number }, null> = async (work, asking, { seq }) => {
  const { account } = await confirm(work, asking);
  await writeVisit(work.tx, account, Math.min(seq, work.tx.seq));
  return { answer: null, changed: null };
};
