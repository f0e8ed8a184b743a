import { type BulkStatement, runBulks } from '../dialect.ts';
import type { Tx } from '../store.ts';

const UPSERT: BulkStatement = {
  table: 'feedKind',
  columns: [
    { name: 'feed', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'lastAt', type: 'bigint' },
    { name: 'heardAt', type: 'bigint' },
    { name: 'events', type: 'bigint' },
    { name: 'seq', type: 'bigint' },
  ],
  conflict: `on conflict ("feed", "kind") do update set "seq" = excluded."seq", "heardAt" = excluded."heardAt",
    "events" = "feedKind"."events" + excluded."events",
    "lastAt" = case when excluded."lastAt" > "feedKind"."lastAt" then excluded."lastAt" else "feedKind"."lastAt" end`,
};

/** Notes which kinds of events a feed has just told. */
export async function noteKinds(
  tx: Tx,
  feed: string,
  events: readonly { kind: string; at: number }[],
): Promise<void> {
  const byKind = [...Map.groupBy(events, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (byKind.length === 0) return;
  const rows = byKind.map(([kind, own]) => [
    ...[feed, kind],
    own.reduce((last, { at }) => Math.max(last, at), 0),
    ...[tx.at, own.length, tx.seq],
  ]);
  await runBulks(tx, [{ statement: UPSERT, rows }]);
}
