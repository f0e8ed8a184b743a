import type { Figure, Indicator, Severity } from '../../shared/indicator.ts';
import {
  type Bands,
  compareJudgements,
  isCount,
  type Judgement,
  judge,
  type Thresholds,
} from '../../shared/judgement.ts';

/** How a cell of the map is drawn: a severity, a step of a scale, too few cases to judge, nothing occurred, or no figure. */
export type CellKind = Severity | Step | 'few' | 'nothing' | 'none';
export type Step = 'step0' | 'step1' | 'step2' | 'step3' | 'step4';

/**
 * A kind with how many cells have it; figures from `low` up to, and without, `high`; null: no end. Of counts a share from
 * `share` on makes the kind too.
 */
export type LegendEntry = {
  kind: CellKind;
  count: number;
  low: number | null;
  high: number | null;
  share: number | null;
};

/**
 * Every unit's kind, the legend from best to worst (or low to high), the critical and major units, the worst first, and in
 * the same order those of few cases that appear to be. `usual`: a unit judged by the thresholds that most have, which the legend
 * shows; null where none is. `others`: how many units are judged by other ones.
 */
export type Cells = {
  kinds: ReadonlyMap<number, CellKind>;
  legend: LegendEntry[];
  worst: number[];
  doubtful: number[];
  usual: number | null;
  others: number;
};

/** How much of its colour a kind of cell shows over the page's; the rest of the scale runs from little to much. */
export const FILL_SHARES = {
  critical: 1,
  major: 0.78,
  warning: 0.55,
  normal: 0.45,
  few: 0.2,
  nothing: 0.08,
} as const;

/** Whether a kind is a step of a scale. */
export function isStep(kind: CellKind): kind is Step {
  return kind.startsWith('step');
}

/** How much of the accent a step of the scale shows. */
export function shareOfStep(kind: Step): number {
  return 0.14 + 0.2 * Number(kind.slice(4));
}

/** The figures of units, and what each one's is judged by. */
export type CellFigures = {
  figures: ReadonlyMap<number, Figure>;
  thresholdsOf: (unit: number) => Thresholds | null;
};

const STEPS: readonly Step[] = ['step0', 'step1', 'step2', 'step3', 'step4'];

/** The thresholds that most units have, the first of them, and how many have others. */
function findUsual(units: readonly number[], thresholdsOf: CellFigures['thresholdsOf']) {
  const byText = Map.groupBy(units, (unit) => JSON.stringify(thresholdsOf(unit)));
  const [most = []] = [...byText.values()].sort((a, b) => b.length - a.length);
  const [usual = null] = most;
  return {
    usual,
    thresholds: usual === null ? null : thresholdsOf(usual),
    others: units.length - most.length,
  };
}

/** Judges the units of a map by an indicator: each by its thresholds, or on a scale of five where none has any. */
export function judgeCells(
  indicator: Indicator,
  units: readonly number[],
  { figures, thresholdsOf }: CellFigures,
): Cells {
  const judgements = new Map(
    units.flatMap((unit): [number, Judgement][] => {
      const figure = figures.get(unit);
      return figure ? [[unit, judge(indicator, figure, thresholdsOf(unit))]] : [];
    }),
  );
  const { usual, thresholds, others } = findUsual(units, thresholdsOf);
  const hasBands = units.some((unit) => {
    const own = thresholdsOf(unit);
    return own !== null && (own.bands !== null || own.countBands !== null);
  });
  const steps = hasBands ? [] : listSteps([...judgements.values()]);
  const kinds = new Map(units.map((unit) => [unit, kindOf(judgements.get(unit), hasBands ? null : steps)]));
  const count = (kind: CellKind) => [...kinds.values()].filter((own) => own === kind).length;
  const bounds = hasBands ? boundsOfBands(indicator, thresholds) : boundsOfSteps(steps);
  const legend = bounds.map((entry) => ({ ...entry, count: count(entry.kind) }));
  for (const kind of ['few', 'nothing', 'none'] as const) {
    if (count(kind) > 0) legend.push({ kind, low: null, high: null, share: null, count: count(kind) });
  }
  const [worst, doubtful] = (['judged', 'few'] as const).map((standing) =>
    listWorst(indicator, judgements, standing),
  );
  return { kinds, legend, worst: worst ?? [], doubtful: doubtful ?? [], usual, others };
}

