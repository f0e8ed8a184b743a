/**
 * Figures that stored sums do not give: of each basis the room that states them. Hides which room that is.
 * Law: what no room knows has no value. A room adds itself to READERS; it imports sums and views of this room, never `figures.ts`.
 */
import { type Basis, type Figure, type Indicator, NO_FIGURE } from '../../shared/indicator.ts';
import type { Period } from '../../shared/period.ts';
import { readIndexFigures } from '../index766/stated-index.ts';
import { readFeedFigures, readSystemFigures } from '../systems/stated-systems.ts';
import { readCountdown } from '../tasks/countdown.ts';
import type { View } from './sums.ts';

/** What is asked of a room: indicators of its basis, of some units, over the days of a period before `to` (exclusive). */
export type StatedOrder = {
  indicators: readonly Indicator[];
  units: readonly number[];
  period: Period;
  to: string;
};

/** The figures of a room, by unit and indicator; one that is left out is not known. */
export type ReadStated = (
  view: View,
  order: StatedOrder,
) => Promise<ReadonlyMap<number, Readonly<Record<string, Figure>>>>;

/** Which room states the figures of a basis. */
const READERS: Partial<Record<Exclude<Basis, 'sums'>, ReadStated>> = {
  feeds: readFeedFigures,
  systems: readSystemFigures,
  countdown: readCountdown,
  index: readIndexFigures,
};

/** Finds the figure of an indicator of another basis than sums. */
export type FindStated = (unit: number, indicator: Indicator) => Figure;

/** Figures of those of some indicators that stored sums do not give; a room is asked only if one of them is its own. */
export async function readStated(view: View, order: StatedOrder): Promise<FindStated> {
  const found = new Map<Basis, Awaited<ReturnType<ReadStated>>>();
  for (const [basis, indicators] of Map.groupBy(order.indicators, (one) => one.basis)) {
    const read = basis === 'sums' ? undefined : READERS[basis];
    if (read) found.set(basis, await read(view, { ...order, indicators }));
  }
  return (unit, { basis, id }) => found.get(basis)?.get(unit)?.[id] ?? NO_FIGURE;
}
