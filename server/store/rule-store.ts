import type { Selectable } from 'kysely';
import type { RuleVersion } from '../../shared/rule.ts';
import type { RuleState } from '../../shared/rule-view.ts';
import { findShippedRule, SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import type { OverrideRow, RuleRow } from './alert-schema.ts';
import { toVersion } from './rule-book.ts';
import type { Reader } from './store.ts';

/** One version of a rule, 0 as it was shipped; undefined where there is none. */
export async function readRuleVersion(
  { db }: Reader,
  id: string,
  version: number,
): Promise<RuleVersion | undefined> {
  if (version === 0) return findShippedRule(id);
  const row = await db
    .selectFrom('rule')
    .selectAll()
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && toVersion(row);
}

/** A version with how it came about and when it judged: from `activeFrom` to `activeTo` (exclusive). Nobody saved what was shipped. */
export type KeptVersion = {
  rule: RuleVersion;
  state: RuleState;
  reason: string | null;
  savedAt: number | null;
  savedBy: string | null;
  approvedBy: string | null;
  activeFrom: number | null;
  activeTo: number | null;
};

/**
 * A rule through its versions, the newest first. `current`: what is in force, be it that it is withdrawn; of a rule that never
 * was in force its newest version. `proposed`: what waits for approval.
 */
export type RuleHistory = {
  id: string;
  versions: readonly KeptVersion[];
  current: KeptVersion;
  proposed: KeptVersion | null;
};

const toKept = (row: RuleRow): KeptVersion => {
  const { state, reason, savedAt, savedBy, approvedBy, activeFrom, activeTo } = row;
  return { rule: toVersion(row), state, reason, savedAt, savedBy, approvedBy, activeFrom, activeTo };
};

function keepShipped(rule: RuleVersion, later: readonly KeptVersion[]): KeptVersion {
  const begins = later.flatMap(({ activeFrom }) => activeFrom ?? []);
  const activeTo = begins.length > 0 ? Math.min(...begins) : null;
  const nobody = { reason: null, savedAt: null, savedBy: null, approvedBy: null, activeFrom: null };
  return { rule, state: activeTo === null ? 'active' : 'superseded', activeTo, ...nobody };
}

/** The history that stored versions make, the newest first; undefined where there is none. */
function toHistory(id: string, rows: readonly RuleRow[]): RuleHistory | undefined {
  const saved = rows.map(toKept);
  const shipped = findShippedRule(id);
  const versions = shipped ? [...saved, keepShipped(shipped, saved)] : saved;
  const inForce = versions.find(({ state }) => state === 'active' || state === 'withdrawn');
  const current = inForce ?? versions[0];
  if (!current) return undefined;
  return { id, versions, current, proposed: versions.find(({ state }) => state === 'proposed') ?? null };
}

/** A rule with all its versions; undefined where there is none. */
export async function readHistory({ db }: Reader, id: string): Promise<RuleHistory | undefined> {
  const rows = await db
    .selectFrom('rule')
    .selectAll()
    .where('id', '=', id)
    .orderBy('version', 'desc')
    .execute();
  return toHistory(id, rows);
}

/** Every rule with all its versions: those that were shipped first, in their order, then the office's own as they were made. */
export async function readHistories({ db }: Reader): Promise<RuleHistory[]> {
  const rows = await db.selectFrom('rule').selectAll().orderBy('version', 'desc').execute();
  const byId = Map.groupBy(rows, ({ id }) => id);
  const firstOf = (id: string) => byId.get(id)?.at(-1)?.seq ?? 0;
  const own = [...byId.keys()].filter((id) => !findShippedRule(id));
  own.sort((a, b) => firstOf(a) - firstOf(b));
  return [...SHIPPED_RULES.map(({ id }) => id), ...own].flatMap(
    (id) => toHistory(id, byId.get(id) ?? []) ?? [],
  );
}

/** An override as it is kept. */
export type StoredOverride = Selectable<OverrideRow>;

/** Every override there ever was, or those of one rule; by id. */
export async function readOverrides({ db }: Reader, rule?: string): Promise<StoredOverride[]> {
  const all = db.selectFrom('override').selectAll().orderBy('id');
  return (rule === undefined ? all : all.where('rule', '=', rule)).execute();
}

/** The override with an id. */
export async function findOverride({ db }: Reader, id: number): Promise<StoredOverride | undefined> {
  return db.selectFrom('override').selectAll().where('id', '=', id).executeTakeFirst();
}

/** When the store was made. */
export async function readBeginning({ db }: Reader): Promise<number | null> {
  const row = await db.selectFrom('commit').select('at').orderBy('seq').limit(1).executeTakeFirst();
  return row?.at ?? null;
}

/** How many episodes are open, by rule and unit. */
export async function countOpen({ db }: Reader): Promise<{ rule: string; unit: number; count: number }[]> {
  const rows = await db
    .selectFrom('episode')
    .select(['rule', 'unit', (eb) => eb.fn.countAll<number>().as('count')])
    .where('closedAt', 'is', null)
    .groupBy(['rule', 'unit'])
    .execute();
  return rows.map(({ rule, unit, count }) => ({ rule, unit, count: Number(count) }));
}
