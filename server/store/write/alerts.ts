/** What steps of alerts come to, written: where they stand, their episodes, and the lines of those. One statement a table. */
import type { AlertNoteKind } from '../../../shared/alert.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../../shared/rule.ts';
import type { AlertState, Effect, Stepped } from '../../rules/state.ts';
import { isWell } from '../../rules/step.ts';
import type { AlertRow, EpisodeNoteRow } from '../alert-schema.ts';
import { type BulkStatement, isAnyOf, runBulks } from '../dialect.ts';
import type { StoredEpisode } from '../episode-store.ts';
import type { Tx } from '../store.ts';
import { ALERT_UPSERT, EPISODE_UPSERT, NOTE_INSERT } from './alert-statements.ts';

const cellsOf = <T extends object>(row: T, { columns }: BulkStatement) =>
  columns.map(({ name }) => (row as Record<string, unknown>)[name] ?? null);

/** A line of an episode, as it is written. */
export type NewNote = Omit<EpisodeNoteRow, 'n' | 'seq' | 'facts'> & { facts: object | null };

/** Adds lines to episodes, in their order. */
export async function addNotes(tx: Tx, notes: readonly NewNote[]): Promise<void> {
  const rows = notes.map(({ facts, ...note }) =>
    cellsOf({ ...note, seq: tx.seq, facts: facts && JSON.stringify(facts) }, NOTE_INSERT),
  );
  await runBulks(tx, [{ statement: NOTE_INSERT, rows }]);
}

/** Tells whoever follows episodes that something about them changed. */
export async function touchEpisodes(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('episode')
    .set({ seq: tx.seq })
    .where(isAnyOf(tx.dialect, 'id', ids))
    .execute();
}

/** Writes episodes as they stand, new or known, as changed by this commit. */
export async function writeEpisodes(tx: Tx, episodes: readonly StoredEpisode[]): Promise<void> {
  const rows = episodes.map((episode) => cellsOf({ ...episode, seq: tx.seq }, EPISODE_UPSERT));
  await runBulks(tx, [{ statement: EPISODE_UPSERT, rows }]);
}

/** An effect with the version of the rule that it is of, where that is not the last that judged. */
export type JudgedEffect = Effect & { version?: number };

/**
 * An alert that was stepped. `before` and `episode`: its row and its open episode, as read in this commit; null: it has none.
 * `said`: who stepped it and in what words; null: the clock. `version`: of the rule that judged it. `notes`: lines to be
 * added to the episode that is open afterwards, or was before.
 */
export type SteppedAlert = {
  rule: string;
  unit: number;
  key: string;
  version: number;
  before: AlertState | null;
  episode: StoredEpisode | null;
  stepped: Omit<Stepped, 'effects'> & { effects: readonly JudgedEffect[] };
  said: { by: string; text: string | null; facts: object | null } | null;
  predecessor?: number | null;
  notes?: readonly { kind: AlertNoteKind; at: number; facts: object }[];
};

const worseOf = (a: AlertSeverity, b: AlertSeverity) =>
  ALERT_SEVERITIES.indexOf(a) < ALERT_SEVERITIES.indexOf(b) ? a : b;

/** An episode that an effect opens. */
function openEpisode(alert: SteppedAlert, effect: JudgedEffect, id: number): StoredEpisode {
  const { rule, unit, key } = alert;
  const { version = alert.version } = effect;
  const severity = effect.severity ?? 'advisory';
  return {
    ...{
      id,
      rule,
      version,
      unit,
      key,
      severity,
      worst: severity,
      figure: effect.figure,
      threshold: null,
      isCount: 0,
    },
    ...{ condition: 'active', quality: 'fresh', response: 'unack', suppression: 'none', isFlapping: 0 },
    ...{ openedAt: effect.at, changedAt: effect.at, clearedAt: null, closedAt: null, closeReason: null },
    ...{ ackedAt: null, ackedBy: null, ackUntil: null, assignee: null, shelvedUntil: null, shelvedBy: null },
    ...{
      isOneShot: 0,
      clearsAt: null,
      outUntil: null,
      outBy: null,
      predecessor: alert.predecessor ?? null,
      seq: 0,
    },
  };
}

