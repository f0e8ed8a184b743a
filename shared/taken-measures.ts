import type { Words } from './words.ts';

/**
 * Figures that another office publishes of a unit and a period, taken as they are: they are added to nothing, neither over
 * units nor over periods, and stand beside our own.
 */
export type TakenMeasure = {
  words: Words;
  /** What it cannot exceed; null where nothing says so. */
  most: number | null;
};

const taken = (vi: string, en: string, most: number | null = null): TakenMeasure => ({
  words: { vi, en },
  most,
});

/** What the national portal publishes under Decision 766. */
export const TAKEN_MEASURES = {
  portalPublished: taken('Cổng DVCQG: TTHC công bố', 'Portal: procedures announced'),
  portalPublishedOnTime: taken('Cổng DVCQG: TTHC công bố đúng hạn', 'Portal: announced on time'),
  portalChanged: taken('Cổng DVCQG: TTHC phải cập nhật', 'Portal: procedures to update'),
  portalChangedOnTime: taken('Cổng DVCQG: TTHC cập nhật đúng hạn', 'Portal: updated on time'),
  portalPublic: taken('Cổng DVCQG: TTHC công khai', 'Portal: procedures public'),
  portalComplete: taken('Cổng DVCQG: TTHC đủ nội dung', 'Portal: public in all parts'),
  portalSyncDue: taken('Cổng DVCQG: hồ sơ phải đồng bộ', 'Portal: dossiers to synchronise'),
  portalSynced: taken('Cổng DVCQG: hồ sơ đã đồng bộ', 'Portal: dossiers synchronised'),
  portalReceived: taken('Cổng DVCQG: hồ sơ đánh giá', 'Portal: dossiers evaluated'),
  portalOnTime: taken('Cổng DVCQG: hồ sơ đúng hạn', 'Portal: dossiers on time'),
  portalFeeDossiers: taken('Cổng DVCQG: hồ sơ có nghĩa vụ tài chính', 'Portal: dossiers with a fee'),
  portalPaidDossiers: taken('Cổng DVCQG: hồ sơ thanh toán trực tuyến', 'Portal: dossiers paid online'),
  portalFeeProcedures: taken('Cổng DVCQG: TTHC có phí', 'Portal: procedures with a fee'),
  portalIntegrated: taken('Cổng DVCQG: TTHC tích hợp thanh toán', 'Portal: procedures taking payment online'),
  portalPaidProcedures: taken('Cổng DVCQG: TTHC có giao dịch', 'Portal: procedures paid online'),
  portalRatedDossiers: taken('Cổng DVCQG: hồ sơ xét hài lòng', 'Portal: dossiers judged for satisfaction'),
  portalSatisfied: taken('Cổng DVCQG: hồ sơ hài lòng', 'Portal: dossiers without complaint'),
  portalPetitions: taken('Cổng DVCQG: PAKN', 'Portal: petitions'),
  portalPetitionsOnTime: taken('Cổng DVCQG: PAKN đúng hạn', 'Portal: petitions on time'),
  portalPetitionsSatisfied: taken('Cổng DVCQG: PAKN hài lòng', 'Portal: petitions satisfied'),
  portalDossiers: taken('Cổng DVCQG: hồ sơ xét số hóa', 'Portal: dossiers judged for digitisation'),
  portalResults: taken('Cổng DVCQG: hồ sơ có kết quả điện tử', 'Portal: with an electronic result'),
  portalDigitised: taken('Cổng DVCQG: hồ sơ số hóa', 'Portal: digitised'),
  portalReused: taken('Cổng DVCQG: hồ sơ tái sử dụng dữ liệu', 'Portal: reusing data'),
  portalStore: taken('Cổng DVCQG: hồ sơ đồng bộ kho dữ liệu', 'Portal: with the personal store'),
  portalPopulation: taken('Cổng DVCQG: hồ sơ khai thác dân cư', 'Portal: using the population database'),
  portalCitizenProcedures: taken('Cổng DVCQG: TTHC của công dân', 'Portal: procedures of citizens'),
  portalPopulationProcedures: taken(
    'Cổng DVCQG: TTHC kết nối dân cư',
    'Portal: procedures with population data',
  ),
  portalCertifiedRate: taken(
    'Cổng DVCQG: tỷ lệ chứng thực điện tử',
    'Portal: certified copies, per cent',
    100,
  ),
  portalTransparencyPoints: taken(
    'Cổng DVCQG: điểm công khai, minh bạch',
    'Portal: points for transparency',
    18,
  ),
  portalProgressPoints: taken('Cổng DVCQG: điểm tiến độ giải quyết', 'Portal: points for progress', 20),
  portalOnlinePoints: taken('Cổng DVCQG: điểm dịch vụ trực tuyến', 'Portal: points for online service', 12),
  portalPaymentPoints: taken('Cổng DVCQG: điểm thanh toán trực tuyến', 'Portal: points for payment', 10),
  portalSatisfactionPoints: taken('Cổng DVCQG: điểm mức độ hài lòng', 'Portal: points for satisfaction', 18),
  portalDigitisationPoints: taken('Cổng DVCQG: điểm số hóa hồ sơ', 'Portal: points for digitisation', 22),
} as const satisfies Record<string, TakenMeasure>;

export type TakenId = keyof typeof TAKEN_MEASURES;

/** All ids of what is taken. */
export const TAKEN_IDS = Object.keys(TAKEN_MEASURES) as TakenId[];

/** Why a value cannot be what was published of a measure; undefined where it can. */
export function findTakenFault(id: TakenId, value: number): string | undefined {
  const { most } = TAKEN_MEASURES[id];
  if (value < 0) return 'is less than 0';
  return most !== null && value > most ? `is more than ${most}, the most it can be` : undefined;
}

/** Whether an id is one of what is taken. */
export const isTakenId = (id: string): id is TakenId => Object.hasOwn(TAKEN_MEASURES, id);
