/** What a kind of event is: which of its fields name units and codes, what it counts, how its events are folded. Pure. */
import type { WorkingCalendar } from '../../shared/calendar.ts';
import type { Procedure } from '../../shared/config.ts';
import type { OpsEvent } from '../../shared/event.ts';
import type { MeasureId } from '../../shared/measure.ts';
import type { UnitTree } from '../../shared/unit.ts';

/** What every step keeps: who told it, under which id, when it happened. */
export type BaseStep = { feed: string; id: string; at: number };

/** An event as the door read it: `units` are ids, in the order of the kind's unit fields. */
export type ReadEvent = BaseStep & { units: readonly number[] };

/** What a fold needs to know beside the steps. `now` bounds what the clock alone has brought about. */
export type FoldContext = {
  tree: UnitTree;
  calendar: WorkingCalendar;
  zone: string;
  procedures: ReadonlyMap<string, Procedure>;
  now: number;
};

/** How something that has an end came out. */
export type Outcome = 'early' | 'onTime' | 'late';

/** Receives a contribution: `amount` of a measure at an instant, for every unit of a path. */
export type Emit = (path: readonly number[], at: number, measure: MeasureId, amount: number) => void;

/** How a subject stands: what lists show, and when the clock alone will next change what it counts. */
export type SubjectState = {
  unit: number;
  procedure: string | null;
  /** The key of the area of work (shared/text.ts), and the area as it was told. */
  field: string | null;
  fieldName: string | null;
  status: number | null;
  channel: string | null;
  acceptedAt: number | null;
  dueAt: number | null;
  dueSoonAt: number | null;
  endAt: number | null;
  paused: boolean;
  outcome: Outcome | null;
  nextAt: number | null;
};

/** A subject as it is folded: the hash that stands for its code, and all its steps in the order told. */
export type Subject<S> = { key: string; steps: readonly S[] };

/** How events of one subject become what it counts. A subject's contribution is a pure function of all its steps. */
export type Fold<E, S extends BaseStep> = {
  /** All that it emits: what its rows of sums are made of. */
  measures: readonly MeasureId[];
  /** The step that an event states. */
  read(event: E, told: ReadEvent): S;
  /** Steps as the text kept with the subject, in the order told; `unpack` reads it back. */
  pack(steps: readonly S[]): string;
  unpack(history: string): S[];
  /** Emits all that the subject adds to the sums by `context.now`. Throws CalendarYearMissing. */
  fold(subject: Subject<S>, context: FoldContext, emit: Emit): SubjectState;
  /** Whether the step is news of the last unit it names: what a live strip shows. */
  isNews(step: S): boolean;
  /** Whether by the step another unit may take the subject over: it goes on there. */
  isTakeOver(step: S): boolean;
  /** Whether the step takes back what was told. */
  isWithdrawal(step: S): boolean;
  /** The units that a step names. */
  unitsOf(step: S): readonly number[];
};

/**
 * A kind of event. `units`: its fields that name units, the last the one it is about; one that an event leaves out is the
 * unit of whoever tells. `code`: the field with the source's code of its subject; of it and of `otherCodes` only keyed
 * hashes are kept. `keyOf`: the key of the subject of an event that has no such code.
 */
export type Kind<E = OpsEvent, S extends BaseStep = BaseStep> = {
  units: readonly string[];
  code: string | null;
  otherCodes: readonly string[];
  keyOf: ((event: E, told: ReadEvent) => string) | null;
  fold: Fold<E, S>;
};

/** A kind for every kind of event. */
export type Kinds = Readonly<Record<OpsEvent['kind'], Kind>>;
