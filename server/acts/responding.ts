/** What every act on an alert begins and ends with: who may, on which episodes, and who is to be told. */
import type { AlertNoteKind } from '../../shared/alert.ts';
import type { Role } from '../../shared/people.ts';
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { requireOneOf, requireOneOfAnywhere, type Standing } from '../people/roles.ts';
import { isVisible, nearestDay, openReach } from '../people/scope.ts';
import { readEpisodes } from '../store/alert-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { addNotes, type NewNote, touchEpisodes } from '../store/write/alerts.ts';
import type { Changed } from './act.ts';
import { confirm, openStanding } from './audit.ts';
import type { Work } from './work.ts';

/** A person who may act on alerts somewhere, as of this commit, and the units of its day. */
export type Responder = { caller: PersonCaller; standing: Standing };

/** Confirms who asks; AppError `forbidden` for who has none of the roles anywhere, before anything is read. */
export async function confirmResponder(
  work: Work,
  asking: PersonCaller,
  roles: readonly Role[],
): Promise<Responder> {
  const caller = await confirm(work, asking);
  requireOneOfAnywhere(caller, roles);
  return { caller, standing: await openStanding(work) };
}

/** Whether a person may see a unit; what it may not see does not exist for it. */
export function maySee({ caller, standing }: Responder, unit: number): boolean {
  const { tree, today } = standing;
  const units = caller.grants.map((grant) => grant.unit);
  return isVisible(openReach(tree, units, today), unit);
}

/**
 * Episodes as they stand, in the order asked, each of them seen and within reach of one of the roles. AppError `notFound` names
 * those that are not there for this caller, `forbidden` the role that the first of the others needs.
 */
export async function getEpisodes(
  work: Work,
  responder: Responder,
  ids: readonly number[],
  roles: readonly Role[],
): Promise<StoredEpisode[]> {
  const known = await readEpisodes(work.tx, ids);
  const seen = new Map<number, boolean>();
  const isSeen = (unit: number) => {
    const is = seen.get(unit) ?? maySee(responder, unit);
    seen.set(unit, is);
    return is;
  };
  const found = [...new Set(ids)].map((id) => ({ id, episode: known.get(id) }));
  const missing = found.filter(({ episode }) => !episode || !isSeen(episode.unit));
  if (missing.length > 0)
    throw new AppError(
      'notFound',
      ids.length === 1
        ? `There is no alert ${ids[0]}.`
        : 'Some of these alerts do not exist; none was changed.',
      missing.map(({ id }) => ({ index: ids.indexOf(id), field: 'ids', reason: `there is no alert ${id}` })),
    );
  const episodes = found.flatMap(({ episode }) => episode ?? []);
  for (const unit of new Set(episodes.map((episode) => episode.unit)))
    requireOneOf(responder.caller, roles, unit, responder.standing);
  return episodes;
}

/** The units whose viewers see what changed of some units: each with all above it, and above what took over from it. */
export function listWatched({ tree, today }: Standing, units: Iterable<number>): Changed {
  const watched = new Set<number>();
  for (const unit of units) {
    for (const one of [unit, tree.currentOf(unit, today)])
      for (const above of tree.pathOn(one, nearestDay(tree.get(one), today))) watched.add(above);
  }
  return { units: watched, feeds: false };
}

/** A line of an episode's history that somebody wrote, or the clock; whoever follows alerts is told of it. */
export function lineOf(
  { id, unit, worst, figure, isCount }: StoredEpisode,
  line: { at: number; kind: AlertNoteKind; by: string | null; text?: string | null; facts?: object },
): NewNote {
  const { at, kind, by, text = null, facts = null } = line;
  return { at, episode: id, unit, kind, severity: worst, figure, isCount, by, text, facts, isSilent: 0 };
}

/** Adds lines to the history of episodes, and tells whoever watches them that they changed. */
export async function say({ tx }: Work, lines: readonly NewNote[]): Promise<void> {
  await addNotes(tx, lines);
  await touchEpisodes(tx, [...new Set(lines.map(({ episode }) => episode))]);
}
