/** Which episodes the alert centre shows, as the address bar holds it. Pure. */
import type { AlertBrief } from '../../shared/alert.ts';
import { isListed } from '../../shared/alert-label.ts';
import { AlertSeverity } from '../../shared/rule.ts';
import { searchKeyOf } from '../../shared/text.ts';

/** The lists of the alert centre: every open alert, those of one state, mere messages, and those that are over. */
export const TABS = [
  ...(['open', 'new', 'inHand', 'gone', 'shelved', 'suppressed', 'outOfService'] as const),
  ...(['message', 'closed'] as const),
] as const;
export type Tab = (typeof TABS)[number];

/** Lists that do not arrive live. */
export const READ_TABS = ['message', 'closed'] as const satisfies readonly Tab[];
export type ReadTab = (typeof READ_TABS)[number];

/** The list as one that is read; undefined where it arrives live. */
export const findReadTab = (tab: Tab): ReadTab | undefined => READ_TABS.find((one) => one === tab);

/** `text`: part of a unit's name or code, with or without marks. */
export type AlertFilter = { tab: Tab; severity: AlertSeverity | null; rule: string | null; text: string };

/** Reads a filter from a query; what is missing or wrong narrows nothing. */
export function parseFilter(search: string): AlertFilter {
  const query = new URLSearchParams(search);
  return {
    tab: TABS.find((tab) => tab === query.get('state')) ?? 'open',
    severity: AlertSeverity.safeParse(query.get('severity')).data ?? null,
    rule: query.get('rule') || null,
    text: query.get('text') ?? '',
  };
}

/** The query of a filter; other parameters of the present one are kept. */
export function formatFilter({ tab, severity, rule, text }: AlertFilter, search: string): string {
  const query = new URLSearchParams(search);
  const given = { state: tab === 'open' ? null : tab, severity, rule, text: text || null };
  for (const [key, value] of Object.entries(given)) {
    if (value === null) query.delete(key);
    else query.set(key, value);
  }
  return query.toString();
}

const plainNames = new Map<string, string>();

/** The search key of a text; kept, as units are few and asked for often. */
function plain(text: string): string {
  const known = plainNames.get(text);
  if (known !== undefined) return known;
  const made = searchKeyOf(text);
  plainNames.set(text, made);
  return made;
}

/** Whether an episode passes a filter, whatever its state. */
export function isFound(
  {
    severity,
    rule,
    unitName,
    ref,
    subject,
  }: Pick<AlertBrief, 'severity' | 'rule' | 'unitName' | 'ref' | 'subject'>,
  filter: Omit<AlertFilter, 'tab'>,
): boolean {
  if (filter.severity !== null && filter.severity !== severity) return false;
  if (filter.rule !== null && filter.rule !== rule) return false;
  const wanted = plain(filter.text);
  return (
    wanted === '' ||
    [unitName.vi, unitName.en, ref, subject ?? ''].some((text) => plain(text).includes(wanted))
  );
}

/** Whether an episode stands in a list. */
export function isIn({ label }: Pick<AlertBrief, 'label'>, tab: Tab): boolean {
  return tab === 'open' ? isListed({ label }) : label === tab;
}
