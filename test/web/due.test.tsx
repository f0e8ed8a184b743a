// Dossiers about to be late: by stage, by unit and by procedure, and the list behind each figure.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DueAnswer } from '../../shared/alert-health.ts';
import type { DossierView, UnitView } from '../../shared/answers.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { DuePanel } from '../../web/panels/due.tsx';
import { startWords } from '../../web/words/words.ts';
import { ago, NOW } from './alert-briefs.ts';

const unit: UnitView = {
  ...{ id: 1, ref: '25', code: '25', level: 'province', from: '2025-07-01', to: null, lat: null, lon: null },
  name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' },
};
const named = (name: string) => ({ vi: name, en: name });
const stages = (...[used70 = 0, within8h = 0, within2h = 0, overdue = 0, overdueTwice = 0]: number[]) => ({
  ...{ used70, within8h, within2h, overdue, overdueTwice },
});

const due: DueAnswer = {
  ...{ seq: 7, unit: '25', at: ago(0), total: stages(12, 5, 3, 4, 1) },
  units: [
    { ref: '08515', name: named('Xã A'), stages: stages(10, 5, 0, 0) },
    { ref: '08516', name: named('Xã B'), stages: stages(2, 0, 3, 4, 1) },
  ],
  procedures: [{ code: '1.001193', name: named('Đăng ký khai sinh'), stages: stages(12, 5, 3, 4, 1) }],
};

const dossier: DossierView = {
  ...{ key: 'abcdefghij', unit: { ...unit, id: 3, name: named('Xã B') }, field: null, status: 4 },
  procedure: { code: '1.001193', name: named('Đăng ký khai sinh') },
  ...{ channel: 'online', acceptedAt: ago(900), dueAt: ago(-90), paused: false, late: false, dueSoon: true },
  workingHoursLeft: 1.5,
};

const following: Following = {
  ...{ ref: '25', state: null, stage: 'live', lostAt: null, problem: null },
  serverNow: () => NOW,
};

let answer: DueAnswer = due;
let asked: string[] = [];
const show = (room = 1) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <FollowingProvider value={following}>
        <DuePanel unit={unit} rows={room} />
      </FollowingProvider>
    </QueryClientProvider>,
  );
const rows = () => screen.getAllByRole('row').map((row) => row.textContent);

beforeAll(() => startWords('vi'));
beforeEach(() => {
  answer = due;
  asked = [];
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    if (address.startsWith('/api/due/dossiers'))
      return Response.json({ seq: 7, total: 3, dossiers: [dossier] });
    return Response.json(answer);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('dossiers about to be late', () => {
  it('stand by unit and stage, all first, then where most is late or near it; the rest unfolds', async () => {
    show();
    await screen.findByRole('table');
    expect(rows().slice(1)).toEqual(['Tất cả125341', 'Xã B20341']);
    fireEvent.click(screen.getByRole('button', { name: '+1 dòng' }));
    expect(rows().slice(1)).toEqual(['Tất cả125341', 'Xã B20341', 'Xã A105000']);
  });

  it('stand by stage alone on a wall, the worst first, and lead to the page of the unit', async () => {
    show(0);
    const links = await screen.findAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual([
      ...['◆quá hạn gấp đôi1', '▲đã quá hạn4', '▲còn dưới 2 giờ làm việc3'],
      ...['●còn dưới 8 giờ làm việc5', 'dùng 70 % thời gian12'],
    ]);
    expect(links[0]?.getAttribute('href')).toBe('/unit/25');
    expect(screen.queryByRole('table')).toBe(null);
    expect(screen.queryByRole('button')).toBe(null);
  });

  it('name each stage in words, and how bad it is by shape', async () => {
    show();
    const heads = (await screen.findAllByRole('columnheader')).map((head) => head.textContent?.trim());
    expect(heads).toEqual([
      'Theo đơn vị',
      'dùng 70 % thời gian',
      '● còn dưới 8 giờ làm việc',
      '▲ còn dưới 2 giờ làm việc',
      '▲ đã quá hạn',
      '◆ quá hạn gấp đôi',
    ]);
  });

  it('open the list behind a figure, of its unit and stage, and move the focus there', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: '3 hồ sơ còn dưới 2 giờ làm việc: Xã B' }));
    const list = await screen.findByRole('region', { name: 'còn dưới 2 giờ làm việc · Xã B · 3 hồ sơ' });
    expect(await within(list).findByText('Đăng ký khai sinh')).toBeTruthy();
    expect(asked.at(-1)).toBe('/api/due/dossiers?unit=08516&stage=within2h&limit=50');
    expect(document.activeElement?.tagName).toBe('H3');
    fireEvent.click(screen.getByRole('button', { name: 'Đóng danh sách' }));
    expect(document.querySelector('.due-list')).toBe(null);
  });

  it('stand by procedure, too, whose figures open the list of that procedure', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Theo thủ tục' }));
    fireEvent.click(screen.getByRole('button', { name: '4 hồ sơ đã quá hạn: Đăng ký khai sinh' }));
    await screen.findByRole('region', { name: /^đã quá hạn · Đăng ký khai sinh/ });
    expect(asked.at(-1)).toBe('/api/due/dossiers?unit=25&stage=overdue&limit=50&procedure=1.001193');
  });

  it('stand by procedure alone of a unit with none below it', async () => {
    answer = { ...due, units: [{ ref: '25', name: named('Xã'), stages: due.total }] };
    show();
    await screen.findByRole('table', { name: 'Theo thủ tục' });
    expect(screen.queryByRole('button', { name: 'Theo đơn vị' })).toBe(null);
  });

  it('are said to be none where there are none', async () => {
    answer = { ...due, total: stages(), units: [], procedures: [] };
    show();
    expect(await screen.findByText('Không hồ sơ nào sắp trễ.')).toBeTruthy();
  });

  it('are said to be unknown where the server fails', async () => {
    vi.stubGlobal('fetch', async () =>
      Response.json({ title: 'x', status: 500, detail: '' }, { status: 500 }),
    );
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('Máy chủ gặp lỗi');
  });
});
