/** The story of a figure: what it is made of, who told it, who is missing, what was corrected. Law: it tells the very figure that figures tell. */
import { findIndicator } from '../../shared/catalogue.ts';
import { expectedOf } from '../../shared/completeness.ts';
import type { ExplainAnswer } from '../../shared/explain.ts';
import { writeFormula, writeSymbols } from '../../shared/formula.ts';
import type { Figure, Indicator } from '../../shared/indicator.ts';
import type { Period } from '../../shared/period.ts';
import { findThresholdView, momentOf } from '../alerts/thresholds.ts';
import { AppError } from '../errors.ts';
import { getPeriod } from '../figures/asked.ts';
import { openAsKnown } from '../figures/figures.ts';
import { listParts } from '../figures/parts.ts';
import { readSilent } from '../figures/reporting.ts';
import { elapsedWorkingDays, mapOf, type View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readYearly } from '../targets/yearly.ts';
import { readCorrections } from './corrections.ts';
import { readReported, readSystemSums, readTellers } from './sources.ts';
import { tellStated } from './stated.ts';
import { addsUp, round, showSide } from './terms.ts';
import { type FigureOrder, isNarrowed, isThere, readTold, type ToldFigure } from './told.ts';

/** Days of corrections told of one figure at the most, the newest. */
const MOST_DAYS = 30;

/** What a request for the story of a figure asks. */
export type ExplainQuery = {
  indicator: string;
  period: string;
  asKnown?: string | undefined;
  field?: string | undefined;
  procedure?: string | undefined;
  by?: FigureOrder['by'];
};

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
  { figure: whole, below }: ToldFigure,
): ExplainAnswer['children'] {
  const total = addsUp(indicator) ? sizeOf(indicator, whole) : 0;
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

/** Who reported of those who should have, and who is missing; of what nobody is expected to tell, nobody is named. */
async function readCompleteness(view: View, { unit, indicator, period }: FigureOrder) {
  const expected = expectedOf(indicator);
  if (!expected) return { reporting: 0, told: 0, silent: [] };
  const { reporting, silent } = await readSilent(view, unit, period.key, expected);
  return { reporting, told: reporting - silent.length, silent };
}

/** The sides of the formula, from the same sums as the figure; of another basis what they come to alone. */
function showSides(view: View, { indicator, period }: FigureOrder, { sums, figure }: ToldFigure) {
  const { basis, numerator, denominator } = indicator;
  const workingDays = elapsedWorkingDays(view, period);
  if (basis === 'sums')
    return {
      ...{ numerator: showSide(numerator, sums), workingDays },
      denominator: denominator && showSide(denominator, sums),
    };
  const stated = (value: number) => ({ value, terms: [] });
  return {
    ...{ numerator: stated(figure.numerator), workingDays },
    denominator: figure.denominator === null ? null : stated(figure.denominator),
  };
}

/** What is known of a unit's own figure alone, and not of areas of work and procedures. */
async function readOfUnit(asked: View, view: View, order: FigureOrder, told: ToldFigure) {
  const { unit, indicator, period } = order;
  const isOwn = !isNarrowed(order);
  const below = told.below.flatMap(({ id }) => id ?? []);
  const span = { knownFrom: period.from, knownTo: view.today, most: MOST_DAYS };
  const hasParts = isOwn && isThere(told.absence);
  const units = [unit, ...(addsUp(indicator) ? below : [])];
  return {
    stated: hasParts ? await tellStated(view, order) : null,
    parts: hasParts ? showParts(view, unit, period) : [],
    systems: isOwn ? await readSystemSums(view, unit, { indicator, period }) : [],
    corrections: hasParts
      ? await readCorrections(asked, { unit, period, indicators: [indicator], ...span })
      : [],
    reported: isOwn ? await readReported(view, { units, indicator, period }) : [],
  };
}

/** The story of one figure, cut to the scope of whoever asks. */
export async function explainFigure(
  asked: View,
  unit: ScopedUnit,
  query: ExplainQuery,
): Promise<ExplainAnswer> {
  const indicator = getIndicator(query.indicator);
  const period = getPeriod(query.period);
  const { asKnown, field, procedure, by } = query;
  const order: FigureOrder = { unit, indicator, period, asKnown, field, procedure, by };
  const view = await openAsKnown(asked, { asKnown, field: field ?? procedure });
  const told = await readTold(asked, view, order);
  const moment = momentOf(view, period.to);
  const { figure, absence, territory, subject } = told;
  return {
    ...{ unit: showUnit(view, unit), subject },
    ...{ period: period.key, from: period.from, to: period.to, seq: view.clock.seq },
    ...(asKnown === undefined ? {} : { asKnown }),
    ...{ ...absence, territory },
    indicator: showIndicator(indicator),
    formula: { words: writeFormula(indicator), symbols: writeSymbols(indicator) },
    target: indicator.target === null ? null : { value: indicator.target, source: indicator.source },
    yearly: await readYearly(view, order),
    figure,
    threshold: await findThresholdView(view, { unit, indicator: indicator.id }, moment),
    ...showSides(view, order, told),
    addsUp: addsUp(indicator),
    children: showChildren(view, indicator, told),
    ...(await readOfUnit(asked, view, order, told)),
    feeds: await readTellers(view, unit, indicator),
    completeness: await readCompleteness(view, order),
  };
}
