import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import type { Period } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { nameOfPeriod, useAddress } from '../address.ts';
import { unitQuery } from '../api.ts';
import { periodAfter, periodBefore } from '../figures/kin.ts';
import { useOwnNames, useUnitNames } from '../figures/names.ts';
import type { FiguresView } from '../figures.ts';
import { useToday } from '../following.tsx';
import { PeriodPicker } from '../panels/picker.tsx';
import { useSpanNote } from '../panels/span-note.tsx';
import { useTerritoryNote } from '../panels/territory-note.tsx';
import { useLanguage } from '../words/words.ts';

const KIN_SHOWN = 4;
/** How many letters of names a line of the head holds. */
const KIN_LETTERS = 120;

/** Name, code, where the unit came from and went, and the period to look at. */
export function UnitHead({ unit, figures }: { unit: UnitView; figures: FiguresView }) {
  const { t, say, format } = useLanguage();
  const { data } = useQuery(unitQuery(unit.ref));
  const own = useMemo(() => [unit], [unit]);
  const ownName = useOwnNames(own);
  const nameOf = useUnitNames(figures.children, own);
  const before = data?.predecessors ?? [];
  const after = data?.successors ?? [];
  const spanNote = useSpanNote(figures);
  const isEarlier = figures.on < unit.from && !figures.absence;
  const territoryNote = useTerritoryNote(figures.territory, unit.level);
  const isPartly =
    !figures.territory && unit.to !== null && unit.to > figures.period.from && unit.to <= figures.on;
  return (
    <header className="desk-head">
      <div className="desk-name">
        <h1>{ownName(unit)}</h1>
        <p className="desk-facts">
          <span>{t('unit.code', { code: unit.code })}</span>
          {before.length > 0 && (
            <KinList
              word={t('unit.before', { day: format.day(unit.from) })}
              of={unit}
              kin={before}
              isPast
              period={figures.period}
            />
          )}
          {unit.to !== null && after.length > 0 && (
            <KinList
              word={t('unit.after', { day: format.day(unit.to) })}
              of={unit}
              kin={after}
              isPast={false}
              period={figures.period}
            />
          )}
          {unit.to !== null && after.length === 0 && data && (
            <span>{t('unit.ended', { day: format.day(unit.to) })}</span>
          )}
        </p>
        {isEarlier && figures.children.length > 0 && (
          <p className="desk-earlier">
            {t('unit.earlier', {
              unit: say(unit.name),
              units: nameAll(figures.children.map(nameOf)),
            })}
          </p>
        )}
      </div>
      <div className="desk-period">
        <PeriodPicker period={figures.period} on={figures.on} />
        {spanNote !== null && <p className="desk-span">{spanNote}</p>}
        {territoryNote.map((note) => (
          <p key={note} className="desk-span">
            {note}
          </p>
        ))}
        {isPartly && <p className="desk-span">{t('ended.partly', { day: format.day(unit.to ?? '') })}</p>}
      </div>
    </header>
  );
}

function nameAll(names: readonly string[]): string {
  return names.length > KIN_SHOWN + 1 ? `${names.slice(0, KIN_SHOWN).join(', ')}…` : names.join(', ');
}

/** How many names stand in the head before the rest is folded: at least one. */
function countFitting(names: readonly string[]): number {
  let letters = 0;
  const index = names.findIndex((name) => {
    letters += name.length;
    return letters > KIN_LETTERS;
  });
  return Math.min(KIN_SHOWN, index < 0 ? names.length : Math.max(1, index));
}

type Kin = AnswerOf<'getUnit'>['predecessors'][number];

type KinListProps = { word: string; of: UnitView; kin: readonly Kin[]; isPast: boolean; period: Period };

/** Units before or after one, each a way to its page, in the same period where the unit lived then. */
function KinList({ word, of, kin, isPast, period }: KinListProps) {
  const { href } = useAddress();
  const today = useToday();
  const periodIn = (on: string) => nameOfPeriod((isPast ? periodBefore : periodAfter)(period, on), today);
  const { t, format } = useLanguage();
  const [isOpen, open] = useState(false);
  const units = useMemo(() => kin.map(({ unit }) => unit), [kin]);
  const beside = useMemo(() => [of], [of]);
  const nameOf = useUnitNames(units, beside);
  const shown = isOpen ? kin : kin.slice(0, countFitting(units.map(nameOf)));
  const more = kin.length - shown.length;
  return (
    <span>
      {word}{' '}
      {shown.map(({ unit, on, share }, index) => (
        <span key={unit.id}>
          {index > 0 && ', '}
          <Link href={href({ unit: unit.ref, period: periodIn(on) })}>{nameOf(unit)}</Link>
          {share < 1 && ` (${t('unit.share', { percent: format.number(Math.round(share * 100)) })})`}
        </span>
      ))}
      {more > 0 && ' '}
      {more > 0 && (
        <button type="button" className="chart-switch" onClick={() => open(true)}>
          {t('unit.more', { count: more })}
        </button>
      )}
    </span>
  );
}
