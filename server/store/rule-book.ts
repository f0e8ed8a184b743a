/** The rules and overrides in force, read once per change of them. */
import { type Override, OverrideValues, RuleBody, type RuleVersion } from '../../shared/rule.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import type { OverrideRow, RuleRow } from './alert-schema.ts';
import type { DatedVersion } from './rule-past.ts';
import type { Reader } from './store.ts';

/**
 * `rules`: the version in force of each rule, shipped ones that nobody changed included; by id. `overrides`: those approved,
 * whatever their days. `past`: every version that judges or ever did. `shipped` versions are 0.
 */
export type RuleBook = {
  rulesSeq: number;
  rules: ReadonlyMap<string, RuleVersion>;
  overrides: readonly Override[];
  past: readonly DatedVersion[];
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

/** Every version that ever judged, of each rule the oldest first; shipped ones until the first that an office saved. */
function listPast(rows: readonly RuleRow[]): DatedVersion[] {
  const byId = Map.groupBy(rows, ({ id }) => id);
  const shipped = SHIPPED_RULES.map((rule): DatedVersion => {
    const begins = (byId.get(rule.id) ?? []).flatMap(({ activeFrom }) => activeFrom ?? []);
    return { rule, from: null, to: begins.length > 0 ? Math.min(...begins) : null };
  });
  const saved = rows.flatMap((row): DatedVersion[] => {
    const { state, activeFrom: from, activeTo: to } = row;
    return from === null || state === 'withdrawn' ? [] : [{ rule: toVersion(row), from, to }];
  });
  return [...shipped, ...saved];
}

async function readBook({ db }: Reader, rulesSeq: number): Promise<RuleBook> {
  const rows = await db.selectFrom('rule').selectAll().orderBy('id').orderBy('version').execute();
  const overrides = await db.selectFrom('override').selectAll().where('state', '=', 'active').execute();
  const past = listPast(rows);
  const present = past.filter(({ to }) => to === null);
  const rules = new Map(present.map(({ rule }) => [rule.id, rule]));
  return { rulesSeq, rules, past, overrides: overrides.map(toOverride) };
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
