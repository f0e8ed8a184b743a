/** Names of units as screens need them: without the word for their kind, or told apart from others of the same name. */
import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { UnitView } from '../../shared/answers.ts';
import { unitQuery } from '../api.ts';
import { useLanguage } from '../words/words.ts';

/** What every name begins, or in English ends, with; a ward that is only a number keeps it. */
const TYPE_WORD =
  /^(?:Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã|Thành phố|Tỉnh) (?!\d)| (?:Commune|Ward|Township|Special Zone|District|Town|City|Province)$/;

/** A name without the word for its kind: `Yên Lạc` of `Xã Yên Lạc`. */
export function bareName(name: string): string {
  return name.replace(TYPE_WORD, '');
}

/** Those of some units whose name another of them has too. */
export function listNamesakes(units: readonly UnitView[]): UnitView[] {
  return units.filter((unit) =>
    units.some((other) => other.id !== unit.id && other.name.vi === unit.name.vi),
  );
}

/**
 * How to name each of some units. Of namesakes the ones that are no more say where they were: `Sở Tư pháp (Vĩnh Phúc
 * cũ)`, or that they were: `Tỉnh Phú Thọ (cũ)`.
 */
export function useUnitNames(units: readonly UnitView[]): (unit: UnitView) => string {
  const { t, say } = useLanguage();
  const former = useMemo(() => listNamesakes(units).filter(({ to }) => to !== null), [units]);
  const places = useQueries({
    queries: former.map(({ ref }) => unitQuery(ref)),
    combine: (answers) => answers.map(({ data }) => data?.path.at(-2)?.name ?? null),
  });
  return useCallback(
    (unit: UnitView) => {
      const index = former.findIndex(({ id }) => id === unit.id);
      if (index < 0) return say(unit.name);
      const place = places[index];
      return place
        ? t('unit.formerOf', { unit: say(unit.name), place: bareName(say(place)) })
        : t('unit.former', { unit: say(unit.name) });
    },
    [former, places, say, t],
  );
}
