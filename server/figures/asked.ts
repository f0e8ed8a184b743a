/** What a request names, found or refused. */
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { type Period, parsePeriod } from '../../shared/period.ts';
import { AppError } from '../errors.ts';

/** The period a request names; AppError `badInput` for none. */
export function getPeriod(key: string): Period {
  const period = parsePeriod(key);
  if (!period)
    throw new AppError('badInput', `${key} is no period.`, [
      { field: 'period', reason: 'use 2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026' },
    ]);
  return period;
}

/** The indicators a request names by comma-separated ids, all without any; AppError `badInput` for an unknown one. */
export function getIndicators(ids: string | undefined): readonly Indicator[] {
  if (ids === undefined) return INDICATORS;
  return ids.split(',').map((id) => {
    const indicator = findIndicator(id.trim());
    if (!indicator)
      throw new AppError('badInput', `There is no indicator ${id}.`, [
        { field: 'indicators', reason: `${id} is not in the catalogue` },
      ]);
    return indicator;
  });
}
