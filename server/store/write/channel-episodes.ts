import type { Insertable } from 'kysely';
import { CHANNEL_RULE } from '../../../shared/alert-policy.ts';
import type { EpisodeRow } from '../alert-schema.ts';
import type { Tx } from '../store.ts';

type Failing = { id: number; unit: number; name: string; failures: number };

const STANDING = {
  version: 0,
  quality: 'fresh',
  suppression: 'none',
  ...{ isFlapping: 0, threshold: null },
  ...{ ackedAt: null, ackedBy: null, ackUntil: null, assignee: null, shelvedUntil: null, shelvedBy: null },
  ...{ isOneShot: 0, predecessor: null, clearedAt: null, closedAt: null, closeReason: null },
} as const;

const SEVERITY = 'major' as const;

/** Opens an episode of a channel that fails, and tells of it; gives its id. */
export async function openChannelEpisode(tx: Tx, { id, unit, name, failures }: Failing): Promise<number> {
  const episode: Insertable<EpisodeRow> = {
    ...STANDING,
    ...{ rule: CHANNEL_RULE, unit, key: String(id), figure: failures, seq: tx.seq },
    condition: 'active',
    response: 'unack',
    severity: SEVERITY,
    worst: SEVERITY,
    ...{ openedAt: tx.at, changedAt: tx.at },
  };
  const row = await tx.db.insertInto('episode').values(episode).returning('id').executeTakeFirstOrThrow();
  await tx.db
    .insertInto('episodeNote')
    .values({
      ...{
        seq: tx.seq,
        at: tx.at,
        episode: row.id,
        unit,
        kind: 'raised',
        severity: SEVERITY,
        figure: failures,
      },
      ...{ by: null, text: null, facts: JSON.stringify({ channel: id, name }) },
    })
    .execute();
  return row.id;
}

/** Ends the episode of a channel that works again or is no more, and tells of it. */
export async function closeChannelEpisode(tx: Tx, channel: { unit: number; episode: number }): Promise<void> {
  const { unit, episode } = channel;
  await tx.db
    .updateTable('episode')
    .set({
      ...{ condition: 'normal', response: 'none', clearedAt: tx.at, closedAt: tx.at, closeReason: 'cleared' },
      ...{ changedAt: tx.at, figure: 0, seq: tx.seq },
    })
    .where('id', '=', episode)
    .where('closedAt', 'is', null)
    .execute();
  await tx.db
    .insertInto('episodeNote')
    .values({
      ...{ seq: tx.seq, at: tx.at, episode, unit, kind: 'cleared', severity: SEVERITY, figure: 0 },
      ...{ by: null, text: null, facts: null },
    })
    .execute();
}
