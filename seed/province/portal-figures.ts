/** What the national portal publishes of the make-believe province each month: near what the units themselves tell, not the same. */
import type { ReportEvent } from '../../shared/event.ts';
import { addDays, isoOf, periodOf } from '../../shared/period.ts';
import type { TakenId } from '../../shared/taken-measures.ts';
import type { Day } from './days.ts';
import { PROVINCE } from './departments.ts';
import { Dice, hashText, mixSeeds } from './dice.ts';
import type { Place } from './places.ts';
import { type ReportSource, volumeOfMonth } from './reports.ts';
import { maturity, onlineShare } from './shape.ts';
import type { Told } from './tell.ts';

/** On time by Decision 766, per cent, January to September 2026 as published; other months are taken to be as the last. */
const ON_TIME: Readonly<Record<string, number>> = {
  ...{ '2026-01': 67.2, '2026-02': 43.2, '2026-03': 64.3, '2026-04': 31.6, '2026-05': 49.6 },
  ...{ '2026-06': 84.5, '2026-07': 79.3, '2026-08': 78.4, '2026-09': 82.9 },
};
const OTHERWISE_ON_TIME = 82;
/** Dossiers evaluated to those received, August 2026: the former hold what was carried over. */
const CARRIED = 184_513 / 152_595;

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** A mean over places by how much they are asked for. */
function meanOf(places: readonly Place[], read: (place: Place) => number): number {
  const total = places.reduce((sum, { perDay }) => sum + perDay, 0);
  return places.reduce((sum, place) => sum + place.perDay * read(place), 0) / total;
}

/** The counts that the portal publishes of a month, from how the month went. */
function countMonth(source: ReportSource, month: string, dice: Dice): Partial<Record<TakenId, number>> {
  const { places, days, sampling } = source;
  const { month: number } = days.get(days.numberAt(Date.parse(`${month}-15T00:00:00+07:00`)));
  const perDay = places.reduce((sum, place) => sum + place.perDay, 0);
  const filed = (perDay * volumeOfMonth(days, month) * dice.between(0.97, 1)) / sampling;
  const grown = maturity(number);
  const share = (read: (place: Place) => number) => meanOf(places, read) * dice.between(0.96, 1.02);
  const fees = filed * share(({ quality }) => quality.feeShare);
  const evaluated = filed * CARRIED;
  return {
    portalReceived: evaluated,
    portalOnTime: (evaluated * (ON_TIME[month] ?? OTHERWISE_ON_TIME)) / 100,
    portalDossiers: filed,
    portalSyncDue: filed,
    portalSynced: filed * dice.between(0.96, 0.995),
    portalRatedDossiers: evaluated,
    portalSatisfied: evaluated * dice.between(0.84, 0.92),
    portalFeeDossiers: fees,
    portalPaidDossiers: fees * Math.min(1, share(({ quality }) => quality.paid) * grown),
    portalResults: filed * Math.min(1, share(({ quality }) => quality.eResult) * grown),
    portalDigitised: filed * Math.min(1, share(({ quality }) => quality.digitised) * grown),
    portalReused: filed * dice.between(0.015, 0.021) * grown,
    portalStore: filed * dice.between(0.1, 0.16) * grown,
    portalPopulation: filed * Math.min(1, share(({ quality }) => quality.populationData) * grown),
  };
}

/** Counts of procedures and petitions. */
function countRest(dice: Dice): Partial<Record<TakenId, number>> {
  const published = 8 + dice.count(12);
  const changed = 10 + dice.count(18);
  const petitions = 225 + dice.count(25);
  return {
    portalPublished: published,
    portalPublishedOnTime: published * dice.between(0.88, 1),
    portalChanged: changed,
    portalChangedOnTime: changed * dice.between(0.85, 1),
    ...{ portalPublic: 1894, portalComplete: 1894 * dice.between(0.97, 1) },
    ...{ portalFeeProcedures: 684, portalIntegrated: 580 + dice.count(8) },
    portalPaidProcedures: 430 + dice.count(20),
    portalPetitions: petitions,
    portalPetitionsOnTime: petitions * dice.between(0.7, 0.78),
    portalPetitionsSatisfied: petitions * dice.between(0.51, 0.58),
    ...{ portalCitizenProcedures: 742, portalPopulationProcedures: 620 + dice.count(12) },
  };
}

/** Rates and points, with a decimal. */
function rateMonth(places: readonly Place[], month: string, dice: Dice): Partial<Record<TakenId, number>> {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const onTime = (ON_TIME[month] ?? OTHERWISE_ON_TIME) / 100;
  const online = meanOf(places, (place) => onlineShare(place, number));
  return {
    portalCertifiedRate: tenths(dice.between(88, 95)),
    portalTransparencyPoints: tenths(18 * dice.between(0.9, 0.98)),
    portalProgressPoints: tenths(20 * onTime),
    portalOnlinePoints: tenths(12 * online * dice.between(0.92, 0.99)),
    portalPaymentPoints: tenths(10 * dice.between(0.7, 0.86)),
    portalSatisfactionPoints: tenths(18 * dice.between(0.72, 0.84)),
    portalDigitisationPoints: tenths(22 * maturity(number) * dice.between(0.58, 0.72)),
  };
}

/** What the portal publishes on a day: on the sixth, of the month before. */
export function* drawPortalFigures(source: ReportSource, day: Day): Generator<Told<ReportEvent>> {
  if (!day.text.endsWith('-06')) return;
  const { days, seed, places } = source;
  const month = periodOf(addDays(day.text, -10), 'month').key;
  const dice = new Dice(mixSeeds(seed, hashText(month), hashText('national')));
  const counts = { ...countMonth(source, month, dice), ...countRest(dice) };
  const whole = Object.entries(counts).map(([id, value]) => [id, Math.round(value)] as const);
  const at = day.startsAt + 9 * 3_600_000;
  for (const [measure, value] of [...whole, ...Object.entries(rateMonth(places, month, dice))]) {
    const event: ReportEvent = {
      ...{ id: `${measure}.${month}`, kind: 'report', at: isoOf(at, days.zone) },
      ...{ unit: PROVINCE, measure, period: month, value },
    };
    yield { at, feed: 'national', event };
  }
}
