import type { RankingAnswer } from '../../shared/answers.ts';
import { findIndicator, SMALL_COUNT } from '../../shared/indicator.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import { readFigures } from './figures.ts';
import type { View } from './sums.ts';
import { showUnit } from './views.ts';

/** Units below one, best first by one indicator; rates over few cases, and units where nothing occurred, stand apart. */
export async function readRanking(
  view: View,
  unit: number,
  query: { period: string; indicator: string; level?: UnitLevel | undefined },
): Promise<RankingAnswer> {
  const indicator = findIndicator(query.indicator);
  if (!indicator) {
    throw new AppError('badInput', `There is no indicator ${query.indicator}.`, [
      { field: 'indicator', reason: 'is not in the catalogue' },
    ]);
  }
  const answer = await readFigures(view, unit, {
    period: query.period,
    indicators: indicator.id,
    children: '1',
    level: query.level,
  });
  const below = answer.units.slice(1).flatMap((row) => {
    const figure = row.figures[indicator.id];
    if (row.id === undefined || !figure) return [];
    return [{ unit: showUnit(view, row.id), figure }];
  });
  const counted = ({ figure }: (typeof below)[number]) =>
    figure.value !== null && (figure.denominator === null || figure.denominator >= SMALL_COUNT);
  const sign = indicator.direction === 'down' ? 1 : -1;
  const ranked = below
    .filter(counted)
    .sort(
      (a, b) =>
        sign * ((a.figure.value ?? 0) - (b.figure.value ?? 0)) || (a.unit.code < b.unit.code ? -1 : 1),
    );
  return {
    period: answer.period,
    indicator: indicator.id,
    seq: answer.seq,
    ranked: ranked.map((row, index) => ({ rank: index + 1, ...row })),
    guarded: below.filter((row) => !counted(row)),
  };
}
