// The alert centre: counts, order, the keyboard, many at once, roles, and how it stands without alerts or without a link.
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertBrief } from '../../shared/alert.ts';
import { CentrePage } from '../../web/alerts/centre.tsx';
import type { Preferences } from '../../web/preferences.ts';
import { startWords } from '../../web/words/words.ts';
import { ago, brief } from './alert-briefs.ts';
import { type Asked, serve, sessionOf, showPage } from './alert-stand.tsx';

const preferences: Preferences = {
  ...{ lang: 'vi', theme: 'dark', chooseLang: () => undefined, chooseTheme: () => undefined },
};
const page = <CentrePage unit={null} preferences={preferences} />;

const judge = {
  ...{ judgedSeq: 9, judgedAt: ago(1), behind: 0, lagMs: 20, tookMs: 3, isLate: false },
};
const visited = (visitedSeq: number | null) => ({
  ...{ seq: 100, counts: {}, alerts: [], more: false, visitedSeq },
});
const answers = (more: Record<string, unknown> = {}) => ({
  '/api/alerts': visited(50),
  '/api/alerts/health': { judge },
  '/api/alerts/visit': {},
  ...more,
});

const ALERTS: AlertBrief[] = [
  brief({ id: 1, severity: 'warning', openedAt: ago(600) }),
  brief({ id: 2, severity: 'critical', openedAt: ago(5), unitName: { vi: 'Xã Hy Cương', en: 'Hy Cuong' } }),
  brief({ id: 3, severity: 'critical', openedAt: ago(50), label: 'inHand', assignee: 'Tổ trực' }),
  brief({ id: 4, severity: 'major', openedAt: ago(90), label: 'gone' }),
  brief({ id: 5, severity: 'major', openedAt: ago(20), label: 'shelved', shelvedUntil: ago(-60) }),
  brief({ id: 6, severity: 'major', rule: 'TT02', label: 'suppressed', isFlapping: true, quality: 'late' }),
];

const rows = () => screen.getAllByRole('row').filter((row) => row.dataset.alert);
const ids = () => rows().map((row) => Number(row.dataset.alert));
const press = (key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });
const focused = () => Number((document.activeElement as HTMLElement | null)?.dataset.alert);
const posts = (asked: Asked[]) => asked.filter(({ method }) => method === 'POST');

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

describe('the alert centre', () => {
  it('shows the worst first, then the oldest, with severity by shape, code and word', () => {
    serve(answers());
    showPage(page, { alerts: ALERTS });
    expect(ids()).toEqual([3, 2, 4, 6, 5, 1]);
    const [first] = rows();
    if (!first) throw new Error('no row');
    expect(within(first).getByText(/1 Nghiêm trọng/).textContent).toBe('◆ 1 Nghiêm trọng');
    expect(first.textContent).toContain('81,3 %');
    expect(first.textContent).toContain('ngưỡng 90,0 %');
    expect(first.textContent).toContain('50 phút');
    expect(first.textContent).toContain('Tổ trực');
    const sixth = rows()[3];
    expect(sixth?.textContent).toContain('Số liệu trễ');
    expect(sixth?.textContent).toContain('lên xuống liên tục');
  });

  it('counts each list under the filter, and keeps both in the address', () => {
    serve(answers());
    showPage(page, { alerts: ALERTS, at: '/alerts?theme=dark' });
    const counts = () => screen.getAllByRole('tab').map((tab) => tab.textContent);
    expect(counts()).toEqual([
      ...[
        'Đang mở6',
        'Mới2',
        'Đang xử lý1',
        'Hết, chưa xác nhận1',
        'Tạm gác1',
        'Được gộp1',
        'Ngừng theo dõi0',
        'Lưu ý',
        'Đã đóng',
      ],
    ]);
    fireEvent.click(screen.getByRole('tab', { name: /^Mới/ }));
    expect(ids()).toEqual([2, 1]);
    fireEvent.change(screen.getByLabelText('Tìm đơn vị'), { target: { value: 'hy cuong' } });
    expect(ids()).toEqual([2]);
    expect(counts()[0]).toBe('Đang mở1');
    expect(location.search).toBe('?theme=dark&state=new&text=hy+cuong');
    cleanup();
    showPage(page, { alerts: ALERTS, at: '/alerts?state=new&severity=warning' });
    expect(ids()).toEqual([1]);
  });

  it('follows what arrives live, and marks what changed since the last visit', async () => {
    serve(answers());
    const { tell } = showPage(page, { alerts: ALERTS });
    await waitFor(() => expect(screen.queryByText('có thay đổi')).toBe(null));
    act(() => tell([...ALERTS, brief({ id: 7, severity: 'critical', seq: 60, openedAt: ago(0) })]));
    expect(ids()).toEqual([3, 2, 7, 4, 6, 5, 1]);
    await screen.findByText('có thay đổi');
    expect(rows()[2]?.dataset.changed).toBe('true');
    act(() => tell(ALERTS.slice(1)));
    expect(ids()).toEqual([3, 2, 4, 6, 5]);
  });

  it('draws only the rows in sight of thousands, and moves through them by the keyboard', () => {
    serve(answers());
    const many = Array.from({ length: 3355 }, (_, index) =>
      brief({ id: index + 1, openedAt: ago(5000 - index) }),
    );
    showPage(page, { alerts: many });
    expect(rows().length).toBeLessThan(60);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('3356');
    expect(screen.getByText('3.355 cảnh báo', { exact: false })).toBeTruthy();
    press('End');
    expect(focused()).toBe(3355);
    expect(rows().length).toBeLessThan(60);
    press('k');
    expect(focused()).toBe(3354);
    press('Home');
    expect(focused()).toBe(1);
  });
});

