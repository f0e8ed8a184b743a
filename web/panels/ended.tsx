import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { addDays, hasEndedBy, type Period, periodOf } from '../../shared/period.ts';
import { nameOfPeriod, useAddress } from '../address.ts';
import { unitQuery } from '../api.ts';
import { periodAfter } from '../figures/kin.ts';
import { useOwnNames } from '../figures/names.ts';
import { useToday } from '../following.tsx';
import { useLanguage } from '../words/words.ts';

const SHOWN = 24;

type Ended = UnitView & { to: string };

/** Whether a unit was no more in the whole of a period. */
export function isEndedBefore(unit: UnitView, period: Pick<Period, 'from'>): unit is Ended {
  return hasEndedBy(unit, period.from);
}

/**
 * Who took over from a unit: its successors; where it has none, as a district, those of the units below it on its last
 * day. Each once, in order of name.
 */
function useHeirs(unit: UnitView): UnitView[] {
  const { lang } = useLanguage();
  const { data } = useQuery(unitQuery(unit.ref));
  const isBare = unit.to !== null && data !== undefined && data.successors.length === 0;
  const last = unit.to === null ? undefined : addDays(unit.to, -1);
  const below = useQuery({
    ...unitQuery(unit.ref, last === undefined ? {} : { on: last }),
    enabled: isBare,
  });
  const children = isBare ? (below.data?.children ?? []) : [];
  const answers = useQueries({
    queries: children.map(({ ref }) => unitQuery(ref)),
  });
  const kin = [data, ...answers.map((answer) => answer.data)].flatMap((answer) => answer?.successors ?? []);
  const heirs = new Map(kin.map((heir) => [heir.unit.id, heir.unit]));
  return [...heirs.values()].sort((a, b) => a.name[lang].localeCompare(b.name[lang], lang));
}

/** Ways to the units that took over, in the same period where they were there. */
export function HeirLinks({ unit, period }: { unit: UnitView; period: Period }) {
  const { href } = useAddress();
  const { t, say } = useLanguage();
  const today = useToday();
  const heirs = useHeirs(unit);
  if (heirs.length === 0) return null;
  const more = heirs.length - SHOWN;
  return (
    <ul className="heirs">
      {heirs.slice(0, SHOWN).map((heir) => (
        <li key={heir.id}>
          <Link href={href({ unit: heir.ref, period: nameOfPeriod(periodAfter(period, heir.from), today) })}>
            {say(heir.name)}
          </Link>
        </li>
      ))}
      {more > 0 && <li>{t('unit.more', { count: more })}</li>}
    </ul>
  );
}

/** In the stead of figures for a time after a unit's end: that it was no more, who took over, and the way to its last month. */
export function EndedPanel({ unit, period }: { unit: Ended; period: Period }) {
  const { href } = useAddress();
  const { t, format } = useLanguage();
  const nameOf = useOwnNames(useMemo(() => [unit], [unit]));
  const last = periodOf(addDays(unit.to, -1), 'month');
  return (
    <section className="panel ended" aria-label={t('ended.label')}>
      <h2 className="panel-title">{t('ended.title', { unit: nameOf(unit), day: format.day(unit.to) })}</h2>
      <p>{t('ended.why', { period: format.period(period) })}</p>
      <p className="panel-note">{t('ended.heirs')}</p>
      <HeirLinks unit={unit} period={period} />
      <p>
        <Link href={href({ period: last.key })}>{t('ended.last', { period: format.period(last) })}</Link>
      </p>
    </section>
  );
}

/** In the stead of the open dossiers of a unit that is no more: where they went. */
export function PassedOnPanel({ unit, period }: { unit: Ended; period: Period }) {
  const { t, format } = useLanguage();
  return (
    <section id="part-dossiers" className="panel ended" aria-label={t('dossiers.title')} tabIndex={-1}>
      <h2 className="panel-title">{t('dossiers.title')}</h2>
      <p>{t('ended.dossiers', { day: format.day(unit.to) })}</p>
      <HeirLinks unit={unit} period={period} />
    </section>
  );
}
