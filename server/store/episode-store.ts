import { type Selectable, sql } from 'kysely';
import type { AlertNoteKind } from '../../shared/alert.ts';
import type { EpisodeNoteRow, EpisodeRow } from './alert-schema.ts';
import { isAnyOf, isExpressionAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** An episode as it is read. */
export type StoredEpisode = Selectable<EpisodeRow>;

/** Episodes of units, those that are open or those that closed because their unit ended, by id. */
async function readOfUnits(
  { db, dialect }: Reader,
  units: readonly number[],
  which: 'open' | 'ended',
): Promise<StoredEpisode[]> {
  if (units.length === 0) return [];
  const own = db
    .selectFrom('episode')
    .selectAll()
    .where(isAnyOf(dialect, 'unit', units));
  const chosen =
    which === 'open' ? own.where('closedAt', 'is', null) : own.where('closeReason', '=', 'unitClosed');
  return chosen.orderBy('id').execute();
}

/** Episodes of units that are open, by id. */
export const readOpenEpisodes = (reader: Reader, units: readonly number[]): Promise<StoredEpisode[]> =>
  readOfUnits(reader, units, 'open');

/** Episodes that closed because their unit ended, of some units, by id. */
export const readEndedEpisodes = (reader: Reader, units: readonly number[]): Promise<StoredEpisode[]> =>
  readOfUnits(reader, units, 'ended');

/** Episodes, open or not, that changed after a number, those of some units alone; by id. */
export async function readChangedEpisodes(
  { db }: Reader,
  units: ReadonlySet<number>,
  since: number,
): Promise<StoredEpisode[]> {
  // Ordered by id the database would walk through all episodes rather than seek those that changed.
  const rows = await db.selectFrom('episode').selectAll().where('seq', '>', since).execute();
  return rows.filter(({ unit }) => units.has(unit)).sort((a, b) => a.id - b.id);
}

/** The episode with an id. */
export async function findEpisode({ db }: Reader, id: number): Promise<StoredEpisode | undefined> {
  return db.selectFrom('episode').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Which episodes a page asks for: `isOver` those that are closed alone; of some `keys` alone; ids below `before`. */
export type EpisodePage = {
  units: readonly number[];
  isOver: boolean;
  keys?: readonly string[];
  severity?: string | undefined;
  condition?: StoredEpisode['condition'] | undefined;
  rule?: string | undefined;
  before?: number | undefined;
  limit: number;
};

/** For so few units their own index finds a page sooner than walking back through all episodes. */
const FEW_UNITS = 20;

/** Episodes of units, the newest first. */
export async function readEpisodePage(
  { db, dialect }: Reader,
  { units, isOver, keys, severity, condition, rule, before, limit }: EpisodePage,
): Promise<StoredEpisode[]> {
  if (units.length === 0 || keys?.length === 0) return [];
  const column = units.length <= FEW_UNITS ? sql.ref('unit') : sql`+${sql.ref('unit')}`;
  let query = db
    .selectFrom('episode')
    .selectAll()
    .where(isExpressionAnyOf(dialect, column, units));
  if (isOver) query = query.where('closedAt', 'is not', null);
  if (keys !== undefined) query = query.where(isAnyOf(dialect, 'key', keys));
  if (severity !== undefined) query = query.where('worst', '=', severity as StoredEpisode['worst']);
  if (condition !== undefined) query = query.where('condition', '=', condition);
  if (rule !== undefined) query = query.where('rule', '=', rule);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

/** How many episodes of units, messages left out, were raised after an instant. */
export async function countRaised(
  { db }: Reader,
  units: ReadonlySet<number>,
  since: number,
): Promise<number> {
  const rows = await db
    .selectFrom('episode')
    .select('unit')
    .where('openedAt', '>', since)
    .where('worst', '<>', 'advisory')
    .execute();
  return rows.filter(({ unit }) => units.has(unit)).length;
}

/** Episodes of one rule and unit before another, the newest first. */
export async function readEarlierEpisodes(
  { db }: Reader,
  { id, rule, unit, key }: Pick<StoredEpisode, 'id' | 'rule' | 'unit' | 'key'>,
  limit: number,
): Promise<StoredEpisode[]> {
  return db
    .selectFrom('episode')
    .selectAll()
    .where('unit', '=', unit)
    .where('rule', '=', rule)
    .where('key', '=', key)
    .where('id', '<', id)
    .orderBy('openedAt', 'desc')
    .limit(limit)
    .execute();
}

/** What health is counted from. */
export type CountedEpisode = Pick<
  StoredEpisode,
  'id' | 'rule' | 'unit' | 'worst' | 'openedAt' | 'closedAt' | 'clearedAt'
>;

/** Episodes that were opened within instants (`to` exclusive), messages left out, those of some units alone; oldest first. */
export async function readOpenedEpisodes(
  { db }: Reader,
  units: ReadonlySet<number>,
  { from, to }: { from: number; to: number },
): Promise<CountedEpisode[]> {
  const rows = await db
    .selectFrom('episode')
    .select(['id', 'rule', 'unit', 'worst', 'openedAt', 'closedAt', 'clearedAt'])
    .where('openedAt', '>=', from)
    .where('openedAt', '<', to)
    .where('worst', '<>', 'advisory')
    .orderBy('openedAt')
    .execute();
  return rows.filter(({ unit }) => units.has(unit));
}

/** How many episodes of units were closed from an instant on, messages left out. */
export async function countClosed(
  { db }: Reader,
  units: ReadonlySet<number>,
  since: number,
): Promise<number> {
  const rows = await db
    .selectFrom('episode')
    .select('unit')
    .where('closedAt', '>=', since)
    .where('worst', '<>', 'advisory')
    .execute();
  return rows.filter(({ unit }) => units.has(unit)).length;
}

/** A line of an episode's history as it is read. */
export type StoredNote = Selectable<EpisodeNoteRow>;

/** Which notes of episodes are asked for: of some kinds alone, after a note, up to another; all without any of it. */
export type NoteChoice = { kinds?: readonly AlertNoteKind[]; from?: number; to?: number };

/** The history of episodes, oldest first. */
export async function readNotesOf(
  { db, dialect }: Reader,
  episodes: readonly number[],
  { kinds, from, to }: NoteChoice = {},
): Promise<StoredNote[]> {
  if (episodes.length === 0) return [];
  let query = db
    .selectFrom('episodeNote')
    .selectAll()
    .where(isAnyOf(dialect, 'episode', episodes));
  if (kinds !== undefined) query = query.where('kind', 'in', kinds);
  if (from !== undefined) query = query.where('n', '>', from);
  if (to !== undefined) query = query.where('n', '<=', to);
  return query.orderBy('n').execute();
}

/** What was noted from an instant on, of some kinds, of some units alone; oldest first. */
export async function readNotesSince(
  { db }: Reader,
  units: ReadonlySet<number>,
  { kinds, since }: { kinds: readonly AlertNoteKind[]; since: number },
): Promise<StoredNote[]> {
  const rows = await db
    .selectFrom('episodeNote')
    .selectAll()
    .where('kind', 'in', kinds)
    .where('at', '>=', since)
    .orderBy('n')
    .execute();
  return rows.filter(({ unit }) => units.has(unit));
}

/** Up to which commit an account had seen the alerts on its last visit; null before the first. */
export async function findVisit({ db }: Reader, account: number): Promise<number | null> {
  const row = await db
    .selectFrom('alertVisit')
    .select('seq')
    .where('account', '=', account)
    .executeTakeFirst();
  return row?.seq ?? null;
}

/** How many episodes a rule has had since an instant, by unit; units without any are left out. */
export async function countEpisodes(
  { db }: Reader,
  { rule, since }: { rule: string; since: number },
): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('episode')
    .select('unit')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('rule', '=', rule)
    .where('openedAt', '>', since)
    .groupBy('unit')
    .execute();
  return new Map(rows.map(({ unit, count }) => [unit, Number(count)]));
}
