import { useEffect } from 'react';
import { nextPeriod, type Period, periodOf, previousPeriod } from '../../shared/period.ts';
import { CURRENT, type CurrentGrain, nameOfPeriod, useAddress } from '../address.ts';
import { useToday } from '../following.tsx';
import { firstDayOf, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';

/** The period a grain's button leads to: the one that holds the day shown; the button of the day always leads to today. */
export function periodBehind(grain: CurrentGrain, { on, today }: { on: string; today: string }): Period {
  return periodOf(grain === 'day' ? today : on, grain);
}

function listMonths(first: string, today: string): string[] {
  const months: string[] = [];
  for (let period = periodOf(first, 'month'); period.from <= today; period = nextPeriod(period)) {
    months.unshift(period.key);
  }
  return months;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

/** Chooses the period: four grains (keys 1 to 4), steps back and forth, and a jump to any month. */
export function PeriodPicker({ period, on }: { period: Period; on: string }) {
  const { go } = useAddress();
  const { t, format } = useLanguage();
  const today = useToday();
  const first = firstDayOf(useSession(), today);
  const choose = (chosen: Period) => go({ period: nameOfPeriod(chosen, today) });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const grain = CURRENT[Number(event.key) - 1];
      if (!grain || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      go({ period: nameOfPeriod(periodBehind(grain, { on, today }), today) });
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [go, on, today]);
  const before = previousPeriod(period);
  const after = nextPeriod(period);
  return (
    <fieldset className="picker">
      <legend className="hidden">{t('period.label')}</legend>
      <button
        type="button"
        className="picker-step"
        aria-label={t('period.back')}
        title={t('period.back')}
        disabled={before.to <= first}
        onClick={() => choose(before)}
      >
        ◀
      </button>
      {CURRENT.map((grain, index) => {
        const target = periodBehind(grain, { on, today });
        const isChosen = period.key === target.key;
        const isOtherDay = grain === 'day' && period.grain === 'day' && !isChosen;
        const label = grain === 'day' ? t('period.day') : format.shortPeriod(target, today);
        return (
          <button
            key={grain}
            type="button"
            className="picker-grain"
            aria-pressed={isChosen || isOtherDay}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => choose(target)}
          >
            {isOtherDay ? format.day(period.from) : label}
          </button>
        );
      })}
      <button
        type="button"
        className="picker-step"
        aria-label={t('period.forward')}
        title={t('period.forward')}
        disabled={after.from > today}
        onClick={() => choose(after)}
      >
        ▶
      </button>
      <MonthJump today={today} />
    </fieldset>
  );
}

function MonthJump({ today }: { today: string }) {
  const first = firstDayOf(useSession(), today);
  const { go } = useAddress();
  const { t, format } = useLanguage();
  return (
    <select
      className="picker-jump"
      aria-label={t('period.jump')}
      value=""
      onChange={(event) => go({ period: nameOfPeriod(periodOf(`${event.target.value}-01`, 'month'), today) })}
    >
      <option value="" disabled={true}>
        {t('period.jump')}
      </option>
      {listMonths(first, today).map((key) => (
        <option key={key} value={key}>
          {format.period(periodOf(`${key}-01`, 'month'))}
        </option>
      ))}
    </select>
  );
}
