/** The ladder on which explanations go up that are not answered. Law: its steps are instants, so downtime makes it late but correct. */
import { addSpan } from '../rules/spans.ts';
import { readEpisodes } from '../store/alert-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { readDueExplanations, type StoredExplanation } from '../store/explanation-store.ts';
import { addNotes, type NewNote, touchEpisodes } from '../store/write/alerts.ts';
import { updateExplanation } from '../store/write/explanations.ts';
import { openStanding } from './audit.ts';
import { lineOf, listWatched } from './responding.ts';
import type { Work } from './work.ts';

/** The most explanations that one commit moves. */
const MOVED_AT_ONCE = 500;

/** When an explanation comes to a step of the ladder: 0 is its first. Undefined past the last. */
function climbsAt({ site }: Work, { dueAt }: StoredExplanation, step: number): number | undefined {
  const hours = site.alerting.ladder[step]?.afterWorkingHours;
  if (hours === undefined) return undefined;
  return addSpan(dueAt, { amount: hours, unit: 'workingHours' }, site.calendar);
}

type Climbed = { step: number; nextAt: number | null; notes: NewNote[] };

/** Where an explanation stands on the ladder by the instant of the commit, with a line for each step it came to. */
function climb(work: Work, explanation: StoredExplanation, episode: StoredEpisode): Climbed {
  const { tx, site } = work;
  const notes: NewNote[] = [];
  let { step } = explanation;
  let at = climbsAt(work, explanation, step);
  while (at !== undefined && at <= tx.at) {
    const rung = site.alerting.ladder[step];
    step++;
    const facts = { explanation: explanation.id, reason: 'late', step, name: rung?.name, role: rung?.role };
    notes.push(lineOf(episode, { at, kind: 'escalated', by: null, facts: { ...facts, toUnit: rung?.at } }));
    at = climbsAt(work, explanation, step);
  }
  return { step, nextAt: at ?? null, notes };
}

/** What comes of an explanation whose instant has come: up the ladder, or its promise is to be looked at. */
function move(work: Work, explanation: StoredExplanation, episode: StoredEpisode): Climbed {
  const { step, promisedOn } = explanation;
  if (explanation.answeredAt === null) return climb(work, explanation, episode);
  const facts = { explanation: explanation.id, reason: 'promise', promisedOn };
  const at = explanation.nextAt ?? work.tx.at;
  return { step, nextAt: null, notes: [lineOf(episode, { at, kind: 'escalated', by: null, facts })] };
}

/**
 * Moves explanations whose instant has come by the commit: those not answered go up the ladder, however many steps were missed;
 * promises whose day has come are to be checked. `moved` is at most 500: there may be more. Part of the judge's own commit.
 */
export async function climbLadder(work: Work): Promise<{ moved: number; units: ReadonlySet<number> }> {
  const { tx } = work;
  const due = await readDueExplanations(tx, tx.at, MOVED_AT_ONCE);
  if (due.length === 0) return { moved: 0, units: new Set() };
  const episodes = await readEpisodes(
    tx,
    due.map(({ episode }) => episode),
  );
  const notes: NewNote[] = [];
  const units: number[] = [];
  for (const explanation of due) {
    const episode = episodes.get(explanation.episode);
    if (!episode) throw new Error(`explanation ${explanation.id} is of no episode`);
    const { step, nextAt, notes: own } = move(work, explanation, episode);
    await updateExplanation(tx, explanation, { step, nextAt });
    notes.push(...own);
    units.push(episode.unit, explanation.unit);
  }
  await addNotes(tx, notes);
  await touchEpisodes(tx, [...episodes.keys()]);
  const { units: watched } = listWatched(await openStanding(work), units);
  return { moved: due.length, units: watched === 'any' ? new Set() : watched };
}
