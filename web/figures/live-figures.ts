/** Figures of current periods from live rows: the same arithmetic as the server's, from the same sums. Pure. */
import { evaluate, type Figure, type Indicator, NO_FIGURE } from '../../shared/indicator.ts';
import { isLive } from '../../shared/live-measures.ts';
import { emptySums, STOCK_IDS, type Sums } from '../../shared/measure.ts';
import { addDays, hasEndedBy, type Period, periodOf } from '../../shared/period.ts';
import { type LiveState, rowKey } from '../live/fold.ts';

const NOTHING = emptySums();

/** How many days a spark line covers. */
export const SPARK_DAYS = 30;

/** Whether a period is the one now running, of a grain that is kept live. */
export function isCurrentPeriod(period: Period, today: string): boolean {
  return period.grain !== 'week' && periodOf(today, period.grain).key === period.key;
}

/** The sums of a unit over the current period of a grain: flows of the period, stocks as they stand now. */
export function liveSums(state: LiveState, unit: number, period: Period): Sums {
  const sums = { ...(state.rows.get(rowKey(unit, period.grain, period.from))?.sums ?? NOTHING) };
  const ever = state.rows.get(rowKey(unit, 'ever', ''))?.sums ?? NOTHING;
  for (const id of STOCK_IDS) sums[id] = ever[id];
  return sums;
}

/** Whether the watched unit is no more: then nobody answers for it now. */
const hasEnded = ({ unit, day }: LiveState) => hasEndedBy(unit, day);

/** Whether nothing was ever told of the watched unit or a child: its sums are unknown, not 0. */
export function isSilent(state: LiveState, unit: number): boolean {
  return state.silent.has(unit) && !state.rows.has(rowKey(unit, 'ever', ''));
}

/** A figure of the watched unit or of one of its children over a current period; none of what is not told live. */
export function liveFigure(
  state: LiveState,
  { unit, period, indicator }: { unit: number; period: Period; indicator: Indicator },
): Figure {
  if ((unit === state.unit.id && hasEnded(state)) || isSilent(state, unit) || !isLive(indicator))
    return NO_FIGURE;
  return evaluate(indicator, liveSums(state, unit, period), state.workingDays[period.grain] ?? null);
}

/**
 * The watched unit's figure on each of the last days, oldest first, today last; null where nothing occurred.
 * Stocks are walked back from their level now by each day's net change. Of a pace per day the running day is left out.
 */
export function sparkOf(state: LiveState, indicator: Indicator, days = SPARK_DAYS): (number | null)[] {
  if (hasEnded(state) || isSilent(state, state.unit.id) || !isLive(indicator))
    return Array.from({ length: days }, () => null);
  const figures = listDays(state, { indicator, days });
  if (indicator.unit !== 'days') return readSpark(indicator, figures);
  return [...readSpark(indicator, figures.slice(0, -1)), null];
}

/**
 * What a spark line shows of days in order: the figure people read; null where nothing occurred, and for a rate where
 * a day has under a tenth of the usual cases (a weekend's two dossiers would hide a month's course).
 */
export function readSpark(indicator: Indicator, days: readonly Figure[]): (number | null)[] {
  if (indicator.hero === 'numerator') return days.map(({ numerator }) => numerator);
  const cases = days.map(({ denominator }) => denominator ?? 0).toSorted((a, b) => a - b);
  const usual = cases[Math.floor(cases.length / 2)] ?? 0;
  return days.map(({ value, denominator }) =>
    denominator !== null && denominator < usual / 10 ? null : value,
  );
}

function listDays(state: LiveState, { indicator, days }: { indicator: Indicator; days: number }): Figure[] {
  const levels = { ...(state.rows.get(rowKey(state.unit.id, 'ever', ''))?.sums ?? NOTHING) };
  const figures: Figure[] = [];
  for (let back = 0; back < days; back += 1) {
    const day = addDays(state.day, -back);
    const moved = state.rows.get(rowKey(state.unit.id, 'day', day))?.sums ?? NOTHING;
    const sums = { ...moved };
    for (const id of STOCK_IDS) {
      sums[id] = levels[id];
      levels[id] -= moved[id];
    }
    figures.unshift(evaluate(indicator, sums, 1));
  }
  return figures;
}
