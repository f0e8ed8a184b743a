/** Samples of units for the rules that judge them, some units at a time, so that many fit into memory. */
import type { RuleVersion } from '../../shared/rule.ts';
import type { Axis } from '../rules/axis.ts';
import type { SampleLine } from '../rules/sample.ts';
import { isOfSums, readLines, type SampleGroup, SampleGroups, type SampleSource } from './lines.ts';
import type { LineOrder } from './sums.ts';

/** By which rules units are judged. */
export type Wishes = ReadonlyMap<number, ReadonlySet<RuleVersion>>;

/** Samples of one unit for one rule. */
export type UnitLine = { rule: RuleVersion; unit: number; line: SampleLine; axis: Axis };

/** Units whose sums are held at one time. */
const AT_ONCE = 200;

function* inParts(wishes: Wishes): Generator<Wishes> {
  const needsPeers = ({ body }: RuleVersion) => body.condition.kind === 'outlier';
  const pick = (isPeer: (rule: RuleVersion) => boolean) =>
    [...wishes].flatMap(([unit, rules]): [number, Set<RuleVersion>][] => {
      const own = [...rules].filter((rule) => isOfSums(rule.body.condition) && isPeer(rule));
      return own.length > 0 ? [[unit, new Set(own)]] : [];
    });
  const peers = pick(needsPeers);
  if (peers.length > 0) yield new Map(peers);
  const others = pick((rule) => !needsPeers(rule));
  for (let from = 0; from < others.length; from += AT_ONCE) yield new Map(others.slice(from, from + AT_ONCE));
}

/** Finds the samples of a unit for a rule among those read. */
type FindLine = (rule: RuleVersion, unit: number) => Pick<UnitLine, 'line' | 'axis'> | undefined;

async function readPart(
  source: SampleSource,
  part: Wishes,
  order: Omit<LineOrder, 'grain'>,
): Promise<FindLine> {
  const groups = new SampleGroups();
  for (const [unit, rules] of part) for (const rule of rules) groups.add(rule.body, unit);
  const found = new Map<SampleGroup, { axis: Axis; byUnit: ReadonlyMap<number, SampleLine> }>();
  for (const [grain, own] of groups.byGrain()) {
    for (const { group, axis, lines } of await readLines(source, own, { ...order, grain }))
      found.set(group, { axis, byUnit: new Map(lines.map((line) => [line.unit, line])) });
  }
  return ({ body }, unit) => {
    const group = groups.of(body);
    const own = group && found.get(group);
    const line = own?.byUnit.get(unit);
    return own && line ? { axis: own.axis, line } : undefined;
  };
}

/** Samples of units as they are wished for, unit by unit; of an outlier all peers must be. Rules of which sums know nothing have none. */
export async function* readUnitLines(
  source: SampleSource,
  wishes: Wishes,
  order: Omit<LineOrder, 'grain'>,
): AsyncGenerator<UnitLine> {
  for (const part of inParts(wishes)) {
    const find = await readPart(source, part, order);
    for (const [unit, rules] of part) {
      for (const rule of rules) {
        const found = find(rule, unit);
        if (found) yield { rule, unit, ...found };
      }
    }
  }
}
