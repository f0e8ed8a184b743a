// The handover of a shift, as it stands on the screen and on paper.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HandoverAnswer } from '../../shared/alert-health.ts';
import { countAlerts } from '../../web/alerts/counts.ts';
import { HandoverPage } from '../../web/alerts/handover.tsx';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { startWords } from '../../web/words/words.ts';
import { ago, brief, NOW } from './alert-briefs.ts';

const held = brief({ id: 4, severity: 'major', label: 'inHand', assignee: 'Ca trực A', openedAt: ago(200) });
const quiet = brief({ id: 5, label: 'shelved', shelvedUntil: ago(-120), openedAt: ago(100) });
const open = [brief({ id: 1, openedAt: ago(40) }), brief({ id: 2, severity: 'critical', openedAt: ago(10) })];

const sheet: HandoverAnswer = {
  ...{ seq: 9, unit: '25', unitName: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho' }, from: ago(480), to: ago(0) },
  ...{ counts: countAlerts([], NOW), open, raised: 7, closed: 3 },
  inHand: [{ alert: held, by: 'Trực ban', note: 'Đã gọi xã' }],
  shelved: [{ alert: quiet, by: 'Trực ban', reason: 'Đang nâng cấp phần mềm' }],
  outOfService: [
    {
      alert: brief({ id: 6, label: 'outOfService', outUntil: ago(-3 * 1440), openedAt: ago(900) }),
      ...{ by: 'Cán bộ đặt ngưỡng', reason: 'Cảm biến hỏng', work: 'Phiếu 12/SC' },
    },
  ],
  feeds: [
    {
      ...{ id: 'f', name: 'Một cửa Tam Hồng', unit: '25', events: 4, cadence: null, dueTime: null },
      ...{ lastAt: ago(90), heardAt: ago(90), lateAt: ago(30), missingAt: null },
    },
  ],
  explanations: [],
  notes: [
    {
      ...{ n: 1, at: ago(50), kind: 'acknowledged', severity: 'major', figure: null, by: 'Trực ban' },
      ...{
        text: 'Đã gọi xã',
        facts: null,
        isCount: false,
        alert: 4,
        name: held.name,
        unitName: held.unitName,
      },
    },
    {
      ...{ n: 2, at: ago(20), kind: 'escalated', severity: null, figure: null, by: null, text: null },
      ...{ facts: null, isCount: false, alert: 1, name: held.name, unitName: held.unitName },
    },
  ],
};

const following: Following = {
  ...{ ref: '25', state: null, stage: 'live', lostAt: null, problem: null },
  serverNow: () => NOW,
};
const preferences = { theme: 'dark', chooseLang: () => {}, chooseTheme: () => {} } as never;

let answer = sheet;
let asked: string[] = [];
const show = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <FollowingProvider value={following}>
        <HandoverPage unit="25" preferences={preferences} />
      </FollowingProvider>
    </QueryClientProvider>,
  );
const rowsOf = async (name: string) => {
  const part = await screen.findByRole('region', { name });
  return within(part)
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()).join(' | '));
};

beforeAll(() => startWords('vi'));
beforeEach(() => {
  answer = sheet;
  asked = [];
  history.replaceState(null, '', '/handover?unit=25');
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    return Response.json(answer);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the handover of a shift', () => {
  it('tells of which unit and hours it is, and what the shift came to', async () => {
    show();
    expect(await screen.findByRole('heading', { level: 1, name: 'Giao ca · Tỉnh Phú Thọ' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Ca 01:00 – 09:00' })).toBeTruthy();
    expect([...document.querySelectorAll('.handover-sums li')].map((sum) => sum.textContent)).toEqual([
      '7 phát ra trong ca',
      '3 kết thúc trong ca',
      '2 chưa xác nhận',
      '1 đang xử lý',
      '1 tạm gác',
      '1 ngừng theo dõi',
    ]);
  });

  it('lists what nobody acknowledged, the worst first, each a way to its alert', async () => {
    show();
    expect(await rowsOf('Chưa ai xác nhận')).toEqual([
      '◆ 1 Nghiêm trọng Tỷ lệ đúng hạn thấp | Xã Sơn Lôi | 81,3 % | 08:50',
      '● 3 Chú ý Tỷ lệ đúng hạn thấp | Xã Sơn Lôi | 81,3 % | 08:20',
    ]);
    const [first] = screen.getAllByRole('link', { name: 'Tỷ lệ đúng hạn thấp' });
    expect(first?.getAttribute('href')).toBe('/alerts/2');
  });

  it('says of which feed an alert is, where there are several', async () => {
    const silent = { rule: 'feed', watches: 'silence', indicator: null, figure: 2 } as const;
    answer = { ...sheet, open: [brief({ id: 9, ...silent, subject: 'Một cửa Tam Hồng' })] };
    show();
    expect((await rowsOf('Chưa ai xác nhận'))[0]).toContain('| Xã Sơn Lôi · Một cửa Tam Hồng | mất tin |');
  });

  it('counts and lists no message: nobody has to acknowledge one', async () => {
    answer = { ...sheet, open: [...open, brief({ id: 9, severity: 'advisory', label: 'message' })] };
    show();
    expect(await rowsOf('Chưa ai xác nhận')).toHaveLength(2);
    expect(document.querySelectorAll('.handover-sums li')[2]?.textContent).toBe('2 chưa xác nhận');
  });

  it('says who holds what, until when something is shelved and why', async () => {
    show();
    expect((await rowsOf('Đang xử lý'))[0]).toContain('| Ca trực A | Đã gọi xã');
    expect((await rowsOf('Tạm gác'))[0]).toContain('| 11:00 | Trực ban | Đang nâng cấp phần mềm');
  });

  it('names feeds that are late, and what was done and said, the clock included', async () => {
    show();
    expect(await rowsOf('Nguồn trễ hoặc mất tin')).toEqual(['Một cửa Tam Hồng | 07:30 | 08:30']);
    expect((await rowsOf('Ghi chép trong ca')).map((row) => row.split(' | ').at(-2))).toEqual([
      'Trực ban',
      'đồng hồ',
    ]);
  });

  it('says in words where there is nothing', async () => {
    answer = { ...sheet, open: [], inHand: [], shelved: [], feeds: [], notes: [] };
    show();
    await screen.findByText('Không cảnh báo nào chờ xác nhận.');
    for (const words of ['Mọi nguồn đều gửi đúng hẹn.', 'Không có ghi chép.', /^Không giải trình nào chờ/])
      expect(screen.getByText(words)).toBeTruthy();
  });

  it('is of the last 8, 12 or 24 hours, as the address says', async () => {
    show();
    await screen.findByRole('heading', { level: 1 });
    expect(asked[0]).toBe('/api/handover?hours=8&unit=25');
    fireEvent.click(screen.getByRole('button', { name: '24 giờ' }));
    expect(location.search).toBe('?unit=25&hours=24');
    await vi.waitFor(() => expect(asked.at(-1)).toBe('/api/handover?hours=24&unit=25'));
  });

  it('has room for both to sign on paper, and prints at a press', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'In' }));
    expect(print).toHaveBeenCalledTimes(1);
    await screen.findByText('Người giao ca');
    expect(document.querySelector('.handover-sign')?.closest('.on-paper')).not.toBe(null);
  });
});
