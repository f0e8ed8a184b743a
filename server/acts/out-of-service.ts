/** Out of service: an alert that is known to be wrong until somebody has mended something. Listed, and never for good. */
import { labelOf } from '../../shared/alert-label.ts';
import type { Role } from '../../shared/people.ts';
import { addDays, startOfDay } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import type { Act } from './act.ts';
import { confirmResponder, getEpisodes } from './responding.ts';
import { type Count, requireAll, requireOpen, stepEpisodes, watchedOf } from './stepping.ts';

const EDITORS: readonly Role[] = ['editor'];

/**
 * Takes one alert out of service until the beginning of its review day, or changes that day. It goes on being judged, and stays
 * listed. AppError `unprocessable` for a day that does not lie ahead, or further than the site allows.
 */
export const takeOutOfService: Act<
  PersonCaller,
  { id: number; reason: string; work: string; reviewOn: string },
  Count
> = async (work, asking, { id, reason, work: task, reviewOn }) => {
  const responder = await confirmResponder(work, asking, EDITORS);
  const { standing } = responder;
  const episodes = await getEpisodes(work, responder, [id], EDITORS);
  requireOpen([id], episodes);
  const { zone, alerting } = work.site;
  const last = addDays(standing.today, alerting.outOfServiceDays);
  if (reviewOn <= standing.today || reviewOn > last)
    throw new AppError('unprocessable', 'That is no day on which this alert can be reviewed.', [
      { field: 'reviewOn', reason: `is not after ${standing.today}, up to ${last}` },
    ]);
  const event = { kind: 'takeOut', at: work.tx.at, until: startOfDay(reviewOn, zone) } as const;
  const said = { act: 'takeAlertOutOfService', text: reason, facts: { work: task, reviewOn } };
  const answer = await stepEpisodes(work, responder, { episodes, event, said });
  return { answer, changed: watchedOf(standing, episodes) };
};

/** Returns one alert to service before its day: what is active calls anew. AppError `conflict` for one that is in service. */
export const returnToService: Act<PersonCaller, { id: number }, Count> = async (work, asking, { id }) => {
  const responder = await confirmResponder(work, asking, EDITORS);
  const episodes = await getEpisodes(work, responder, [id], EDITORS);
  const holds = (episode: StoredEpisode) => labelOf(episode) === 'outOfService';
  requireAll([id], episodes, { holds, reason: 'is in service', words: 'This alert is in service.' });
  const event = { kind: 'putBack', at: work.tx.at } as const;
  const said = { act: 'returnAlertToService', text: null, facts: null };
  const answer = await stepEpisodes(work, responder, { episodes, event, said });
  return { answer, changed: watchedOf(responder.standing, episodes) };
};
