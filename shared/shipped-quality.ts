import { levelsOf, OF_PROCEDURES, own, type ShippedLevel } from './shipped-levels.ts';

/** The levels of how long things take, of what people say of them, and of what is made public. */
export const SHIPPED_QUALITY: readonly ShippedLevel[] = [
  {
    ...{ id: 'TT06', indicator: 'TT06', direction: 'above' },
    deadband: 0.5,
    levels: levelsOf({ advisory: 7 }),
    source: own(
      ': 7 ngày làm việc tự đặt theo mức 7,05 ngày đã thấy ở Phú Thọ; hạn thật là của từng thủ tục',
      ': 7 working days is our own, near the 7.05 seen in Phú Thọ; the true limit is that of each procedure',
    ),
    consequence: {
      vi: 'Hồ sơ nằm lâu hơn nơi khác dù chưa trễ hạn: người dân chờ, và hạn dự phòng không còn.',
      en: 'Dossiers lie longer than elsewhere even if not late: people wait, and there is no time in reserve.',
    },
    action: {
      vi: 'So thời gian từng thủ tục với quy định, tìm bước chờ lâu nhất, cắt bước không cần thiết.',
      en: 'Compare each procedure with its norm, find the step that waits longest, and cut what is not needed.',
    },
  },
  {
    ...{ id: 'TT10', indicator: 'TT10', direction: 'below' },
    minimum: 20,
    levels: levelsOf({ advisory: 100, warning: 30 }),
    source: {
      vi: 'NĐ 61/2018/NĐ-CP, biểu 07a/BTP: mỗi hồ sơ trễ một thư xin lỗi; 30 % là mặc định của phần mềm',
      en: 'Decree 61/2018/NĐ-CP, form 07a/BTP: an apology for each late dossier; 30 % is a default of the software',
    },
    consequence: {
      vi: 'Người dân nhận kết quả muộn mà không ai nói lý do và ngày hẹn mới.',
      en: 'People get their result late, and nobody tells them why or names a new date.',
    },
    action: {
      vi: 'Mở danh sách hồ sơ trễ chưa có thư xin lỗi, gửi thư trong ngày, ghi lý do và ngày hẹn lại.',
      en: 'Open the late dossiers without an apology, write today, and give the reason and the new date.',
    },
  },
  {
    ...{ id: 'TT11', indicator: 'TT11', direction: 'above' },
    minimum: 10,
    levels: levelsOf({ advisory: 1, warning: 10 }),
    source: own(
      ': mục tiêu là 0; hạn 8 giờ làm việc theo trí nhớ, 1 % và 10 % tự đặt',
      ': the aim is none; the 8 working hours are recalled, 1 % and 10 % are our own',
    ),
    consequence: {
      vi: 'Hồ sơ nộp qua mạng nằm chờ, người dân không biết đã được nhận hay chưa.',
      en: 'What was filed online lies waiting, and people do not know whether anybody took it.',
    },
    action: {
      vi: 'Phân công người trực hộp tiếp nhận trực tuyến đầu giờ sáng và chiều, xử lý hồ sơ chờ lâu nhất trước.',
      en: 'Put somebody on the online inbox each morning and afternoon, and take what has waited longest first.',
    },
  },
  {
    ...{ id: 'SAT01', indicator: 'SAT01', direction: 'below' },
    levels: levelsOf({ advisory: 90, warning: 70 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 5.4: đủ điểm từ 90 %; 70 % là mặc định của phần mềm, vì cùng hồ sơ trễ đã được báo ở tiến độ',
      en: 'Decision 766/QĐ-TTg, 5.4: full score from 90 %; 70 % is a default of the software, as progress warns of the same late dossiers',
    },
    consequence: {
      vi: 'Hồ sơ trễ và không hài lòng kéo điểm mức độ hài lòng xuống, dù từng hồ sơ có xong.',
      en: 'Late and unwelcome dossiers pull satisfaction down, even where each was finished.',
    },
    action: {
      vi: 'Xem phần mất là do trễ hạn hay do phản ánh; xử lý hồ sơ trễ trước, rồi gọi lại người không hài lòng.',
      en: 'See whether lateness or complaints cost more; deal with the late ones, then call those who were not content.',
    },
  },
  {
    ...{ id: 'SAT02', indicator: 'SAT02', direction: 'below' },
    minimum: 10,
    levels: levelsOf({ advisory: 100, warning: 80 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 5.2: trong 15 ngày làm việc, chỉ tiêu 100 %; 80 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 5.2: within 15 working days, target 100 %; 80 % is a default of the software',
    },
    consequence: {
      vi: 'Phản ánh của người dân không được trả lời đúng hạn sẽ được gửi lại lên cấp trên.',
      en: 'Complaints that get no answer in time are sent again, to whoever stands above.',
    },
    action: {
      vi: 'Giao từng phản ánh đến hạn cho một người, xin gia hạn có lý do trước khi hết 15 ngày.',
      en: 'Give each petition that falls due to one person, and ask for more time before the 15 days are over.',
    },
  },
  {
    ...{ id: 'SAT03', indicator: 'SAT03', direction: 'below' },
    minimum: 5,
    levels: levelsOf({ advisory: 90 }),
    source: own(
      ': 90 % tự đặt cho QĐ 766/QĐ-TTg, 5.3, chỉ để lưu ý',
      ': 90 % is our own for Decision 766/QĐ-TTg, 5.3; a message only',
    ),
    consequence: {
      vi: 'Người dân trả lời rằng việc chưa xong: họ sẽ phản ánh lần nữa và điểm 5.3 bị trừ.',
      en: 'People say that nothing was solved: they complain once more, and points are lost.',
    },
    action: {
      vi: 'Đọc lại các câu trả lời bị đánh giá không hài lòng, gọi cho người gửi, xử lý phần còn lại.',
      en: 'Read again the answers that people disliked, call the senders, and do what was left undone.',
    },
  },
  {
    ...{ id: 'SAT04', indicator: 'SAT04', direction: 'below' },
    levels: levelsOf({ warning: 90, advisory: 95 }),
    source: {
      vi: 'NQ 76/NQ-CP: từ 90 % (theo trí nhớ, chưa đối chiếu văn bản); 95 % là mặc định của phần mềm',
      en: 'Resolution 76/NQ-CP: from 90 % (recalled, not checked against the paper); 95 % is a default of the software',
    },
    consequence: {
      vi: 'Người đến làm việc ra về không hài lòng và nói với người khác.',
      en: 'People who came leave discontent, and tell others.',
    },
    action: {
      vi: 'Đọc ý kiến kèm phiếu theo quầy và thủ tục, gặp cán bộ có nhiều phiếu xấu trong tuần.',
      en: 'Read the remarks by counter and procedure, and speak this week to whoever has many bad ones.',
    },
  },
  {
    ...{ id: 'TR01', indicator: 'TR01', direction: 'below' },
    ...OF_PROCEDURES,
    minimum: 5,
    levels: levelsOf({ advisory: 100, warning: 80 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 1.1: chỉ tiêu 100 %; 80 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 1.1: target 100 %; 80 % is a default of the software',
    },
    consequence: {
      vi: 'Quy định mới đã có hiệu lực mà thủ tục chưa công bố: cán bộ và người dân làm theo bản cũ.',
      en: 'New rules hold and the procedure is not announced: staff and people go by the old one.',
    },
    action: {
      vi: 'Lập lịch công bố theo ngày hiệu lực của văn bản, trình quyết định công bố trước năm ngày.',
      en: 'Plan announcements by the day on which papers take effect, and submit each five days before.',
    },
  },
  {
    ...{ id: 'TR02', indicator: 'TR02', direction: 'below' },
    ...OF_PROCEDURES,
    minimum: 5,
    levels: levelsOf({ advisory: 100, warning: 80 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 1.2: chỉ tiêu 100 %; 80 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 1.2: target 100 %; 80 % is a default of the software',
    },
    consequence: {
      vi: 'Cổng Dịch vụ công quốc gia còn đăng thủ tục cũ, hồ sơ nộp vào bị trả lại.',
      en: 'The national portal shows the old procedure, and what is filed by it comes back.',
    },
    action: {
      vi: 'Cập nhật Cơ sở dữ liệu thủ tục ngay khi có quyết định công bố; phân công một người theo dõi.',
      en: 'Update the database of procedures as soon as a decision is signed, and make one person answer for it.',
    },
  },
  {
    ...{ id: 'TR03', indicator: 'TR03', direction: 'below' },
    ...OF_PROCEDURES,
    levels: levelsOf({ advisory: 100, warning: 80 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 1.3: chỉ tiêu 100 %; 80 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 1.3: target 100 %; 80 % is a default of the software',
    },
    consequence: {
      vi: 'Thiếu biểu mẫu, phí hay thời hạn trên trang công khai: người dân phải gọi hỏi.',
      en: 'Forms, fees or time limits are missing from the page: people have to call and ask.',
    },
    action: {
      vi: 'Mở danh sách thủ tục thiếu nội dung, bổ sung mẫu đơn, phí, thời hạn và căn cứ.',
      en: 'Open the list of incomplete procedures, and add forms, fees, time limits and their grounds.',
    },
  },
  {
    ...{ id: 'TR04', indicator: 'TR04', direction: 'below' },
    levels: levelsOf({ advisory: 98, warning: 95 }),
    source: own(
      ': 98 % và 95 % tự đặt cho QĐ 766/QĐ-TTg, 1.4',
      ': 98 % and 95 % are our own for Decision 766/QĐ-TTg, 1.4',
    ),
    consequence: {
      vi: 'Hồ sơ không lên Cổng Dịch vụ công quốc gia thì không được tính điểm, người dân không tra cứu được.',
      en: 'What does not reach the national portal scores nothing, and people cannot look it up.',
    },
    action: {
      vi: 'Xem hàng chờ đồng bộ và lỗi trả về ở trang Hệ thống, gửi lại các hồ sơ lỗi.',
      en: 'Look at the queue and its errors on the page of systems, and send again what failed.',
    },
  },
];
