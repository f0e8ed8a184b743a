/** Rules and overrides with who made them when, read once per change: what tells where a threshold comes from. */
import type { Override } from '../../shared/rule.ts';
import { loadRuleBook, type RuleBook } from './rule-book.ts';
import { type KeptVersion, readHistories, readOverrides, type StoredOverride } from './rule-store.ts';
import type { Reader } from './store.ts';

/** `versions`: that in force of each rule, by id. `kept`: every version, by rule. `stored`: overrides as they are kept, by id. `byUnit`: those that judge, by unit. */
export type Ledger = {
  book: RuleBook;
  versions: ReadonlyMap<string, KeptVersion>;
  kept: ReadonlyMap<string, readonly KeptVersion[]>;
  stored: ReadonlyMap<number, StoredOverride>;
  byUnit: ReadonlyMap<number, readonly Override[]>;
};

async function readLedger(reader: Reader, rulesSeq: number): Promise<Ledger> {
  const book = await loadRuleBook(reader, rulesSeq);
  const histories = await readHistories(reader);
  const stored = await readOverrides(reader);
  return {
    book,
    versions: new Map(histories.map(({ id, current }) => [id, current])),
    kept: new Map(histories.map(({ id, versions }) => [id, versions])),
    stored: new Map(stored.map((override) => [override.id, override])),
    byUnit: Map.groupBy(book.overrides, ({ unit }) => unit),
  };
}

const known = new WeakMap<Reader['db'], { rulesSeq: number; ledger: Promise<Ledger> }>();

/** The rules and overrides as a commit left them; kept until they change. */
export function loadLedger(reader: Reader, rulesSeq: number): Promise<Ledger> {
  const last = known.get(reader.db);
  if (last?.rulesSeq === rulesSeq) return last.ledger;
  const ledger = readLedger(reader, rulesSeq);
  known.set(reader.db, { rulesSeq, ledger });
  ledger.catch(() => known.delete(reader.db));
  return ledger;
}
