import { flow as flowAt, type Measure, stock as stockAt } from './measure-set.ts';

/** What the other kinds of events count, each of the one unit that they name. */

const flow = (vi: string, en: string): Measure => flowAt('unit', vi, en);
const stock = (vi: string, en: string): Measure => stockAt('unit', vi, en);

/** What documents count; confidential ones are never told. */
export const DOCUMENT_MEASURES = {
  docOut: flow('Văn bản phát hành', 'Documents issued'),
  docOutElectronic: flow('Văn bản phát hành điện tử', 'Issued electronically'),
  docOutSigned: flow('Văn bản phát hành ký số', 'Issued and digitally signed'),
  docIn: flow('Văn bản đến', 'Documents received'),
  docInElectronic: flow('Văn bản đến điện tử', 'Received electronically'),
  docInOnTime: flow('Văn bản đến xử lý đúng hạn', 'Incoming done on time'),
  docInLate: flow('Văn bản đến xử lý quá hạn', 'Incoming done late'),
  docInOpen: stock('Văn bản đến có hạn đang xử lý', 'Incoming with a due time, open'),
  docInOverdue: stock('Văn bản đến đang quá hạn', 'Incoming, open and overdue'),
} as const satisfies Record<string, Measure>;

/** What petitions (PAKN) count. */
export const PETITION_MEASURES = {
  petReceived: flow('PAKN tiếp nhận', 'Petitions received'),
  petOnTime: flow('PAKN trả lời đúng hạn', 'Petitions answered on time'),
  petLate: flow('PAKN trả lời quá hạn', 'Petitions answered late'),
  petRefused: flow('PAKN từ chối', 'Petitions refused'),
  petDissatisfied: flow('PAKN đúng hạn mà không hài lòng', 'Answered on time, and not to their satisfaction'),
  petOpen: stock('PAKN đang xử lý', 'Petitions open'),
  petOverdue: stock('PAKN đang quá hạn', 'Petitions open and overdue'),
} as const satisfies Record<string, Measure>;

/** What ratings count. */
export const RATING_MEASURES = {
  rated: flow('Phiếu đánh giá', 'Ratings'),
  ratedSatisfied: flow('Phiếu hài lòng', 'Ratings: satisfied'),
} as const satisfies Record<string, Measure>;

/** What readings of connected systems count; latencies by the bucket they fall in, so that they add up. */
export const PROBE_MEASURES = {
  probes: flow('Lượt kiểm tra kết nối', 'Readings of connections'),
  probesUp: flow('Lượt kiểm tra thông', 'Readings: up'),
  calls: flow('Lượt gọi', 'Calls'),
  callsFailed: flow('Lượt gọi lỗi', 'Failed calls'),
  latencyTo300: flow('Phản hồi đến 0,3 giây', 'Answered within 0.3 s'),
  latencyTo1000: flow('Phản hồi đến 1 giây', 'Answered within 1 s'),
  latencyTo3000: flow('Phản hồi đến 3 giây', 'Answered within 3 s'),
  latencyTo10000: flow('Phản hồi đến 10 giây', 'Answered within 10 s'),
  latencyOver: flow('Phản hồi trên 10 giây', 'Answered after more than 10 s'),
} as const satisfies Record<string, Measure>;

/** What tasks of the digital transformation count. */
export const TASK_MEASURES = {
  taskAssigned: stock('Nhiệm vụ được giao', 'Tasks assigned'),
  taskMet: stock('Nhiệm vụ hoàn thành', 'Tasks met'),
  taskExceeded: stock('Nhiệm vụ vượt chỉ tiêu', 'Tasks exceeded'),
  taskBlocked: stock('Nhiệm vụ vướng mắc', 'Tasks blocked'),
  taskOverdue: stock('Nhiệm vụ quá hạn', 'Tasks overdue'),
} as const satisfies Record<string, Measure>;
