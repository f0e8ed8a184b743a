/** Explanations (giải trình): asked, urged, answered, checked. What the clock does with them is in ladder.ts. */
import type { Role } from '../../shared/people.ts';
import { addDays, isoOf, startOfDay } from '../../shared/period.ts';
import type { Span } from '../../shared/rule.ts';
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import { requireRole } from '../people/roles.ts';
import { addSpan } from '../rules/spans.ts';
import type { Site } from '../site.ts';
import { readEpisodes } from '../store/alert-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { findExplanation, readExplanationsOf, type StoredExplanation } from '../store/explanation-store.ts';
import type { NewNote } from '../store/write/alerts.ts';
import { insertExplanation, updateExplanation } from '../store/write/explanations.ts';
import type { Act } from './act.ts';
import { nameCaller, note } from './audit.ts';
import {
  confirmResponder,
  getEpisodes,
  lineOf,
  listWatched,
  maySee,
  type Responder,
  say,
} from './responding.ts';
import type { Work } from './work.ts';

const OPERATORS: readonly Role[] = ['operator'];
/** A promise cannot lie further ahead. */
const LONGEST_PROMISE_DAYS = 366;

/** Asks the unit of an episode, or what took over from it, for an explanation; gives its id. AppError `conflict` while one is open. */
export const explainAlert: Act<
  PersonCaller,
  { id: number; question: string; within: Span },
  { id: number }
> = async (work, asking, { id, question, within }) => {
  const { tx, site } = work;
  const responder = await confirmResponder(work, asking, OPERATORS);
  const { caller, standing } = responder;
  const [episode] = await getEpisodes(work, responder, [id], OPERATORS);
  if (!episode) throw new AppError('notFound', `There is no alert ${id}.`);
  if ((await readExplanationsOf(tx, id)).some(({ answeredAt }) => answeredAt === null))
    throw new AppError('conflict', 'An explanation has been asked and is not answered yet: urge it.', [], {
      says: { code: 'explanationOpen' },
    });
  const unit = standing.tree.currentOf(episode.unit, standing.today);
  const dueAt = addSpan(tx.at, within, site.calendar);
  const askedBy = nameCaller(caller);
  const asked = { episode: id, unit, askedBy, question, dueAt, nextAt: dueAt };
  const explanation = await insertExplanation(tx, asked);
  const facts = { explanation, dueAt: isoOf(dueAt, site.zone), within };
  await say(work, [lineOf(episode, { at: tx.at, kind: 'asked', by: askedBy, text: question, facts })]);
  await note(work, caller, {
    ...{ act: 'explainAlert', subject: `alert:${id}`, unit },
    after: { ...facts, question },
  });
  return { answer: { id: explanation }, changed: listWatched(standing, [episode.unit, unit]) };
};

type Found = Responder & { explanation: StoredExplanation; episode: StoredEpisode };

/** An explanation with its episode, for who may see its unit; AppError `notFound` for one that is not there for it. */
async function getExplanation(
  work: Work,
  asking: PersonCaller,
  { id, role }: { id: number; role: Role },
): Promise<Found> {
  const responder = await confirmResponder(work, asking, [role]);
  const explanation = await findExplanation(work.tx, id);
  const episodes = explanation ? await readEpisodes(work.tx, [explanation.episode]) : new Map();
  const episode: StoredEpisode | undefined = episodes.get(explanation?.episode ?? 0);
  if (!explanation || !episode || !maySee(responder, explanation.unit))
    throw new AppError('notFound', `There is no explanation ${id}.`);
  requireRole(responder.caller, role, explanation.unit, responder.standing);
  return { ...responder, explanation, episode };
}

type Told = {
  act: string;
  kind: NewNote['kind'];
  text: string | null;
  changes: Parameters<typeof updateExplanation>[2];
  facts: object;
};

