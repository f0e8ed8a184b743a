import { levelsOf, OF_PROCEDURES, OF_PROVINCE, own, type ShippedLevel } from './shipped-levels.ts';

/** The levels of the stock of services, of payment and of data that takes the place of papers. */
export const SHIPPED_SERVICES: readonly ShippedLevel[] = [
  {
    ...{ id: 'ON03', indicator: 'ON03', direction: 'below' },
    ...OF_PROCEDURES,
    levels: levelsOf({ advisory: 80, warning: 60 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 3.1: đủ điểm từ 80 %; 60 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 3.1: full score from 80 %; 60 % is a default of the software',
    },
    consequence: {
      vi: 'Thủ tục đủ điều kiện mà chưa lên mạng: người dân vẫn phải đến tận nơi để nộp.',
      en: 'Procedures that could be online are not: people still have to come and file in person.',
    },
    action: {
      vi: 'Lập danh sách thủ tục đủ điều kiện chưa cung cấp, giao từng sở trình phương án và ngày mở.',
      en: 'List eligible procedures that are missing, and have each department name a day on which it opens them.',
    },
  },
  {
    ...{ id: 'ON04', indicator: 'ON04', direction: 'below' },
    ...OF_PROCEDURES,
    levels: levelsOf({ advisory: 80, warning: 50 }),
    source: {
      vi: 'Mục tiêu tháng 7/2023 của Bộ TT&TT: 80 %; 50 % là mặc định của phần mềm',
      en: 'Target of July 2023 of the Ministry of Information: 80 %; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Phần lớn dịch vụ chỉ trực tuyến một phần: hồ sơ nộp qua mạng vẫn kèm một lần đi lại.',
      en: 'Most services are online in part only: what is filed from home still costs a trip.',
    },
    action: {
      vi: 'Rà các dịch vụ một phần, bỏ bước nộp bản giấy và nhận tại chỗ để nâng lên toàn trình.',
      en: 'Go through the partial services and drop the paper copies and visits that keep them from being full.',
    },
  },
  {
    ...{ id: 'ON05', indicator: 'ON05', direction: 'below' },
    ...OF_PROVINCE,
    levels: levelsOf({}, { advisory: 982 }),
    source: {
      vi: 'KH 02-KH/BCĐTW: 982 dịch vụ công có từ 1.000 hồ sơ một năm',
      en: 'Plan 02-KH/BCĐTW: 982 services with 1,000 dossiers a year or more',
    },
    consequence: {
      vi: 'Dịch vụ đã mở nhưng ít người dùng: công xây dựng không thành tiện ích, chỉ tiêu của kế hoạch không đạt.',
      en: 'Services are open and hardly used: the work brings nobody any ease, and the plan misses its number.',
    },
    action: {
      vi: 'Chọn dịch vụ gần ngưỡng 1.000 hồ sơ, truyền thông và hỗ trợ nộp trực tuyến cho đúng các dịch vụ đó.',
      en: 'Pick the services close to 1,000 dossiers, and tell people of just these and help them to file.',
    },
  },
  {
    ...{ id: 'ON06', indicator: 'ON06', direction: 'below' },
    ...OF_PROVINCE,
    levels: levelsOf({}, { advisory: 25 }),
    source: {
      vi: 'KH 02-KH/BCĐTW; Đề án 06: 25 dịch vụ công thiết yếu',
      en: 'Plan 02-KH/BCĐTW; Scheme 06: the 25 core services',
    },
    consequence: {
      vi: 'Dịch vụ thiết yếu không chạy là việc mà mọi người dân gặp phải: khai sinh, cư trú, căn cước.',
      en: 'A core service that does not work meets everybody: births, residence, identity cards.',
    },
    action: {
      vi: 'Thử nộp từng dịch vụ trong 25 dịch vụ, ghi dịch vụ lỗi, giao đơn vị chủ trì khắc phục trong tuần.',
      en: 'File a trial of each of the 25, note those that fail, and have their owners mend them within the week.',
    },
  },
  {
    ...{ id: 'ON07', indicator: 'ON07', direction: 'below' },
    ...OF_PROVINCE,
    levels: levelsOf({}, { advisory: 1139 }),
    source: {
      vi: 'KH 02-KH/BCĐTW: 1.139 thủ tục thay giấy tờ bằng dữ liệu',
      en: 'Plan 02-KH/BCĐTW: 1,139 procedures with papers replaced by data',
    },
    consequence: {
      vi: 'Người dân còn phải nộp giấy tờ mà cơ sở dữ liệu đã có.',
      en: 'People still bring papers whose content the databases have.',
    },
    action: {
      vi: 'Đối chiếu danh mục 1.139 thủ tục với quy trình đang chạy, bỏ thành phần giấy đã có dữ liệu thay thế.',
      en: 'Hold the list of 1,139 against the procedures in use, and strike the papers for which there is data.',
    },
  },
  {
    ...{ id: 'ON08', indicator: 'ON08', direction: 'below' },
    ...OF_PROCEDURES,
    levels: levelsOf({ advisory: 80, warning: 50 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 3.2; mục tiêu 2023: 80 %; 50 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 3.2; target of 2023: 80 %; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Dịch vụ công khai mà không có hồ sơ nào: hoặc không ai cần, hoặc không ai dùng được.',
      en: 'Services are offered and nobody files: either nobody needs them or nobody can use them.',
    },
    action: {
      vi: 'Xem dịch vụ không phát sinh hồ sơ có ai nộp giấy không; nếu có thì sửa, nếu không thì rà lại danh mục.',
      en: 'See whether people file these on paper; mend those where they do, and review the list where they do not.',
    },
  },
  {
    ...{ id: 'PAY02', indicator: 'PAY02', direction: 'below' },
    ...OF_PROCEDURES,
    levels: levelsOf({ advisory: 80, warning: 50 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 3.5: đủ điểm từ 80 %; 50 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 3.5: full score from 80 %; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Nộp hồ sơ qua mạng nhưng nộp phí tại quầy: dịch vụ toàn trình bị đứt ở bước thu tiền.',
      en: 'What is filed from home is paid at the counter: the online way breaks off where money is due.',
    },
    action: {
      vi: 'Khai báo phí của thủ tục còn thiếu trên Cổng thanh toán tập trung, thử một giao dịch mỗi thủ tục.',
      en: 'Register the missing fees on the central payment gateway, and try one payment for each procedure.',
    },
  },
  {
    ...{ id: 'PAY03', indicator: 'PAY03', direction: 'below' },
    ...OF_PROCEDURES,
    levels: levelsOf({ advisory: 80, warning: 50 }),
    source: {
      vi: 'QĐ 766/QĐ-TTg, 3.5b: đủ điểm từ 80 %; 50 % là mặc định của phần mềm',
      en: 'Decision 766/QĐ-TTg, 3.5b: full score from 80 %; 50 % is a default of the software',
    },
    consequence: {
      vi: 'Thanh toán trực tuyến đã mở nhưng không ai dùng, tiền mặt vẫn qua tay cán bộ.',
      en: 'Online payment is open and unused, and cash still passes through the hands of staff.',
    },
    action: {
      vi: 'Tìm thủ tục có phí mà chưa có giao dịch, hướng dẫn tại quầy và đặt thanh toán trực tuyến lên đầu.',
      en: 'Find procedures with a fee and no payment, show people how, and offer the online way first.',
    },
  },
  {
    ...{ id: 'DG04', indicator: 'DG04', direction: 'below' },
    levels: levelsOf({ advisory: 80 }),
    source: own(
      ': 80 % tự đặt cho QĐ 766/QĐ-TTg, 4.4, chỉ để lưu ý',
      ': 80 % is our own for Decision 766/QĐ-TTg, 4.4; a message only',
    ),
    consequence: {
      vi: 'Giấy tờ người dân đã có trong kho vẫn bị đòi nộp lại; điểm số hóa của Bộ chỉ số 766 mất phần này.',
      en: 'Papers that people have in their store are asked for again, and this part of the score is lost.',
    },
    action: {
      vi: 'Kiểm tra kết nối Kho dữ liệu cá nhân, cài thành phần hồ sơ cho phép lấy từ kho.',
      en: 'Check the link to the personal store, and set up which papers may be taken from it.',
    },
  },
  {
    ...{ id: 'DG05', indicator: 'DG05', direction: 'below' },
    levels: levelsOf({ advisory: 40 }),
    source: own(
      ': 40 % tự đặt theo mức 46,4 % đã thấy ở Phú Thọ, chỉ để lưu ý',
      ': 40 % is our own, near the 46.4 % seen in Phú Thọ; a message only',
    ),
    consequence: {
      vi: 'Thông tin cư trú phải nhập tay: chậm, dễ sai và không đối chiếu được với Bộ Công an.',
      en: 'Residence is typed in by hand: slow, easily wrong, and never checked against the police.',
    },
    action: {
      vi: 'Xem kết nối với CSDL dân cư có thông không, nhắc cán bộ tra cứu trước khi nhập.',
      en: 'See whether the link to the population database is up, and have staff look people up before they type.',
    },
  },
  {
    ...{ id: 'DG07', indicator: 'DG07', direction: 'below' },
    levels: levelsOf({ advisory: 100, warning: 60 }),
    source: {
      vi: 'Kế hoạch huyện Lập Thạch 2023: 100 % đơn vị; 60 % là mặc định của phần mềm',
      en: 'Plan of Lập Thạch district 2023: all units; 60 % is a default of the software',
    },
    consequence: {
      vi: 'Người dân không có bản sao chứng thực điện tử nên nộp trực tuyến vẫn phải mang giấy đến.',
      en: 'Without certified electronic copies people who file online still bring their papers.',
    },
    action: {
      vi: 'Kiểm tra chữ ký số của người ký chứng thực ở từng đơn vị còn thiếu, tập huấn và mở dịch vụ.',
      en: 'Check the digital signature of whoever certifies at each unit that is missing, train them and open it.',
    },
  },
];
