/** The story of a figure: what it is made of, who told it, who is missing, what was corrected. Law: it tells the very figure that figures tell. */
import type { FigureRow } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { ExplainAnswer } from '../../shared/explain.ts';
import { writeFormula, writeSymbols } from '../../shared/formula.ts';
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { emptySums } from '../../shared/measure.ts';
import type { Period } from '../../shared/period.ts';
import { findThresholdView, momentOf } from '../alerts/thresholds.ts';
import { AppError } from '../errors.ts';
import { getPeriod } from '../figures/asked.ts';
import { openAsKnown, readFigures } from '../figures/figures.ts';
import { listParts } from '../figures/parts.ts';
import { readSilent } from '../figures/reporting.ts';
import { elapsedWorkingDays, mapOf, readPeriodSums, type View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readCorrections } from './corrections.ts';
import { readReported, readSystemSums, readTellers } from './sources.ts';
import { addsUp, round, showSide } from './terms.ts';

/** Days of corrections told of one figure at the most, the newest. */
const MOST_DAYS = 30;

/** What a request for the story of a figure asks. */
export type ExplainQuery = { indicator: string; period: string; asKnown?: string | undefined };

/** The indicator that a request names; AppError `badInput` for none. */
export function getIndicator(id: string): Indicator {
  const indicator = findIndicator(id);
  if (indicator) return indicator;
  throw new AppError('badInput', `There is no indicator ${id}.`, [
    { field: 'indicator', reason: 'is not in the catalogue' },
  ]);
}

/** By what a unit's part in the whole is measured: cases of a rate, the count itself of a count. */
function sizeOf({ hero }: Indicator, { numerator, denominator }: Figure): number {
  return hero === 'numerator' || denominator === null ? numerator : denominator;
}

/** The units below with their figures and their part in the whole, the largest first. */
function showChildren(
  view: View,
  indicator: Indicator,
  [own, ...below]: readonly FigureRow[],
): ExplainAnswer['children'] {
  const whole = own?.figures[indicator.id];
  const total = whole && addsUp(indicator) ? sizeOf(indicator, whole) : 0;
  return below
    .flatMap((row) => {
      const figure = row.figures[indicator.id];
      if (!figure || row.id === undefined) return [];
      const size = sizeOf(indicator, figure);
      const share = total > 0 ? round((100 * size) / total) : null;
      return { child: { unit: showUnit(view, row.id), figure, share }, size };
    })
    .sort((a, b) => b.size - a.size || (a.child.unit.code < b.child.unit.code ? -1 : 1))
    .map(({ child }) => child);
}

/** Those whose sums stand in for the unit's in some of the days, with their weight; none where it answers itself for all of them. */
function showParts(view: View, unit: ScopedUnit, period: Period): ExplainAnswer['parts'] {
  const parts = listParts(view, unit, period, mapOf(period, view.today));
  if (parts.every((part) => part.unit === unit)) return [];
  return parts.map((part) => ({
    unit: showUnit(view, part.unit),
    ...{ from: part.from, to: part.to, weight: Math.round(part.weight * 10_000) / 10_000 },
  }));
}

function showIndicator(indicator: Indicator): ExplainAnswer['indicator'] {
  const { id, group, version, words, noun, basis, unit, direction, source, benchmark } = indicator;
  return { id, group, version, words, noun, basis, unit, direction, source, benchmark };
}

/** Who reported of those who should have, and who is missing. */
async function readCompleteness(view: View, unit: ScopedUnit, period: Period) {
  const { reporting, silent } = await readSilent(view, unit, period.key);
  return { reporting, told: reporting - silent.length, silent };
}

type Order = { unit: ScopedUnit; indicator: Indicator; period: Period; query: ExplainQuery };

/** The sides of the formula, from the same sums as the figure. */
async function readSides(view: View, { unit, indicator, period }: Order, hasFigures: boolean) {
  const told = hasFigures ? await readPeriodSums(view, [unit], period) : undefined;
  const sums = told?.get(unit)?.sums ?? emptySums();
  const { numerator, denominator } = indicator;
  return {
    numerator: showSide(numerator, sums),
    denominator: denominator && showSide(denominator, sums),
    workingDays: elapsedWorkingDays(view, period),
  };
}

/** What was corrected since it was first shown, as far as the day that is asked about. */
function readOwnCorrections(asked: View, view: View, { unit, indicator, period }: Order) {
  const span = { knownFrom: period.from, knownTo: view.today, most: MOST_DAYS };
  return readCorrections(asked, { unit, period, indicators: [indicator], ...span });
}

/** The story of one figure, cut to the scope of whoever asks. */
export async function explainFigure(
  asked: View,
  unit: ScopedUnit,
  query: ExplainQuery,
): Promise<ExplainAnswer> {
  const indicator = getIndicator(query.indicator);
  const period = getPeriod(query.period);
  const order: Order = { unit, indicator, period, query };
  const view = await openAsKnown(asked, query);
  const { asKnown } = query;
  const figures = { period: period.key, indicators: indicator.id, children: '1' as const, asKnown };
  const { units } = await readFigures(asked, unit, figures);
  const [own] = units;
  const figure = own?.figures[indicator.id];
  if (!own || !figure) throw new Error('figures of a unit come without its own');
  const { ended, begins, noData, dataFrom, territory } = own;
  const isKnown = ended === undefined && begins === undefined && noData === undefined;
  const below = units.flatMap(({ id }) => (id === undefined || id === unit ? [] : id));
  return {
    unit: showUnit(view, unit),
    ...{ period: period.key, from: period.from, to: period.to, seq: view.clock.seq },
    ...(asKnown === undefined ? {} : { asKnown }),
    ...{ ended, begins, noData, dataFrom, territory },
    indicator: showIndicator(indicator),
    formula: { words: writeFormula(indicator), symbols: writeSymbols(indicator) },
    target: indicator.target === null ? null : { value: indicator.target, source: indicator.source },
    figure,
    threshold: await findThresholdView(view, { unit, indicator: indicator.id }, momentOf(view, period.to)),
    ...(await readSides(view, order, isKnown)),
    addsUp: addsUp(indicator),
    children: showChildren(view, indicator, units),
    parts: isKnown ? showParts(view, unit, period) : [],
    systems: await readSystemSums(view, unit, order),
    feeds: await readTellers(view, unit, indicator),
    completeness: await readCompleteness(view, unit, period),
    corrections: isKnown ? await readOwnCorrections(asked, view, order) : [],
    reported: await readReported(view, {
      units: [unit, ...(addsUp(indicator) ? below : [])],
      ...{ indicator, period },
    }),
  };
}
