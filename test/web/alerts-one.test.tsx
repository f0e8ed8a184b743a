// One alert, what can be done about it, its explanation, and the slip.
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlertPage } from '../../web/alerts/alert.tsx';
import { ExplanationsPage } from '../../web/alerts/explanations.tsx';
import { SlipPage } from '../../web/alerts/slip.tsx';
import type { Preferences } from '../../web/preferences.ts';
import { startWords } from '../../web/words/words.ts';
import { ago, brief } from './alert-briefs.ts';
import { detailOf, explanation, note } from './alert-detail.ts';
import { type Asked, serve, sessionOf, showPage } from './alert-stand.tsx';

const preferences: Preferences = {
  ...{ lang: 'vi', theme: 'dark', chooseLang: () => undefined, chooseTheme: () => undefined },
};
const page = <AlertPage id={2} preferences={preferences} />;
const live = [brief({ id: 2, severity: 'critical', seq: 90 })];
const open = { alerts: live, at: '/alerts/2' };
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const posts = (asked: Asked[]) =>
  asked.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);
const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

describe('one alert', () => {
  it('says first what it leads to and what to do, then figure, threshold and reach', async () => {
    serve({ '/api/alerts/2': detailOf() });
    const { container } = showPage(page, open);
    await screen.findByRole('heading', { name: 'Nếu không làm gì' });
    const headings = screen.getAllByRole('heading').map(({ textContent }) => textContent);
    expect(headings.slice(0, 4)).toEqual([
      'Tỷ lệ đúng hạn thấp',
      'Nếu không làm gì',
      'Việc cần làm',
      'Diễn biến',
    ]);
    expect(textOf(container.querySelector('.alert-big'))).toBe(
      '81,3 % ngưỡng 90,0 %3/148 đơn vị cùng cấp cũng vậy',
    );
  });

  it('writes each line of its history in the unit its figure had then', async () => {
    const worse = { kind: 'worsened', severity: 'critical', figure: 20.1 } as const;
    const notes = [
      note({ n: 1, kind: 'raised', severity: 'warning', figure: 12, isCount: true }),
      note({ n: 2, ...worse }),
    ];
    serve({ '/api/alerts/2': detailOf({ notes }) });
    const { container } = showPage(page, open);
    await screen.findByText('Nặng hơn');
    const lines = [
      ...([...container.querySelectorAll('.alert-notes')].at(-1)?.querySelectorAll('p') ?? []),
    ].map((line) => textOf(line));
    expect(lines).toEqual(['Nặng hơn ◆ Nghiêm trọng · 20,1 %', 'Phát cảnh báo ● Chú ý · 12 hồ sơ']);
  });

  it('says of a threshold whose it is, since when and until when, by whom, why, and what it hides', async () => {
    serve({ '/api/alerts/2': detailOf() });
    const { container } = showPage(page, open);
    await screen.findByRole('heading', { name: 'Ngưỡng và nguồn gốc' });
    expect(textOf(container.querySelector('.alert-source'))).toBe(
      '90,0 %ngưỡng riêng của Xã Sơn Lôi · từ 01/11/2026 · đến trước 30/01/2027 · người đặt Cán bộ đặt ngưỡng · Mưa lũ' +
        'che ngưỡng 95,0 % của mọi đơn vị' +
        'không tính 92,0 % của Xã X: quy tắc không cho',
    );
  });

  it('has its chart as a table, its history newest first, and what was done earlier', async () => {
    serve({ '/api/alerts/2': detailOf() });
    showPage(page, open);
    fireEvent.click(await screen.findByRole('button', { name: /bảng/i }));
    const cells = within(screen.getByRole('table')).getAllByRole('cell').map(textOf);
    expect(cells).toEqual(['81,3 %', '–', '97,0 %']);
    const notes = [...document.querySelectorAll('.alert-note')].map(textOf);
    expect(notes[1]).toBe('08:02Ghi chú · Trực banĐã gọi một cửa');
    expect(notes[2]).toBe('08:01Phát cảnh báo ◆ Nghiêm trọng · 81,3 %');
    expect(screen.getByText('kéo dài 3 giờ', { exact: false })).toBeTruthy();
    expect(notes[0]).toContain('Tăng cường người');
  });

  it('offers what the caller may, and asks for an explanation by the instant at which it is due', async () => {
    const asked = serve({ '/api/alerts/2': detailOf(), '/api/alerts/2/explain': explanation() });
    showPage(page, open);
    await screen.findByRole('button', { name: /Yêu cầu giải trình/ });
    press('e');
    const due = screen.getByLabelText<HTMLSelectElement>('Hạn trả lời');
    expect([...due.options].map(({ text }) => text)).toEqual([
      '4 giờ làm việc: trước 14:30',
      '8 giờ làm việc: trước 30/11 09:00',
    ]);
    fireEvent.change(screen.getByLabelText('Nội dung yêu cầu'), { target: { value: 'Vì sao chậm?' } });
    fireEvent.change(due, { target: { value: '4 workingHours' } });
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() => expect(screen.queryByRole('form')).toBe(null));
    expect(posts(asked)).toEqual([
      ['/api/alerts/2/explain', { question: 'Vì sao chậm?', within: { amount: 4, unit: 'workingHours' } }],
    ]);
  });

  it('assigns to one of those it may be assigned to', async () => {
    const asked = serve({
      '/api/alerts/2': detailOf(),
      '/api/alerts/2/assign': { seq: 101, changed: 1 },
      '/api/alerts/assignees': { accounts: [{ login: 'khanh', title: 'Tổ một cửa' }] },
    });
    showPage(page, open);
    await screen.findByRole('button', { name: /Giao việc/ });
    press('g');
    await screen.findByRole('option', { name: 'Tổ một cửa (khanh)' });
    fireEvent.change(screen.getByLabelText('Tài khoản'), { target: { value: 'khanh' } });
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() => expect(posts(asked)).toEqual([['/api/alerts/2/assign', { login: 'khanh' }]]));
  });

  it('takes it out of service: why, what will mend it, until when; and puts it back', async () => {
    const may = ['takeOut'] as const;
    const asked = serve({
      '/api/alerts/2': detailOf({ may: [...may] }),
      '/api/alerts/2/out-of-service': { seq: 101, changed: 1 },
    });
    showPage(page, open);
    await screen.findByRole('button', { name: /Ngừng theo dõi/ });
    press('o');
    const day = screen.getByLabelText<HTMLInputElement>('Ngày xem lại');
    expect([day.min, day.value]).toEqual(['2026-11-23', '2026-11-29']);
    fireEvent.change(screen.getByLabelText('Lý do'), { target: { value: 'Phần mềm báo sai' } });
    fireEvent.change(screen.getByLabelText('Việc khắc phục'), { target: { value: 'Phiếu 12' } });
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() =>
      expect(posts(asked)).toEqual([
        [
          '/api/alerts/2/out-of-service',
          { reason: 'Phần mềm báo sai', work: 'Phiếu 12', reviewOn: '2026-11-29' },
        ],
      ]),
    );
  });

  it('says of one that is out of service by whom, until when, and puts it back', async () => {
    const alert = brief({ id: 2, severity: 'critical', label: 'outOfService', outUntil: ago(-1440) });
    const notes = [note({ n: 3, kind: 'outOfService', by: 'Cán bộ', facts: { work: 'Phiếu 12' } })];
    const asked = serve({
      '/api/alerts/2': detailOf({ alert, notes, outBy: 'Cán bộ', may: ['takeOut', 'putBack'] }),
      '/api/alerts/2/return-to-service': { seq: 101, changed: 1 },
    });
    const { container } = showPage(page, open);
    fireEvent.click(await screen.findByRole('button', { name: 'Theo dõi trở lại' }));
    expect(textOf(container.querySelector('.alert-standing'))).toContain('Ngừng theo dõi đến 28/11 09:00');
    expect(screen.getByText('Cán bộ cho ngừng theo dõi')).toBeTruthy();
    expect(screen.getByText('việc khắc phục: Phiếu 12')).toBeTruthy();
    await waitFor(() => expect(posts(asked)).toEqual([['/api/alerts/2/return-to-service', {}]]));
  });

  it('says of one that recovers when it ends, that its severity is held, and on its time line', async () => {
    const alert = brief({ id: 2, severity: 'critical', condition: 'recovering', clearsAt: ago(-15) });
    serve({ '/api/alerts/2': detailOf({ alert, notes: [note({ n: 3, kind: 'recovering' })] }) });
    const { container } = showPage(page, open);
    await screen.findByText('Mức Nghiêm trọng được giữ đến 09:15 dù số liệu đã tốt lên');
    for (const place of ['.alert-standing', '.alert-notes'])
      expect(textOf(container.querySelector(`${place} [data-recovering]`))).toBe(
        '↘ đang hồi phục, hết lúc 09:15',
      );
  });

  it('gives a viewer no verb, and says why', async () => {
    serve({ '/api/alerts/2': detailOf({ may: [] }) });
    showPage(page, { ...open, session: sessionOf('viewer') });
    await screen.findByText(/Tài khoản của bạn chỉ xem/);
    press('a');
    press('e');
    expect(screen.queryByRole('form')).toBe(null);
  });

  it('is read again as soon as a frame tells that it changed, and only then', async () => {
    const asked = serve({ '/api/alerts/2': detailOf() });
    const { tell } = showPage(page, open);
    await screen.findByText('Diễn biến');
    const reads = () => asked.filter(({ path }) => path === '/api/alerts/2').length;
    const before = reads();
    act(() => tell(live, 120));
    expect(reads()).toBe(before);
    act(() => tell([brief({ id: 2, severity: 'critical', seq: 121 })], 121));
    await waitFor(() => expect(reads()).toBe(before + 1));
  });

  it('says of one outside the scope that it is not there', async () => {
    serve({});
    showPage(page, open);
    await screen.findByRole('alert');
    expect(screen.queryByText('Diễn biến')).toBe(null);
  });
});

