/** A small world with a feed and rules of counts, for tests of the judge. */
import type { Kysely } from 'kysely';
import { START } from '../../server/rules/draft.ts';
import { step as stepAlert } from '../../server/rules/step.ts';
import { nameAlert, readAlertsOf } from '../../server/store/alert-store.ts';
import type { StoredEpisode } from '../../server/store/episode-store.ts';
import { createRuleCache } from '../../server/store/rule-book.ts';
import type { Schema } from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import { writeStepped } from '../../server/store/write/alerts.ts';
import { POLICY } from '../../shared/alert-policy.ts';
import { withoutOverrides } from '../../shared/effective.ts';
import type { DossierEvent } from '../../shared/event.ts';
import type { RuleBody } from '../../shared/rule.ts';
import { receivedOver } from './judging.ts';
import type { Prepared } from './stores.ts';
import { at, iso, SITE, step } from './world.ts';

export const NOW = at('2026-11-18 10:00');
export const MINUTE = 60_000;

/** Steps that take dossiers in. */
export const received = (count: number, unit: string, when: number, prefix = 'd'): DossierEvent[] =>
  Array.from({ length: count }, (_, index) =>
    step({
      ...{ id: `${prefix}${index}`, dossier: `${prefix}${index}`, at: iso(when), status: 2 },
      ...{ receiver: unit, resolver: unit, procedure: 'P.none' },
    }),
  );

export const HOUR = 60 * MINUTE;

type FeedOrder = { seq: number; unit: number; now: number; cadenceMs: number | null };

/** A feed that has spoken now. */
export async function insertFeed(
  db: Kysely<Schema>,
  { seq, unit, now, cadenceMs }: FeedOrder,
): Promise<void> {
  const rhythm = { cadenceMs, dueTime: null, usualGapMs: null };
  const heard = { lastAt: now, heardAt: now, events: 0, liveAt: now };
  await db
    .insertInto('feed')
    .values({ id: 'f', name: 'f', unit, namespace: '', ...rhythm, ...heard, seq })
    .execute();
}

/** A feed of the province that has spoken now, and is missing after five times its cadence in working time. */
export async function goLive(
  { store }: Prepared,
  now: number,
  cadenceMs: number | null = null,
): Promise<void> {
  await store.commit(now, ({ db, seq }) => insertFeed(db, { seq, unit: 12, now, cadenceMs }));
}

/** How many dossiers a unit has in hand, and from which number on that is too many. */
export const openOver = (raise: number, more: Partial<RuleBody> = {}): RuleBody =>
  receivedOver(raise, { condition: { kind: 'level', indicator: 'HS03', window: 'month' }, ...more });

/** Acknowledges an episode as the act of people does, without a person. */
export async function acknowledgeEpisode(store: Store, episode: StoredEpisode, now: number): Promise<void> {
  const book = await createRuleCache().load(store.reader, (await store.readClock()).rulesSeq);
  const rule = book.rules.get(episode.rule);
  if (!rule) throw new Error('the rule is gone');
  const context = { effective: withoutOverrides(rule), calendar: SITE.calendar, policy: POLICY };
  await store.commit(now, async (tx) => {
    const before = (await readAlertsOf(tx, [episode.unit])).get(nameAlert(episode))?.state ?? START;
    const stepped = stepAlert(before, { kind: 'acknowledge', at: now }, context);
    const said = { by: 'a test', text: null, facts: null };
    const { rule: id, unit, key, version } = episode;
    await writeStepped(tx, [{ rule: id, unit, key, version, before, episode, stepped, said }]);
  });
}
