import { flow, type Measure, stock } from './measure-set.ts';

/**
 * What is counted elsewhere and reported as a figure of a unit and a period. `isOwn`: the figure is the unit's alone and adds
 * up to nothing above it, as the same procedure is offered by many units.
 */
export type ReportMeasure = Measure & { isOwn: boolean };

const own = (vi: string, en: string): ReportMeasure => ({ ...stock('unit', vi, en), isOwn: true });
const ownFlow = (vi: string, en: string): ReportMeasure => ({ ...flow('unit', vi, en), isOwn: true });
const level = (vi: string, en: string): ReportMeasure => ({ ...stock('unit', vi, en), isOwn: false });
const sum = (vi: string, en: string): ReportMeasure => ({ ...flow('unit', vi, en), isOwn: false });

/** What reports count, in the order of its columns. */
export const REPORT_MEASURES = {
  procTotal: own('TTHC thuộc thẩm quyền', 'Procedures in force'),
  procEligible: own('TTHC đủ điều kiện trực tuyến', 'Procedures eligible for online service'),
  procFull: own('Dịch vụ công toàn trình', 'Services fully online'),
  procPartial: own('Dịch vụ công một phần', 'Services partly online'),
  procUsed: own('Dịch vụ công có hồ sơ trực tuyến', 'Online services with dossiers'),
  procThousand: own('Dịch vụ công từ 1.000 hồ sơ một năm', 'Services with 1,000 dossiers a year'),
  procCore: own('Dịch vụ công thiết yếu đang chạy', 'Core services that work'),
  procReplaced: own('TTHC thay giấy tờ bằng dữ liệu', 'Procedures with papers replaced by data'),
  procFee: own('TTHC có phí, lệ phí', 'Procedures with a fee'),
  procFeeIntegrated: own('TTHC tích hợp thanh toán trực tuyến', 'Procedures that take payment online'),
  procFeePaid: own('TTHC có giao dịch thanh toán', 'Procedures with a payment online'),
  procPublic: own('TTHC đang công khai', 'Procedures made public'),
  procComplete: own('TTHC công khai đủ nội dung', 'Procedures public in all their parts'),
  procCitizen: own('TTHC của công dân', 'Procedures of citizens'),
  procPopulation: own('TTHC khai thác CSDL dân cư', 'Procedures using the population database'),
  procPublished: ownFlow('TTHC công bố trong kỳ', 'Procedures announced'),
  procPublishedOnTime: ownFlow('TTHC công bố đúng hạn', 'Procedures announced on time'),
  procChanged: ownFlow('TTHC phải cập nhật trong kỳ', 'Procedures to be updated'),
  procChangedOnTime: ownFlow('TTHC cập nhật đúng hạn', 'Procedures updated on time'),
  guideRequired: own('Yêu cầu của 1552/BTTTT-THH', 'Requirements of 1552/BTTTT-THH'),
  guideMet: own('Yêu cầu 1552 đã đáp ứng', 'Requirements of 1552 met'),
  syncDue: sum('Hồ sơ phải đồng bộ lên Cổng DVCQG', 'Dossiers to be synchronised'),
  synced: sum('Hồ sơ đã đồng bộ lên Cổng DVCQG', 'Dossiers synchronised'),
  storeDue: sum('Hồ sơ có thể lấy từ kho dữ liệu', 'Dossiers that could use the personal store'),
  storeUsed: sum('Hồ sơ lấy từ kho dữ liệu', 'Dossiers using the personal store'),
  certDue: level('Đơn vị phải chứng thực điện tử', 'Units that should certify electronically'),
  certOffered: level('Đơn vị có chứng thực điện tử', 'Units that certify electronically'),
  officials: level('Cán bộ, công chức', 'Officials'),
  mailUsers: level('Cán bộ dùng thư công vụ thường xuyên', 'Officials using official mail'),
  meetings: sum('Cuộc họp', 'Meetings'),
  meetingsPaperless: sum('Cuộc họp không giấy', 'Paperless meetings'),
  insured: level('Người tham gia BHYT', 'Insured people'),
  insuredAuthenticated: level('Người tham gia BHYT đã xác thực', 'Insured people authenticated'),
  vssid: level('Người đã cài VssID', 'People with VssID'),
} as const satisfies Record<string, ReportMeasure>;