describe('explanations', () => {
  const list = (given: Parameters<typeof explanation>[0][]) => ({
    '/api/explanations': { seq: 9, explanations: given.map(explanation) },
  });
  const all = <ExplanationsPage unit={null} preferences={preferences} />;

  it('let the head of the unit answer: what happened, what will be done, by when', async () => {
    const asked = serve({
      ...list([{ ref: '1', may: ['answer'] }]),
      '/api/explanations/4/answer': explanation({ state: 'promised' }),
    });
    showPage(all, { alerts: [], session: sessionOf('head') });
    fireEvent.click(await screen.findByRole('button', { name: 'Giải trình', expanded: false }));
    fireEvent.change(screen.getByLabelText('Việc gì đã xảy ra, vì sao'), {
      target: { value: 'Thiếu người' },
    });
    fireEvent.change(screen.getByLabelText('Việc sẽ làm'), { target: { value: 'Điều thêm hai người' } });
    fireEvent.change(screen.getByLabelText('Xong trước ngày'), { target: { value: '2026-12-04' } });
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() =>
      expect(posts(asked)).toEqual([
        [
          '/api/explanations/4/answer',
          { cause: 'Thiếu người', measures: 'Điều thêm hai người', promisedOn: '2026-12-04' },
        ],
      ]),
    );
  });

  it('show what is late, urgent and how far up it has come; an operator urges, and answers for nobody', async () => {
    serve(
      list([
        {
          ...{ state: 'late', isUrgent: true, urges: 2, step: 2, may: ['urge'] },
          stepName: { vi: 'Văn phòng', en: 'Office' },
        },
      ]),
    );
    showPage(all, { alerts: [], session: sessionOf('operator') });
    await screen.findByText('‼ Khẩn');
    expect(screen.getByText('Đã chuyển lên bậc 2: Văn phòng')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Đôn đốc' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Giải trình', expanded: false })).toBe(null);
  });

  it('offer a head no answer where the server takes none from it: it is of another unit', async () => {
    serve(list([{ may: [] }, { id: 5, ref: '1', may: ['answer'] }]));
    showPage(all, { alerts: [], session: sessionOf('head') });
    expect(await screen.findAllByRole('button', { name: 'Giải trình', expanded: false })).toHaveLength(1);
  });

  it('let an operator check what was promised', async () => {
    const asked = serve({
      ...list([{ state: 'promised', promisedOn: '2026-11-20', may: ['check'] }]),
      '/api/explanations/4/check': explanation(),
    });
    showPage(all, { alerts: [], session: sessionOf('operator') });
    fireEvent.click(await screen.findByRole('button', { name: 'Kiểm tra lời hứa', expanded: false }));
    fireEvent.click(screen.getByLabelText('Không làm đúng hẹn'));
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() => expect(posts(asked)).toEqual([['/api/explanations/4/check', { isKept: false }]]));
  });
});

