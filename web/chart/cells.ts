import { type Figure, type Indicator, type Severity, severityOf } from '../../shared/indicator.ts';
import { compareValues, isSmall } from '../../shared/ranking.ts';

/** How a cell of the map is drawn: a severity, one of five steps of a scale, too few cases to judge, or no figure. */
export type CellKind = Severity | Step | 'few' | 'none';
export type Step = 'step0' | 'step1' | 'step2' | 'step3' | 'step4';

/** A kind with how many cells have it; values from `low` up to, and without, `high`; null: no end. */
export type LegendEntry = { kind: CellKind; count: number; low: number | null; high: number | null };

/** Every unit's kind, the legend from best to worst (or low to high), and the worst units first. */
export type Cells = { kinds: ReadonlyMap<number, CellKind>; legend: LegendEntry[]; worst: number[] };

/** How much of its colour a kind of cell shows over the page's; the rest of the scale runs from little to much. */
export const FILL_SHARES = { critical: 1, major: 0.78, warning: 0.55, normal: 0.45, few: 0.2 } as const;

/** Whether a kind is a step of a scale. */
export function isStep(kind: CellKind): kind is Step {
  return kind.startsWith('step');
}

/** How much of the accent a step of the scale shows. */
export function shareOfStep(kind: Step): number {
  return 0.14 + 0.2 * Number(kind.slice(4));
}

type Figures = ReadonlyMap<number, Figure>;

const STEPS: readonly Step[] = ['step0', 'step1', 'step2', 'step3', 'step4'];

/** The figure people read of an indicator: a count where it is read by its numerator. */
export function readFigure({ hero }: Pick<Indicator, 'hero'>, figure: Figure): number | null {
  return hero === 'numerator' && figure.value !== null ? figure.numerator : figure.value;
}

/** Judges the units of a map by an indicator: by its bands, or on a scale of five where it has none. */
export function judgeCells(indicator: Indicator, units: readonly number[], figures: Figures): Cells {
  const steps = indicator.bands ? [] : listSteps(indicator, units, figures);
  const kinds = new Map(units.map((unit) => [unit, kindOf(indicator, figures.get(unit), steps)]));
  const count = (kind: CellKind) => [...kinds.values()].filter((own) => own === kind).length;
  const bounds = indicator.bands ? boundsOfBands(indicator) : boundsOfSteps(steps);
  const legend = bounds.map((entry) => ({ ...entry, count: count(entry.kind) }));
  for (const kind of ['few', 'none'] as const) {
    if (count(kind) > 0) legend.push({ kind, low: null, high: null, count: count(kind) });
  }
  return { kinds, legend, worst: rankWorst(indicator, kinds, figures) };
}

function kindOf(indicator: Indicator, figure: Figure | undefined, steps: readonly number[]): CellKind {
  if (!figure) return 'none';
  if (isSmall(figure)) return 'few';
  if (indicator.bands) return severityOf(indicator, figure);
  const value = readFigure(indicator, figure) ?? 0;
  return STEPS[steps.filter((step) => value >= step).length] ?? 'step4';
}

/** Up to four values that part the units into groups of about equal size; fewer where values repeat. */
function listSteps(indicator: Indicator, units: readonly number[], figures: Figures): number[] {
  const values = units.flatMap((unit) => {
    const figure = figures.get(unit);
    if (!figure || isSmall(figure)) return [];
    return readFigure(indicator, figure) ?? [];
  });
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

function boundsOfBands({ bands, direction }: Indicator): Bounds[] {
  if (!bands) return [];
  const limits: [Severity, number | undefined][] = [
    ['warning', bands.warning],
    ['major', bands.major],
    ['critical', bands.critical],
  ];
  const known = limits.filter((limit): limit is [Severity, number] => limit[1] !== undefined);
  const isUp = direction === 'up';
  const ends = known.map(([, limit]) => limit);
  const entries: Bounds[] = known.map(([kind, limit], index) => {
    const next = ends[index + 1] ?? null;
    return isUp ? { kind, low: next, high: limit } : { kind, low: limit, high: next };
  });
  const [first = null] = ends;
  return [
    isUp ? { kind: 'normal', low: first, high: null } : { kind: 'normal', low: null, high: first },
    ...entries,
  ];
}

function boundsOfSteps(steps: readonly number[]): Bounds[] {
  return [...steps, null].map((high, index) => ({
    kind: STEPS[index] ?? 'step4',
    low: steps[index - 1] ?? null,
    high,
  }));
}

/** The critical and major ones, worst first; equal ones in the order given. */
function rankWorst(indicator: Indicator, kinds: ReadonlyMap<number, CellKind>, figures: Figures): number[] {
  const judged = [...kinds].flatMap(([unit, kind]) => {
    const figure = figures.get(unit);
    return figure && (kind === 'critical' || kind === 'major') ? [{ unit, figure }] : [];
  });
  return judged.sort((a, b) => compareValues(indicator, b.figure, a.figure)).map(({ unit }) => unit);
}
