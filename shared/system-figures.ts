/** What readings of a connected system add up to: availability, success, and how fast it answers. Pure. */
import type { PROBE_MEASURES } from './other-measures.ts';

export type ProbeSums = Record<keyof typeof PROBE_MEASURES, number>;

/** The upper ends of the buckets that latencies are counted in, in ms; the last has none. */
const BUCKETS: readonly [measure: keyof ProbeSums, toMs: number][] = [
  ['latencyTo300', 300],
  ['latencyTo1000', 1000],
  ['latencyTo3000', 3000],
  ['latencyTo10000', 10_000],
  ['latencyOver', Number.POSITIVE_INFINITY],
];

/** What so many answers took at the most, `ms`; `isOver`: they took longer, nobody knows how long. */
export type LatencyBound = { ms: number; isOver: boolean };

const SHARE = 0.95;

/** The end of the bucket in which the 95th percentile of latencies lies; null where none was measured. */
export function boundP95(sums: ProbeSums): LatencyBound | null {
  const total = BUCKETS.reduce((all, [measure]) => all + sums[measure], 0);
  if (total <= 0) return null;
  const rank = SHARE * total;
  let below = 0;
  let fromMs = 0;
  for (const [measure, toMs] of BUCKETS) {
    const count = sums[measure];
    if (count > 0 && below + count >= rank) {
      if (!Number.isFinite(toMs)) return { ms: fromMs, isOver: true };
      return { ms: toMs, isOver: false };
    }
    below += count;
    fromMs = toMs;
  }
  return { ms: fromMs, isOver: true };
}

/** Availability and success with what they are of; percentages are 0-100, null of nothing. */
export type SystemFigures = {
  readings: number;
  up: number;
  availability: number | null;
  calls: number;
  failed: number;
  success: number | null;
  p95: LatencyBound | null;
};

const percentOf = (part: number, all: number) => (all > 0 ? Math.round((10_000 * part) / all) / 100 : null);

/** The figures of sums of readings. */
export function figuresOfProbes(sums: ProbeSums): SystemFigures {
  const { probes, probesUp, calls, callsFailed } = sums;
  return {
    ...{ readings: probes, up: probesUp, availability: percentOf(probesUp, probes) },
    ...{ calls, failed: callsFailed, success: percentOf(calls - callsFailed, calls) },
    p95: boundP95(sums),
  };
}

/** The bucket that a latency is counted in. */
export function bucketOf(latencyMs: number): keyof ProbeSums {
  return BUCKETS.find(([, toMs]) => latencyMs <= toMs)?.[0] ?? 'latencyOver';
}

/** Sums of nothing. */
export function emptyProbeSums(): ProbeSums {
  return {
    ...{ probes: 0, probesUp: 0, calls: 0, callsFailed: 0 },
    ...{ latencyTo300: 0, latencyTo1000: 0, latencyTo3000: 0, latencyTo10000: 0, latencyOver: 0 },
  };
}
