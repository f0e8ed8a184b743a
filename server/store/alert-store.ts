/** Where alerts stand, as stored. A unit that was always well has no row. */
import type { AlertState } from '../rules/state.ts';
import type { AlertRow } from './alert-schema.ts';
import { isAnyOf } from './dialect.ts';
import type { StoredEpisode } from './episode-store.ts';
import type { Reader } from './store.ts';

/** An alert as it is read. */
export type StoredAlert = Omit<AlertRow, 'state'> & { state: AlertState };

/** A state as an earlier version wrote it knows nothing of being out of service. */
const toAlert = (row: AlertRow): StoredAlert => ({
  ...row,
  state: { outUntil: null, ...(JSON.parse(row.state) as Omit<AlertState, 'outUntil'> & Partial<AlertState>) },
});

/** How an alert is named in memory: by its rule, unit and key. */
export const nameAlert = ({ rule, unit, key }: Pick<AlertRow, 'rule' | 'unit' | 'key'>): string =>
  `${unit} ${rule} ${key}`;

/** Alerts of units, by name. */
export async function readAlertsOf(
  { db, dialect }: Reader,
  units: readonly number[],
): Promise<Map<string, StoredAlert>> {
  if (units.length === 0) return new Map();
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where(isAnyOf(dialect, 'unit', units))
    .execute();
  return new Map(rows.map((row) => [nameAlert(row), toAlert(row)]));
}

/** Alerts of some rules, whatever their units. */
export async function readAlertsByRule(
  { db, dialect }: Reader,
  rules: readonly string[],
): Promise<StoredAlert[]> {
  if (rules.length === 0) return [];
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where(isAnyOf(dialect, 'rule', rules))
    .execute();
  return rows.map(toAlert);
}

/** Every alert that has a row. */
export async function readAlerts({ db }: Reader): Promise<StoredAlert[]> {
  return (await db.selectFrom('alert').selectAll().execute()).map(toAlert);
}

/** Alerts that the clock steps by an instant, the earliest first. */
export async function readDueAlerts({ db }: Reader, now: number, limit: number): Promise<StoredAlert[]> {
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(limit)
    .execute();
  return rows.map(toAlert);
}

/** The next instant at which the clock alone steps any alert; null: never. */
export async function readNextAlertAt({ db }: Reader): Promise<number | null> {
  const row = await db
    .selectFrom('alert')
    .select('nextAt')
    .where('nextAt', 'is not', null)
    .orderBy('nextAt')
    .limit(1)
    .executeTakeFirst();
  return row?.nextAt ?? null;
}

/** Episodes by their ids, in their order. */
export async function readEpisodes(
  { db, dialect }: Reader,
  ids: readonly number[],
): Promise<Map<number, StoredEpisode>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('episode')
    .selectAll()
    .where(isAnyOf(dialect, 'id', ids))
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