describe('the keyboard of the alert centre', () => {
  it('moves, opens, and finds its place again on the way back', async () => {
    serve(answers());
    showPage(page, { alerts: ALERTS });
    press('j');
    press('ArrowDown');
    expect(focused()).toBe(2);
    press('Enter');
    expect(location.pathname).toBe('/alerts/2');
    cleanup();
    history.back();
    await waitFor(() => expect(location.pathname).toBe('/alerts'));
    showPage(page, { alerts: ALERTS, at: null });
    expect(focused()).toBe(2);
  });

  it('acknowledges a critical one with a note, which it needs', async () => {
    const asked = serve(answers({ '/api/alerts/2/acknowledge': { seq: 101, changed: 1 } }));
    showPage(page, { alerts: ALERTS, at: '/alerts?state=new' });
    press('Home');
    press('a');
    const note = screen.getByLabelText<HTMLTextAreaElement>('Ghi chú');
    expect([document.activeElement, note.required]).toEqual([note, true]);
    fireEvent.change(note, { target: { value: 'Đã gọi xã' } });
    press('Enter', { ctrlKey: true });
    await waitFor(() => expect(screen.queryByLabelText('Ghi chú')).toBe(null));
    expect(posts(asked)).toEqual([
      { method: 'POST', path: '/api/alerts/2/acknowledge', body: { note: 'Đã gọi xã' } },
    ]);
    expect(focused()).toBe(2);
  });

  it('selects one by one or all, and acknowledges those that ask for it at once, with one note', async () => {
    const asked = serve(answers({ '/api/alerts/acknowledge': { seq: 101, changed: 3 } }));
    showPage(page, { alerts: ALERTS });
    press('Home');
    press('x');
    press('j');
    press('x');
    expect(screen.getByText('Đã chọn 2 cảnh báo')).toBeTruthy();
    press('Escape');
    expect(screen.queryByText('Đã chọn 2 cảnh báo')).toBe(null);
    press('A', { shiftKey: true });
    expect(screen.getByText('Đã chọn 6 cảnh báo')).toBeTruthy();
    press('a');
    fireEvent.change(screen.getByLabelText('Ghi chú'), { target: { value: 'Cùng một sự cố' } });
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() => expect(screen.queryByRole('form')).toBe(null));
    expect(posts(asked)).toEqual([
      {
        ...{ method: 'POST', path: '/api/alerts/acknowledge' },
        body: { ids: [2, 4, 1], note: 'Cùng một sự cố' },
      },
    ]);
  });

  it('shelves within the cap of what is chosen, never a critical one for an operator', async () => {
    const asked = serve(answers({ '/api/alerts/4/shelve': { seq: 101, changed: 1 } }));
    showPage(page, { alerts: ALERTS });
    press('Home');
    press('s');
    expect(screen.getByText(/Không được tạm gác/)).toBeTruthy();
    press('Escape');
    press('j');
    press('j');
    expect(focused()).toBe(4);
    press('s');
    expect(screen.getByLabelText<HTMLInputElement>('Số giờ').max).toBe('8');
    fireEvent.change(screen.getByLabelText('Lý do'), { target: { value: 'Chờ liên thông' } });
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() => expect(posts(asked).length).toBe(1));
    expect(posts(asked)[0]?.body).toEqual({ hours: 4, reason: 'Chờ liên thông', isOneShot: false });
  });

  it('says what the server refused, and keeps what was written', async () => {
    serve(answers({ '/api/alerts/2/acknowledge': new Error('Needs operator in 25.') }));
    showPage(page, { alerts: ALERTS, at: '/alerts?state=new' });
    press('Home');
    press('a');
    fireEvent.change(screen.getByLabelText('Ghi chú'), { target: { value: 'Đã gọi xã' } });
    fireEvent.submit(screen.getByRole('form'));
    await screen.findByText('Bạn không có quyền làm việc này ở đây');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Ghi chú').value).toBe('Đã gọi xã');
  });

  it('leaves letters and the focus to the fields that are typed into', () => {
    serve(answers());
    const { tell } = showPage(page, { alerts: ALERTS });
    press('j');
    const field = screen.getByLabelText('Tìm đơn vị');
    field.focus();
    press('a');
    press('j');
    act(() => tell(ALERTS.slice(1)));
    expect([screen.queryByRole('form'), document.activeElement]).toEqual([null, field]);
  });

  it('shows its keys, and closes them', () => {
    serve(answers());
    showPage(page, { alerts: ALERTS });
    press('?', { shiftKey: true });
    expect(
      within(screen.getByRole('region', { name: 'Phím tắt' })).getByText('chọn hết, bỏ chọn hết'),
    ).toBeTruthy();
    press('Escape');
    expect(screen.queryByRole('region', { name: 'Phím tắt' })).toBe(null);
  });
});

