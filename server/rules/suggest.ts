/** Three lines for the least level of a rule, each with the load that the same replay gives it. */
import { isReached } from '../../shared/judgement.ts';
import type { AlertSeverity, RuleVersion } from '../../shared/rule.ts';
import { boundsOfRaise, findBoundFault } from '../../shared/rule-bounds.ts';
import type { Load } from './load.ts';
import type { Replayed } from './replay.ts';
import type { SampleLine } from './sample.ts';

/** Alerts a day that one operator can bear, takes with ease, and hardly notices. */
const TARGETS = [150, 50, 15] as const;
/** Where there are never so many alerts: the shares of figures that the line should lie beyond. */
const SHARES = [0.2, 0.05, 0.01] as const;
const CANDIDATES = 48;

/** A line, and what would come of it. */
export type Suggestion = { severity: AlertSeverity; raise: number; load: Load };

/** Samples of slots `from` to `to`, as they were replayed; `run` replays a rule over the same. */
export type SuggestOrder = {
  rule: RuleVersion;
  lines: readonly SampleLine[];
  from: number;
  to: number;
  days: number;
  run: (rule: RuleVersion) => Replayed;
};

/** A rule with another line for one of its levels. */
export function withRaise(rule: RuleVersion, severity: AlertSeverity, raise: number): RuleVersion {
  const levels = rule.body.levels.map((level) => (level.severity === severity ? { ...level, raise } : level));
  return { ...rule, body: { ...rule.body, levels } };
}

/** A step of 1, 2 or 5 times a power of ten that divides a range into about fifty. */
function findStep(range: number): number {
  if (!(range > 0)) return 1;
  const rough = range / 50;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

const tidy = (value: number) => Math.round(value * 1e6) / 1e6;

/** Of each unit the figures that the rule would judge, in order of time. */
function listJudged({ rule, lines, from, to }: SuggestOrder): Float64Array[] {
  const { minimum } = rule.body;
  return lines.map(({ columns, lives }) => {
    const first = Math.max(from, lives[0]);
    const figures = columns.figure.slice(first, Math.max(first, Math.min(to, lives[1])));
    return figures.filter(
      (figure, row) => !(Number.isNaN(figure) || (columns.cases[first + row] ?? 0) < minimum),
    );
  });
}

/** Figures of all units, from the least to the greatest. */
function sortFigures(judged: readonly Float64Array[]): Float64Array {
  const figures = new Float64Array(judged.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const one of judged) {
    figures.set(one, place);
    place += one.length;
  }
  return figures.sort();
}

/** Rounded values from the best figures to the worst that a least level may have, the strictest first. */
function listCandidates({ rule }: SuggestOrder, figures: Float64Array): number[] {
  const { condition, direction, levels } = rule.body;
  const bounds = boundsOfRaise(condition);
  const next = levels.filter(({ raise }) => raise !== null).at(-2)?.raise ?? null;
  const fine = findStep((figures.at(-1) ?? 0) - (figures[0] ?? 0));
  const step = bounds.isWhole ? Math.max(1, fine) : fine;
  const values = new Set<number>();
  for (let index = 0; index <= CANDIDATES; index++) {
    const figure = figures[Math.round((index * (figures.length - 1)) / CANDIDATES)] ?? 0;
    values.add(tidy(Math.round(figure / step) * step));
  }
  // A line beyond the last figure is a choice too: it shows what peace costs.
  const edge = direction === 'below' ? (figures[0] ?? 0) - step : (figures.at(-1) ?? 0) + step;
  values.add(tidy(Math.round(edge / step) * step));
  const isAllowed = (value: number) =>
    findBoundFault(value, bounds) === null &&
    (next === null || (direction === 'below' ? value > next : value < next));
  return [...values].filter(isAllowed).sort((a, b) => (direction === 'below' ? b - a : a - b));
}

/** How many lines, the strictest first, a figure is past: always the first so many. */
function countPast(direction: 'below' | 'above', figure: number, candidates: readonly number[]): number {
  let low = 0;
  let high = candidates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(direction, figure, candidates[middle] ?? Number.NaN)) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Candidates = { candidates: readonly number[]; judged: readonly Float64Array[] };

/** Of each line, the strictest first, how often figures go past it within one unit, and how many lie beyond. Looks at each figure once. */
export function countBeyond(direction: 'below' | 'above', { candidates, judged }: Candidates) {
  const turns = new Float64Array(candidates.length + 1);
  const falls = new Float64Array(candidates.length + 1);
  for (const figures of judged) {
    let before = 0;
    let last = Number.NaN;
    for (const figure of figures) {
      const past = figure === last ? before : countPast(direction, figure, candidates);
      // Gone past by this figure: all lines between the last one's place and its own.
      if (past > before) {
        turns[before] = (turns[before] ?? 0) + 1;
        turns[past] = (turns[past] ?? 0) - 1;
      }
      falls[past] = (falls[past] ?? 0) + 1;
      before = past;
      last = figure;
    }
  }
  let [onset, beyond] = [0, falls.reduce((sum, count) => sum + count, 0)];
  return candidates.map((_, index) => {
    onset += turns[index] ?? 0;
    beyond -= falls[index] ?? 0;
    return { onsets: onset, beyond };
  });
}

/** The place of the value nearest to a target, none of those taken. */
function findNearest(values: readonly number[], target: number, taken: ReadonlySet<number>): number | null {
  let nearest: number | null = null;
  for (const [index, value] of values.entries()) {
    if (taken.has(index)) continue;
    const isNearer = nearest === null || Math.abs(value - target) < Math.abs((values[nearest] ?? 0) - target);
    if (isNearer) nearest = index;
  }
  return nearest;
}

/** What lines are chosen by: alerts a day where there can be many, else the share of figures beyond. */
function measureCandidates(
  { rule, days }: SuggestOrder,
  { figures, ...among }: Candidates & { figures: Float64Array },
) {
  const counts = countBeyond(rule.body.direction, among);
  const perDay = counts.map(({ onsets }) => onsets / Math.max(1, days));
  const most = Math.max(0, ...perDay);
  if (most >= TARGETS[2]) {
    const scale = Math.min(1, most / TARGETS[0]);
    return { values: perDay, targets: TARGETS.map((target) => target * scale) };
  }
  return { values: counts.map(({ beyond }) => beyond / figures.length), targets: [...SHARES] };
}

/** Up to three distinct lines for the least level, the strictest first; none where nothing could be judged by a value. */
export function suggestLines(order: SuggestOrder): Suggestion[] {
  const least = order.rule.body.levels.filter(({ raise }) => raise !== null).at(-1);
  const judged = listJudged(order);
  const figures = sortFigures(judged);
  if (!least || figures.length === 0) return [];
  const candidates = listCandidates(order, figures);
  const { values, targets } = measureCandidates(order, { candidates, judged, figures });
  const taken = new Set<number>();
  for (const target of targets) {
    const nearest = findNearest(values, target, taken);
    if (nearest !== null) taken.add(nearest);
  }
  return [...taken]
    .sort((a, b) => a - b)
    .map((index) => candidates[index] ?? 0)
    .map((raise) => {
      const { load } = order.run(withRaise(order.rule, least.severity, raise));
      return { severity: least.severity, raise, load };
    });
}
