import type { MeasureId, Sums } from './measure.ts';
import type { TakenId } from './taken-measures.ts';
import type { Words } from './words.ts';

/** Grades of data quality, best first; `from`: the least points of 100 that earn it. */
export const GRADES = [
  { id: 'A', from: 90, words: { vi: 'Tốt', en: 'Good' } },
  { id: 'B', from: 75, words: { vi: 'Khá', en: 'Fair' } },
  { id: 'C', from: 50, words: { vi: 'Cần khắc phục', en: 'Needs work' } },
  { id: 'D', from: 0, words: { vi: 'Chưa tin cậy', en: 'Not reliable' } },
] as const satisfies readonly { id: string; from: number; words: Words }[];
export type GradeId = (typeof GRADES)[number]['id'];

/** What is held against a feed or a unit. Of a unit: `feedLate` and `feedMissing` of the feed that tells of its dossiers. */
export const FINDINGS = [
  ...(['late', 'missing', 'lateTimes', 'refusals', 'duplicates'] as const),
  ...([
    'feedLate',
    'feedMissing',
    'otherFeeds',
    'completeness',
    'form',
    'ratio',
    'negative',
    'portal',
  ] as const),
] as const;
export type FindingId = (typeof FINDINGS)[number];

/** Points taken away where a figure is beyond `beyond`; of several steps of a finding the dearest counts. */
type Deduction = { finding: FindingId; beyond: number; points: number };

/** What costs how much. Shares are in per cent; of `completeness` it is the share that is missing. */
export const DEDUCTIONS: readonly Deduction[] = [
  { finding: 'late', beyond: 0, points: 15 },
  { finding: 'missing', beyond: 0, points: 40 },
  { finding: 'lateTimes', beyond: 0, points: 5 },
  { finding: 'lateTimes', beyond: 2, points: 15 },
  { finding: 'refusals', beyond: 0, points: 5 },
  { finding: 'refusals', beyond: 1, points: 15 },
  { finding: 'refusals', beyond: 10, points: 40 },
  { finding: 'duplicates', beyond: 5, points: 5 },
  { finding: 'duplicates', beyond: 25, points: 15 },
  { finding: 'feedLate', beyond: 0, points: 15 },
  { finding: 'feedMissing', beyond: 0, points: 40 },
  { finding: 'otherFeeds', beyond: 0, points: 5 },
  { finding: 'otherFeeds', beyond: 2, points: 15 },
  { finding: 'completeness', beyond: 0, points: 5 },
  { finding: 'completeness', beyond: 5, points: 15 },
  { finding: 'completeness', beyond: 20, points: 30 },
  { finding: 'completeness', beyond: 50, points: 55 },
  { finding: 'form', beyond: 0, points: 20 },
  { finding: 'ratio', beyond: 0, points: 15 },
  { finding: 'negative', beyond: 0, points: 30 },
  { finding: 'portal', beyond: 0, points: 15 },
];

/** Something held against a feed or a unit: how much of it there is, and what that costs. */
export type Finding = { finding: FindingId; size: number; points: number };
export type Grade = { grade: GradeId; points: number; findings: Finding[] };

/** The grade of what was found; nothing found is the best one. Pure. */
export function gradeOf(found: Partial<Record<FindingId, number>>): Grade {
  const findings = FINDINGS.flatMap((finding): Finding[] => {
    const size = found[finding] ?? 0;
    const steps = DEDUCTIONS.filter((one) => one.finding === finding && size > one.beyond);
    return steps.length === 0 ? [] : [{ finding, size, points: Math.max(...steps.map((one) => one.points)) }];
  });
  const points = Math.max(
    0,
    findings.reduce((rest, finding) => rest - finding.points, 100),
  );
  const grade = GRADES.find(({ from }) => points >= from)?.id ?? 'D';
  return { grade, points, findings };
}

