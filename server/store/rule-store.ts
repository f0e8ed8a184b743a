import type { RuleVersion } from '../../shared/rule.ts';
import { findShippedRule } from '../../shared/shipped-rules.ts';
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
