import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { AuditEntry } from '../../shared/people.ts';
import { startOfDay } from '../../shared/period.ts';
import { livesOn, type Unit } from '../../shared/unit.ts';
import type { QueryOf } from '../../shared/wire.ts';
import { type AuditFilter, readAudit } from '../store/audit-store.ts';
import type { Reader } from '../store/store.ts';
import type { PersonCaller } from './caller.ts';
import { createReach, requireRoleAnywhere, rootsOf } from './roles.ts';
import { type Showing, showEntry } from './views.ts';

/** Which entries are asked for. */
type AuditQuery = Omit<QueryOf<'listAudit'>, 'limit' | 'format' | 'before'> & {
  before?: number | undefined;
};

/**
 * Which entries a caller asks for, cut to what it may see: those of units it administers, and those of no single unit where it
 * administers everything that stands at the top. AppError `forbidden` for who administers nothing.
 */
export function filterFor(caller: PersonCaller, query: AuditQuery, showing: Showing): AuditFilter {
  requireRoleAnywhere(caller, 'administrator');
  const { tree, today, zone } = showing;
  const roots = rootsOf(caller, 'administrator');
  const isReached = createReach(showing, roots);
  const isTop = ({ id }: Unit) => livesOn(tree.get(id), today) && tree.parentOn(id, today) === undefined;
  const tops = [...tree.units.values()].filter(isTop).map(({ id }) => id);
  const { subject, caller: by, act, from, to, before } = query;
  return {
    ...{ subject, caller: by, act, before },
    units: [...tree.units.keys()].filter(isReached),
    isWithoutUnit: tops.every(isReached),
    from: from === undefined ? undefined : startOfDay(from, zone),
    to: to === undefined ? undefined : startOfDay(to, zone),
  };
}

/** Everything that was done to one subject, for whoever may see it. */
export function sharedFilter(query: AuditQuery, { tree, zone }: Showing): AuditFilter {
  const { subject, act, from, to, before } = query;
  return {
    ...{ subject, act, before, units: [...tree.units.keys()], isWithoutUnit: false },
    from: from === undefined ? undefined : startOfDay(from, zone),
    to: to === undefined ? undefined : startOfDay(to, zone),
  };
}

/** One page of entries, newest first. */
export async function readAuditPage(
  reader: Reader,
  filter: AuditFilter,
  { limit, showing }: { limit: number; showing: Showing },
): Promise<{ entries: AuditEntry[]; more: boolean }> {
  const { entries, more } = await readAudit(reader, filter, limit);
  return { entries: entries.map((entry) => showEntry(showing, entry)), more };
}

const COLUMNS = ['seq', 'at', 'caller', 'act', 'subject', 'unit', 'before', 'after', 'address'] as const;

/** A cell of a CSV file: quoted where it must be, and never read as a formula by a spreadsheet; a number stays one. */
export function writeCell(value: unknown): string {
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What the files begin with, and how they say an entry. The mark tells spreadsheets that a CSV is UTF-8. */
const FORMS = {
  csv: {
    head: `\uFEFF${COLUMNS.join(',')}\r\n`,
    say: (entry: AuditEntry) => `${COLUMNS.map((name) => writeCell(entry[name])).join(',')}\r\n`,
    type: 'text/csv; charset=utf-8',
  },
  ndjson: {
    head: '',
    say: (entry: AuditEntry) => `${JSON.stringify(entry)}\n`,
    type: 'application/x-ndjson; charset=utf-8',
  },
} as const;

/** The form of a file of entries, and its type. */
export const typeOfExport = (format: keyof typeof FORMS): string => FORMS[format].type;

/** Entries read at a time: a whole audit takes no more memory than these. */
const AT_ONCE = 500;

/** Writes every entry of a filter, newest first, as the reader takes it; stops when nobody reads any more. */
export async function writeExport(
  out: Writable,
  reader: Reader,
  { filter, format, showing }: { filter: AuditFilter; format: keyof typeof FORMS; showing: Showing },
): Promise<void> {
  const { head, say } = FORMS[format];
  const stopped = new AbortController();
  out.once('close', () => stopped.abort());
  if (head !== '') out.write(head);
  for (let before = filter.before, more = true; more && !out.destroyed; ) {
    const page = await readAudit(reader, { ...filter, before }, AT_ONCE);
    const text = page.entries.map((entry) => say(showEntry(showing, entry))).join('');
    if (text !== '' && !out.write(text) && !out.destroyed)
      await once(out, 'drain', { signal: stopped.signal }).catch(() => undefined);
    before = page.entries.at(-1)?.seq;
    more = page.more;
  }
  out.end();
}
