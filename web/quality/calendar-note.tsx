import { addDays, dayOf } from '../../shared/period.ts';
import type { CalendarReach } from '../../shared/quality-wire.ts';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';

/** So many days before its end the calendar is asked for: what is filed now may fall due beyond it. */
const AHEAD_DAYS = 60;

/** That the working calendar ends soon, or that a year of it is provisional; nothing while neither is so. */
export function CalendarNote({ calendar: { until, provisional } }: { calendar: CalendarReach }) {
  const { t, format } = useLanguage();
  const { zone } = useSession();
  const today = dayOf(useAskedAt(), zone);
  const isShort = until === null || until < addDays(today, AHEAD_DAYS);
  const next = until === null ? today.slice(0, 4) : addDays(until, 1).slice(0, 4);
  const day = until === null ? '–' : format.day(until);
  return (
    <>
      {isShort && (
        <p className="quality-sum" data-short={true}>
          {t('quality.calendarEnds', { day, year: next })} <code>npm run ioc -- calendar --add {next}</code>
        </p>
      )}
      {provisional.length > 0 && (
        <p className="quality-sum">{t('quality.calendarProvisional', { years: provisional.join(', ') })}</p>
      )}
    </>
  );
}