function kindOf(judgement: Judgement | undefined, steps: readonly number[] | null): CellKind {
  if (!judgement || judgement.standing === 'unknown') return 'none';
  if (judgement.standing !== 'judged') return judgement.standing;
  if (!steps) return judgement.severity;
  const figure = judgement.figure ?? 0;
  return STEPS[steps.filter((step) => figure >= step).length] ?? 'step4';
}

/** Up to four values that part the units into groups of about equal size; fewer where values repeat. */
function listSteps(judgements: readonly Judgement[]): number[] {
  const values = judgements.flatMap(({ standing, figure }) => (standing === 'judged' ? (figure ?? []) : []));
  values.sort((a, b) => a - b);
  const steps = [1, 2, 3, 4].map((part) => roundStep(values[Math.floor((values.length * part) / 5)] ?? 0));
  const [lowest = 0, highest = 0] = [values[0], values.at(-1)];
  return [...new Set(steps)].filter((step) => step > lowest && step <= highest);
}

/** Two leading digits are enough for the border of a class. */
function roundStep(value: number): number {
  if (value === 0) return 0;
  const power = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Math.round(Math.round(value / power) * power * 1e6) / 1e6;
}

type Bounds = Omit<LegendEntry, 'count'>;

type Limit = [kind: Severity, limit: number];

function limitsOf(bands: Bands | null): Limit[] {
  const limits: [Severity, number | null][] = [
    ['warning', bands?.warning ?? null],
    ['major', bands?.major ?? null],
    ['critical', bands?.critical ?? null],
  ];
  return limits.filter((limit): limit is Limit => limit[1] !== null);
}

/** The bands by which the figure is judged; beside those of a count, those of its share. */
function boundsOfBands({ hero, denominator }: Indicator, thresholds: Thresholds | null): Bounds[] {
  const { bands = null, countBands = null, direction = 'below' } = thresholds ?? {};
  const isCounted = isCount({ hero, denominator: denominator && 1 });
  const known = limitsOf(isCounted && countBands ? countBands : bands);
  const shares = new Map(isCounted && countBands && denominator ? limitsOf(bands) : []);
  const isUp = direction === 'below';
  const ends = known.map(([, limit]) => limit);
  const entries = known.map(([kind, limit], index): Bounds => {
    const next = ends[index + 1] ?? null;
    const share = shares.get(kind) ?? null;
    return isUp ? { kind, low: next, high: limit, share } : { kind, low: limit, high: next, share };
  });
  const [first = null] = ends;
  const normal: Bounds = { kind: 'normal', low: isUp ? first : null, high: isUp ? null : first, share: null };
  return [normal, ...entries];
}

function boundsOfSteps(steps: readonly number[]): Bounds[] {
  return [...steps, null].map((high, index) => ({
    kind: STEPS[index] ?? 'step4',
    low: steps[index - 1] ?? null,
    high,
    share: null,
  }));
}

/** Of one standing those that are, or appear, critical and major, worst first; equal ones in the order given. */
function listWorst(
  indicator: Indicator,
  judgements: ReadonlyMap<number, Judgement>,
  standing: 'judged' | 'few',
): number[] {
  return [...judgements]
    .filter(([, judgement]) => {
      const level = standing === 'judged' ? judgement.severity : judgement.apparent;
      return judgement.standing === standing && (level === 'critical' || level === 'major');
    })
    .sort(([, a], [, b]) => compareJudgements(indicator, b, a))
    .map(([unit]) => unit);
}
