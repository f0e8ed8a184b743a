/** Texts of the wall as a screen: how legible it is, and its way back to the overview. */
export const wallVi = {
  'screen.title': 'Cỡ màn hình',
  'screen.hint': 'Để biết chữ có đủ lớn cho người ngồi xa nhất. Chỉ lưu trên trình duyệt này.',
  'screen.diagonal': 'Đường chéo (inch)',
  'screen.distance': 'Người xem xa nhất (m)',
  'screen.save': 'Lưu',
  'screen.forget': 'Bỏ cỡ màn hình',
  'screen.scale': 'Bảng đang phóng {{percent}} %.',
  'screen.good': 'Chữ nhỏ nhất cao {{arc}}′ (phút góc) nhìn từ {{distance}} m: đọc tốt.',
  'screen.fair': 'Chữ nhỏ nhất cao {{arc}}′ (phút góc) nhìn từ {{distance}} m: đọc được, nên từ {{good}}′.',
  'screen.poor':
    'Chữ nhỏ nhất chỉ cao {{arc}}′ (phút góc) nhìn từ {{distance}} m, cần ít nhất {{least}}′: hãy đứng trong vòng {{near}} m, hoặc dùng màn hình từ {{large}} inch.',
  'wallSound.on': 'Chuông bật',
  'wallSound.off': 'Chuông tắt',
  'wallSound.refused': 'Chuông bị chặn',
  'wallSound.onWhy': 'Màn hình này kêu khi có cảnh báo mới từ mức Báo động. Bấm hoặc nhấn phím S để tắt.',
  'wallSound.offWhy': 'Màn hình này không kêu khi có cảnh báo mới. Bấm hoặc nhấn phím S để bật.',
  'wallSound.refusedWhy': 'Trình duyệt chặn chuông đến khi có người chạm. Bấm hoặc nhấn phím S để cho phép.',
  'return.left': 'Trở về tổng quan sau {{count}} giây – chạm hoặc bấm phím để ở lại',
} as const;
