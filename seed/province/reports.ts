/** Counted figures as offices report them: last month's on the fifth, the running month's so far on the fifteenth. */
import type { ReportEvent } from '../../shared/event.ts';
import { addDays, isoOf, periodOf } from '../../shared/period.ts';
import type { REPORT_MEASURES } from '../../shared/report-measures.ts';
import type { Day, Days } from './days.ts';
import { PROVINCE } from './departments.ts';
import { Dice, hashText, mixSeeds } from './dice.ts';
import type { Place } from './places.ts';
import type { Told } from './tell.ts';

type ReportId = keyof typeof REPORT_MEASURES;

/** What reports are drawn from: `anchor` is when the demo was first made (epoch ms). */
export type ReportSource = {
  days: Days;
  seed: number;
  sampling: number;
  places: readonly Place[];
  anchor: number;
};

/** Months told of before the demo was made. */
export const REPORT_MONTHS = 12;

const EIGHT_MS = 8 * 3_600_000;

/** What the province tells of its procedures: a year before the anchor and at it. Domain: section 1; the rest is invented. */
const PROVINCE_LEVELS: Partial<Record<ReportId, readonly [before: number, now: number]>> = {
  procTotal: [1894, 1894],
  procEligible: [1402, 1402],
  procFull: [648, 701],
  procPartial: [569, 516],
  procUsed: [905, 1012],
  procThousand: [488, 611],
  procCore: [22, 24],
  procReplaced: [604, 871],
  procFee: [684, 684],
  procFeeIntegrated: [512, 597],
  procFeePaid: [371, 466],
  procPublic: [1894, 1894],
  procComplete: [1840, 1889],
  procCitizen: [742, 742],
  procPopulation: [478, 655],
  guideRequired: [83, 83],
  guideMet: [46, 71],
};

/** What units offer, as shares of their procedures; a commune has so many, a department by what it is asked for. */
const OFFERS: Partial<Record<ReportId, number>> = {
  ...{ procTotal: 1, procEligible: 0.78, procFull: 0.4, procPartial: 0.27, procUsed: 0.5 },
  ...{ procFee: 0.36, procFeeIntegrated: 0.31, procFeePaid: 0.24, procPublic: 1, procComplete: 0.99 },
};
const COMMUNE_PROCEDURES = 411;

type Tell = (unit: string, period: string, values: Partial<Record<ReportId, number>>) => Told<ReportEvent>[];

function createTell(day: Day, { zone }: Days): Tell {
  const at = day.startsAt + EIGHT_MS;
  return (unit, period, values) =>
    Object.entries(values).map(([measure, value]) => ({
      at,
      feed: 'reports',
      event: {
        ...{ id: `${unit}.${measure}.${period}.${day.text}`, kind: 'report', at: isoOf(at, zone) },
        ...{ unit, measure, period, value: Math.max(0, Math.round(value)) },
      },
    }));
}

/** What is reported on a day. */
export function* drawReports(source: ReportSource, day: Day): Generator<Told<ReportEvent>> {
  const tell = createTell(day, source.days);
  const isFirst = day.text.endsWith('-05');
  // Of the running month nobody tells twice but in these weeks: its first word would only be replaced.
  const isRunning = day.text.endsWith('-15') && day.number > source.days.numberAt(source.anchor) - 31;
  if (!isFirst && !isRunning) return;
  const month = periodOf(isFirst ? addDays(day.text, -10) : day.text, 'month');
  const part = isFirst ? 1 : 0.45;
  yield* tellFlows(source, { tell, month: month.key, part });
  if (isFirst) yield* tellLevels(source, { tell, month: month.key });
}

type Month = { tell: Tell; month: string };

/** The days of a month as volumes, in days of ordinary work. */
export function volumeOfMonth(days: Days, month: string): number {
  let volume = 0;
  let day = days.get(days.numberAt(Date.parse(`${month}-01T00:00:00+07:00`)));
  for (; day.text.startsWith(month); day = days.get(day.number + 1)) volume += day.volume;
  return volume;
}

function diceOf({ seed }: Pick<ReportSource, 'seed'>, unit: string, month: string): Dice {
  return new Dice(mixSeeds(seed, hashText(unit), hashText(`reports ${month}`)));
}

