import { levelsOf, OF_PROVINCE, own, type ShippedLevel } from './shipped-levels.ts';

/** The levels of documents, connected systems, tasks of the digital transformation and social insurance. */
export const SHIPPED_OFFICE: readonly ShippedLevel[] = [
  {
    ...{ id: 'DOC01', indicator: 'DOC01', direction: 'below' },
    levels: levelsOf({ advisory: 100, warning: 90 }),
    source: {
      vi: 'Kế hoạch huyện Lập Thạch 2023: 100 %, trừ văn bản mật; 90 % là mặc định của phần mềm',
      en: 'Plan of Lập Thạch district 2023: 100 %, confidential ones apart; 90 % is a default of the software',
    },
    consequence: {
      vi: 'Văn bản giấy đi chậm hơn và không tra cứu được trên phần mềm.',
      en: 'Paper travels slower, and nobody finds it in the software.',
    },
    action: {
      vi: 'Tìm đơn vị còn phát hành giấy, kiểm tra lý do, yêu cầu phát hành qua phần mềm.',
      en: 'Find who still issues on paper, ask why, and have them issue through the software.',
    },
  },
  {
    ...{ id: 'DOC02', indicator: 'DOC02', direction: 'below' },
    levels: levelsOf({ advisory: 99, warning: 90 }),
    source: {
      vi: 'Vĩnh Phúc 2024: trên 99 % văn bản ký số; 90 % là mặc định của phần mềm',
      en: 'Vĩnh Phúc 2024: more than 99 % signed; 90 % is a default of the software',
    },
    consequence: {
      vi: 'Văn bản không ký số không có giá trị khi gửi qua Trục liên thông, nơi nhận sẽ đòi bản giấy.',
      en: 'Without a signature a document counts for nothing on the axis, and whoever gets it asks for paper.',
    },
    action: {
      vi: 'Kiểm tra chứng thư số hết hạn của người ký, cấp lại, ký bù văn bản còn thiếu.',
      en: 'Check whose certificates have run out, renew them, and sign what is missing.',
    },
  },
  {
    ...{ id: 'DOC03', indicator: 'DOC03', direction: 'above' },
    levels: levelsOf({ advisory: 2, warning: 5 }),
    source: own(
      ': từ 2 % và từ 5 % tự đặt, chưa có văn bản',
      ': from 2 % and from 5 % are our own, no paper',
    ),
    consequence: {
      vi: 'Việc cấp trên giao trong văn bản đã quá hạn mà chưa có báo cáo.',
      en: 'What a superior asked for in writing is past its date without an answer.',
    },
    action: {
      vi: 'Mở danh sách văn bản đến quá hạn, nhắc từng người xử lý, báo lại nơi gửi ngày hoàn thành.',
      en: 'Open the incoming documents past their date, remind each person, and tell the sender when it is done.',
    },
  },
  {
    ...{ id: 'DOC04', indicator: 'DOC04', direction: 'below' },
    levels: levelsOf({ advisory: 80, warning: 50 }),
    source: {
      vi: 'Kế hoạch huyện Lập Thạch 2023: trên 80 % dùng thường xuyên; 50 % là mặc định của phần mềm',
      en: 'Plan of Lập Thạch district 2023: over 80 % use it regularly; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Công việc trao đổi qua hộp thư cá nhân: mất dấu và mất an toàn thông tin.',
      en: 'Work goes through private mail boxes: it leaves no trace and is not safe.',
    },
    action: {
      vi: 'Đối chiếu danh sách cán bộ chưa đăng nhập trong tháng, cấp lại mật khẩu, hướng dẫn tại chỗ.',
      en: 'Take the list of who did not sign in this month, reset passwords, and show them how.',
    },
  },
  {
    ...{ id: 'DOC05', indicator: 'DOC05', direction: 'below' },
    minimum: 5,
    levels: levelsOf({ advisory: 20 }),
    source: own(': không có chỉ tiêu chính thức, chỉ để lưu ý', ': no paper states a target; a message only'),
    consequence: {
      vi: 'Tài liệu họp vẫn in và gửi tay: tốn kém và đến muộn.',
      en: 'Papers for meetings are still printed and carried: it costs money and comes late.',
    },
    action: {
      vi: 'Chọn các cuộc họp định kỳ để chuyển sang phòng họp không giấy trước.',
      en: 'Begin with the regular meetings, and hold those without paper.',
    },
  },
  {
    ...{ id: 'SYS01', indicator: 'SYS01', direction: 'below' },
    minimum: 20,
    levels: levelsOf({ advisory: 99.5, warning: 99 }),
    source: own(
      ': 99,5 % và 99 % tự đặt, chưa có bộ chỉ tiêu LGSP được công bố',
      ': 99.5 % and 99 % are our own, no set of figures for the platform is published',
    ),
    consequence: {
      vi: 'Kết nối gián đoạn: hồ sơ, văn bản, thanh toán dừng lại ở chỗ nối, không ai báo cho người dân.',
      en: 'A link is broken: dossiers, documents and payments stop there, and nobody tells people.',
    },
    action: {
      vi: 'Mở trang Hệ thống, xem hệ thống nào dừng và từ lúc nào, gọi đơn vị vận hành.',
      en: 'Open the page of systems, see which is down and since when, and call whoever runs it.',
    },
  },
  {
    ...{ id: 'SYS02', indicator: 'SYS02', direction: 'below' },
    minimum: 100,
    levels: levelsOf({ advisory: 99, warning: 95 }),
    source: own(': 99 % và 95 % tự đặt', ': 99 % and 95 % are our own'),
    consequence: {
      vi: 'Nhiều lần gọi dịch vụ bị lỗi: cán bộ phải làm lại, dữ liệu hai bên lệch nhau.',
      en: 'Many calls fail: staff do things twice, and the two sides no longer agree.',
    },
    action: {
      vi: 'Xem mã lỗi theo hệ thống và giờ, tách lỗi của bên nhận với lỗi của bên gửi, gửi lại.',
      en: 'Look at the errors by system and hour, tell ours from theirs, and send again.',
    },
  },
  {
    ...{ id: 'SYS05', indicator: 'SYS05', direction: 'below' },
    ...OF_PROVINCE,
    levels: levelsOf({ advisory: 100, warning: 50 }),
    source: {
      vi: 'Công văn 1552/BTTTT-THH: đáp ứng đủ yêu cầu; 50 % là mặc định của phần mềm',
      en: 'Letter 1552/BTTTT-THH: all requirements; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Hệ thống không đủ điều kiện kỹ thuật để kết nối CSDL dân cư và có thể bị ngắt.',
      en: 'The system does not meet the terms for the population database, and may be cut off.',
    },
    action: {
      vi: 'Lập bảng yêu cầu chưa đạt, giao chủ quản từng hệ thống, ưu tiên yêu cầu về an toàn thông tin.',
      en: 'List what is not met, give each item to the owner of a system, security first.',
    },
  },
  {
    ...{ id: 'SYS06', indicator: 'SYS06', direction: 'below' },
    minimum: 20,
    levels: levelsOf({ advisory: 95 }),
    source: own(': 95 % lượt dưới 3 giây tự đặt', ': 95 % of readings within 3 s is our own'),
    consequence: {
      vi: 'Cán bộ chờ từng lần tra cứu, hàng người tại quầy dài ra.',
      en: 'Staff wait for each look-up, and the queue at the counter grows.',
    },
    action: {
      vi: 'Xem giờ nào chậm và hệ thống nào chậm, báo đơn vị vận hành kèm số liệu.',
      en: 'See at which hours and in which system it is slow, and send the figures to whoever runs it.',
    },
  },
  {
    ...{ id: 'DX01', indicator: 'DX01', direction: 'below' },
    minimum: 5,
    levels: levelsOf({ advisory: 80 }),
    source: own(
      ': 80 % tự đặt, gần mức 13 trên 15 của Vĩnh Phúc 2024; chỉ để lưu ý',
      ': 80 % is our own, near the 13 of 15 of Vĩnh Phúc 2024; a message only',
    ),
    consequence: {
      vi: 'Nhiệm vụ người đứng đầu đã ký nhận sẽ không xong trong năm và bị tính khi đánh giá.',
      en: 'Tasks that heads signed for will not be done within the year, and count when they are judged.',
    },
    action: {
      vi: 'Mở bảng nhiệm vụ, hỏi lý do của việc chậm và vướng mắc, ghi người gỡ và ngày xong.',
      en: 'Open the board of tasks, ask why each is late or blocked, and note who clears it by when.',
    },
  },
  {
    ...{ id: 'SOC01', indicator: 'SOC01', direction: 'below' },
    levels: levelsOf({ advisory: 70, warning: 50 }),
    source: {
      vi: 'BHXH Lập Thạch, 6/2023: trên 70 %; 50 % là mặc định của phần mềm',
      en: 'Social insurance of Lập Thạch, June 2023: over 70 %; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Người tham gia BHYT chưa xác thực thì không khám chữa bệnh bằng căn cước được.',
      en: 'Insured people who are not authenticated cannot see a doctor by their identity card.',
    },
    action: {
      vi: 'Lọc danh sách chưa khớp theo xã, phối hợp công an xã sửa thông tin sai lệch.',
      en: 'Sort what does not match by commune, and correct it with the police there.',
    },
  },
  {
    ...{ id: 'SOC02', indicator: 'SOC02', direction: 'below' },
    levels: levelsOf({ advisory: 50 }),
    source: {
      vi: 'BHXH Lập Thạch, 6/2023: trên 40.000 trên 80.000 người',
      en: 'Social insurance of Lập Thạch, June 2023: over 40,000 of 80,000 people',
    },
    consequence: {
      vi: 'Người dân không có sổ bảo hiểm trên điện thoại, mọi tra cứu đều phải đến cơ quan bảo hiểm.',
      en: 'People do not have their insurance on the phone, and come to the office for each question.',
    },
    action: {
      vi: 'Hướng dẫn cài VssID tại trạm y tế và bộ phận một cửa cùng lúc xác thực.',
      en: 'Show people how to install VssID at health stations and counters while they are authenticated.',
    },
  },
];
