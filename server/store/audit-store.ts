import type { Selectable } from 'kysely';
import { isAnyOf } from './dialect.ts';
import type { AuditRow } from './people-schema.ts';
import type { Reader } from './store.ts';

/** An entry as it is read. */
export type StoredEntry = Selectable<AuditRow>;

/**
 * Which entries: of some units, with or without those of none; `before` and `upTo` are commits, `from` and `to` instants
 * (`to` exclusive).
 */
export type AuditFilter = {
  units: readonly number[];
  isWithoutUnit: boolean;
  subject?: string | undefined;
  caller?: string | undefined;
  act?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  before?: number | undefined;
  upTo?: number | undefined;
};

function select({ db, dialect }: Reader, filter: AuditFilter) {
  const { units, isWithoutUnit, subject, caller, act, from, to, before, upTo } = filter;
  let query = db
    .selectFrom('audit')
    .selectAll()
    .where((eb) => {
      const ofUnits = units.length === 0 ? eb.lit(false) : isAnyOf(dialect, 'unit', units);
      return isWithoutUnit ? eb.or([eb('unit', 'is', null), ofUnits]) : eb.or([ofUnits]);
    });
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (caller !== undefined) query = query.where('caller', '=', caller);
  if (act !== undefined) query = query.where('act', '=', act);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (upTo !== undefined) query = query.where('seq', '<=', upTo);
  return query;
}

/** The newest entries, newest first: about `limit`, whole commits, and whether there are more before them. */
export async function readAudit(
  reader: Reader,
  filter: AuditFilter,
  limit: number,
): Promise<{ entries: StoredEntry[]; more: boolean }> {
  const rows = await select(reader, filter)
    .orderBy('seq', 'desc')
    .orderBy('n', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows[limit - 1];
  if (rows.length <= limit || !last) return { entries: rows, more: false };
  const rest = await select(reader, filter)
    .where('seq', '=', last.seq)
    .where('n', '<', last.n)
    .orderBy('n', 'desc')
    .execute();
  const older = await select(reader, filter).where('seq', '<', last.seq).limit(1).execute();
  return { entries: [...rows.slice(0, limit), ...rest], more: older.length > 0 };
}
