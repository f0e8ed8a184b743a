import { findIndicator } from './catalogue.ts';
import type { Terms } from './indicator.ts';
import type { TakenId } from './taken-measures.ts';
import type { Words } from './words.ts';

/** The groups of the index of Decision 766, in the order of the decision, each with its words. */
export const INDEX_GROUPS = {
  transparency: { vi: 'Công khai, minh bạch', en: 'Transparency' },
  progress: { vi: 'Tiến độ giải quyết', en: 'Progress' },
  online: { vi: 'Dịch vụ công trực tuyến', en: 'Online service' },
  payment: { vi: 'Thanh toán trực tuyến', en: 'Online payment' },
  satisfaction: { vi: 'Mức độ hài lòng', en: 'Satisfaction' },
  digitisation: { vi: 'Số hóa hồ sơ', en: 'Digitisation' },
} as const satisfies Record<string, Words>;
export type IndexGroupId = keyof typeof INDEX_GROUPS;
export const INDEX_GROUP_IDS = Object.keys(INDEX_GROUPS) as IndexGroupId[];

/** What the portal publishes of a group as a whole: its points. */
export const GROUP_POINTS: Record<IndexGroupId, TakenId> = {
  transparency: 'portalTransparencyPoints',
  progress: 'portalProgressPoints',
  online: 'portalOnlinePoints',
  payment: 'portalPaymentPoints',
  satisfaction: 'portalSatisfactionPoints',
  digitisation: 'portalDigitisationPoints',
};

/** Where a component's figure comes from at the portal: two counts, a percentage, or points whose law is not known. */
export type PortalSource =
  | { kind: 'share'; numerator: TakenId; denominator: TakenId }
  | { kind: 'rate'; rate: TakenId }
  | { kind: 'points'; points: TakenId };

/**
 * What is counted for points. `max` at the most, from the share `full` on; `whenNone`: what stands where nothing occurred, full
 * points, none, or no verdict. `own`: our own measures; null where the law is not known. `indicator`: that of the catalogue.
 */
export type Component = {
  id: string;
  group: IndexGroupId;
  words: Words;
  noun: Words;
  max: number;
  full: number;
  whenNone: 'full' | 'zero' | 'unjudged';
  own: { numerator: Terms; denominator: Terms } | null;
  indicator: string | null;
  portal: PortalSource;
  source: string;
};

const DOSSIERS: Words = { vi: 'hồ sơ', en: 'dossiers' };
const PROCEDURES: Words = { vi: 'TTHC', en: 'procedures' };
const PETITIONS: Words = { vi: 'PAKN', en: 'petitions' };
const LAW = 'QĐ 766/QĐ-TTg';
/** The points were found by trying them on published months, not read in the decision. */
const FOUND = 'thang điểm suy ra từ số liệu Cổng DVCQG đã công bố';

type Draft = Pick<Component, 'id' | 'group' | 'max'> &
  Partial<Component> & { vi: string; en: string; article: string; of?: [TakenId, TakenId] };

function ownOf(id: string | null | undefined): Component['own'] {
  if (id === null || id === undefined) return null;
  const indicator = findIndicator(id);
  if (!indicator?.denominator) throw new RangeError(`${id} is no share of the catalogue`);
  return { numerator: indicator.numerator, denominator: indicator.denominator };
}

function define({ vi, en, article, of, ...draft }: Draft): Component {
  const portal = draft.portal ?? (of && { kind: 'share' as const, numerator: of[0], denominator: of[1] });
  if (!portal) throw new RangeError(`${draft.id} is taken from nowhere`);
  return {
    ...{ noun: DOSSIERS, full: 1, whenNone: 'zero', indicator: null, own: ownOf(draft.indicator) },
    ...draft,
    ...{ portal, words: { vi, en }, source: `${LAW}, ${article}; ${FOUND}` },
  };
}