describe('the slip', () => {
  const slip = <SlipPage id={2} preferences={preferences} />;

  it('has the form of an official letter, the figure, the question, the deadline, and lines for the answer', async () => {
    serve({ '/api/alerts/2': detailOf({ explanations: [explanation({ id: 3 }), explanation()] }) });
    const { container } = showPage(slip, open);
    await screen.findByRole('heading', { name: 'PHIẾU YÊU CẦU GIẢI TRÌNH' });
    const text = textOf(container.querySelector('.slip')) ?? '';
    for (const part of [
      ...['Tỉnh thử', 'Số: 4/PYC-GT', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
      ...[
        'Kính gửi: Xã Sơn Lôi',
        'Số liệu81,3 %',
        'Ngưỡng90,0 %',
        'Vì sao chậm?',
        'Hạn trả lời16:20 ngày 27/11/2026',
      ],
    ])
      expect(text).toContain(part);
    expect(container.querySelectorAll('.slip-line').length).toBe(11);
  });

  it('has the answer in the place of the lines once there is one', async () => {
    const answered = explanation({ cause: 'Thiếu người', measures: 'Điều người', answeredAt: ago(1) });
    serve({ '/api/alerts/2': detailOf({ explanations: [answered] }) });
    const { container } = showPage(slip, open);
    await screen.findByText('Thiếu người');
    expect(container.querySelectorAll('.slip-line').length).toBe(1);
  });
});
