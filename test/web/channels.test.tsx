/** The page of channels: how they stand, one made with its key told once, trials, quiet hours, and being switched off. */
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChannelView } from '../../shared/rule-view.ts';
import { ChannelsPage } from '../../web/people/channels.tsx';
import { usePreferences } from '../../web/preferences.ts';
import { startWords } from '../../web/words/words.ts';
import { asked, serve, showPage, UNITS } from './rules-stand.tsx';

const channelOf = (changes: Partial<ChannelView> = {}): ChannelView => ({
  ...{ id: 1, kind: 'webhook', name: 'Zalo đội trực', unit: '25', unitName: UNITS[0].name },
  ...{ target: 'https://receiver.example.vn/hook', least: 'warning', mode: 'immediate', repeatHours: 4 },
  ...{ quietFrom: '22:00', quietTo: '06:00', isEnabled: true, state: 'ok', failure: null, waiting: 0 },
  ...{ sentAt: '2026-11-27T09:30:00+07:00', failedAt: null },
  ...changes,
});

let channels: ChannelView[];
let allowsPrivate = false;
let trial: { status: number; body: unknown };

/** What the server says to what the page asks of channels. */
function answer({ method, path, body }: (typeof asked)[number]) {
  if (path !== '/api/channels') return undefined;
  if (method === 'GET') return { body: { channels, canMail: false, allowsPrivate } };
  const change = (body ?? {}) as { sendTrial?: true } & Partial<ChannelView>;
  if (change.sendTrial) return trial;
  if (method === 'POST') {
    channels = [...channels, channelOf({ id: 9, name: change.name ?? '' })];
    return { body: { channel: channels.at(-1), secret: 'khoa-bi-mat' } };
  }
  if (method === 'DELETE') channels = [];
  else channels = channels.map((channel) => ({ ...channel, ...change }));
  return { body: channels[0] ?? {} };
}

function Page() {
  return <ChannelsPage preferences={usePreferences()} />;
}

const open = (role = 'administrator', how: 'password' | 'demo' = 'password') =>
  showPage(<Page />, { path: '/channels', role, how });