/** Changes an explanation, with its line in the episode's history and its audit row. */
async function tell(work: Work, found: Found, { act, kind, text, changes, facts }: Told) {
  const { caller, standing, explanation, episode } = found;
  const { tx } = work;
  const { id, unit } = explanation;
  await updateExplanation(tx, explanation, changes);
  const said = { explanation: id, ...facts };
  await say(work, [lineOf(episode, { at: tx.at, kind, by: nameCaller(caller), text, facts: said })]);
  await note(work, caller, {
    ...{ act, subject: `alert:${episode.id}`, unit },
    after: { ...said, ...(text === null ? {} : { text }) },
  });
  return { answer: { id }, changed: listWatched(standing, [episode.unit, unit]) };
}

/** The instant at which a promise is looked at: a working hour into its day, or the next working day. */
const checkTimeOf = (day: string, { calendar, zone }: Site) =>
  addSpan(startOfDay(day, zone), { amount: 1, unit: 'workingHours' }, calendar);

/** Answers as head of the unit, once. AppError `unprocessable` for a promise that lies in the past or too far ahead. */
export const answerExplanation: Act<
  PersonCaller,
  { id: number; cause: string; measures: string; promisedOn: string | null },
  { id: number }
> = async (work, asking, { id, cause, measures, promisedOn }) => {
  const found = await getExplanation(work, asking, { id, role: 'head' });
  const { today } = found.standing;
  if (found.explanation.answeredAt !== null)
    throw new AppError('conflict', 'This explanation has been answered already.', [], {
      says: { code: 'answered' },
    });
  if (promisedOn !== null && (promisedOn < today || promisedOn > addDays(today, LONGEST_PROMISE_DAYS)))
    throw new AppError(
      'unprocessable',
      'What is promised lies ahead, within a year.',
      [{ field: 'promisedOn', reason: `is not within a year of ${today}` }],
      { says: { code: 'promise' } },
    );
  const nextAt = promisedOn === null ? null : checkTimeOf(promisedOn, work.site);
  const answeredBy = nameCaller(found.caller);
  return tell(work, found, {
    ...{ act: 'answerExplanation', kind: 'answered', text: cause },
    changes: { answeredAt: work.tx.at, answeredBy, cause, measures, promisedOn, nextAt },
    facts: { measures, promisedOn },
  });
};

/** Urges the unit to answer. AppError `conflict` for what is answered. */
export const urgeExplanation: Act<PersonCaller, { id: number; note: string | null }, { id: number }> = async (
  work,
  asking,
  { id, note: text },
) => {
  const found = await getExplanation(work, asking, { id, role: 'operator' });
  if (found.explanation.answeredAt !== null)
    throw new AppError('conflict', 'This explanation has been answered: there is nothing to urge.', [], {
      says: { code: 'answered' },
    });
  const urges = found.explanation.urges + 1;
  return tell(work, found, {
    ...{ act: 'urgeExplanation', kind: 'urged', text },
    ...{ changes: { urges }, facts: { urges } },
  });
};

/** Notes whether what was promised was kept, once. AppError `conflict` for what is not answered, or was checked. */
export const checkExplanation: Act<
  PersonCaller,
  { id: number; isKept: boolean; note: string | null },
  { id: number }
> = async (work, asking, { id, isKept, note: text }) => {
  const found = await getExplanation(work, asking, { id, role: 'operator' });
  const { answeredAt, checkedAt } = found.explanation;
  if (answeredAt === null) throw new AppError('conflict', 'This explanation has not been answered yet.');
  if (checkedAt !== null) throw new AppError('conflict', 'This explanation has been checked already.');
  const checkedBy = nameCaller(found.caller);
  return tell(work, found, {
    ...{ act: 'checkExplanation', kind: 'checked', text },
    changes: {
      ...{ checkedAt: work.tx.at, checkedBy, isKept: isKept ? 1 : 0 },
      ...{ outcome: text, nextAt: null },
    },
    facts: { isKept },
  });
};
