import { type Generated, type Kysely, sql } from 'kysely';
import { clustered, countingKey, type DialectName } from './dialect.ts';

/** A period of the index that an office closed for a unit and all below it; `formula`: by which constants it was judged. */
export type IndexSealRow = {
  id: Generated<number>;
  unit: number;
  period: string;
  at: number;
  by: string;
  note: string;
  formula: string;
  seq: number;
};

/** What was told of a unit when its period was sealed, by our own figures or by the portal's. */
export type SealedUnitRow = {
  unit: number;
  period: string;
  basis: 'own' | 'portal';
  seal: number;
  told: string;
};

/** Tables of sealed periods, and the way to all that was reported of a unit. */
export async function createSeals(db: Kysely<unknown>, name: DialectName): Promise<void> {
  await sql`create table "indexSeal" (
    "id" ${countingKey(name)}, "unit" integer not null, "period" text not null, "at" bigint not null,
    "by" text not null, "note" text not null, "formula" text not null, "seq" bigint not null,
    unique ("unit", "period"))`.execute(db);
  await sql`create table "sealedUnit" (
    "unit" integer not null, "period" text not null, "basis" text not null, "seal" bigint not null,
    "told" text not null, primary key ("unit", "period", "basis")) ${clustered(name)}`.execute(db);
  await sql`create index "subjectReport" on "subject" ("unit") where "kind" = 'report'`.execute(db);
}
