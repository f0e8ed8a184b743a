/** The handover of a shift, which writes itself: what stands and in whose hands, what is shelved, who is silent, what was said. */
import { z } from 'zod';
import type { AlertNoteKind } from '../../shared/alert.ts';
import { isListed } from '../../shared/alert-label.ts';
import { isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { showUnit } from '../figures/views.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readEpisodes } from '../store/alert-store.ts';
import {
  countClosed,
  readNotesOf,
  readNotesSince,
  readOpenEpisodes,
  readOpenedEpisodes,
  type StoredNote,
} from '../store/episode-store.ts';
import { readPendingExplanations } from '../store/explanation-store.ts';
import { showBriefs } from './brief.ts';
import { comparePressing, showExplanations } from './explained.ts';
import { compareUrgency, countAlerts, listUnitsOf } from './list.ts';
import { DEEDS, type Named, readNames, showNote } from './notes.ts';

type Handover = AnswerOf<'getHandover'>;

/** What the line of one that is out of service says. */
const OutFacts = z.object({ work: z.string().nullable().default(null) });

const HOUR_MS = 3_600_000;
/** The most lines that a sheet repeats: the newest. */
const MOST_NOTES = 500;

/** Of each episode the newest line of a kind. */
function lastOf(notes: readonly StoredNote[], kind: AlertNoteKind): Map<number, StoredNote> {
  return new Map(notes.filter((note) => note.kind === kind).map((note) => [note.episode, note]));
}

/** What was said in the shift, the oldest first, each with the alert it was said of. */
async function readSaid(
  view: View,
  units: readonly number[],
  { since, named }: { since: number; named: Named },
): Promise<Handover['notes']> {
  const kinds: readonly AlertNoteKind[] = [...DEEDS, 'escalated'];
  const notes = (await readNotesSince(view.reader, new Set(units), { kinds, since })).slice(-MOST_NOTES);
  const ids = [...new Set(notes.map(({ episode }) => episode))];
  const episodes = [...(await readEpisodes(view.reader, ids)).values()];
  const briefs = new Map((await showBriefs(view, episodes)).map((brief) => [brief.id, brief]));
  return notes.flatMap((note) => {
    const brief = briefs.get(note.episode);
    if (!brief) return [];
    const { id, name, unitName } = brief;
    return [{ ...showNote(view, note, named), alert: id, name, unitName }];
  });
}

/** What stands: open, in hand with whom and what was said, shelved by whom and why; worst first. */
async function readStanding(view: View, units: readonly number[], named: Named) {
  const open = (await readOpenEpisodes(view.reader, units)).sort(compareUrgency);
  const briefs = await showBriefs(view, open);
  const held = open.filter(
    ({ response, suppression }) =>
      response === 'ack' || suppression === 'shelved' || suppression === 'outOfService',
  );
  const notes = await readNotesOf(
    view.reader,
    held.map(({ id }) => id),
    { kinds: ['acknowledged', 'shelved', 'outOfService'] },
  );
  const said = {
    acknowledged: lastOf(notes, 'acknowledged'),
    shelved: lastOf(notes, 'shelved'),
    outOfService: lastOf(notes, 'outOfService'),
  };
  const tell = (id: number, kind: keyof typeof said) => {
    const note = said[kind].get(id);
    return { by: named(note?.by ?? null), text: note?.text ?? null };
  };
  const isHeld = ({ label }: (typeof briefs)[number]) =>
    label === 'inHand' || label === 'shelved' || label === 'outOfService';
  return {
    counts: await countAlerts(view, units, open),
    open: briefs.filter((brief) => isListed(brief) && !isHeld(brief)),
    inHand: briefs
      .filter(({ label }) => label === 'inHand')
      .map((alert) => {
        const { by, text: note } = tell(alert.id, 'acknowledged');
        return { alert, by, note };
      }),
    shelved: briefs
      .filter(({ label }) => label === 'shelved')
      .map((alert) => {
        const { by, text: reason } = tell(alert.id, 'shelved');
        return { alert, by, reason };
      }),
    outOfService: briefs
      .filter(({ label }) => label === 'outOfService')
      .map((alert) => {
        const { by, text: reason } = tell(alert.id, 'outOfService');
        const { work } = OutFacts.parse(JSON.parse(said.outOfService.get(alert.id)?.facts ?? '{}'));
        return { alert, by, reason, work };
      }),
  };
}

/** The sheet of a shift of so many hours that ends now, for a unit with all below it. */
export async function readHandover(
  view: View,
  unit: ScopedUnit,
  { hours, caller }: { hours: number; caller: ViewerCaller },
): Promise<Handover> {
  const { site, now, reader } = view;
  const units = listUnitsOf(view, [unit]);
  const set = new Set(units);
  const since = now - hours * HOUR_MS;
  const named = await readNames(view);
  const shown = showUnit(view, unit);
  const feeds = await readFeedViews(narrowTo(view, unit));
  const pending = (await readPendingExplanations(reader, units)).sort(comparePressing(now));
  return {
    seq: view.clock.seq,
    ...{ unit: shown.ref, unitName: shown.name, from: isoOf(since, site.zone), to: isoOf(now, site.zone) },
    ...(await readStanding(view, units, named)),
    closed: await countClosed(reader, set, since),
    raised: (await readOpenedEpisodes(reader, set, { from: since, to: now + 1 })).length,
    feeds: feeds.filter(({ lateAt }) => lateAt !== null && Date.parse(lateAt) <= now),
    explanations: await showExplanations(view, pending, caller),
    notes: await readSaid(view, units, { since, named }),
  };
}