function* tellFlows(
  source: ReportSource,
  { tell, month, part }: Month & { part: number },
): Generator<Told<ReportEvent>> {
  const { places, days, sampling } = source;
  const dice = diceOf(source, PROVINCE, month);
  const published = (6 + dice.count(14)) * part;
  const changed = (9 + dice.count(20)) * part;
  yield* tell(PROVINCE, month, {
    procPublished: published,
    procPublishedOnTime: published * dice.between(0.9, 1),
    procChanged: changed,
    procChangedOnTime: changed * dice.between(0.86, 1),
  });
  const volume = (volumeOfMonth(days, month) * part) / sampling;
  for (const place of places) {
    const throws = diceOf(source, place.code, month);
    const due = Math.round(place.perDay * volume);
    const store = due * throws.between(0.35, 0.45);
    yield* tell(place.code, month, {
      syncDue: due,
      synced: due * throws.between(0.965, 1),
      storeDue: store,
      storeUsed: store * throws.between(0.24, 0.42),
    });
    if (place.tier === 'department') yield* tell(place.code, month, meetingsOf(throws, 9 * part));
  }
}

function meetingsOf(dice: Dice, mean: number): Partial<Record<ReportId, number>> {
  const meetings = 1 + dice.count(mean);
  return { meetings, meetingsPaperless: meetings * dice.between(0.45, 0.85) };
}

function* tellLevels(source: ReportSource, { tell, month }: Month): Generator<Told<ReportEvent>> {
  const { days, anchor, places } = source;
  const grown = growthAt(month, days.get(days.numberAt(anchor)).text);
  const levels = Object.entries(PROVINCE_LEVELS).map(([id, [before, now]]) => [
    id,
    before + (now - before) * grown,
  ]);
  yield* tell(PROVINCE, month, Object.fromEntries(levels));
  const isFirst = month === monthsBefore(days.get(days.numberAt(anchor)).text, REPORT_MONTHS);
  const ordinal = Number(month.slice(5));
  if (isFirst || ordinal % 6 === 1)
    for (const place of places) yield* tellOffers(source, place, { tell, month });
  if (isFirst || ordinal === 1) for (const place of places) yield* tellStaff(source, place, { tell, month });
  if (ordinal % 3 !== 0) return;
  const quarter = periodOf(`${month}-01`, 'quarter').key;
  for (const place of places) {
    if (place.tier !== 'commune') continue;
    yield* tell(place.code, quarter, meetingsOf(diceOf(source, place.code, quarter), 11));
    yield* tellInsured(source, place, { tell, month: quarter });
  }
}

/** The month so many months before that of a day. */
function monthsBefore(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** How far from a year before the anchor's month (0) to it (1) a month lies. */
function growthAt(month: string, anchorDay: string): number {
  const since = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return Math.min(1, Math.max(0, 1 + (since(month) - since(anchorDay) + 1) / (REPORT_MONTHS - 1)));
}

function* tellOffers(
  source: ReportSource,
  place: Place,
  { tell, month }: Month,
): Generator<Told<ReportEvent>> {
  const dice = diceOf(source, place.code, 'offers');
  const total = place.tier === 'commune' ? COMMUNE_PROCEDURES : 40 + dice.count(90);
  const shares = Object.entries(OFFERS).map(([id, share]) => {
    const full = share === 1 ? total : Math.floor(total * share * dice.between(0.97, 1));
    return [id, full];
  });
  yield* tell(place.code, month, Object.fromEntries(shares));
}

/** Of a year: the officials, who of them uses official mail, and whether copies are certified electronically. */
function* tellStaff(
  source: ReportSource,
  place: Place,
  { tell, month }: Month,
): Generator<Told<ReportEvent>> {
  const dice = diceOf(source, place.code, 'staff');
  const isCommune = place.tier === 'commune';
  const officials = isCommune ? 32 + dice.count(8) : 60 + dice.count(80);
  const mailUsers = officials * dice.between(0.74, 0.99);
  yield* tell(place.code, month.slice(0, 4), { officials, mailUsers });
  if (isCommune) yield* tell(place.code, month, { certDue: 1, certOffered: dice.isLucky(0.93) ? 1 : 0 });
}

function* tellInsured(
  source: ReportSource,
  place: Place,
  { tell, month }: Month,
): Generator<Told<ReportEvent>> {
  const dice = diceOf(source, place.code, 'insured');
  const insured = Math.round(9000 + place.perDay * dice.between(150, 250));
  const authenticated = Math.round(insured * dice.between(0.68, 0.94));
  yield* tell(place.code, month, {
    insured,
    insuredAuthenticated: authenticated,
    vssid: authenticated * dice.between(0.44, 0.66),
  });
}
