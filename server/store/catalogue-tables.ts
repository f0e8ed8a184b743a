import { type Kysely, sql } from 'kysely';
import { keyOfText } from '../../shared/text.ts';
import { createCorrections } from './correction-tables.ts';
import type { DialectName } from './dialect.ts';
import { createFeedKinds } from './feed-kind-tables.ts';
import { createIntake } from './intake-tables.ts';
import { createPlan } from './plan-tables.ts';
import { createSeals } from './seal-tables.ts';
import { indexProbes } from './system-tables.ts';

type AnyDb = Kysely<unknown>;

/** Measure columns that came with the whole catalogue, of all sums: a migration states its own facts. */
const TOPIC_MEASURES = [
  'receivedPopulation',
  'lateApologised',
  'timed',
  'workedMinutes',
  'waiting',
  'waitingLate',
  'probes',
  'probesUp',
  'calls',
  'callsFailed',
  'latencyTo300',
  'latencyTo1000',
  'latencyTo3000',
  'latencyTo10000',
  'latencyOver',
];

/** The same of sums that are not by topic. */
const OTHER_MEASURES = [
  'docOut',
  'docOutElectronic',
  'docOutSigned',
  'docIn',
  'docInElectronic',
  'docInOnTime',
  'docInLate',
  'docInOpen',
  'docInOverdue',
  'petReceived',
  'petOnTime',
  'petLate',
  'petRefused',
  'petDissatisfied',
  'petOpen',
  'petOverdue',
  'rated',
  'ratedSatisfied',
  'taskAssigned',
  'taskMet',
  'taskExceeded',
  'taskBlocked',
  'taskOverdue',
  'procTotal',
  'procEligible',
  'procFull',
  'procPartial',
  'procUsed',
  'procThousand',
  'procCore',
  'procReplaced',
  'procFee',
  'procFeeIntegrated',
  'procFeePaid',
  'procPublic',
  'procComplete',
  'procCitizen',
  'procPopulation',
  'procPublished',
  'procPublishedOnTime',
  'procChanged',
  'procChangedOnTime',
  'guideRequired',
  'guideMet',
  'syncDue',
  'synced',
  'storeDue',
  'storeUsed',
  'certDue',
  'certOffered',
  'officials',
  'mailUsers',
  'meetings',
  'meetingsPaperless',
  'insured',
  'insuredAuthenticated',
  'vssid',
];

/** Sums that outgrow 32 bits in a province's year. */
const WIDE_MEASURES = new Set(['workedMinutes', 'calls', 'callsFailed']);

async function addColumns(db: AnyDb, table: string, measures: readonly string[]): Promise<void> {
  for (const measure of measures) {
    const type = sql.raw(WIDE_MEASURES.has(measure) ? 'bigint' : 'integer');
    await sql`alter table ${sql.ref(table)} add column ${sql.ref(measure)} ${type} not null default 0`.execute(
      db,
    );
  }
}

type Plain = {
  n: number;
  id: string;
  kind: string;
  at: number;
  body: string;
  feed: string;
  unit: number | null;
  unitCode: string | null;
};

type Named = { id: number; name: string; from: string; to: string | null };

/** The id of the unit that a code or alias meant at an instant, by days of Viet Nam. */
function findUnitId(units: readonly Named[], code: unknown, at: number): number | null {
  const day = new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);
  const unit = units.find(({ name, from, to }) => name === code && from <= day && (to === null || day < to));
  return unit?.id ?? null;
}

/** The subject of an event told before its kind was folded, and what it left to its token. */
function nameSubject(
  { id, kind, at, body, feed, unit, unitCode }: Plain,
  units: readonly Named[],
): { subject: string; body: string } {
  const facts = JSON.parse(body) as Record<string, unknown>;
  if (kind === 'probe') {
    const system = keyOfText(String(facts.system));
    const told = JSON.stringify({ unit: unitCode, ...facts });
    return { subject: `${unit} ${Math.floor(at / 3_600_000)} ${system}`, body: told };
  }
  if (kind === 'report') return { subject: `${findUnitId(units, facts.unit, at)} ${facts.measure}`, body };
  const code = kind === 'petition' || kind === 'task' ? facts[kind] : undefined;
  return { subject: typeof code === 'string' ? code : `${feed} ${id}`, body };
}

async function nameSubjects(db: AnyDb): Promise<void> {
  const { rows } = await sql<Plain>`
    select "n", "event"."id", "kind", "at", "body", "event"."feed", "unit"."id" as "unit",
      "unit"."code" as "unitCode" from "event"
    left join "feed" on "feed"."id" = "event"."feed" left join "unit" on "unit"."id" = "feed"."unit"
    where "subject" is null`.execute(db);
  const life = sql`"validFrom" as "from", "validTo" as "to" from "unit"`;
  const { rows: units } = await sql<Named>`
    select "id", "code" as "name", ${life} union all
    select "id", "alias", ${life} join "unitAlias" on "unitAlias"."unit" = "unit"."id"`.execute(db);
  for (const row of rows) {
    // A reading that names no unit, of a feed of which none is known, was nobody's and stays out of all figures.
    if (row.kind === 'probe' && row.unit === null) continue;
    const { subject, body } = nameSubject(row, units);
    await sql`update "event" set "subject" = ${subject}, "body" = ${body} where "n" = ${row.n}`.execute(db);
  }
}

/** Every kind of event is folded: columns for what they count; no event is told apart by its id alone. */
export async function addCatalogue(db: AnyDb, name: DialectName): Promise<void> {
  await addColumns(db, 'breakdown', TOPIC_MEASURES);
  for (const table of ['tally', 'revision', 'hourRevision'])
    await addColumns(db, table, [...TOPIC_MEASURES, ...OTHER_MEASURES]);
  await sql`drop index "eventPlain"`.execute(db);
  await nameSubjects(db);
  await indexProbes(db);
  await createPlan(db, name);
  await createSeals(db, name);
  await createFeedKinds(db);
  await createCorrections(db);
  await createIntake(db, name);
}
