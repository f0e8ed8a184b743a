/** Which notes a channel tells of. Pure: what it decides follows from the notes and the episodes alone. */
import type { AlertNoteKind } from '../../shared/alert.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import type { StoredChannel } from '../store/channel-store.ts';
import type { StoredEpisode, StoredNote } from '../store/episode-store.ts';

/** What happened to an episode, as far as it is told. */
export type Told = { episode: StoredEpisode; kinds: readonly AlertNoteKind[] };

/** The alert is there, again, or worse. */
const ANNOUNCING: readonly AlertNoteKind[] = ['raised', 'worsened', 'returned', 'reannounced'];
/** It is over: told once, of what was told. */
const OVER: readonly AlertNoteKind[] = ['cleared', 'closed'];
/** What people asked and answered. */
const SAID: readonly AlertNoteKind[] = ['asked', 'urged', 'answered', 'escalated'];

/** Whether a note may be told of at all. */
export const isTellable = (kind: AlertNoteKind): boolean =>
  ANNOUNCING.includes(kind) || OVER.includes(kind) || SAID.includes(kind);

/** How a channel listens: what is the least it tells, and whether it keeps everything for a digest. */
export type Listening = Pick<StoredChannel, 'least' | 'mode'>;

/** Whether a severity is told by a channel; advisory ones only in digests. */
export function isHeard({ least, mode }: Listening, severity: AlertSeverity): boolean {
  if (severity === 'advisory' && mode === 'immediate') return false;
  return ALERT_SEVERITIES.indexOf(severity) <= ALERT_SEVERITIES.indexOf(least);
}

/** Notes of which a message tells: after `from`; `hours`: which of them, by the quiet hours they fall in. */
export type Bounds = { from: number; hours: 'all' | 'criticalOnly' | 'heldBack' };

const isStanding = ({ condition, closedAt }: StoredEpisode) => closedAt === null && condition !== 'normal';

/** A note, told apart: what it says of the alert, whether it passes in quiet hours. */
function readNote(note: StoredNote, episode: StoredEpisode, listening: Listening) {
  const severity = note.severity ?? (isStanding(episode) ? episode.severity : episode.worst);
  const isOver = OVER.includes(note.kind);
  const isNamed = ANNOUNCING.includes(note.kind) || SAID.includes(note.kind);
  return {
    isOver,
    announces: ANNOUNCING.includes(note.kind),
    isCritical: (isOver ? episode.worst : severity) === 'critical',
    isHeard: note.isSilent === 0 && (isOver || (isNamed && isHeard(listening, severity))),
  };
}

type Read = ReturnType<typeof readNote>;

/** Whether the alert is known as standing once a note was told. */
const isKnownAfter = (read: Read, isKnown: boolean) =>
  read.announces ? true : read.isOver ? false : isKnown;

/** What happened to one episode: what is told of it, whether it was known before, and whether it passed in quiet hours. */
type Walked = { kinds: AlertNoteKind[]; wasKnown: boolean; hasPassed: boolean };

function walk(
  episode: StoredEpisode,
  history: readonly StoredNote[],
  listening: Listening,
  { from, hours }: Bounds,
): Walked {
  let isKnown = false;
  const walked: Walked = { kinds: [], wasKnown: false, hasPassed: false };
  for (const note of history) {
    const isNew = note.n > from;
    const read = readNote(note, episode, listening);
    const isSuppressed = isNew && read.announces && episode.suppression !== 'none';
    if (!read.isHeard || isSuppressed || (read.isOver && !isKnown)) continue;
    isKnown = isKnownAfter(read, isKnown);
    if (!isNew) walked.wasKnown = isKnown;
    else if (hours === 'all' || (hours === 'criticalOnly') === read.isCritical) walked.kinds.push(note.kind);
    else walked.hasPassed ||= read.announces;
  }
  return { ...walked, kinds: [...new Set(walked.kinds)] };
}

/** Of what quiet hours held back: what stands is told once, what is over only if it was known before them. */
function chooseHeld(episode: StoredEpisode, { kinds, wasKnown, hasPassed }: Walked) {
  if (!isStanding(episode))
    return wasKnown ? kinds.filter((kind) => OVER.includes(kind) || SAID.includes(kind)) : [];
  return kinds.filter((kind) => SAID.includes(kind) || (ANNOUNCING.includes(kind) && !hasPassed));
}

/** What a message tells of episodes; `histories` are their notes since the channel began, in order, up to the message's end. */
export function selectTold(
  episodes: readonly StoredEpisode[],
  histories: ReadonlyMap<number, readonly StoredNote[]>,
  listening: Listening,
  bounds: Bounds,
): Told[] {
  return episodes.flatMap((episode) => {
    const walked = walk(episode, histories.get(episode.id) ?? [], listening, bounds);
    const kinds = bounds.hours === 'heldBack' ? chooseHeld(episode, walked) : walked.kinds;
    return kinds.length > 0 ? [{ episode, kinds }] : [];
  });
}

/** When an alert was last announced to a channel; null where it never was. */
export function findAnnouncedAt(
  episode: StoredEpisode,
  history: readonly StoredNote[],
  listening: Listening,
): number | null {
  const last = history.findLast((note) => {
    const read = readNote(note, episode, listening);
    return read.isHeard && read.announces;
  });
  return last?.at ?? null;
}

/** Whether an alert waits for somebody to acknowledge it and may be repeated. */
export const isWaiting = (episode: StoredEpisode): boolean =>
  isStanding(episode) && episode.response === 'unack' && episode.suppression === 'none';
