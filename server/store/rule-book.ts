/** The rules and overrides in force, read once per change of them. */
import { type Override, OverrideValues, RuleBody, type RuleVersion } from '../../shared/rule.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import type { OverrideRow, RuleRow } from './alert-schema.ts';
import type { Reader } from './store.ts';

/**
 * `rules`: the version in force of each rule, shipped ones that nobody changed included; by id. `overrides`: those approved,
 * whatever their days. `shipped` versions are 0.
 */
export type RuleBook = {
  rulesSeq: number;
  rules: ReadonlyMap<string, RuleVersion>;
  overrides: readonly Override[];
};

/** A stored version as it judges. Throws ZodError for a row that is none. */
export function toVersion({ id, version, unit, body }: RuleRow): RuleVersion {
  return { id, version, unit, body: RuleBody.parse(JSON.parse(body)) };
}

/** A stored override as it is resolved. */
export function toOverride(
  row: Pick<OverrideRow, 'rule' | 'unit' | 'level' | 'values' | 'validFrom' | 'validTo'> & { id: number },
): Override {
  const { id, rule, unit, level, validFrom: from, validTo: to } = row;
  return { id, rule, unit, level, values: OverrideValues.parse(JSON.parse(row.values)), from, to };
}

async function readBook({ db }: Reader, rulesSeq: number): Promise<RuleBook> {
  const rows = await db
    .selectFrom('rule')
    .selectAll()
    .where('state', 'in', ['active', 'withdrawn'])
    .execute();
  const overrides = await db.selectFrom('override').selectAll().where('state', '=', 'active').execute();
  const rules = new Map(SHIPPED_RULES.map((rule) => [rule.id, rule]));
  for (const row of rows) {
    if (row.state === 'active') rules.set(row.id, toVersion(row));
    else rules.delete(row.id);
  }
  return { rulesSeq, rules, overrides: overrides.map(toOverride) };
}

/** Rules in force, kept until they change. */
export type RuleCache = { load: (reader: Reader, rulesSeq: number) => Promise<RuleBook> };

/** A cache of one book, keyed by the commit that last changed rules. */
export function createRuleCache(): RuleCache {
  let known: RuleBook | undefined;
  return {
    async load(reader, rulesSeq) {
      if (known?.rulesSeq !== rulesSeq) known = await readBook(reader, rulesSeq);
      return known;
    },
  };
}

const caches = new WeakMap<Reader['db'], RuleCache>();

/** The rules in force, for reads outside of commits. */
export function loadRuleBook(reader: Reader, rulesSeq: number): Promise<RuleBook> {
  const cache = caches.get(reader.db) ?? createRuleCache();
  caches.set(reader.db, cache);
  return cache.load(reader, rulesSeq);
}
