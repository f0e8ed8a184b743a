import { DOSSIER_MEASURES } from './dossier-measures.ts';
import type { Measure } from './measure-set.ts';
import {
  DOCUMENT_MEASURES,
  PETITION_MEASURES,
  PROBE_MEASURES,
  RATING_MEASURES,
  TASK_MEASURES,
} from './other-measures.ts';
import { REPORT_MEASURES } from './report-measures.ts';

/** Every measure, each of one kind of event, in column order. */
export const MEASURES = {
  ...DOSSIER_MEASURES,
  ...DOCUMENT_MEASURES,
  ...PETITION_MEASURES,
  ...RATING_MEASURES,
  ...PROBE_MEASURES,
  ...TASK_MEASURES,
  ...REPORT_MEASURES,
} satisfies Record<string, Measure>;

export type MeasureId = keyof typeof MEASURES;

/** All measure ids, in column order. */
export const MEASURE_IDS = Object.keys(MEASURES) as MeasureId[];

const TOPICAL = { ...DOSSIER_MEASURES, ...PROBE_MEASURES };

/** What is counted by topic too: dossiers by area of work and procedure, readings by system. */
export const TOPIC_IDS = Object.keys(TOPICAL) as (keyof typeof TOPICAL)[];
export type TopicSums = Record<keyof typeof TOPICAL, number>;

/** Measures whose stored sums are levels. */
export const STOCK_IDS = MEASURE_IDS.filter((id) => MEASURES[id].kind === 'stock');

/** Sums of every measure: flows over a period, stocks at its end. */
export type Sums = Record<MeasureId, number>;

const NO_SUMS = Object.fromEntries(MEASURE_IDS.map((id) => [id, 0])) as Sums;

/** Sums with nothing in them. */
export function emptySums(): Sums {
  return { ...NO_SUMS };
}
