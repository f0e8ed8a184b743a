/** What people do about alerts. All of it goes through the step by which they are judged, and hangs on the episode. */
import { severityOf } from '../../shared/alert-label.ts';
import { POLICY } from '../../shared/alert-policy.ts';
import type { Role } from '../../shared/people.ts';
import type { AlertSeverity } from '../../shared/rule.ts';
import { AppError, type InputError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { hasRole, requireOneOf } from '../people/roles.ts';
import { findAccountByLogin } from '../store/account-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { assignEpisode, writeVisit } from '../store/write/alerts.ts';
import type { Act } from './act.ts';
import { mayBeAssigned } from './assignees.ts';
import { confirm, nameCaller, noteAll } from './audit.ts';
import { confirmResponder, getEpisodes, lineOf, type Responder, say } from './responding.ts';
import { type Count, requireAll, requireOpen, stepEpisodes, watchedOf } from './stepping.ts';

const OPERATORS: readonly Role[] = ['operator'];
const SHELVERS: readonly Role[] = ['operator', 'editor'];
const COMMENTERS: readonly Role[] = ['operator', 'head'];

const HOUR_MS = 3_600_000;

/**
 * Acknowledges episodes, all or none; what is critical with a note. Those that ask for no acknowledgement, or have one, are left
 * as they are: `isAgain` takes over what somebody has acknowledged. AppError `conflict` for closed ones, and for a single one that
 * somebody has acknowledged; `unprocessable` without the note.
 */
export const acknowledge: Act<
  PersonCaller,
  { ids: readonly number[]; note: string | null; isAgain: boolean },
  Count
> = async (work, asking, { ids, note, isAgain }) => {
  const responder = await confirmResponder(work, asking, OPERATORS);
  const { standing } = responder;
  const episodes = await getEpisodes(work, responder, ids, OPERATORS);
  requireOpen(ids, episodes);
  if (note === null && episodes.some((episode) => POLICY[severityOf(episode)].isNoteNeeded))
    throw new AppError('unprocessable', 'A critical alert is acknowledged with a note.', [
      { field: 'note', reason: 'is needed for a critical alert' },
    ]);
  const own = episodes.filter(({ response }) => response === 'unack' || (isAgain && response === 'ack'));
  if (own.length === 0 && ids.length === 1 && episodes.some(({ response }) => response === 'ack'))
    throw new AppError('conflict', 'Somebody has acknowledged this alert already.', [
      { field: 'isAgain', reason: 'is needed to acknowledge it again' },
    ]);
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
    throw new AppError('unprocessable', 'That is longer than this may be shelved; none was.', faults);
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
