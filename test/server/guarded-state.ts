/** What a store holds, cheaply: whether anything but what is noted of those who come has changed. */
import type { Schema } from '../../server/store/schema.ts';
import type { Running } from '../server.ts';

/** Tables whose rows are few: all of them count. */
const WHOLE = [
  ...(['account', 'grant', 'session', 'token', 'feed', 'unit', 'unitParent', 'unitLineage'] as const),
  ...(['unitAlias', 'geometry', 'area', 'channel', 'rule', 'override'] as const),
  'alertVisit',
] satisfies (keyof Schema)[];
/** Tables of what was told: a commit that adds to them, or changes them, shows in its number. */
const TOLD = [
  'event',
  'subject',
  'tally',
  'breakdown',
  'revision',
  'hourRevision',
  ...(['alert', 'episode', 'episodeNote', 'explanation'] as const),
] satisfies (keyof Schema)[];

async function readState({ store }: Running): Promise<string> {
  const { db } = store.reader;
  const parts: unknown[] = [];
  for (const table of WHOLE) {
    const rows = await db.selectFrom(table).selectAll().execute();
    parts.push([table, rows.map((row) => JSON.stringify(row)).sort()]);
  }
  for (const table of TOLD) {
    const { count, max } = db.fn;
    const sums = db.selectFrom(table).select([count('seq').as('rows'), max('seq').as('last')]);
    parts.push([table, await sums.executeTakeFirst()]);
  }
  return JSON.stringify(parts);
}

/** Tells whether the store has changed since `note`, but for what is noted of callers: the audit, failures, uses of tokens. */
export function createWatchman(running: Running) {
  let known: { seq: number; state: string } | null = null;
  return {
    async note(): Promise<void> {
      const { seq } = await running.store.readClock();
      if (known?.seq !== seq) known = { seq, state: await readState(running) };
    },
    async hasChanged(): Promise<boolean> {
      const { seq } = await running.store.readClock();
      if (known?.seq === seq) return false;
      const before = known?.state;
      known = { seq, state: await readState(running) };
      return known.state !== before;
    },
  };
}
