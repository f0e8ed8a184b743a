/** When each rule was last looked at, as a file: evidence that rules are tuned at least every six months. */
import type { RuleView } from '../../shared/rule-view.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { writeCell } from '../people/audit.ts';

type LedgerLine = AnswerOf<'exportLedger'>['rules'][number];

const COLUMNS = [
  ...(['rule', 'vi', 'en', 'isShipped', 'state', 'version', 'savedAt', 'savedBy', 'approvedBy'] as const),
  ...(['reason', 'overrides', 'isIdle'] as const),
];

/** One line of each rule, in their order; of a rule as it was shipped nobody saved anything. */
export function toLedger(rules: readonly RuleView[]): LedgerLine[] {
  return rules.map(({ id, isShipped, current, overrides, isIdle }) => {
    const { version, state, savedAt, savedBy, approvedBy, reason, body } = current;
    const facts = { rule: id, ...body.name, isShipped, state, version };
    return { ...facts, savedAt, savedBy, approvedBy, reason, overrides, isIdle };
  });
}

/** The ledger as a file for spreadsheets; its mark tells them that it is UTF-8. */
export function writeLedger(lines: readonly LedgerLine[]): string {
  const rows = lines.map((line) => COLUMNS.map((name) => writeCell(line[name])).join(','));
  return `\uFEFF${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}
