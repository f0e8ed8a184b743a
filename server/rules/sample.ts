/** From sums to samples: the figure of each unit as a rule sees it. One arithmetic for the newest instant and for years of them. */
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import type { MeasureId } from '../../shared/measure.ts';
import { isReported } from '../../shared/reported.ts';
import { type Condition, indicatorOf, type RuleBody } from '../../shared/rule.ts';
import type { Axis } from './axis.ts';
import { type Columns, measuresIn } from './columns.ts';
import { createPaceSampler, createProjectionSampler } from './sample-course.ts';
import {
  createChangeSampler,
  createIdentitySampler,
  createLevelSampler,
  type Sampler,
} from './sample-level.ts';
import { samplePeers } from './sample-peers.ts';
import { createSeasonSampler } from './sample-season.ts';
import type { SumSeries } from './series.ts';
import type { Sample } from './state.ts';

/** Where the figures of each kind of condition come from. */
export const ANSWERED_BY = {
  level: 'sums',
  change: 'sums',
  leadTime: 'dossiers',
  pace: 'sums',
  projection: 'sums',
  backlog: 'dossiers',
  outlier: 'peers',
  anomaly: 'sums',
  silence: 'feeds',
  system: 'systems',
  certificate: 'systems',
  identity: 'sums',
  repeated: 'rules',
} as const satisfies Record<Condition['kind'], 'sums' | 'peers' | 'dossiers' | 'feeds' | 'systems' | 'rules'>;

/** The measures that a condition needs sums of; empty for one that sums do not answer. */
export function measuresOf(condition: Condition): MeasureId[] {
  if (condition.kind === 'identity')
    return [...new Set(Object.keys({ ...condition.left, ...condition.right }))] as MeasureId[];
  const indicator = findIndicator(indicatorOf(condition) ?? '');
  return indicator ? measuresIn(indicator) : [];
}

const WINDOW_DAYS = { day: 1, month: 31, quarter: 92, year: 366, last7: 7, last30: 30, last90: 90 } as const;
const RECENT_DAYS = 29;
/** Three years and the days around Tết. */
const TET_DAYS = 3 * 366 + 30;

/** How many days of sums before a sample's own day a condition looks back on. */
export function historyOf(condition: Condition): number {
  if (condition.kind === 'anomaly')
    return condition.grain === 'hour' ? condition.weeks * 7 : Math.max(condition.weeks * 7, TET_DAYS);
  const window = 'window' in condition ? WINDOW_DAYS[condition.window] : 0;
  const indicator = findIndicator(indicatorOf(condition) ?? '');
  if (condition.kind === 'level' && indicator && isReported(indicator)) return 2 * window;
  if (condition.kind === 'projection') return Math.max(window, RECENT_DAYS);
  if (condition.kind === 'pace') return Math.max(2 * window, 366 + window);
  if (condition.kind !== 'change') return window;
  if (condition.against === 'previousYear') return 367 + window;
  return condition.against === 'previous' ? 2 * window : 7 + window;
}

/**
 * Samples of one unit in slots: `columns` and, where it was asked for, the share that was told. `missing` is 1 in slots at
 * whose end nobody told of the unit; without it somebody always did.
 */
export type SampleLine = {
  missing?: Uint8Array | null;
  unit: number;
  lives: SumSeries['lives'];
  told: SumSeries['told'];
  columns: Columns;
};

type Asked = { axis: Axis; first: number; minimum: number; kindOf: (unit: number) => string };

function createSampler(condition: Condition, { axis, first }: Pick<Asked, 'axis' | 'first'>): Sampler | null {
  if (condition.kind === 'identity') return createIdentitySampler(condition, { axis, first });
  const indicator = findIndicator(indicatorOf(condition) ?? '');
  if (!indicator) return null;
  const order = { indicator, axis, first };
  if (condition.kind === 'level') return createLevelSampler(condition, order);
  if (condition.kind === 'change') return createChangeSampler(condition, order);
  if (condition.kind === 'pace') return createPaceSampler(condition, order);
  if (condition.kind === 'projection') return createProjectionSampler(condition, order);
  return condition.kind === 'anomaly' ? createSeasonSampler(condition, order) : null;
}

function samplePeerLines(
  condition: Extract<Condition, { kind: 'outlier' }>,
  units: readonly SumSeries[],
  asked: Asked & { indicator: Indicator },
): Map<number, Columns> {
  return samplePeers(condition, { ...asked, units });
}

/**
 * Samples of units at the end of every slot from `first` on, as known then where the series holds revisions; of an anomaly of all
 * of them. Of an outlier all peers must be among the units. Empty for a condition that sums do not answer (`ANSWERED_BY`).
 * `kindOf`: what peers have in common.
 */
export function sampleAll(
  { condition, minimum }: Pick<RuleBody, 'condition' | 'minimum'>,
  units: readonly SumSeries[],
  { axis, kindOf, first = 0 }: Pick<Asked, 'axis' | 'kindOf'> & Partial<Pick<Asked, 'first'>>,
): SampleLine[] {
  const line = ({ unit, lives, told }: SumSeries, columns: Columns) => ({ unit, lives, told, columns });
  if (condition.kind === 'outlier') {
    const indicator = findIndicator(condition.indicator);
    if (!indicator) return [];
    const peers = samplePeerLines(condition, units, { axis, first, minimum, kindOf, indicator });
    return units.flatMap((series) => {
      const columns = peers.get(series.unit);
      return columns ? [line(series, columns)] : [];
    });
  }
  const sampler = createSampler(condition, { axis, first });
  return sampler ? units.map((series) => line(series, sampler(series))) : [];
}

const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);

/** Writes the sample of a line in a slot, at an instant, into one: the slot's end, or now. What little was told is `partial`. */
export function readSampleInto(
  sample: Sample,
  { columns, told, missing }: SampleLine,
  { slot, at }: { slot: number; at: number },
): void {
  const share = told ? orNull(told[slot]) : null;
  sample.at = at;
  sample.figure = orNull(columns.figure[slot]);
  sample.count = orNull(columns.count[slot]);
  sample.cases = orNull(columns.cases[slot]);
  const quality = share !== null && share < 1 ? 'partial' : 'fresh';
  sample.quality = missing?.[slot] === 1 ? 'missing' : quality;
  sample.told = share;
}

/** The sample of a line in a slot, at an instant. */
export function readSample(line: SampleLine, { slot, at }: { slot: number; at: number }): Sample {
  const sample: Sample = { at, figure: null, count: null, cases: null, quality: 'fresh', told: null };
  readSampleInto(sample, line, { slot, at });
  return sample;
}

/** The newest sample of each unit that lives, at an instant: that of the last slot, which may still be running. */
export function sampleAt(
  body: Pick<RuleBody, 'condition' | 'minimum'>,
  units: readonly SumSeries[],
  { at, ...asked }: Pick<Asked, 'axis' | 'kindOf'> & { at: number },
): Map<number, Sample> {
  const slot = asked.axis.size - 1;
  const lines = sampleAll(body, units, { ...asked, first: slot }).filter(
    ({ lives: [from, to] }) => from <= slot && slot < to,
  );
  return new Map(lines.map((line) => [line.unit, readSample(line, { slot, at })]));
}
