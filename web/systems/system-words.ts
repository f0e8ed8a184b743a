/** How systems are put into words. Pure. */

import { dayOf } from '../../shared/period.ts';
import type { SystemFiguresView, SystemView } from '../../shared/system-wire.ts';
import { formatAge } from '../format.ts';
import type { Language } from '../words/words.ts';

/** A moment and the language it is told in. */
export type Telling = Pick<Language, 't' | 'lang' | 'format'> & { now: number };

/** Since when a system stands as it does: `từ 08:45 (35 phút)`; of the newest reading where it is not known. */
export function wordSince(
  { since, isSinceKnown, state }: SystemView,
  { t, lang, format, now }: Telling,
): string {
  if (since === null) return '';
  const at = Date.parse(since);
  const moment = format.moment(at, now);
  if (!isSinceKnown) return t('systems.sinceLong', { moment });
  return state === 'silent' || state === 'unknown'
    ? t('systems.last', { moment })
    : t('systems.since', { moment, age: formatAge(now - at, lang) });
}

/** How often it is read. */
export function wordRhythm({ rhythm: { minutes, hours } }: SystemView, { t, format }: Telling): string {
  if (minutes === null) return t('systems.rhythmUnknown');
  const filling = { minutes: format.number(minutes) };
  return hours === 'office' ? t('systems.everyOffice', filling) : t('systems.every', filling);
}

/** A percentage with two decimals where it is not whole; a dash of nothing. */
export function wordPercent(value: number | null, { t, format }: Telling): string {
  if (value === null) return '–';
  return t('systems.percent', { value: Number.isInteger(value) ? format.number(value) : format.fine(value) });
}

/** The bound of a latency, in ms, from a second on in seconds. */
export function wordLatency(p95: SystemFiguresView['p95'], { t, format }: Telling): string {
  if (p95 === null) return '–';
  const { ms, isOver } = p95;
  const value =
    ms < 1000
      ? t('systems.ms', { value: format.number(ms) })
      : t('systems.seconds', { value: format.number(ms / 1000) });
  return t(isOver ? 'systems.over' : 'systems.upTo', { value });
}

/** How long a certificate holds yet. */
export function wordCertificate({ certificate }: SystemView, { t, format }: Telling, zone: string): string {
  if (certificate === null) return t('systems.certificate.untold');
  const { state, until, daysLeft } = certificate;
  const day = format.day(dayOf(Date.parse(until), zone));
  if (state === 'valid') return t('systems.certificate.valid', { day });
  if (state === 'expired') return t('systems.certificate.expired', { day });
  return t(`systems.certificate.${state}`, { days: format.number(daysLeft) });
}

/** Whether a system needs a look: it is not up, or its certificate is about to end. */
export function needsLook({ state, certificate }: SystemView): boolean {
  return state !== 'up' || certificate?.state === 'urgent' || certificate?.state === 'expired';
}

/** A stretch of a band of one state, in quarters of an hour of the day. */
export type BandRun = { state: SystemView['band'][number]; from: number; to: number };

/** A band as stretches of one state, in order. */
export function runsOf(band: SystemView['band']): BandRun[] {
  const runs: BandRun[] = [];
  for (const [index, state] of band.entries()) {
    const last = runs.at(-1);
    if (last?.state === state) last.to = index + 1;
    else runs.push({ state, from: index, to: index + 1 });
  }
  return runs;
}

const clockOf = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

/** What a band shows, for whoever does not see it: each stretch in which it was not up. */
export function wordBand(band: SystemView['band'], { t }: Pick<Telling, 't'>): string {
  const odd = runsOf(band).filter(({ state }) => state !== 'up' && state !== 'ahead');
  if (odd.length === 0) return t('systems.band.whole');
  return odd
    .map(({ state, from, to }) =>
      t('systems.band.run', { from: clockOf(from), to: clockOf(to), state: t(`systems.band.${state}`) }),
    )
    .join(', ');
}
