import { type Kysely, sql } from 'kysely';

/** Hours of readings are found by the unit, the system and their last reading. */
export async function indexProbes(db: Kysely<unknown>): Promise<void> {
  await sql`create index "subjectProbe" on "subject" ("unit", "procedure", "endAt") where "kind" = 'probe'`.execute(
    db,
  );
}