describe('who may do what', () => {
  it('gives a viewer no button, and says why', () => {
    serve(answers());
    showPage(page, { alerts: ALERTS, session: sessionOf('viewer') });
    expect(screen.getByText(/Tài khoản của bạn chỉ xem/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Xác nhận/ })).toBe(null);
    press('Home');
    press('a');
    press('s');
    expect(screen.queryByRole('form')).toBe(null);
  });

  it('lets whoever sets thresholds shelve a critical one for four hours, and acknowledge none', () => {
    serve(answers());
    showPage(page, { alerts: ALERTS, session: sessionOf('editor') });
    expect(screen.queryByRole('button', { name: /Xác nhận/ })).toBe(null);
    press('Home');
    press('s');
    expect(screen.getByLabelText<HTMLInputElement>('Số giờ').max).toBe('4');
  });
});

describe('the alert centre without alerts', () => {
  it('says that there are none, and when figures were last judged', async () => {
    serve(answers());
    showPage(page, { alerts: [] });
    expect(screen.getByText('Không có cảnh báo.')).toBeTruthy();
    await screen.findAllByText(/xét lần cuối 08:59/);
  });

  it('tells a judge that is late', async () => {
    serve(answers({ '/api/alerts/health': { judge: { ...judge, isLate: true } } }));
    const { container } = showPage(page, { alerts: [] });
    await waitFor(() => expect(container.querySelector('.alert-judge .late-mark')).not.toBe(null));
  });

  it('says that a filter finds none, not that there are none', () => {
    serve(answers());
    showPage(page, { alerts: ALERTS, at: '/alerts?text=xyz' });
    expect(screen.getByText('Không có cảnh báo nào như vậy.')).toBeTruthy();
  });

  it('waits while nothing is known, and never says that there is nothing', () => {
    serve(answers());
    const { container } = showPage(page, { alerts: null, stage: 'connecting' });
    expect(container.querySelector('.alert-box .skeleton')).not.toBe(null);
    cleanup();
    showPage(page, { alerts: null, stage: 'offline' });
    expect(screen.queryByText('Không có cảnh báo.')).toBe(null);
    expect(screen.getAllByRole('alert').length).toBeGreaterThan(0);
  });

  it('keeps what was known when the link is lost, and says so', () => {
    serve(answers());
    showPage(page, { alerts: ALERTS, stage: 'offline' });
    expect(ids().length).toBe(6);
    expect(screen.getByText(/MẤT KẾT NỐI từ 09:00/)).toBeTruthy();
  });
});
