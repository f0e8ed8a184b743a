import { COMPONENTS, type Component, INDEX_GROUP_IDS, type IndexGroupId } from './index766-components.ts';
import type { Words } from './words.ts';

/** The index of Decision 766: how counts become points, points a total, totals a band. Pure. */

const round = (value: number): number => Math.round((value + 1e-9) * 100) / 100;

/** So many of so many. */
export type Share = { numerator: number; denominator: number };

/** Why nothing is known of a component: our feeds never told of it, the portal's figure was not reported, the period is yet to begin. */
export type Unknown = 'notTold' | 'notReported' | 'notBegun';

/** What is told of a component: counts, a mere percentage, points that somebody else worked out, or nothing and why. */
export type Told =
  | (Share & { kind: 'share' })
  | { kind: 'rate'; rate: number }
  | { kind: 'points'; points: number }
  | { kind: Unknown };

/** The constants of a component, which an office may override from a day on. */
export type Constants = Pick<Component, 'max' | 'full' | 'whenNone'>;

/** Points of a share, from 0 to `max`, to two decimals; by the rule for nothing, where nothing occurred. Null: no verdict. */
export function pointsOf(
  { max, full, whenNone }: Constants,
  { numerator, denominator }: Share,
): number | null {
  if (denominator > 0) {
    const share = Math.min(1, Math.max(0, numerator / denominator) / full);
    return round(max * share);
  }
  return { full: max, zero: 0, unjudged: null }[whenNone];
}

/** How many more cases would bring full points; null where nothing occurred. */
export function casesToFull({ full }: Constants, { numerator, denominator }: Share): number | null {
  return denominator > 0 ? Math.max(0, Math.ceil(full * denominator - numerator - 1e-9)) : null;
}

/** A constant set otherwise from a day on: what is judged from then on is judged by it. */
export type IndexOverride = { [C in keyof Constants]?: Constants[C] | undefined } & {
  component: string;
  from: string;
  reason: string;
};

/** A formula in force from a day on; periods are judged by that of their first day. */
export type FormulaVersion = {
  number: number;
  from: string;
  reason: string;
  components: readonly Component[];
};

/** The day of the decision. */
const FIRST_DAY = '2022-06-23';

function constantsOf({ max, full, whenNone }: IndexOverride): Partial<Constants> {
  const set = Object.entries({ max, full, whenNone }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set);
}

/** Every version of the formula, the oldest first: the shipped one, then one for each day on which overrides begin. */
export function listVersions(overrides: readonly IndexOverride[]): FormulaVersion[] {
  const first: FormulaVersion = {
    ...{ number: 1, from: FIRST_DAY, components: COMPONENTS },
    reason: 'QĐ 766/QĐ-TTg, 23/6/2022',
  };
  const versions = [first];
  const days = Map.groupBy(overrides, ({ from }) => from);
  for (const [from, changes] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = versions.at(-1) ?? first;
    const components = before.components.map((component) => {
      const own = changes.filter((change) => change.component === component.id);
      return Object.assign({ ...component }, ...own.map(constantsOf));
    });
    const reason = [...new Set(changes.map((change) => change.reason))].join('; ');
    versions.push({ number: versions.length + 1, from, reason, components });
  }
  return versions;
}

/** The version in force on a day; before the first day the first. */
export function versionOn(versions: readonly FormulaVersion[], day: string): FormulaVersion {
  const version = versions.findLast(({ from }) => from <= day) ?? versions[0];
  if (!version) throw new RangeError('there is no version of the index');
  return version;
}

/**
 * A component with what came of it. `isTaken`: its points are somebody else's. `isRate`: a percentage is all that is told, of
 * 100. `reason`: why it has none, or that nothing occurred.
 */
export type ScoredComponent = {
  id: string;
  max: number;
  numerator: number | null;
  denominator: number | null;
  points: number | null;
  isTaken: boolean;
  isRate: boolean;
  reason: Unknown | 'nothing' | null;
};

/** A group: its points of those its known components could bring; all its points where they are taken as published. */
export type ScoredGroup = {
  id: IndexGroupId;
  max: number;
  points: number;
  outOf: number;
  isTaken: boolean;
  components: ScoredComponent[];
};

/** An index: points of as many as are known, `value` the same of 100; null where nothing is known. */
export type Score = {
  value: number | null;
  points: number;
  outOf: number;
  max: number;
  band: BandId | null;
  groups: ScoredGroup[];
};

function scoreComponent(component: Component, told: Told): ScoredComponent {
  const { id, max } = component;
  const empty = { id, max, numerator: null, denominator: null, points: null, isTaken: false, isRate: false };
  if (told.kind === 'points') {
    const points = round(Math.min(max, Math.max(0, told.points)));
    return { ...empty, points, isTaken: true, reason: null };
  }
  if (told.kind !== 'share' && told.kind !== 'rate') return { ...empty, reason: told.kind };
  const isRate = told.kind === 'rate';
  const share = isRate ? { numerator: told.rate, denominator: 100 } : told;
  const { numerator, denominator } = share;
  const points = pointsOf(component, share);
  return { ...empty, numerator, denominator, points, isRate, reason: denominator > 0 ? null : 'nothing' };
}

const sumOf = <T>(list: readonly T[], of: (one: T) => number) =>
  round(list.reduce((sum, one) => sum + of(one), 0));

