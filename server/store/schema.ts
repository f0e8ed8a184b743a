import type { Generated } from 'kysely';
import type { Sums } from '../../shared/measure.ts';

/** Rows as they are stored; instants are epoch ms, days `YYYY-MM-DD`. `seq` is the commit that last changed the row. */

export type ClockRow = {
  id: number;
  seq: number;
  unitSeq: number;
  hashKey: string;
  foldKey: string;
  tickedTo: number;
};

export type EventRow = {
  n: Generated<number>;
  seq: number;
  feed: string;
  id: string;
  kind: string;
  at: number;
  subject: string | null;
  body: string;
};

export type DossierRow = {
  key: string;
  steps: string;
  foldedAt: number;
  nextAt: number | null;
  unit: number;
  procedure: string;
  field: string | null;
  status: number;
  channel: string;
  acceptedAt: number | null;
  dueAt: number | null;
  dueSoonAt: number | null;
  endAt: number | null;
  paused: number;
  outcome: 'early' | 'onTime' | 'late' | null;
  seq: number;
};

export type StoredGrain = 'hour' | 'day' | 'month' | 'quarter' | 'year' | 'ever';

/** Sums of one unit in one period; `start` is the period's first day (hour: `YYYY-MM-DDTHH`; ever: empty). */
export type TallyRow = { unit: number; grain: StoredGrain; start: string; seq: number } & Sums;

/** The same by subject: a procedure within an area of work (subject.ts). */
export type BreakdownRow = TallyRow & { subject: string };

export type UnitRow = {
  id: Generated<number>;
  code: string;
  nameVi: string;
  nameEn: string;
  level: string;
  validFrom: string;
  validTo: string | null;
  lat: number | null;
  lon: number | null;
  seq: number;
};

export type UnitParentRow = { unit: number; parent: number | null; validFrom: string };
export type UnitLineageRow = { predecessor: number; successor: number; validOn: string; share: number };
export type UnitAliasRow = { alias: string; unit: number };

export type TokenRow = {
  id: string;
  hash: string;
  kind: 'feed' | 'display';
  unit: number;
  name: string;
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
};

export type FeedRow = {
  id: string;
  name: string;
  unit: number;
  lastAt: number | null;
  heardAt: number | null;
  events: number;
  seq: number;
};

/** An area of work: the key its rows are counted under (store/subject.ts), and the spelling it was first told by. */
export type AreaRow = { key: string; name: string };

export type GeometryRow = { unit: number; geometry: string };

export type Schema = {
  clock: ClockRow;
  event: EventRow;
  dossier: DossierRow;
  tally: TallyRow;
  breakdown: BreakdownRow;
  unit: UnitRow;
  unitParent: UnitParentRow;
  unitLineage: UnitLineageRow;
  unitAlias: UnitAliasRow;
  token: TokenRow;
  feed: FeedRow;
  geometry: GeometryRow;
  area: AreaRow;
};
