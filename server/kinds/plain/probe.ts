/** Readings of a connected system: an hour's readings of one system are one subject, so that a day is 24 of them. */
import type { ProbeEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { PROBE_MEASURES } from '../../../shared/other-measures.ts';
import { dayOf } from '../../../shared/period.ts';
import { bucketOf } from '../../../shared/system-figures.ts';
import { keyOfText, SYSTEM_FIELD } from '../../../shared/text.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import { endsOf, inOrder, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

/** A reading as it is kept with its hour. */
export type Reading = PlainStep & {
  system: string;
  up: boolean;
  latencyMs: number | null;
  calls: number;
  failed: number;
  queued: number | null;
  oldestQueuedAt: number | null;
  certificateUntil: number | null;
};

const HOUR_MS = 3_600_000;

/** The key of the subject that holds an hour's readings of a system of a unit. */
export function keyOfHour(unit: number, system: string, at: number): string {
  return `${unit} ${Math.floor(at / HOUR_MS)} ${keyOfText(system)}`;
}

function emitReading(
  emit: Emit,
  path: readonly number[],
  { at, up, latencyMs, calls, failed }: Reading,
): void {
  emit(path, at, 'probes', 1);
  if (up) emit(path, at, 'probesUp', 1);
  if (calls > 0) emit(path, at, 'calls', calls);
  if (failed > 0) emit(path, at, 'callsFailed', failed);
  if (latencyMs !== null) emit(path, at, bucketOf(latencyMs), 1);
}

function fold(subject: Subject<Reading>, { tree, zone }: FoldContext, emit: Emit): SubjectState {
  const steps = inOrder(subject);
  const { last } = endsOf(steps);
  for (const step of steps) emitReading(emit, tree.pathOn(step.unit, dayOf(step.at, zone)), step);
  return plainState({
    ...{ unit: last.unit, procedure: last.system, field: SYSTEM_FIELD },
    ...{ status: last.up ? 1 : 0, endAt: last.at },
  });
}

const instantOf = (told: string | undefined): number | null => (told === undefined ? null : Date.parse(told));

/** Events of kind `probe`. */
export const probeKind: Kind<ProbeEvent, Reading> = {
  ...{ units: ['unit'], code: null, otherCodes: [] },
  keyOf: ({ system }, told) => keyOfHour(unitOf(told), system, told.at),
  fold: plainFold<ProbeEvent, Reading>({
    measures: Object.keys(PROBE_MEASURES) as MeasureId[],
    read: ({ system, up, latencyMs, calls, failed, queued, oldestQueuedAt, certificateUntil }, told) => ({
      ...{ feed: told.feed, id: told.id, at: told.at, unit: unitOf(told), system, up },
      ...{ latencyMs: latencyMs ?? null, calls: calls ?? 0, failed: Math.min(failed ?? 0, calls ?? 0) },
      queued: queued ?? null,
      oldestQueuedAt: instantOf(oldestQueuedAt),
      certificateUntil: instantOf(certificateUntil),
    }),
    fold,
  }),
};
