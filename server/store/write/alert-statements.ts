/** The statements by which alerts, episodes and their lines are written in bulk. */
import type { BulkColumn, BulkStatement } from '../dialect.ts';

const ALERT_KEY: readonly BulkColumn[] = [
  { name: 'rule', type: 'text' },
  { name: 'unit', type: 'integer' },
  { name: 'key', type: 'text' },
];
const ALERT_FACTS: readonly BulkColumn[] = [
  { name: 'state', type: 'text' },
  { name: 'episode', type: 'bigint' },
  { name: 'nextAt', type: 'bigint' },
  { name: 'seq', type: 'bigint' },
];
const EPISODE_FACTS: readonly BulkColumn[] = [
  { name: 'rule', type: 'text' },
  { name: 'version', type: 'integer' },
  { name: 'unit', type: 'integer' },
  { name: 'key', type: 'text' },
  { name: 'condition', type: 'text' },
  { name: 'severity', type: 'text' },
  { name: 'worst', type: 'text' },
  { name: 'quality', type: 'text' },
  { name: 'response', type: 'text' },
  { name: 'suppression', type: 'text' },
  { name: 'isFlapping', type: 'integer' },
  { name: 'figure', type: 'double precision' },
  { name: 'threshold', type: 'double precision' },
  { name: 'isCount', type: 'integer' },
  { name: 'openedAt', type: 'bigint' },
  { name: 'changedAt', type: 'bigint' },
  { name: 'clearedAt', type: 'bigint' },
  { name: 'closedAt', type: 'bigint' },
  { name: 'closeReason', type: 'text' },
  { name: 'ackedAt', type: 'bigint' },
  { name: 'ackedBy', type: 'text' },
  { name: 'ackUntil', type: 'bigint' },
  { name: 'assignee', type: 'integer' },
  { name: 'shelvedUntil', type: 'bigint' },
  { name: 'shelvedBy', type: 'text' },
  { name: 'isOneShot', type: 'integer' },
  { name: 'clearsAt', type: 'bigint' },
  { name: 'outUntil', type: 'bigint' },
  { name: 'outBy', type: 'text' },
  { name: 'predecessor', type: 'bigint' },
  { name: 'seq', type: 'bigint' },
];
const NOTE: readonly BulkColumn[] = [
  { name: 'seq', type: 'bigint' },
  { name: 'at', type: 'bigint' },
  { name: 'episode', type: 'bigint' },
  { name: 'unit', type: 'integer' },
  { name: 'kind', type: 'text' },
  { name: 'severity', type: 'text' },
  { name: 'figure', type: 'double precision' },
  { name: 'isCount', type: 'integer' },
  { name: 'by', type: 'text' },
  { name: 'text', type: 'text' },
  { name: 'facts', type: 'text' },
  { name: 'isSilent', type: 'integer' },
];

const setAll = (columns: readonly BulkColumn[]) =>
  columns.map(({ name }) => `"${name}" = excluded."${name}"`).join(', ');

/** Puts down where alerts stand. */
export const ALERT_UPSERT: BulkStatement = {
  table: 'alert',
  columns: [...ALERT_KEY, ...ALERT_FACTS],
  conflict: `on conflict ("rule", "unit", "key") do update set ${setAll(ALERT_FACTS)}`,
};
/** Puts down episodes by their id, new or known. */
export const EPISODE_UPSERT: BulkStatement = {
  table: 'episode',
  columns: [{ name: 'id', type: 'bigint' }, ...EPISODE_FACTS],
  conflict: `on conflict ("id") do update set ${setAll(EPISODE_FACTS)}`,
};
/** Adds lines to episodes. */
export const NOTE_INSERT: BulkStatement = { table: 'episodeNote', columns: NOTE, conflict: '' };
