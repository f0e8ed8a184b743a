/** Samples of many units for many conditions, from stored sums: the same for the newest instant and for a year of them. */
import type { MeasureId } from '../../shared/measure.ts';
import { obtain } from '../../shared/obtain.ts';
import { addDays } from '../../shared/period.ts';
import type { Condition, RuleBody } from '../../shared/rule.ts';
import { FINE_DAYS } from '../../shared/same-point.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { type Axis, createAxis } from '../rules/axis.ts';
import { ANSWERED_BY, historyOf, measuresOf, type SampleLine, sampleAll } from '../rules/sample.ts';
import type { SumSeries } from '../rules/series.ts';
import type { Site } from '../site.ts';
import { type LineOrder, readSumSeries, type SumSource } from './sums.ts';
import { readTold } from './told.ts';

/** What of a rule decides its samples. */
export type Sampled = Pick<RuleBody, 'condition' | 'minimum' | 'partialBelow'>;

/** Whose samples are wanted for a condition; of an outlier all peers. */
export type SampleGroup = { body: Sampled; units: ReadonlySet<number> };

/** Where samples come from. */
export type SampleSource = SumSource & { site: Pick<Site, 'calendar'> };

/** Samples of one group, with the slots that they are of. */
export type GroupLines = { group: SampleGroup; axis: Axis; lines: readonly SampleLine[] };

/** Whether sums answer a condition. */
export function isOfSums({ kind }: Condition): boolean {
  return ANSWERED_BY[kind] === 'sums' || ANSWERED_BY[kind] === 'peers';
}

/** The grain whose sums answer a condition that is judged at each change, at hours or at days. */
export function grainOf(condition: Condition, cadence: RuleBody['cadence']): 'hour' | 'day' {
  if (condition.kind === 'anomaly') return condition.grain;
  if (cadence !== 'change') return cadence;
  // Compared with an earlier day up to this very hour.
  return condition.kind === 'change' && historyOf(condition) <= FINE_DAYS ? 'hour' : 'day';
}

/** From which day on sums are read so that a condition is known from another; hours that are no longer kept are unknown to some. */
function startOf(condition: Condition, { grain, from, fine }: LineOrder): string {
  const start = addDays(from, -historyOf(condition));
  return grain === 'hour' && condition.kind === 'anomaly' && start < fine ? fine : start;
}

/** Looking back so many days costs about the same: groups within one are read together. */
const HISTORY_STEPS = [40, 130, 800];

function stepOf(condition: Condition): number {
  const history = historyOf(condition);
  return HISTORY_STEPS.findIndex((days) => history <= days);
}

/** Levels that units have in common with their peers. */
const kindOf = (tree: UnitTree) => (unit: number) => tree.get(unit).level;

/** Sums that several groups are sampled from. */
export type ReadSums = { axis: Axis; series: ReadonlyMap<number, SumSeries> };

/** Reads the sums that some groups need, all at once. */
export async function readSums(
  source: SampleSource,
  groups: readonly SampleGroup[],
  order: LineOrder,
): Promise<ReadSums> {
  const ids = new Set<MeasureId>(groups.flatMap(({ body }) => measuresOf(body.condition)));
  const units = new Set(groups.flatMap((group) => [...group.units]));
  const starts = groups.map(({ body }) => startOf(body.condition, order)).sort();
  const from = starts[0] ?? order.from;
  const series = await readSumSeries(source, { ...order, from, units: [...units], ids: [...ids] });
  const [first] = series.values();
  const axis = createAxis({ grain: order.grain, starts: first?.starts ?? [] }, source.site.calendar);
  return { axis, series };
}

/** Samples one group from sums that hold all it needs: those of the order's own slots. */
export async function sampleGroup(
  source: SampleSource,
  group: SampleGroup,
  { axis, series, order }: ReadSums & { order: LineOrder },
): Promise<GroupLines> {
  const { body, units } = group;
  const own = [...units].flatMap((unit) => series.get(unit) ?? []);
  const told =
    body.partialBelow > 0 ? await readTold(source, { units, condition: body.condition, axis, order }) : null;
  const shared = told ? own.map((one) => ({ ...one, told: told.get(one.unit) ?? null })) : own;
  const first = Math.max(0, axis.days.indexOf(order.from));
  return { group, axis, lines: sampleAll(body, shared, { axis, first, kindOf: kindOf(source.tree) }) };
}

/** Samples of groups. */
export async function readLines(
  source: SampleSource,
  groups: readonly SampleGroup[],
  order: LineOrder,
): Promise<GroupLines[]> {
  const all: GroupLines[] = [];
  for (const together of Map.groupBy(groups, ({ body }) => stepOf(body.condition)).values()) {
    const sums = await readSums(source, together, order);
    for (const group of together) all.push(await sampleGroup(source, group, { ...sums, order }));
  }
  return all;
}

const names = new WeakMap<RuleBody, string>();

/** What bodies have in common whose samples are the same. */
export function nameOfSamples(body: RuleBody): string {
  const { condition, minimum, partialBelow } = body;
  const known = names.get(body) ?? JSON.stringify([condition, minimum, partialBelow]);
  names.set(body, known);
  return known;
}

type FilledGroup = { body: Sampled; units: Set<number>; cadence: RuleBody['cadence'] };

const nameOf = (body: RuleBody) => `${body.cadence} ${nameOfSamples(body)}`;

/** Groups that are filled unit by unit: those whose samples are the same come together. */
export class SampleGroups {
  readonly #groups = new Map<string, FilledGroup>();

  /** Adds a unit that a rule judges. */
  add(body: RuleBody, unit: number): void {
    const make = () => ({ body, units: new Set<number>(), cadence: body.cadence });
    obtain(this.#groups, nameOf(body), make).units.add(unit);
  }

  /** The group of a rule; undefined before any unit came to it. */
  of(body: RuleBody): SampleGroup | undefined {
    return this.#groups.get(nameOf(body));
  }

  /** The groups by the grain of their sums. */
  byGrain(): Map<'hour' | 'day', SampleGroup[]> {
    return Map.groupBy(this.#groups.values(), ({ body, cadence }) => grainOf(body.condition, cadence));
  }
}
