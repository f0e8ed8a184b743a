/** Rules of a store as tests set them, and what the judge made of them. */
import type { Store } from '../../server/store/store.ts';
import { RuleBody } from '../../shared/rule.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';

type Draft = Partial<RuleBody> & Pick<RuleBody, 'condition' | 'direction' | 'levels'>;

const WORDS = { vi: 'Thử', en: 'Trial' };

/** A rule of every unit that raises and clears at once; what matters to a test is stated by it. */
export function ruleBody(draft: Draft): RuleBody {
  return RuleBody.parse({
    ...{ name: WORDS, consequence: WORDS, action: WORDS, scope: { unit: null, levels: [] } },
    ...{ minimum: 0, deadband: 0, delay: { amount: 0, unit: 'minutes' } },
    ...{ clearDelay: { amount: 0, unit: 'minutes' }, votes: { of: 1, raise: 1, clear: 1 } },
    ...{ cadence: 'change', outside: 'judge', partialBelow: 0, inherit: 'free', isEnabled: true },
    ...draft,
  });
}

/** How many dossiers a unit has taken in today, and from which number on that is too many. */
export const receivedOver = (raise: number, more: Partial<RuleBody> = {}): RuleBody =>
  ruleBody({
    condition: { kind: 'level', indicator: 'HS01', window: 'day' },
    direction: 'above',
    levels: [{ severity: 'warning', raise, count: null }],
    ...more,
  });

/** Saves rules as one commit, by id: a new version of each; those shipped are withdrawn unless `keepShipped`. */
export async function setRules(
  store: Store,
  bodies: Record<string, RuleBody & { root?: number }>,
  { now, keepShipped = [] }: { now: number; keepShipped?: readonly string[] },
): Promise<void> {
  await store.commit(now, async ({ db, seq }) => {
    const facts = { reason: 'a test', savedAt: now, savedBy: 'test', approvedBy: null, seq };
    const known = await db.selectFrom('rule').selectAll().execute();
    const withdrawn = SHIPPED_RULES.filter(({ id }) => !keepShipped.includes(id) && !(id in bodies));
    for (const { id, body } of withdrawn) {
      if (known.some((row) => row.id === id)) continue;
      const row = {
        id,
        version: 1,
        unit: null,
        body: JSON.stringify(body),
        activeFrom: 0,
        activeTo: null,
      };
      await db
        .insertInto('rule')
        .values({ ...row, ...facts, state: 'withdrawn' })
        .execute();
    }
    for (const [id, { root, ...body }] of Object.entries(bodies)) {
      const before = known.filter((row) => row.id === id).length;
      await db
        .updateTable('rule')
        .set({ state: 'superseded', activeTo: now })
        .where('id', '=', id)
        .where('activeTo', 'is', null)
        .execute();
      const row = { id, version: before + 1, unit: root ?? null, body: JSON.stringify(body) };
      await db
        .insertInto('rule')
        .values({ ...row, ...facts, state: 'active', activeFrom: before === 0 ? 0 : now, activeTo: null })
        .execute();
    }
    await db.updateTable('clock').set({ rulesSeq: seq }).execute();
  });
}

/** Empties alerts and episodes, and lets the judge begin anew. */
export async function forgetAlerts(store: Store): Promise<void> {
  await store.commit(0, async ({ db }) => {
    for (const table of [
      'alert',
      'episode',
      'episodeNote',
      'explanation',
      'silence',
      'rule',
      'override',
    ] as const)
      await db.deleteFrom(table).execute();
    await db.updateTable('clock').set({ judgedSeq: 0, judgedTo: 0 }).execute();
  });
}

/** Lines of all episodes in the order written: which rule and unit, what happened, when and how bad. */
export async function listNotes({ reader: { db } }: Store) {
  const rows = await db
    .selectFrom('episodeNote')
    .innerJoin('episode', 'episode.id', 'episodeNote.episode')
    .select(['n', 'episode.rule', 'episode.key', 'episodeNote.unit', 'episodeNote.episode'])
    .select(['episodeNote.kind', 'episodeNote.at', 'episodeNote.severity', 'episodeNote.figure'])
    .orderBy('n')
    .execute();
  return rows;
}

/** Episodes that are open, by id. */
export function listOpen({ reader: { db } }: Store) {
  return db.selectFrom('episode').selectAll().where('closedAt', 'is', null).orderBy('id').execute();
}
