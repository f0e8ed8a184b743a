import type { Insertable } from 'kysely';
import type { EpisodeNoteRow } from '../alert-schema.ts';
import { type BulkStatement, isAnyOf, runBulks } from '../dialect.ts';
import type { Tx } from '../store.ts';

/** What is noted of an episode beside its number and commit. */
export type NewNote = Omit<Insertable<EpisodeNoteRow>, 'n' | 'seq'>;

const NOTES: BulkStatement = {
  table: 'episodeNote',
  columns: [
    { name: 'seq', type: 'bigint' },
    { name: 'at', type: 'bigint' },
    { name: 'episode', type: 'bigint' },
    { name: 'unit', type: 'integer' },
    { name: 'kind', type: 'text' },
    { name: 'severity', type: 'text' },
    { name: 'figure', type: 'double precision' },
    { name: 'by', type: 'text' },
    { name: 'text', type: 'text' },
    { name: 'facts', type: 'text' },
  ],
  conflict: '',
};

/** Adds to the history of episodes, in the order given, and tells whoever follows them that they changed. */
export async function addNotes(tx: Tx, notes: readonly NewNote[]): Promise<void> {
  if (notes.length === 0) return;
  const rows = notes.map(({ at, episode, unit, kind, severity, figure, by, text, facts }) => [
    ...[tx.seq, at, episode, unit, kind, severity ?? null, figure ?? null],
    ...[by ?? null, text ?? null, facts ?? null],
  ]);
  await runBulks(tx, [{ statement: NOTES, rows }]);
  await touchEpisodes(tx, [...new Set(notes.map(({ episode }) => episode))]);
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