function scoreGroup(id: IndexGroupId, components: ScoredComponent[], published: number | null): ScoredGroup {
  const known = components.filter(({ points }) => points !== null);
  const max = sumOf(components, (one) => one.max);
  const isWhole = components.every(({ points, reason }) => points !== null || reason === 'nothing');
  if (published !== null && !isWhole) {
    const points = round(Math.min(max, Math.max(0, published)));
    return { id, max, points, outOf: max, isTaken: true, components };
  }
  const isTaken = known.length > 0 && known.every((one) => one.isTaken);
  const points = sumOf(known, (one) => one.points ?? 0);
  return { id, max, points, outOf: sumOf(known, (one) => one.max), isTaken, components };
}

/** What is told of every component, and the points published of a group as a whole. */
export type Facts = {
  told: (component: Component) => Told;
  published: (group: IndexGroupId) => number | null;
};

/**
 * An index by a version of the formula. Published points of a group stand only where a component of it is not known: what can
 * be worked out is.
 */
export function scoreIndex({ components }: Pick<FormulaVersion, 'components'>, facts: Facts): Score {
  const groups = INDEX_GROUP_IDS.map((id) => {
    const own = components.filter(({ group }) => group === id);
    const scored = own.map((component) => scoreComponent(component, facts.told(component)));
    return scoreGroup(id, scored, facts.published(id));
  });
  const points = sumOf(groups, (group) => group.points);
  const outOf = sumOf(groups, (group) => group.outOf);
  const value = outOf === 0 ? null : round((100 * points) / outOf);
  const max = sumOf(groups, (group) => group.max);
  return { value, points, outOf, max, band: value === null ? null : bandOf(value), groups };
}

type Line = Pick<ScoredGroup, 'id' | 'points' | 'outOf'>;

/** How a total of 100 moved, and on how many groups that is told: those known alike both times. Null where there is none. */
export function changeOf(
  now: readonly Line[],
  before: readonly Line[],
): { points: number; groups: number } | null {
  const earlier = new Map(before.map((line) => [line.id, line]));
  const pairs = now.flatMap((line) => {
    const last = earlier.get(line.id);
    return last && line.outOf > 0 && last.outOf === line.outOf ? [{ line, last }] : [];
  });
  if (pairs.length === 0) return null;
  const outOf = sumOf(pairs, ({ line }) => line.outOf);
  const moved = sumOf(pairs, ({ line, last }) => line.points - last.points);
  return { points: round((100 * moved) / outOf), groups: pairs.length };
}

/** Bands of the total of 100, the best first; 80 and 70 are from memory, the ends are published. */
export const INDEX_BANDS = [
  { id: 'excellent', from: 90, words: { vi: 'Xuất sắc', en: 'Excellent' } },
  { id: 'good', from: 80, words: { vi: 'Tốt', en: 'Good' } },
  { id: 'fair', from: 70, words: { vi: 'Khá', en: 'Fair' } },
  { id: 'average', from: 50, words: { vi: 'Trung bình', en: 'Average' } },
  { id: 'weak', from: 0, words: { vi: 'Yếu', en: 'Weak' } },
] as const satisfies readonly { id: string; from: number; words: Words }[];
export type BandId = (typeof INDEX_BANDS)[number]['id'];

/** The band of a total of 100. */
export function bandOf(value: number): BandId {
  return INDEX_BANDS.find(({ from }) => value >= from)?.id ?? 'weak';
}

/** Classes of units by dossiers a month: only units of one class are ranked against each other. */
export const VOLUME_CLASSES = [
  { id: 'under100', from: 0, words: { vi: 'dưới 100 hồ sơ/tháng', en: 'under 100 dossiers a month' } },
  { id: 'under500', from: 100, words: { vi: '100-499 hồ sơ/tháng', en: '100-499 dossiers a month' } },
  { id: 'under2000', from: 500, words: { vi: '500-1.999 hồ sơ/tháng', en: '500-1,999 dossiers a month' } },
  {
    id: 'from2000',
    from: 2000,
    words: { vi: 'từ 2.000 hồ sơ/tháng', en: '2,000 dossiers a month and more' },
  },
] as const satisfies readonly { id: string; from: number; words: Words }[];
export type VolumeClass = (typeof VOLUME_CLASSES)[number]['id'];

/** The class of so many dossiers a month. */
export function volumeClassOf(monthly: number): VolumeClass {
  return VOLUME_CLASSES.findLast(({ from }) => monthly >= from)?.id ?? 'under100';
}

/** What a component could still bring, and by how many cases; null where points are taken or a percentage is all that is told. */
export type Gain = { component: string; toWin: number; cases: number | null };

/** What would raise an index most: components by the points still to win, the largest first; what has no figure is left out. */
export function listGains({ components }: Pick<FormulaVersion, 'components'>, { groups }: Score): Gain[] {
  const scored = new Map(groups.flatMap((group) => group.components.map((one) => [one.id, one])));
  const gains = components.flatMap((component): Gain[] => {
    const one = scored.get(component.id);
    if (!one || one.points === null || one.points >= one.max) return [];
    const { numerator, denominator, isRate } = one;
    const isCounted = numerator !== null && denominator !== null && !isRate;
    const cases = isCounted ? casesToFull(component, { numerator, denominator }) : null;
    return [{ component: one.id, toWin: round(one.max - one.points), cases }];
  });
  return gains.sort((a, b) => b.toWin - a.toWin);
}
