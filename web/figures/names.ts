/** Names of units as screens need them: without the word for their kind, or told apart from others of the same name. */
import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { UnitView } from '../../shared/answers.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { unitQuery } from '../api.ts';
import { type Language, useLanguage } from '../words/words.ts';

/** What every name begins, or in English ends, with; a ward that is only a number keeps it. */
const TYPE_WORD =
  /^(?:Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã|Thành phố|Tỉnh) (?!\d)| (?:Commune|Ward|Township|Special Zone|District|Town|City|Province)$/;

/** A name without the word for its kind: `Yên Lạc` of `Xã Yên Lạc`. */
export function bareName(name: string): string {
  return name.replace(TYPE_WORD, '');
}

/** Those of some units whose name another of them, or of the units `beside` them, has too. */
export function listNamesakes(units: readonly UnitView[], beside: readonly UnitView[] = []): UnitView[] {
  const all = [...units, ...beside];
  return units.filter((unit) => all.some((other) => other.id !== unit.id && isNamesake(unit, other)));
}

const isNamesake = (unit: UnitView, other: UnitView) => other.name.vi === unit.name.vi;

type Told = AnswerOf<'getUnit'>;

/** What is known of units that are no more, in their order; undefined while it is not. */
function useTold(units: readonly UnitView[]): (Told | undefined)[] {
  return useQueries({
    queries: units.map(({ ref }) => unitQuery(ref)),
    combine: (answers) => answers.map(({ data }) => data),
  });
}

/** A name with where the unit was: `Sở Tư pháp (Vĩnh Phúc cũ)`; or that it was: `Tỉnh Phú Thọ (cũ)`. */
function nameFormer(unit: UnitView, told: Told | undefined, { t, say }: Pick<Language, 't' | 'say'>): string {
  const place = told?.path.at(-2)?.name;
  return place
    ? t('unit.formerOf', { unit: say(unit.name), place: bareName(say(place)) })
    : t('unit.former', { unit: say(unit.name) });
}

/** How to name each of some units: namesakes that are no more, also of those `beside` them, say where they were. */
export function useUnitNames(
  units: readonly UnitView[],
  beside?: readonly UnitView[],
): (unit: UnitView) => string {
  const { t, say } = useLanguage();
  const former = useMemo(() => listNamesakes(units, beside).filter(({ to }) => to !== null), [units, beside]);
  const told = useTold(former);
  return useCallback(
    (unit: UnitView) => {
      const index = former.findIndex(({ id }) => id === unit.id);
      return index < 0 ? say(unit.name) : nameFormer(unit, told[index], { t, say });
    },
    [former, told, say, t],
  );
}

/**
 * How to name units that stand alone, as in a title or a path: one that is no more and whose successor has its name says
 * so as it does in a list.
 */
export function useOwnNames(units: readonly UnitView[]): (unit: UnitView) => string {
  const { t, say } = useLanguage();
  const former = useMemo(() => units.filter(({ to }) => to !== null), [units]);
  const told = useTold(former);
  return useCallback(
    (unit: UnitView) => {
      const own = told[former.findIndex(({ id }) => id === unit.id)];
      const hasHeir = own?.successors.some((kin) => isNamesake(unit, kin.unit)) ?? false;
      return hasHeir ? nameFormer(unit, own, { t, say }) : say(unit.name);
    },
    [former, told, say, t],
  );
}
