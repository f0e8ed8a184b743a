import type { ShippedLevel } from './shipped-levels.ts';

/** The same for what is done online and on paper. */
export const SHIPPED_ONLINE: readonly ShippedLevel[] = [
  {
    ...{ id: 'ON01', indicator: 'ON01', direction: 'below' },
    levels: [
      { severity: 'major', raise: 40, count: null },
      { severity: 'warning', raise: 50, count: null },
    ],
    source: {
      vi: 'QĐ 766/QĐ-TTg, 3.3: đủ điểm từ 50 %; 40 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 3.3: full score from 50 %; 40 % is a default of the software',
    },
    consequence: {
      vi: 'Quầy tiếp nhận quá tải, điểm dịch vụ công trực tuyến của Bộ chỉ số 766 bị trừ.',
      en: 'Counters stay crowded, and points for online services in the index of Decision 766 are lost.',
    },
    action: {
      vi: 'Cử Tổ công nghệ số hỗ trợ người dân nộp trực tuyến; xem thủ tục nào vẫn nhận giấy nhiều nhất.',
      en: 'Send helpers who show people how to file online; see which procedures still come on paper most.',
    },
  },
  {
    ...{ id: 'ON02', indicator: 'ON02', direction: 'below' },
    levels: [
      { severity: 'warning', raise: 60, count: null },
      { severity: 'advisory', raise: 85, count: null },
    ],
    source: {
      vi: 'Mục tiêu 2025 của Bộ TT&TT: 85 %; 60 % là mặc định của phần mềm',
      en: 'Target for 2025 of the Ministry of Information: 85 %; 60 % is a default of the software',
    },
    consequence: {
      vi: 'Dịch vụ gọi là toàn trình nhưng người dân vẫn phải đến nơi: mục tiêu cả năm sẽ không đạt.',
      en: 'Services said to be fully online still bring people to the office: the target of the year is missed.',
    },
    action: {
      vi: 'Tìm thủ tục toàn trình có ít hồ sơ trực tuyến, bỏ bước phải đến nơi, thông báo lại cho người dân.',
      en: 'Find fully online procedures with few online dossiers, drop steps that need a visit, and tell people.',
    },
  },
  {
    ...{ id: 'PAY01', indicator: 'PAY01', direction: 'below' },
    levels: [
      { severity: 'major', raise: 50, count: null },
      { severity: 'warning', raise: 80, count: null },
    ],
    source: {
      vi: 'QĐ 766/QĐ-TTg, 3.6: chỉ tiêu 80 %; 50 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 3.6: target 80 %; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Phí, lệ phí vẫn thu tiền mặt: dễ sai sót, và điểm thanh toán trực tuyến bị trừ.',
      en: 'Fees are still paid in cash: mistakes are easy, and points for online payment are lost.',
    },
    action: {
      vi: 'Đặt mã QR tại quầy, nhắc thanh toán khi nộp, kiểm tra thủ tục chưa nối Cổng thanh toán.',
      en: 'Put QR codes at the counter, ask for payment at filing, check procedures not yet on the payment portal.',
    },
  },
  {
    ...{ id: 'DG01', indicator: 'DG01', direction: 'below' },
    levels: [
      { severity: 'warning', raise: 60, count: null },
      { severity: 'advisory', raise: 100, count: null },
    ],
    source: {
      vi: 'QĐ 766/QĐ-TTg, 4.1: chỉ tiêu 100 %; 60 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 4.1: target 100 %; 60 % is a default of the software',
    },
    consequence: {
      vi: 'Kết quả chỉ có bản giấy thì lần sau không dùng lại được, người dân lại phải nộp bản sao.',
      en: 'What exists on paper only cannot be used again: people must bring copies the next time.',
    },
    action: {
      vi: 'Kiểm tra chữ ký số của người ký và thủ tục chưa trả bản điện tử; ký bù các kết quả còn thiếu.',
      en: 'Check the digital signatures of those who sign, and sign the missing results afterwards.',
    },
  },
  {
    ...{ id: 'DG02', indicator: 'DG02', direction: 'below' },
    levels: [{ severity: 'advisory', raise: 80, count: null }],
    source: {
      vi: 'QĐ 766/QĐ-TTg, 4.2: đủ điểm từ 80 %; chỉ để lưu ý, vì thực tế hầu hết đơn vị còn rất thấp',
      en: 'Decision 766/QĐ-TTg, 4.2: full score from 80 %; a message only, as most units are still far below',
    },
    consequence: {
      vi: 'Kho dữ liệu của tỉnh thiếu hồ sơ, việc tái sử dụng giấy tờ không thực hiện được.',
      en: 'The archive of the province has gaps, and papers cannot be used again.',
    },
    action: {
      vi: 'Số hóa ngay tại quầy khi tiếp nhận; kiểm tra máy quét và người được giao việc này.',
      en: 'Scan at the counter when dossiers are taken; check the scanners and who is in charge of them.',
    },
  },
  {
    ...{ id: 'DG03', indicator: 'DG03', direction: 'below' },
    levels: [{ severity: 'advisory', raise: 80, count: null }],
    source: {
      vi: 'QĐ 766/QĐ-TTg, 4.3: chỉ tiêu 80 %; chỉ để lưu ý, vì thực tế hầu hết đơn vị còn rất thấp',
      en: 'Decision 766/QĐ-TTg, 4.3: target 80 %; a message only, as most units are still far below',
    },
    consequence: {
      vi: 'Người dân phải nộp lại giấy tờ mà cơ quan nhà nước đã có.',
      en: 'People are asked again for papers that the state already has.',
    },
    action: {
      vi: 'Nhắc cán bộ tra Kho dữ liệu trước khi yêu cầu giấy tờ; báo thủ tục mà hệ thống chưa cho dùng lại.',
      en: 'Have staff look in the archive before they ask for papers; report procedures that do not allow it yet.',
    },
  },
  {
    ...{ id: 'DG06', indicator: 'DG06', direction: 'below' },
    levels: [
      { severity: 'warning', raise: 90, count: null },
      { severity: 'advisory', raise: 100, count: null },
    ],
    source: {
      vi: 'QĐ 29/2026/QĐ-TTg: 100 %; 90 % là mặc định của phần mềm',
      en: 'Decision 29/2026/QĐ-TTg: 100 %; 90 % is a default of the software',
    },
    consequence: {
      vi: 'Hồ sơ nộp bằng tài khoản khác không được xác thực danh tính và sẽ bị từ chối.',
      en: 'Dossiers filed by other accounts are of nobody whose identity is known, and will be refused.',
    },
    action: {
      vi: 'Hỗ trợ người dân kích hoạt VNeID mức 2 tại quầy; tìm nơi còn nhận tài khoản cũ.',
      en: 'Help people to activate VNeID level 2 at the counter; find where old accounts are still taken.',
    },
  },
];
