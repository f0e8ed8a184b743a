/** Explanations as they are told, the most pressing first. */
import type { ExplanationState, ExplanationView } from '../../shared/alert.ts';
import { severityOf } from '../../shared/alert-label.ts';
import { isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { Words } from '../../shared/words.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ViewerCaller } from '../people/caller.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { addSpan, countWorkingMs } from '../rules/spans.ts';
import { readEpisodes } from '../store/alert-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import {
  readExplanations,
  readPendingExplanations,
  type StoredExplanation,
} from '../store/explanation-store.ts';
import { loadRuleBook } from '../store/rule-book.ts';
import { listExplanationDeeds } from './allowed.ts';
import { findJudge, standingOf } from './brief.ts';
import { listUnitsOf } from './list.ts';
import { type Named, readNames } from './notes.ts';

/** What it is called where an explanation has come to on the ladder: the unit itself, or the last step climbed. */
function nameStep(view: View, { step, unit }: StoredExplanation): Words {
  return view.site.alerting.ladder[step - 1]?.name ?? view.tree.get(unit).name;
}

const HOUR_MS = 3_600_000;

/** By how many working hours an answer came after its deadline, or has not come yet, to a tenth; null where it is not late. */
function findLateHours({ site, now }: View, { dueAt, answeredAt }: StoredExplanation): number | null {
  const until = answeredAt ?? now;
  if (until <= dueAt) return null;
  return Math.round((countWorkingMs(dueAt, until, site.calendar) / HOUR_MS) * 10) / 10;
}

/** Where an explanation that nobody answers goes next, and when. */
function findNextStep({ site }: View, row: StoredExplanation): ExplanationView['nextStep'] {
  const rung = site.alerting.ladder[row.step];
  if (row.answeredAt !== null || !rung) return null;
  const after = { amount: rung.afterWorkingHours, unit: 'workingHours' } as const;
  return { at: isoOf(addSpan(row.dueAt, after, site.calendar), site.zone), name: rung.name };
}

type Beside = { episode: StoredEpisode; name: Words; named: Named; caller: ViewerCaller };

function showExplanation(
  view: View,
  row: StoredExplanation,
  { episode, name, named, caller }: Beside,
): ExplanationView {
  const { zone } = view.site;
  const iso = (at: number | null) => (at === null ? null : isoOf(at, zone));
  const { id, unit, question, cause, measures, promisedOn, outcome, urges, step } = row;
  return {
    ...{ id, alert: row.episode, unit, ref: showUnit(view, unit).ref, unitName: view.tree.get(unit).name },
    ...{ alertName: name, severity: severityOf(episode), state: standingOf(row, view.now) },
    ...{ isUrgent: urges >= 2, urges, step, stepName: nameStep(view, row) },
    ...{ askedAt: isoOf(row.askedAt, zone), askedBy: named(row.askedBy) ?? row.askedBy, question },
    dueAt: isoOf(row.dueAt, zone),
    ...{ answeredAt: iso(row.answeredAt), answeredBy: named(row.answeredBy), cause, measures, promisedOn },
    ...{ checkedAt: iso(row.checkedAt), checkedBy: named(row.checkedBy), outcome },
    nextAt: iso(row.nextAt),
    ...{ lateWorkingHours: findLateHours(view, row), nextStep: findNextStep(view, row) },
    may: listExplanationDeeds(view, row, caller),
  };
}

/** Explanations as they are told to a caller, in the order given. */
export async function showExplanations(
  view: View,
  rows: readonly StoredExplanation[],
  caller: ViewerCaller,
): Promise<ExplanationView[]> {
  if (rows.length === 0) return [];
  const episodes = await readEpisodes(
    view.reader,
    rows.map(({ episode }) => episode),
  );
  const book = await loadRuleBook(view.reader, view.clock.rulesSeq);
  const named = await readNames(view);
  const names = new Map<string, Words>();
  const shown: ExplanationView[] = [];
  for (const row of rows) {
    const episode = episodes.get(row.episode);
    if (!episode) throw new Error(`explanation ${row.id} is of no episode`);
    const { rule, version } = episode;
    const key = `${rule} ${version}`;
    const name = names.get(key) ??
      (await findJudge(view, book, episode))?.body.name ?? { vi: rule, en: rule };
    names.set(key, name);
    shown.push(showExplanation(view, row, { episode, name, named, caller }));
  }
  return shown;
}

const PRESSING: readonly ExplanationState[] = ['late', 'asked', 'promised', 'answered', 'broken', 'kept'];

/** Late ones first, urgent ones before others, then by what comes next; those that are over newest first. */
export function comparePressing(now: number) {
  const rankOf = (row: StoredExplanation) => PRESSING.indexOf(standingOf(row, now));
  const nextOf = ({ answeredAt, dueAt, nextAt, id }: StoredExplanation) =>
    answeredAt === null ? dueAt : (nextAt ?? -id);
  return (a: StoredExplanation, b: StoredExplanation) =>
    rankOf(a) - rankOf(b) || b.urges - a.urges || nextOf(a) - nextOf(b) || a.id - b.id;
}

/** Explanations that are over which a list holds beside all that are not. */
const MOST_OVER = 200;

/** Explanations asked of the units of some subtrees: all that are not over, and the newest of the others. */
export async function listExplanations(
  view: View,
  roots: readonly ScopedUnit[],
  { state, caller }: { state?: ExplanationState | undefined; caller: ViewerCaller },
): Promise<AnswerOf<'listExplanations'>> {
  const units = listUnitsOf(view, roots);
  const rows = [
    ...(await readPendingExplanations(view.reader, units)),
    ...(await readExplanations(view.reader, units, MOST_OVER)),
  ];
  const asked = rows.filter((row) => state === undefined || standingOf(row, view.now) === state);
  const shown = await showExplanations(view, asked.sort(comparePressing(view.now)), caller);
  return { seq: view.clock.seq, explanations: shown };
}
