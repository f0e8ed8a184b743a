import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Absence, UnitView } from '../../shared/answers.ts';
import { type Period, periodOf } from '../../shared/period.ts';
import { nameOfPeriod, useAddress } from '../address.ts';
import { periodAfter } from '../figures/kin.ts';
import type { FiguresView } from '../figures.ts';
import { useToday } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { EndedPanel, isEndedBefore } from './ended.tsx';

/** In the stead of figures of which nothing is known: why, in words, and a way on. Nothing is shown as 0. */
export function AbsentPanel({ unit, figures }: { unit: UnitView; figures: FiguresView }) {
  const { absence, period, path } = figures;
  if (!absence) return null;
  if (absence.ended !== undefined && isEndedBefore(unit, period)) {
    return <EndedPanel unit={unit} period={period} />;
  }
  return <AbsentTime {...{ unit, absence, period, above: path.at(-2) ?? null }} />;
}

type AbsentProps = { unit: UnitView; absence: Absence; period: Period; above: UnitView | null };

/** A time before the unit, before figures or yet to come, or a unit that never reported. */
function AbsentTime({ unit, absence, period, above }: AbsentProps) {
  const { href } = useAddress();
  const { t, say, format } = useLanguage();
  const today = useToday();
  const name = say(unit.name);
  const shown = format.period(period);
  if (absence.noData === 'notBegun') {
    const running = periodOf(today, period.grain);
    const next = t('absent.notBegunNext', { period: format.period(running) });
    return (
      <AbsentBox title={t('absent.notBegun', { period: shown })} why={t('absent.notBegunWhy')}>
        <Link href={href({ period: nameOfPeriod(running, today) })}>{next}</Link>
      </AbsentBox>
    );
  }
  if (absence.noData === 'beforeData' && absence.dataFrom !== undefined) {
    const first = periodOf(absence.dataFrom, 'month');
    const why = t('absent.beforeDataWhy', { unit: name, day: format.day(absence.dataFrom) });
    return (
      <AbsentBox title={t('absent.beforeData', { period: shown })} why={why}>
        <Link href={href({ period: nameOfPeriod(first, today) })}>
          {t('absent.beforeDataNext', { period: format.period(first) })}
        </Link>
      </AbsentBox>
    );
  }
  if (absence.begins !== undefined) {
    const first = periodAfter(period, absence.begins);
    return (
      <AbsentBox
        title={t('absent.begins', { unit: name, day: format.day(absence.begins) })}
        why={t('absent.beginsWhy', { period: shown })}
      >
        <Link href={href({ period: nameOfPeriod(first, today) })}>
          {t('absent.beginsNext', { period: format.period(first) })}
        </Link>
      </AbsentBox>
    );
  }
  return (
    <AbsentBox title={t('absent.neverTold', { unit: name })} why={t('absent.neverToldWhy')}>
      {above && (
        <Link href={href({ unit: above.ref })}>{t('absent.neverToldNext', { unit: say(above.name) })}</Link>
      )}
    </AbsentBox>
  );
}

/** In the stead of an area of work that nobody knows, or ever told of. */
export function AbsentField({ field, isUnknown }: { field: string; isUnknown: boolean }) {
  const { href } = useAddress();
  const { t } = useLanguage();
  const word = isUnknown ? 'absent.unknownField' : 'absent.fieldNeverTold';
  return (
    <AbsentBox title={t(word, { field })} why={t(`${word}Why`)}>
      <Link href={href({ field: null })}>{t('absent.fieldNext')}</Link>
    </AbsentBox>
  );
}

function AbsentBox({ title, why, children }: { title: string; why: string; children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <section className="panel ended" aria-label={t('absent.label')}>
      <h2 className="panel-title">{title}</h2>
      <p>{why}</p>
      <p>{children}</p>
    </section>
  );
}
