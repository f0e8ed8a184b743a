/** Which episodes the alert centre shows, as the address bar holds it. Pure. */
import type { AlertBrief } from '../../shared/alert.ts';
import { AlertSeverity } from '../../shared/rule.ts';
import { keyOfText } from '../../shared/text.ts';

/** The lists of the alert centre: every open episode, those of one state, and those that are over. */
export const TABS = ['open', 'new', 'inHand', 'gone', 'shelved', 'suppressed', 'closed'] as const;
export type Tab = (typeof TABS)[number];

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

/** A text without marks, as people type it in a hurry; kept, as units are few and asked for often. */
function plain(text: string): string {
  const known = plainNames.get(text);
  if (known !== undefined) return known;
  const made = keyOfText(text).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
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

/** Whether an episode only tells something: nobody is asked to take it in hand. */
export function isMessage({ severity, label }: Pick<AlertBrief, 'severity' | 'label'>): boolean {
  return severity === 'advisory' && (label === 'inHand' || label === 'new');
}

/** Whether an episode stands in a list; what is out of service stands with what is suppressed. */
export function isIn(alert: Pick<AlertBrief, 'severity' | 'label'>, tab: Tab): boolean {
  const { label } = alert;
  if (tab === 'open') return label !== 'closed';
  if (tab === 'suppressed') return label === 'suppressed' || label === 'outOfService';
  return label === tab && !isMessage(alert);
}
