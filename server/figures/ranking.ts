import { Absence, type FigureRow, type RankingAnswer } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { rankUnits } from '../../shared/ranking.ts';
import { fallBack } from '../../shared/reported.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readFigures } from './figures.ts';
import type { View } from './sums.ts';
import { showUnit } from './views.ts';

/** Why a row has no figures. */
function absenceOf(row: FigureRow | undefined): Absence {
  return row ? Absence.parse(row) : {};
}

/** Units below one by one indicator, in the order of `rankUnits`. */
export async function readRanking(
  view: View,
  unit: ScopedUnit,
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
  const [own, ...rows] = answer.units;
  const below = rows.flatMap((row) => {
    const figure = row.figures[indicator.id];
    if (row.id === undefined || !figure) return [];
    return [{ unit: showUnit(view, row.id), figure: fallBack(figure), ...absenceOf(row) }];
  });
  const latest = own?.figures[indicator.id]?.unreported?.latest;
  return {
    period: answer.period,
    ...(latest ? { of: latest.period } : {}),
    indicator: indicator.id,
    seq: answer.seq,
    ...absenceOf(own),
    completeness: own?.figures[indicator.id]?.completeness ?? null,
    ...(own?.territory ? { territory: own.territory } : {}),
    ...rankUnits(below, { indicator, thresholdsOf: ({ figure }) => figure.threshold ?? null }),
  };
}
