/** Why there are no figures, as answers and the live view say. Pure. */
import type { Absence, FiguresAnswer, UnitView } from '../../shared/answers.ts';
import { hasEndedBy } from '../../shared/period.ts';
import type { LiveState } from '../live/fold.ts';
import { isSilent } from './live-figures.ts';

/** What an answer says of why it has no figures; undefined where it has. */
export function readAbsence(said: Absence | undefined): Absence | undefined {
  if (said?.noData !== undefined)
    return { noData: said.noData, ...(said.dataFrom !== undefined && { dataFrom: said.dataFrom }) };
  if (said?.ended !== undefined) return { ended: said.ended };
  return said?.begins === undefined ? undefined : { begins: said.begins };
}

/** Why a unit has no figures: by the live view of a period that runs, else by what was told. */
export function findAbsence(source: {
  unit: UnitView | null;
  state: LiveState | null;
  told: FiguresAnswer | undefined;
}): Absence | undefined {
  const { unit, state, told } = source;
  if (!state || !unit) return readAbsence(told?.units[0]);
  if (hasEndedBy(unit, state.day)) return { ended: unit.to };
  return isSilent(state, unit.id) ? { noData: 'neverTold' } : undefined;
}