/** What an effect says of the episode it belongs to. */
function follow(episode: StoredEpisode, effect: Effect, by: string | null): void {
  const { kind, at, severity, figure } = effect;
  episode.changedAt = at;
  if (severity !== null) {
    episode.severity = severity;
    episode.worst = worseOf(severity, episode.worst);
  }
  if (figure !== null) episode.figure = figure;
  if (kind === 'recovering') episode.condition = 'recovering';
  if (kind === 'returned' || kind === 'worsened') episode.condition = 'active';
  if (kind === 'acknowledged') Object.assign(episode, { ackedAt: at, ackedBy: by, response: 'ack' });
  if (kind === 'reannounced') Object.assign(episode, { ackedAt: null, ackedBy: null, response: 'unack' });
  if (kind === 'shelved') episode.shelvedBy = by;
  if (kind === 'unshelved') episode.shelvedBy = null;
  if (kind === 'outOfService') episode.outBy = by;
  if (kind === 'inService') Object.assign(episode, { outUntil: null, outBy: null });
  if (kind === 'cleared') Object.assign(episode, { condition: 'normal', clearedAt: at });
  if (kind === 'closed')
    Object.assign(episode, { condition: 'normal', closedAt: at, closeReason: effect.reason ?? 'cleared' });
}

const showOf = ({ figure, threshold, isCount }: AlertState) => ({
  figure,
  threshold,
  isCount: isCount ? 1 : 0,
});
/** Brings the episode that is open after a step to its state. */
function settleEpisode(episode: StoredEpisode, alert: SteppedAlert): void {
  const { state } = alert.stepped;
  if (state.severity !== null) episode.severity = state.severity;
  if (state.worst !== null) episode.worst = state.worst;
  Object.assign(episode, {
    ...{ version: alert.version, quality: state.quality, response: state.response },
    ...{ suppression: state.suppression, isFlapping: state.isFlapping ? 1 : 0, clearedAt: state.clearedAt },
    ...{ ackUntil: state.ackUntil, shelvedUntil: state.shelf?.until ?? null },
    ...{ clearsAt: alert.stepped.clearsAt, outUntil: state.outUntil },
    isOneShot: state.shelf?.isOneShot ? 1 : 0,
    condition: state.condition === 'pending' ? 'normal' : state.condition,
    ...(state.figure === null ? {} : showOf(state)),
  });
}

/** Everything that the steps of a commit come to, before it is written. */
type Outcome = { episodes: Map<number, StoredEpisode>; notes: NewNote[] };

/** The line that an effect writes; what somebody did bears who and in what words. */
function noteOf({ said, unit }: SteppedAlert, effect: Effect, episode: number): NewNote {
  const { at, kind, severity, figure, isCount, isSilent } = effect;
  const own = said !== null && SAID.includes(kind) ? said : { by: null, text: null, facts: null };
  const shown = { severity, figure, isCount: isCount ? 1 : 0 };
  return { at, episode, unit, kind, ...shown, ...own, isSilent: isSilent ? 1 : 0 };
}

/** Lines that go with a step, of the episode that is open after it or was before. */
function listExtra({ notes = [], unit }: SteppedAlert, episode: StoredEpisode | null): NewNote[] {
  if (episode === null) return [];
  const { id, severity, figure, isCount } = episode;
  return notes.map((note) => ({
    ...note,
    ...{ episode: id, unit, severity, figure, isCount, by: null, text: null, isSilent: 1 },
  }));
}

