/** A store with channels and notes, and notifiers that follow it: one process, or several over the same store. */
import { pino } from 'pino';
import type { InputOf } from '../../server/acts/acts.ts';
import { createTreeCache } from '../../server/acts/work.ts';
import { createView } from '../../server/figures/sums.ts';
import type { ReadDue } from '../../server/notify/message.ts';
import { createNotifier, type Notifier, type NotifierParts } from '../../server/notify/notify.ts';
import { createSend } from '../../server/notify/send.ts';
import { createSite, type Site } from '../../server/site.ts';
import type { EpisodeNoteRow, EpisodeRow } from '../../server/store/alert-schema.ts';
import { findChannel, type StoredChannel } from '../../server/store/channel-store.ts';
import type { Store } from '../../server/store/store.ts';
import type { AlertNoteKind } from '../../shared/alert.ts';
import type { AlertSeverity } from '../../shared/rule.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { type Clock, createClock } from '../server.ts';
import { type Acting, actsOf } from './acts.ts';
import { at, SITE, TODAY } from './world.ts';

/** A site of tests that may send to loopback, with more said of alerting. */
export const siteWith = (alerting: object = {}, more: object = {}): Site =>
  createSite({
    ...(SITE.source as object),
    ...more,
    alerting: { allowPrivateTargets: true, address: 'https://ioc.example.vn', ...alerting },
  });

/** An episode or a note to write: what is not said is ordinary. */
export type Happening = {
  unit: string;
  kind: AlertNoteKind;
  severity?: AlertSeverity;
  episode?: number | undefined;
  rule?: string;
  isSilent?: true;
};

export type NotifyWorld = {
  store: Store;
  site: Site;
  acts: Acting;
  tree: UnitTree;
  clock: Clock;
  logged: string[];
  unit: (code: string) => number;
  /** Writes what happened in one commit, and gives the episodes. */
  tell: (happenings: readonly Happening[]) => Promise<number[]>;
  change: (episode: number, facts: Partial<Omit<EpisodeRow, 'id'>>) => Promise<void>;
  add: (channel: Partial<InputOf<'addChannel'>> & { target: string }) => Promise<number>;
  channel: (id: number) => Promise<StoredChannel>;
  /** A process of its own that follows the store. */
  follow: (parts?: Partial<NotifierParts> & { timeoutMs?: number }) => Following;
};

/** A follower; `run` lets it send what is due by the clock. */
export type Following = Notifier & { run: () => Promise<number> };

const CLOSING: readonly AlertNoteKind[] = ['cleared', 'closed'];

type NewEpisode = Omit<EpisodeRow, 'id'>;

/** An episode as the judge leaves it when it is raised. */
function episodeOf(happening: Happening & { unitId: number }, instant: number, seq: number): NewEpisode {
  const { severity = 'major', rule = 'HS01', unitId } = happening;
  return {
    ...{ rule, version: 0, unit: unitId, key: '', condition: 'active', severity, worst: severity },
    ...{
      quality: 'fresh',
      response: 'unack',
      suppression: 'none',
      isFlapping: 0,
      figure: 81.5,
      threshold: 90,
    },
    ...{ openedAt: instant, changedAt: instant, clearedAt: null, closedAt: null, closeReason: null },
    ...{ ackedAt: null, ackedBy: null, ackUntil: null, assignee: null, shelvedUntil: null, shelvedBy: null },
    ...{ isOneShot: 0, predecessor: null, seq },
  } as NewEpisode;
}

type Tx = Parameters<Parameters<Store['commit']>[1]>[0];

async function writeHappening(tx: Tx, happening: Happening & { unitId: number }): Promise<number> {
  const { db, seq, at: instant } = tx;
  const { kind, severity = 'major', unitId } = happening;
  let id = happening.episode;
  if (id === undefined) {
    const row = db
      .insertInto('episode')
      .values(episodeOf(happening, instant, seq))
      .returning('id');
    id = (await row.executeTakeFirstOrThrow()).id;
  } else if (CLOSING.includes(kind)) {
    const over = { condition: 'normal', response: 'none', clearedAt: instant, closedAt: instant } as const;
    await db
      .updateTable('episode')
      .set({ ...over, seq })
      .where('id', '=', id)
      .execute();
  } else if (kind === 'worsened') {
    await db.updateTable('episode').set({ severity, worst: severity, seq }).where('id', '=', id).execute();
  }
  const note: Omit<EpisodeNoteRow, 'n'> = {
    ...{ seq, at: instant, episode: id, unit: unitId, kind, severity, figure: 81.5, by: null, text: null },
    ...{ isCount: 0, facts: null, isSilent: happening.isSilent ? 1 : 0 },
  };
  await db.insertInto('episodeNote').values(note).execute();
  return id;
}

type Followed = Pick<NotifyWorld, 'store' | 'site' | 'acts' | 'clock' | 'logged'> & { readDue: ReadDue };

/** A process of its own over a store. */
function follow(
  { store, site, acts, clock, logged, readDue }: Followed,
  { timeoutMs = 2000, ...parts }: Partial<NotifierParts> & { timeoutMs?: number },
): Following {
  const trees = createTreeCache();
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  const notifier = createNotifier({
    ...{ store, site, log, readDue, clock: clock.now, run: acts.writer.run, jitter: () => 0.5 },
    send: createSend(site, { clock: clock.now, timeoutMs }),
    async openView(unit) {
      const known = await store.readClock();
      const tree = await trees.load(store.reader, known.unitSeq);
      const units = [unit];
      return createView({ reader: store.reader, site, tree, clock: known, now: clock.now(), units });
    },
    ...parts,
  });
  return {
    ...notifier,
    async run() {
      const begun = await notifier.pulse(clock.now());
      await notifier.settled();
      return begun;
    },
  };
}

/** Makes the world at an instant over a store that has its units. */
export function openNotifyWorld(
  { store, tree }: { store: Store; tree: UnitTree },
  options: { site?: Site; start?: number; readDue?: ReadDue } = {},
): NotifyWorld {
  const { site = siteWith(), start = at('2026-11-18 10:00'), readDue = async () => null } = options;
  const clock = createClock(start);
  const acts = actsOf(store, { site });
  const logged: string[] = [];
  const unit = (code: string) => tree.findByReference(code, TODAY)?.id ?? 0;
  return {
    ...{ store, site, acts, tree, clock, logged, unit },
    follow: (parts = {}) => follow({ store, site, acts, clock, logged, readDue }, parts),
    tell: (happenings) =>
      store.commit(clock.now(), async (tx) => {
        const ids: number[] = [];
        for (const happening of happenings)
          ids.push(await writeHappening(tx, { ...happening, unitId: unit(happening.unit) }));
        return ids;
      }),
    change: (episode, facts) =>
      store.commit(clock.now(), async ({ db, seq }) => {
        await db
          .updateTable('episode')
          .set({ ...facts, seq })
          .where('id', '=', episode)
          .execute();
      }),
    async add({ target, ...more }) {
      const input = {
        ...{ kind: 'webhook', name: 'Kênh trực', unit: unit('25'), secret: 's3cret', least: 'warning' },
        ...{ mode: 'immediate', repeatMs: null, quietFrom: null, quietTo: null },
        ...{ target, ...more },
      } as InputOf<'addChannel'>;
      const caller = { kind: 'command' } as const;
      return (await acts.writer.run({ name: 'addChannel', caller, input, now: clock.now() })).id;
    },
    async channel(id) {
      const channel = await findChannel(store.reader, id);
      if (!channel) throw new Error(`no channel ${id}`);
      return channel;
    },
  };
}