const lastBody = (method: string) => asked.findLast((one) => one.method === method)?.body;
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const fill = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeEach(async () => {
  localStorage.clear();
  await startWords('vi');
  trial = { status: 200, body: channelOf() };
  channels = [channelOf()];
  serve(answer);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('says of each channel what it sends, how it stands by shape and word, and why it fails', async () => {
  const failing = { state: 'failing', failure: 'the receiver answered 503', waiting: 7 } as const;
  channels = [
    channelOf(),
    channelOf({ id: 2, name: 'Trục liên thông', ...failing, failedAt: '2026-11-27T09:55:00+07:00' }),
    channelOf({ id: 3, name: 'Thư sáng', kind: 'mail', target: 'a@b.vn', mode: 'digest', state: 'off' }),
  ];
  open();
  const cards = await within(await screen.findByRole('main')).findAllByRole('listitem');
  const texts = cards.map((card) => card.textContent ?? '');
  expect(texts[0]).toContain('✓ sẵn sàng');
  expect(texts[0]).toContain('từ mức Chú ý · ngay khi xảy ra · nhắc lại sau 4 giờ · yên lặng 22:00–06:00');
  expect(texts[1]).toContain('▲ không gửi được · 7 cảnh báo chờ gửi');
  expect(texts[1]).toContain('bên nhận trả lời 503');
  expect(texts[2]).toContain('○ đã tắt');
  expect(texts[2]).toContain('bản tin mỗi ngày làm việc');
});

it('makes a channel, and shows its key this once', async () => {
  open();
  await screen.findByText('Zalo đội trực');
  press('Thêm kênh');
  // Without a mail server there is no choosing of mail, and the page says why.
  expect((screen.getByRole('option', { name: 'Thư điện tử' }) as HTMLOptionElement).disabled).toBe(true);
  expect(screen.getByText(/chưa có máy chủ thư/)).toBeTruthy();
  await waitFor(() => {
    fill('Đơn vị', '08707');
    expect((screen.getByRole('button', { name: 'Tạo kênh' }) as HTMLButtonElement).disabled).toBe(false);
  });
  fill('Tên kênh', ' Trục liên thông ');
  fill('Địa chỉ nhận', 'https://lienthong.example.vn/canh-bao');
  fill('Từ mức', 'major');
  fill(/^Nhắc lại/, '2');
  fill('Giờ yên lặng từ', '21:30');
  fill('đến', '05:30');
  press('Tạo kênh');
  expect(await screen.findByText('khoa-bi-mat')).toBeTruthy();
  expect(lastBody('POST')).toEqual({
    ...{ kind: 'webhook', name: 'Trục liên thông', unit: '08707', least: 'major', mode: 'immediate' },
    ...{
      target: 'https://lienthong.example.vn/canh-bao',
      repeatHours: 2,
      quietFrom: '21:30',
      quietTo: '05:30',
    },
  });
  expect(await within(await screen.findByRole('main')).findAllByRole('listitem')).toHaveLength(2);
});

it('sends a trial, and says in Vietnamese why one does not arrive', async () => {
  open();
  await screen.findByText('Zalo đội trực');
  press('Gửi thử qua Zalo đội trực');
  expect(await screen.findByText('Đã gửi thử và bên nhận đã nhận.')).toBeTruthy();
  expect(lastBody('PUT')).toEqual({ id: 1, sendTrial: true });
  const errors = [{ field: 'target', reason: 'the connection was refused' }];
  trial = {
    status: 422,
    body: {
      type: 'urn:ioc:problem:unprocessable',
      title: 'No',
      status: 422,
      detail: 'It did not arrive.',
      errors,
    },
  };
  press('Gửi thử qua Zalo đội trực');
  expect((await screen.findByRole('alert')).textContent).toBe('Gửi thử không đến: máy nhận từ chối kết nối.');
});

it('changes a channel: a digest has neither repeats nor quiet hours', async () => {
  open();
  await screen.findByText('Zalo đội trực');
  press('Sửa kênh Zalo đội trực');
  const form = within(screen.getByRole('form', { name: 'Sửa kênh Zalo đội trực' }));
  expect((form.getByLabelText('đến') as HTMLInputElement).value).toBe('06:00');
  fireEvent.change(form.getByLabelText('Khi nào gửi'), { target: { value: 'digest' } });
  expect(form.queryByLabelText('đến')).toBe(null);
  fireEvent.click(form.getByRole('button', { name: 'Lưu' }));
  await waitFor(() => expect(screen.queryByRole('form', { name: /^Sửa/ })).toBe(null));
  expect(lastBody('PUT')).toEqual({
    ...{ id: 1, name: 'Zalo đội trực', target: 'https://receiver.example.vn/hook', least: 'warning' },
    ...{ mode: 'digest', repeatHours: null, quietFrom: null, quietTo: null },
  });
});

it('asks again before it switches a channel off or removes it', async () => {
  open();
  await screen.findByText('Zalo đội trực');
  press('Tắt kênh Zalo đội trực');
  expect(lastBody('PUT')).toBe(undefined);
  press(/^Chắc chắn\? Tắt kênh/);
  await waitFor(() => expect(lastBody('PUT')).toEqual({ id: 1, isEnabled: false }));
  press(await screen.findByRole('button', { name: /^Bật kênh/ }).then(() => /^Bật kênh/));
  await waitFor(() => expect(lastBody('PUT')).toEqual({ id: 1, isEnabled: true }));
  press('Xóa kênh Zalo đội trực');
  press(/^Chắc chắn\? Xóa kênh/);
  expect(await screen.findByText('Chưa có gì ở đây.')).toBeTruthy();
});

it('is for administrators, and says so to others', async () => {
  open('operator');
  expect((await screen.findByRole('alert')).textContent).toBe('Trang này dành cho quản trị viên.');
  expect(asked.some(({ path }) => path === '/api/channels')).toBe(false);
});

it('tells of a list that cannot be read, and reads it again when asked to', async () => {
  let isDown = true;
  serve((one) =>
    one.path === '/api/channels' && isDown ? { status: 500, body: { title: 'x' } } : answer(one),
  );
  open();
  const again = await screen.findByRole('button', { name: 'Thử lại' });
  isDown = false;
  fireEvent.click(again);
  expect(await screen.findByText('Zalo đội trực')).toBeTruthy();
});

it('says what the receiving address may be, as the site is set', async () => {
  allowsPrivate = true;
  open();
  await screen.findByText('Zalo đội trực');
  press('Thêm kênh');
  expect(await screen.findByText(/được nằm trong mạng riêng/)).toBeTruthy();
  expect(screen.queryByText(/không nằm trong mạng riêng/)).toBeNull();
  allowsPrivate = false;
});

it('says in the demo before anything is filled in that channels are only looked at', async () => {
  open('administrator', 'demo');
  await screen.findByText('Zalo đội trực');
  const add = screen.getByRole('button', { name: 'Thêm kênh' });
  expect(add).toHaveProperty('disabled', true);
  expect(document.getElementById(add.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'Bản trình diễn không gửi gì ra ngoài: kênh chỉ để xem.',
  );
  expect(screen.queryByRole('button', { name: /Gửi thử/ })).toBeNull();
});
