/** The levels that units are of. Pure. */
import type { UnitView } from '../../shared/answers.ts';
import type { UnitLevel } from '../../shared/unit.ts';

const LEVELS: readonly UnitLevel[] = ['province', 'district', 'commune', 'department', 'office'];
const PLACED: readonly UnitLevel[] = ['province', 'district', 'commune'];

/** The levels that units are of, the territorial ones first. */
export function levelsOf(units: readonly UnitView[]): UnitLevel[] {
  return LEVELS.filter((level) => units.some((unit) => unit.level === level));
}

/** Whether any of the units has a place on a map: departments and offices have none. */
export function hasPlaces(units: readonly UnitView[]): boolean {
  return units.some(({ level }) => PLACED.includes(level));
}
