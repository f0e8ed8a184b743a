/** Figures that are a level at an instant, and what to call that instant in a period that is over. Pure. */
import type { UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { type MeasureId, STOCK_IDS } from '../../shared/measure.ts';
import { addDays, type Period, periodOf } from '../../shared/period.ts';
import { titlesOf } from '../../shared/titles.ts';
import type { Language } from '../words/words.ts';

const STOCKS: ReadonlySet<MeasureId> = new Set(STOCK_IDS);

/** Whether what people read of an indicator is how much there was at an instant, not how much came or went. */
export function isStock({ numerator }: Pick<Indicator, 'numerator'>): boolean {
  const ids = Object.keys(numerator) as MeasureId[];
  return ids.length > 0 && ids.every((id) => STOCKS.has(id));
}

type When = { period: Period; unit: Pick<UnitView, 'to'> | null; isOver: boolean };

/** The title of a figure's tile: what is open or overdue is so now, or was so at the end of the period. */
export function titleOf({ id, words }: Indicator, isOver: boolean, { say }: Pick<Language, 'say'>): string {
  const { short, past } = titlesOf(id);
  return say((isOver ? past : undefined) ?? short ?? words);
}

/** Of which instant a level is in a period that is over, or a unit's life; null where the figure is a flow, or of now. */
export function stockDay(
  indicator: Pick<Indicator, 'numerator'>,
  { period, unit, isOver }: When,
  { t, format }: Pick<Language, 't' | 'format'>,
): string | null {
  if (!isOver || !isStock(indicator)) return null;
  const end = unit?.to != null && unit.to < period.to ? unit.to : period.to;
  // Its year is that of the period, which stands above; on a tile there is no room to say it twice.
  const last = addDays(end, -1);
  return t('tile.endOf', { day: format.shortPeriod(periodOf(last, 'day'), last) });
}