/** Follows the effects of one step; gives the id of the episode that is open afterwards. */
function followStep(alert: SteppedAlert, outcome: Outcome, takeId: () => number): number | null {
  let episode = alert.episode && { ...alert.episode };
  for (const effect of alert.stepped.effects) {
    if (effect.kind === 'raised') episode = openEpisode(alert, effect, takeId());
    if (!episode) continue;
    follow(episode, effect, alert.said?.by ?? null);
    outcome.episodes.set(episode.id, episode);
    outcome.notes.push(noteOf(alert, effect, episode.id));
    if (effect.kind === 'closed') episode = null;
  }
  outcome.notes.push(...listExtra(alert, episode ?? alert.episode));
  if (!episode) return null;
  settleEpisode(episode, alert);
  if (!isSame(episode, alert.episode)) outcome.episodes.set(episode.id, episode);
  return episode.id;
}

/** Effects that are what somebody did; others follow from them or from the clock. */
const SAID: readonly AlertNoteKind[] = [
  ...(['acknowledged', 'shelved', 'unshelved', 'outOfService', 'inService'] as const),
  ...(['suppressed', 'unsuppressed'] as const),
];

const isSame = (a: StoredEpisode, b: StoredEpisode | null) =>
  b !== null && (Object.keys(a) as (keyof StoredEpisode)[]).every((name) => a[name] === b[name]);

async function readLastEpisode({ db }: Tx): Promise<number> {
  const row = await db.selectFrom('episode').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.id ?? 0;
}

/** Takes away the rows of alerts that are well. */
async function dropWell(tx: Tx, alerts: readonly SteppedAlert[]): Promise<void> {
  for (const own of Map.groupBy(alerts, (alert) => `${alert.rule} ${alert.key}`).values()) {
    const [first] = own;
    if (!first) continue;
    await tx.db
      .deleteFrom('alert')
      .where('rule', '=', first.rule)
      .where('key', '=', first.key)
      .where(
        isAnyOf(
          tx.dialect,
          'unit',
          own.map(({ unit }) => unit),
        ),
      )
      .execute();
  }
}

/**
 * Writes what steps came to: alerts, their episodes with ids that follow the newest, and the lines of those. Each alert once
 * a call. Gives the episodes that are new or changed. Acts of people and the judge alike end here.
 */
export async function writeStepped(tx: Tx, alerts: readonly SteppedAlert[]): Promise<StoredEpisode[]> {
  const outcome: Outcome = { episodes: new Map(), notes: [] };
  const isOpening = alerts.some(({ stepped }) => stepped.effects.some(({ kind }) => kind === 'raised'));
  let last = isOpening ? await readLastEpisode(tx) : 0;
  const open = alerts.map((alert) => followStep(alert, outcome, () => ++last));
  const rows: AlertRow[] = [];
  const gone: SteppedAlert[] = [];
  for (const [index, alert] of alerts.entries()) {
    const { rule, unit, key, stepped, before } = alert;
    const { state, nextAt } = stepped;
    const episode = open[index] ?? null;
    if (episode !== null || !isWell(state, state.sampledAt ?? tx.at))
      rows.push({ rule, unit, key, state: JSON.stringify(state), episode, nextAt, seq: tx.seq });
    else if (before !== null) gone.push(alert);
  }
  await runBulks(tx, [{ statement: ALERT_UPSERT, rows: rows.map((row) => cellsOf(row, ALERT_UPSERT)) }]);
  await dropWell(tx, gone);
  const episodes = [...outcome.episodes.values()];
  await writeEpisodes(tx, episodes);
  await addNotes(tx, outcome.notes);
  return episodes;
}

/** Assigns an episode to an account, or to nobody. */
export async function assignEpisode(tx: Tx, id: number, assignee: number | null): Promise<void> {
  await tx.db
    .updateTable('episode')
    .set({ assignee, changedAt: tx.at, seq: tx.seq })
    .where('id', '=', id)
    .execute();
}

/** Notes up to which commit an account has seen the alerts; one that lies before what is noted changes nothing. */
export async function writeVisit(tx: Tx, account: number, seq: number): Promise<void> {
  await tx.db
    .insertInto('alertVisit')
    .values({ account, seq, at: tx.at })
    .onConflict((conflict) =>
      conflict.column('account').doUpdateSet({ seq, at: tx.at }).where('alertVisit.seq', '<=', seq),
    )
    .execute();
}