/** The components in the order of their groups. */
export const COMPONENTS: readonly Component[] = [
  define({
    ...{ id: 'publishedOnTime', group: 'transparency', max: 6, article: '1.1', indicator: 'TR01' },
    ...{ vi: 'Công bố TTHC đúng hạn', en: 'Procedures announced on time', noun: PROCEDURES },
    ...{ whenNone: 'unjudged', of: ['portalPublishedOnTime', 'portalPublished'] },
  }),
  define({
    ...{ id: 'updatedOnTime', group: 'transparency', max: 4, article: '1.2', indicator: 'TR02' },
    ...{ vi: 'Công khai TTHC đúng hạn', en: 'Procedures updated on time', noun: PROCEDURES },
    ...{ whenNone: 'unjudged', of: ['portalChangedOnTime', 'portalChanged'] },
  }),
  define({
    ...{ id: 'fullContent', group: 'transparency', max: 2, article: '1.3', indicator: 'TR03' },
    ...{ vi: 'Công khai đủ nội dung', en: 'Procedures public in all parts', noun: PROCEDURES },
    ...{ whenNone: 'unjudged', of: ['portalComplete', 'portalPublic'] },
  }),
  define({
    ...{ id: 'dossierSync', group: 'transparency', max: 6, article: '1.4', indicator: 'TR04' },
    ...{ vi: 'Đồng bộ hồ sơ', en: 'Dossiers synchronised' },
    ...{ whenNone: 'unjudged', of: ['portalSynced', 'portalSyncDue'] },
  }),
  define({
    ...{ id: 'progress', group: 'progress', max: 20, article: '2.1', indicator: 'TT02' },
    ...{ vi: 'Hồ sơ đúng hạn', en: 'Dossiers on time' },
    of: ['portalOnTime', 'portalReceived'],
  }),
  define({
    ...{ id: 'online', group: 'online', max: 12, article: '3.1-3.3', whenNone: 'unjudged' },
    ...{ vi: 'Cung cấp dịch vụ trực tuyến', en: 'Online provision' },
    portal: { kind: 'points', points: 'portalOnlinePoints' },
  }),
  define({
    ...{ id: 'paidDossiers', group: 'payment', max: 6, article: '3.6', indicator: 'PAY01' },
    ...{ vi: 'Hồ sơ thanh toán trực tuyến', en: 'Dossiers paid online' },
    of: ['portalPaidDossiers', 'portalFeeDossiers'],
  }),
  define({
    ...{ id: 'paidProcedures', group: 'payment', max: 2, full: 0.8, article: '3.5b', indicator: 'PAY03' },
    ...{ vi: 'TTHC có giao dịch thanh toán', en: 'Procedures with a payment', noun: PROCEDURES },
    of: ['portalPaidProcedures', 'portalFeeProcedures'],
  }),
  define({
    ...{ id: 'integrated', group: 'payment', max: 2, full: 0.8, article: '3.5', indicator: 'PAY02' },
    ...{ vi: 'TTHC tích hợp thanh toán', en: 'Procedures that take payment', noun: PROCEDURES },
    of: ['portalIntegrated', 'portalFeeProcedures'],
  }),
  define({
    ...{ id: 'petitionsOnTime', group: 'satisfaction', max: 6, article: '5.2', indicator: 'SAT02' },
    ...{ vi: 'PAKN đúng hạn', en: 'Petitions on time', noun: PETITIONS, whenNone: 'full' },
    of: ['portalPetitionsOnTime', 'portalPetitions'],
  }),
  define({
    ...{ id: 'petitionsSatisfied', group: 'satisfaction', max: 6, article: '5.3', indicator: 'SAT03' },
    ...{ vi: 'Hài lòng về xử lý PAKN', en: 'Petition satisfaction', noun: PETITIONS, whenNone: 'full' },
    of: ['portalPetitionsSatisfied', 'portalPetitions'],
  }),
  define({
    ...{ id: 'dossierSatisfaction', group: 'satisfaction', max: 6, full: 0.9, article: '5.4' },
    ...{ vi: 'Hài lòng về hồ sơ', en: 'Dossier satisfaction', indicator: 'SAT01' },
    of: ['portalSatisfied', 'portalRatedDossiers'],
  }),
  define({
    ...{ id: 'electronicResult', group: 'digitisation', max: 6, article: '4.1', indicator: 'DG01' },
    ...{ vi: 'Kết quả điện tử', en: 'Electronic result' },
    of: ['portalResults', 'portalDossiers'],
  }),
  define({
    ...{ id: 'digitised', group: 'digitisation', max: 4, article: '4.2', indicator: 'DG02' },
    ...{ vi: 'Số hóa giấy tờ và kết quả', en: 'Papers and result digitised' },
    of: ['portalDigitised', 'portalDossiers'],
  }),
  define({
    ...{ id: 'certifiedCopy', group: 'digitisation', max: 2, article: '4', indicator: 'DG07' },
    ...{ vi: 'Chứng thực bản sao điện tử', en: 'Electronic certified copies' },
    ...{ noun: { vi: 'đơn vị', en: 'units' }, portal: { kind: 'rate', rate: 'portalCertifiedRate' } },
  }),
  define({
    ...{ id: 'reused', group: 'digitisation', max: 2, full: 0.8, article: '4.3', indicator: 'DG03' },
    ...{ vi: 'Tái sử dụng dữ liệu số hóa', en: 'Digitised data reused' },
    of: ['portalReused', 'portalDossiers'],
  }),
  define({
    ...{ id: 'personalStore', group: 'digitisation', max: 4, article: '4.4', indicator: 'DG04' },
    ...{ vi: 'Đồng bộ kho dữ liệu cá nhân', en: 'Personal store used' },
    of: ['portalStore', 'portalDossiers'],
  }),
  define({
    ...{ id: 'populationDossiers', group: 'digitisation', max: 2, article: '4.5b', indicator: 'DG05' },
    ...{ vi: 'Hồ sơ khai thác CSDL dân cư', en: 'Dossiers with population data' },
    of: ['portalPopulation', 'portalDossiers'],
  }),
  define({
    ...{ id: 'populationProcedures', group: 'digitisation', max: 2, article: '4.5a', noun: PROCEDURES },
    ...{ vi: 'TTHC kết nối CSDL dân cư', en: 'Procedures with population data' },
    own: { numerator: { procPopulation: 1 }, denominator: { procCitizen: 1 } },
    of: ['portalPopulationProcedures', 'portalCitizenProcedures'],
  }),
];
