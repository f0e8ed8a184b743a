/** The alert that a channel fails: written as the judge writes its own, though no sample raises it. */
import { CHANNEL_RULE } from '../../shared/alert-policy.ts';
import { START } from '../rules/draft.ts';
import type { AlertState, Effect } from '../rules/state.ts';
import { readEpisodes } from '../store/alert-store.ts';
import type { StoredChannel } from '../store/channel-store.ts';
import { type SteppedAlert, writeStepped } from '../store/write/alerts.ts';
import type { Work } from './work.ts';

const SEVERITY = 'major' as const;

type Failing = Pick<StoredChannel, 'id' | 'unit' | 'name'>;

function alertOf({
  id,
  unit,
}: Pick<Failing, 'id' | 'unit'>): Pick<SteppedAlert, 'rule' | 'unit' | 'key' | 'version' | 'said'> {
  return { rule: CHANNEL_RULE, unit, key: String(id), version: 0, said: null };
}

const effectOf = (effect: Pick<Effect, 'kind' | 'at' | 'figure' | 'isSilent' | 'reason'>): Effect => ({
  ...effect,
  isCount: true,
  severity: SEVERITY,
});

/** Raises the alert that a channel fails and tells of it; gives the id of its episode. */
export async function raiseFailing({ tx }: Work, channel: Failing, failures: number): Promise<number> {
  const { at } = tx;
  const state: AlertState = {
    ...START,
    ...{ condition: 'active', severity: SEVERITY, worst: SEVERITY, response: 'unack' },
    ...{ since: at, value: failures, figure: failures },
  };
  const raised = effectOf({ kind: 'raised', at, figure: failures, isSilent: false, reason: null });
  const [episode] = await writeStepped(tx, [
    {
      ...alertOf(channel),
      ...{ before: null, episode: null, stepped: { state, effects: [raised], nextAt: null, clearsAt: null } },
    },
  ]);
  if (!episode) throw new Error('an alert was raised that has no episode');
  return episode.id;
}

/** Ends the alert of a channel that works again, or is no more, and tells of it; false where there is none. */
export async function endFailing({ tx }: Work, channel: StoredChannel): Promise<boolean> {
  if (channel.episode === null) return false;
  const episode = (await readEpisodes(tx, [channel.episode])).get(channel.episode);
  if (!episode || episode.closedAt !== null) return true;
  const { at } = tx;
  const facts = { at, figure: 0 } as const;
  const effects = [
    effectOf({ ...facts, kind: 'cleared', isSilent: false, reason: null }),
    effectOf({ ...facts, kind: 'closed', isSilent: true, reason: 'cleared' }),
  ];
  const stepped = { state: START, effects, nextAt: null, clearsAt: null };
  await writeStepped(tx, [{ ...alertOf(channel), ...{ before: START, episode, stepped } }]);
  return true;
}