/** The share of a part in a whole, per cent to two decimals; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100;
}

/** Measures of which one is a part of the other in every period: more than the whole is an error. */
export const PARTS: readonly (readonly [part: MeasureId, whole: MeasureId])[] = [
  ['receivedOnline', 'received'],
  ['receivedFull', 'received'],
  ['receivedReused', 'received'],
  ['feePaidOnline', 'feeDue'],
  ['resultElectronic', 'resultDue'],
  ['overdue', 'open'],
  ['dueSoon', 'open'],
  ['docOutElectronic', 'docOut'],
  ['docOutSigned', 'docOut'],
  ['docInElectronic', 'docIn'],
  ['ratedSatisfied', 'rated'],
  ['probesUp', 'probes'],
  ['callsFailed', 'calls'],
  ['procFeeIntegrated', 'procFee'],
  ['procComplete', 'procPublic'],
  ['procPublishedOnTime', 'procPublished'],
  ['procChangedOnTime', 'procChanged'],
  ['guideMet', 'guideRequired'],
  ['synced', 'syncDue'],
  ['storeUsed', 'storeDue'],
  ['certOffered', 'certDue'],
  ['mailUsers', 'officials'],
  ['meetingsPaperless', 'meetings'],
  ['insuredAuthenticated', 'insured'],
];

/** What the portal publishes beside what our own measures add up to: how far apart they may be, per cent of the greater. */
export const PORTAL_PAIRS: readonly { portal: TakenId; own: MeasureId; tolerance: number }[] = [
  { portal: 'portalSyncDue', own: 'syncDue', tolerance: 2 },
  { portal: 'portalSynced', own: 'synced', tolerance: 2 },
  { portal: 'portalFeeDossiers', own: 'feeDue', tolerance: 5 },
  { portal: 'portalPaidDossiers', own: 'feePaidOnline', tolerance: 5 },
];

/** An identity that fails, with the figures side by side; `left` and `right` name measures, or columns of form II.06a. */
export type Failure = {
  rule: 'form' | 'ratio' | 'negative' | 'portal';
  left: string;
  right: string | null;
  leftValue: number;
  rightValue: number | null;
};

/** Shares of divided units are to two decimals: less is rounding. */
const ROUNDING = 0.05;
const round = (value: number) => Math.round(value * 100) / 100;

/** What a unit's figures are checked by: columns 3 to 13 of its form, its sums, and what the portal told of it. */
export type Checked = {
  columns: readonly number[];
  sums: Sums;
  portal: (measure: TakenId) => number | undefined;
};

function checkForm(columns: readonly number[]): Failure[] {
  const [total = 0] = columns;
  const ended = round((columns[4] ?? 0) + (columns[8] ?? 0));
  if (Math.abs(total - ended) <= ROUNDING) return [];
  return [{ rule: 'form', left: '3', right: '7+11', leftValue: total, rightValue: ended }];
}

function checkParts(sums: Sums): Failure[] {
  return PARTS.filter(([part, whole]) => sums[whole] >= 0 && sums[part] - sums[whole] > ROUNDING).map(
    ([left, right]) => ({
      ...{ rule: 'ratio', left, right },
      ...{ leftValue: round(sums[left]), rightValue: round(sums[right]) },
    }),
  );
}

function checkSigns(sums: Sums): Failure[] {
  return (Object.keys(sums) as MeasureId[])
    .filter((id) => sums[id] < -ROUNDING)
    .map((left) => ({
      ...{ rule: 'negative', left, right: null },
      ...{ leftValue: round(sums[left]), rightValue: null },
    }));
}

function checkPortal({ sums, portal }: Checked): Failure[] {
  return PORTAL_PAIRS.flatMap(({ portal: right, own: left, tolerance }): Failure[] => {
    const told = portal(right);
    // Where we count nothing ourselves there is nothing to compare.
    if (told === undefined || sums[left] === 0) return [];
    const apart = percentOf(Math.abs(told - sums[left]), Math.max(told, sums[left]));
    if (apart <= tolerance) return [];
    return [{ rule: 'portal', left, right, leftValue: round(sums[left]), rightValue: told }];
  });
}

/** Every identity that a unit's figures fail. Pure. */
export function findFailures(checked: Checked): Failure[] {
  const { columns, sums } = checked;
  return [...checkForm(columns), ...checkParts(sums), ...checkSigns(sums), ...checkPortal(checked)];
}
