/** What the portal's evaluation answers hold, as figures of departments. Pure. Law: null is nothing told, never 0. */
import { z } from 'zod';
import { findTakenFault, type TakenId } from '../../shared/taken-measures.ts';

/** What was read of one department: its code where the answer tells it, and its figures. */
export type PortalRow = { department: string; code: string | null; values: Partial<Record<TakenId, number>> };

/** A page of an answer; `unreadable`: how many departments could not be read, `unfit`: how many figures cannot be. */
export type PortalPage = { rows: PortalRow[]; unreadable: number; unfit: number; pages: number };

const Amount = z.number().nullish();
const Department = z.looseObject({
  departmentId: z.string().min(1),
  departmentCode: z.string().nullish(),
  score: Amount,
  totalScore: Amount,
});
const Metric = z.looseObject({ code: z.string(), numerator: Amount, denominator: Amount, ratio: Amount });
const Pagination = z.looseObject({ totalPages: z.int().min(0).nullish() });
const Tree = z.looseObject({
  data: z.looseObject({
    parent: z.unknown(),
    children: z.array(z.unknown()),
    pagination: Pagination.nullish(),
  }),
});
const Evaluation = z.looseObject({
  data: z.looseObject({
    overview: z.unknown(),
    evaluation: z.array(z.unknown()),
    pagination: Pagination.nullish(),
  }),
});

type Parts = [numerator: TakenId | null, denominator: TakenId | null];

/** One kind of evaluation: where it is asked for, how its rows come, and which of our measures its fields are. */
export type Endpoint = {
  path: string;
  /** Asked for by days instead of a kind of period. */
  isByDays: boolean;
  pageSize: number;
  points: TakenId;
} & (
  | { shape: 'tree'; fields: Readonly<Record<string, TakenId>> }
  | { shape: 'metrics'; metrics: Readonly<Record<string, Parts>>; rates: Readonly<Record<string, TakenId>> }
);

/** Every evaluation, the first of which tells the codes of departments. */
export const ENDPOINTS: readonly Endpoint[] = [
  {
    ...{ path: 'dvc-progress-tree', isByDays: false, pageSize: 100, shape: 'tree' },
    points: 'portalProgressPoints',
    fields: { totalReceived: 'portalReceived', totalOnTime: 'portalOnTime' },
  },
  {
    ...{ path: 'provide-online-tree', isByDays: false, pageSize: 200, shape: 'tree' },
    ...{ points: 'portalOnlinePoints', fields: {} },
  },
  {
    ...{ path: 'formality-online-payment-tree', isByDays: false, pageSize: 100, shape: 'tree' },
    points: 'portalPaymentPoints',
    fields: {
      totalDossierOnlinePaymentSuccess: 'portalPaidDossiers',
      totalDossierFinancialObligation: 'portalFeeDossiers',
      totalDossierOnlineFormalityPaymentSuccess: 'portalPaidProcedures',
      totalFeeDossierFormality: 'portalIntegrated',
      totalFeeFormality: 'portalFeeProcedures',
    },
  },
  {
    ...{ path: 'transparency', isByDays: false, pageSize: 200, shape: 'metrics', rates: {} },
    points: 'portalTransparencyPoints',
    metrics: {
      PUBLISH_ON_TIME: ['portalPublishedOnTime', 'portalPublished'],
      PUBLIC_UPDATE_ON_TIME: ['portalChangedOnTime', 'portalChanged'],
      PUBLIC_CONTENT_FULL: ['portalComplete', 'portalPublic'],
      DOSSIER_SYNC: ['portalSynced', 'portalSyncDue'],
    },
  },
  {
    ...{ path: 'dossier-digitized', isByDays: false, pageSize: 200, shape: 'metrics' },
    points: 'portalDigitisationPoints',
    metrics: {
      ORIGINAL_RESULT_AVAILABLE: ['portalResults', 'portalDossiers'],
      SO_HOA_GIAY_TO_GIAI_QUYET: ['portalDigitised', null],
      REUSED_DIGITIZED_DATA: ['portalReused', null],
      SYNCED_WITH_DVCQG_PERSONAL_STORAGE: ['portalStore', null],
      CITIZEN_DATA_CONNECTED_DOSSIER: ['portalPopulation', null],
      CITIZEN_DATA_CONNECTED_FORMALITY: ['portalPopulationProcedures', 'portalCitizenProcedures'],
    },
    rates: { ELECTRONIC_CERTIFIED_COPY: 'portalCertifiedRate' },
  },
  {
    ...{ path: 'handling-satisfaction', isByDays: true, pageSize: 200, shape: 'metrics', rates: {} },
    points: 'portalSatisfactionPoints',
    metrics: {
      DOSSIER_RECEIVING_SATISFACTION: ['portalSatisfied', 'portalRatedDossiers'],
      PETITION_PROCESSING_ON_TIME: ['portalPetitionsOnTime', 'portalPetitions'],
      PETITION_HANDLING_SATISFACTION: ['portalPetitionsSatisfied', null],
    },
  },
];

/** The figures of a department as they are read, and how many were left out because they cannot be. */
type Read = { values: PortalRow['values']; unfit: number };

function keep(read: Read, id: TakenId | null | undefined, value: unknown): void {
  if (!id || typeof value !== 'number' || !Number.isFinite(value)) return;
  if (findTakenFault(id, value) === undefined) read.values[id] = value;
  else read.unfit += 1;
}

function readMetrics(endpoint: Extract<Endpoint, { shape: 'metrics' }>, row: unknown, read: Read): boolean {
  const parsed = z.looseObject({ metrics: z.array(Metric) }).safeParse(row);
  if (!parsed.success) return false;
  for (const { code, numerator, denominator, ratio } of parsed.data.metrics) {
    keep(read, endpoint.metrics[code]?.[0], numerator);
    keep(read, endpoint.metrics[code]?.[1], denominator);
    keep(read, endpoint.rates[code], ratio);
  }
  return true;
}

function readRow(endpoint: Endpoint, row: unknown): { row: PortalRow; unfit: number } | undefined {
  const parsed = Department.safeParse(row);
  if (!parsed.success) return undefined;
  const { departmentId, departmentCode, score, totalScore } = parsed.data;
  const read: Read = { values: {}, unfit: 0 };
  keep(read, endpoint.points, totalScore ?? score);
  if (endpoint.shape === 'metrics' && !readMetrics(endpoint, row, read)) return undefined;
  if (endpoint.shape === 'tree')
    for (const [field, id] of Object.entries(endpoint.fields)) keep(read, id, parsed.data[field]);
  const { values, unfit } = read;
  return { row: { department: departmentId, code: departmentCode ?? null, values }, unfit };
}

/** Reads a page of an answer; undefined for what is no such answer at all. A department that cannot be read is left out. */
export function readPage(endpoint: Endpoint, body: unknown): PortalPage | undefined {
  const parsed =
    endpoint.shape === 'tree'
      ? Tree.transform(({ data }) => ({ ...data, all: [data.parent, ...data.children] })).safeParse(body)
      : Evaluation.transform(({ data }) => ({ ...data, all: [data.overview, ...data.evaluation] })).safeParse(
          body,
        );
  if (!parsed.success) return undefined;
  const told = parsed.data.all.filter((row) => row !== null && row !== undefined);
  const read = told.flatMap((row) => readRow(endpoint, row) ?? []);
  const pages = parsed.data.pagination?.totalPages ?? 1;
  const unfit = read.reduce((sum, one) => sum + one.unfit, 0);
  return { rows: read.map(({ row }) => row), unreadable: told.length - read.length, unfit, pages };
}
