import type { Generated } from 'kysely';
import type { Sums, TopicSums } from '../../shared/measure.ts';
import type {
  AlertRow,
  AlertVisitRow,
  ChannelRow,
  EpisodeNoteRow,
  EpisodeRow,
  ExplanationRow,
  HourRevisionKey,
  OverrideRow,
  RuleRow,
  SilenceRow,
} from './alert-schema.ts';
import type { CorrectionRow } from './correction-tables.ts';
import type { FeedDayRow, RefusalRow } from './intake-tables.ts';
import type { AccountRow, AuditRow, FailureRow, GrantRow, SessionRow, TokenUseRow } from './people-schema.ts';

import type { TargetRow } from './plan-schema.ts';
import type { IndexSealRow, SealedUnitRow } from './seal-tables.ts';

/** Rows as they are stored; instants are epoch ms, days `YYYY-MM-DD`. `seq` is the commit that last changed the row. */

export type ClockRow = {
  id: number;
  seq: number;
  unitSeq: number;
  hashKey: string;
  foldKey: string;
  tickedTo: number;
  /** The last commit that took rows away or moved units: who knows less starts anew. */
  resetSeq: number;
  /** The last commit that changed what somebody may see or do: whoever holds a link open is looked up anew. */
  rightsSeq: number;
  /** The commit up to which the judge has looked at what changed, and the instant up to which it has stepped hours and days. */
  judgedSeq: number;
  judgedTo: number;
  /** The last commit that changed rules or overrides: who knows thresholds from before asks again. */
  rulesSeq: number;
  /** The instant until which nothing is judged, while a past is brought in; what changed meanwhile is judged then. */
  pausedUntil: number;
  /** The instant of the first commit with anything to judge that no judgement has looked at; null where none waits. */
  unjudgedAt: number | null;
};

/** When a commit was made. */
export type CommitRow = { seq: number; at: number };

/** `unit` is whose news a step is (null for what is none), `outcome` how the step that ends came out when told. */
export type EventRow = {
  n: Generated<number>;
  seq: number;
  feed: string;
  id: string;
  kind: string;
  at: number;
  subject: string | null;
  unit: number | null;
  outcome: SubjectRow['outcome'];
  body: string;
};

/**
 * What the events of one subject (a dossier …) have been folded to: its history as its kind keeps it, what lists need,
 * and when the clock alone will next change what it counts.
 */
export type SubjectRow = {
  kind: string;
  key: string;
  history: string;
  foldedAt: number;
  nextAt: number | null;
  unit: number;
  procedure: string | null;
  field: string | null;
  status: number | null;
  channel: string | null;
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

/** The same by topic: a procedure within an area of work, or a connected system (topic.ts). */
export type BreakdownRow = Omit<TallyRow, keyof Sums> & { topic: string } & TopicSums;

/** What commits of the day `knownOn` changed about an earlier `day` of a unit. */
export type RevisionRow = { unit: number; day: string; knownOn: string; seq: number } & Sums;

/** The same of an hour, by commits of the later hour `knownIn`; kept as long as hours are. */
export type HourRevisionRow = HourRevisionKey & Sums;

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
  /** Within which codes of dossiers count; the store's first feeds share the empty one. */
  namespace: string;
  /** When it first told of something on the day it happened: from then on what it corrects is a revision. */
  liveAt: number | null;
  /** How often it means to speak, and by what local time of a working day (`HH:MM`); null: learned from its past. */
  cadenceMs: number | null;
  dueTime: string | null;
  /** The usual longest pause between two of its words, in working time; null before anything is known. */
  usualGapMs: number | null;
  seq: number;
};

/** A kind of events that a feed has told: the newest of them, when it last told any, and how many. */
export type FeedKindRow = {
  feed: string;
  kind: string;
  lastAt: number;
  heardAt: number;
  events: number;
  seq: number;
};

/** An area of work: the key its rows are counted under (shared/text.ts), and the spelling it was first told by. */
export type AreaRow = { key: string; name: string };

export type GeometryRow = { unit: number; geometry: string };

/** One row, empty but while it is tried whether the store has room. */
export type SpareRow = { filler: string };

export type Schema = {
  spare: SpareRow;
  clock: ClockRow;
  commit: CommitRow;
  event: EventRow;
  subject: SubjectRow;
  tally: TallyRow;
  breakdown: BreakdownRow;
  revision: RevisionRow;
  hourRevision: HourRevisionRow;
  unit: UnitRow;
  unitParent: UnitParentRow;
  unitLineage: UnitLineageRow;
  unitAlias: UnitAliasRow;
  token: TokenRow;
  feed: FeedRow;
  feedKind: FeedKindRow;
  correction: CorrectionRow;
  feedDay: FeedDayRow;
  refusal: RefusalRow;
  geometry: GeometryRow;
  area: AreaRow;
  account: AccountRow;
  grant: GrantRow;
  session: SessionRow;
  failure: FailureRow;
  tokenUse: TokenUseRow;
  audit: AuditRow;
  rule: RuleRow;
  override: OverrideRow;
  target: TargetRow;
  alert: AlertRow;
  episode: EpisodeRow;
  episodeNote: EpisodeNoteRow;
  explanation: ExplanationRow;
  channel: ChannelRow;
  alertVisit: AlertVisitRow;
  silence: SilenceRow;
  indexSeal: IndexSealRow;
  sealedUnit: SealedUnitRow;
};
