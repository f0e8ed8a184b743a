/** How the province changes over time: shares online, on time, paid, signed in. Everything here is a plain function. */

/** The old province a place comes from: 26 Vĩnh Phúc, 25 Phú Thọ, 17 Hòa Bình. */
export type Origin = '17' | '25' | '26';
export type Tier = 'commune' | 'district' | 'department';

const monthOf = (year: number, month: number): number => year * 12 + month - 1;

/** The month the provinces merged, and the districts ended. */
export const MERGER_MONTH = monthOf(2025, 7);

type Curve = readonly (readonly [month: number, value: number])[];

function read(curve: Curve, month: number): number {
  const next = curve.findIndex(([at]) => at > month);
  if (next === -1) return curve.at(-1)?.[1] ?? 0;
  const [a, low] = curve[Math.max(0, next - 1)] ?? [0, 0];
  const [b, high] = curve[next] ?? [0, 0];
  return next === 0 ? high : low + ((high - low) * (month - a)) / (b - a);
}

/**
 * Online share by tier and origin. Vĩnh Phúc 2024: 99.39 % in districts and communes, 60.48 % in the departments
 * (Vĩnh Phúc newspaper, 2024); the merged province in August 2026: 98.9 % (national portal). The rest is invented.
 */
const ONLINE: Record<'office' | 'department', Record<Origin, Curve>> = {
  office: {
    26: [
      [monthOf(2024, 1), 0.9939],
      [monthOf(2025, 6), 0.9939],
      [monthOf(2025, 7), 0.93],
      [monthOf(2025, 11), 0.985],
      [monthOf(2026, 8), 0.991],
    ],
    25: [
      [monthOf(2024, 1), 0.86],
      [monthOf(2025, 6), 0.95],
      [monthOf(2025, 7), 0.88],
      [monthOf(2026, 1), 0.975],
      [monthOf(2026, 8), 0.991],
    ],
    17: [
      [monthOf(2024, 1), 0.74],
      [monthOf(2025, 6), 0.91],
      [monthOf(2025, 7), 0.82],
      [monthOf(2026, 1), 0.965],
      [monthOf(2026, 8), 0.989],
    ],
  },
  department: {
    26: [
      [monthOf(2024, 1), 0.56],
      [monthOf(2024, 12), 0.65],
      [monthOf(2025, 6), 0.73],
      [monthOf(2025, 7), 0.68],
      [monthOf(2026, 3), 0.95],
      [monthOf(2026, 8), 0.985],
    ],
    25: [
      [monthOf(2024, 1), 0.5],
      [monthOf(2025, 6), 0.69],
      [monthOf(2025, 7), 0.68],
      [monthOf(2026, 3), 0.95],
      [monthOf(2026, 8), 0.985],
    ],
    17: [
      [monthOf(2024, 1), 0.42],
      [monthOf(2025, 6), 0.62],
      [monthOf(2025, 7), 0.68],
      [monthOf(2026, 3), 0.95],
      [monthOf(2026, 8), 0.985],
    ],
  },
};

/** The share filed online at a place in a month. */
export function onlineShare({ tier, origin }: { tier: Tier; origin: Origin }, month: number): number {
  return read(ONLINE[tier === 'department' ? 'department' : 'office'][origin], month);
}

/**
 * How far a month lies from August 2026, in log-odds of being on time: the self-reported years before the merger, the
 * merger, and from January 2026 the published months (Decision 766: 67.2, 43.2, 64.3, 31.6, 49.6, 84.5, 79.3, 78.4 and
 * 82.9 % to September), fitted so that the figures come out near these.
 */
const AROUND_MERGER = [0.35, 0.75, 1.25, 1.8, 2.3, 1.9];
const YEAR_2026 = [-0.75, -2.0, -0.95, -2.6, -1.7, 0.6, 0.1, 0.0, 0.35, 0.5, 0.6];
const BEFORE: Record<Origin, number> = { 17: 2.6, 25: 2.9, 26: 3.6 };

/** What is added to the log-odds of being on time for a dossier due in a month. */
export function punctualityShift(origin: Origin, month: number): number {
  if (month < MERGER_MONTH) return BEFORE[origin];
  const january = monthOf(2026, 1);
  if (month < january) return AROUND_MERGER[month - MERGER_MONTH] ?? 0;
  return YEAR_2026[Math.min(month - january, YEAR_2026.length - 1)] ?? 0;
}

const VNEID: Curve = [
  [monthOf(2024, 1), 0.38],
  [monthOf(2025, 7), 0.66],
  [monthOf(2026, 7), 0.93],
];
/** From 20 July 2026 every online filer signs in with VNeID (Decision 29/2026/QĐ-TTg). */
const VNEID_DAY = '2026-07-20';

/** The share of online filers who sign in with VNeID on a day. */
export function vneidShare(month: number, day: string): number {
  return day >= VNEID_DAY ? 1 : read(VNEID, month);
}

const RISE: Curve = [
  [monthOf(2024, 1), 0.62],
  [monthOf(2025, 6), 0.85],
  [monthOf(2025, 8), 0.78],
  [monthOf(2026, 8), 1],
];

/** Part of the shares of August 2026 (paid online, electronic results, digitised, reused) that a month had reached. */
export function maturity(month: number): number {
  return read(RISE, month);
}
