// The page of data quality: feeds with grade and reasons, who is missing, what fails, in words and shapes; another unit and period.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router, useSearchParams } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { QualityAnswer, UnitQuality } from '../../shared/quality-wire.ts';
import { QualityPage } from '../../web/quality/page.tsx';
import { SessionProvider } from '../../web/session.tsx';
import { startWords } from '../../web/words/words.ts';
import { unitView } from './model.ts';
import { session } from './rules-stand.tsx';

const PREFERENCES = {
  lang: 'vi',
  theme: 'dark',
  chooseLang: () => undefined,
  chooseTheme: () => undefined,
} as const;

const [PROVINCE, COMMUNE, SILENT] = [unitView(1), unitView(2), unitView(3)];
const AT = '2026-11-20T09:00:00+07:00';

const unitOf = (unit: typeof PROVINCE, more: Partial<UnitQuality> = {}): UnitQuality => ({
  ...{ unit, reporting: 1, told: 1, failures: [], grade: { grade: 'A', points: 100, findings: [] } },
  ...more,
});

const ANSWER: QualityAnswer = {
  ...{ unit: PROVINCE, period: '2026-11', from: '2026-11-01', to: '2026-12-01', seq: 7 },
  calendar: { until: '2027-12-31', provisional: ['2027'] },
  feeds: [
    {
      feed: {
        ...{ id: 'desk', name: 'Một cửa', unit: '1', lastAt: AT, heardAt: AT, events: 950 },
        ...{ lateAt: null, missingAt: null, dueTime: '17:00' },
        cadence: { workingMinutes: 240, source: 'learned' },
      },
      ...{ state: 'late', lateTimes: 3 },
      intake: { batches: 19, events: 950, duplicates: 50, refusals: 1, refusedEvents: 4 },
      refusals: [
        {
          ...{ at: AT, code: 'unprocessable', events: 4, faults: 1 },
          reasons: [{ index: 2, field: 'name', reason: 'is not declared' }],
        },
      ],
      grade: {
        ...{ grade: 'C', points: 60 },
        findings: [
          { finding: 'late', size: 1, points: 15 },
          { finding: 'refusals', size: 5, points: 15 },
        ],
      },
    },
  ],
  units: [
    unitOf(PROVINCE, {
      ...{ reporting: 163, told: 151 },
      grade: { grade: 'B', points: 85, findings: [{ finding: 'completeness', size: 7.36, points: 15 }] },
    }),
    unitOf(COMMUNE, {
      failures: [
        { rule: 'form', left: '3', right: '7+11', leftValue: 12, rightValue: 10 },
        { rule: 'portal', left: 'syncDue', right: 'portalSyncDue', leftValue: 1100, rightValue: 900 },
      ],
    }),
    unitOf(SILENT, { told: 0, grade: null }),
  ],
};

let asked: string[] = [];
let answer: () => Response;

function Where() {
  const [search] = useSearchParams();
  return <output>{search.toString()}</output>;
}

function show(search = '') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { hook, searchHook } = memoryLocation({ path: `/quality${search}` });
  return render(
    <QueryClientProvider client={client}>
      <SessionProvider value={{ zone: 'Asia/Ho_Chi_Minh', session: { ...session(), unit: PROVINCE } }}>
        <Router hook={hook} searchHook={searchHook}>
          <QualityPage preferences={PREFERENCES} />
          <Where />
        </Router>
      </SessionProvider>
    </QueryClientProvider>,
  );
}

const tableOf = (title: string) => {
  const heading = screen.getByRole('heading', { name: title, level: 2 });
  return [...(heading.nextElementSibling?.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()),
  );
};

beforeEach(async () => {
  await startWords('vi');
  asked = [];
  answer = () => Response.json(ANSWER);
  vi.stubGlobal('fetch', async (address: string) => {
    const { pathname } = new URL(address, 'http://site');
    if (pathname === '/api/session') return Response.json(session());
    if (pathname === '/api/units') return Response.json({ on: '2026-11-27', units: [PROVINCE, COMMUNE] });
    asked.push(address);
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the page of data quality', () => {
  it('grades a feed by shape, letter and word, with what it lost points by and what was refused', async () => {
    show();
    await screen.findByText('Một cửa');
    const [feed] = tableOf('Nguồn báo tin');
    expect(feed?.slice(0, 4)).toEqual([
      ...['Một cửa', '▲ C Cần khắc phục', 'trễ', 'theo thói quen, 240 phút làm việc, trước 17:00'],
    ]);
    expect(feed?.[5]).toContain('1/20 gói');
    expect(feed?.[6]).toBe('50/1.000 tin');
    expect(feed?.[7]).toBe('đang trễ (−15)5 % gói bị từ chối (−15)');
    const refusal = screen.getByText(/nội dung không hợp lệ: 1 lỗi$/).closest('details');
    expect(refusal?.querySelector('li')?.textContent).toBe('sự kiện 2, trường name: is not declared');
  });

  it('says of how many units a total is built, and who of them has told', async () => {
    show();
    const sum = await screen.findByText(/mới gồm 151\/163 đơn vị phải báo/);
    expect(sum.hasAttribute('data-short')).toBe(true);
    expect(tableOf('Đơn vị')).toEqual([
      ['Xã 1', '◆ B Khá', '151/163', 'thiếu 7,4 % đơn vị (−15)'],
      ['Xã 2', '● A Tốt', '1/1', 'không bị trừ điểm'],
    ]);
    const fold = screen.getByText('1 đơn vị chưa có căn cứ xếp loại').closest('details');
    expect([...(fold?.querySelectorAll('a') ?? [])].map((way) => way.textContent)).toEqual(['Xã 3']);
  });

  it('shows identities that fail with both figures, and says so where none does', async () => {
    show();
    await screen.findByText('Một cửa');
    expect(tableOf('Đẳng thức không khớp')).toEqual([
      ['Xã 2', '3 = 7 + 11, biểu II.06a', 'cột 3: 12', 'cột 7+11: 10'],
      [
        'Xã 2',
        'số của ta và của Cổng DVCQG',
        expect.stringMatching(/: 1\.100$/),
        expect.stringMatching(/: 900$/),
      ],
    ]);
    cleanup();
    answer = () => Response.json({ ...ANSWER, feeds: [], units: [unitOf(PROVINCE)] });
    show();
    await screen.findByText('Mọi đẳng thức đều khớp.');
    expect(screen.getByText('Chưa có nguồn nào báo tin cho đơn vị này.')).toBeTruthy();
    expect(screen.getByText('Xã 1: cả 1 đơn vị phải báo đã báo trong kỳ.').hasAttribute('data-short')).toBe(
      false,
    );
  });

  it('asks for the unit and the period of its address, and for others by its controls', async () => {
    show('?unit=2&period=2026-Q3');
    await screen.findByText('Một cửa');
    expect(asked).toEqual(['/api/quality?unit=2&period=2026-Q3']);
    fireEvent.click(screen.getByRole('button', { name: 'Kỳ trước' }));
    await vi.waitFor(() => expect(asked.at(-1)).toBe('/api/quality?unit=2&period=2026-Q2'));
    fireEvent.click(screen.getByRole('button', { name: 'Năm' }));
    await vi.waitFor(() => expect(asked.at(-1)).toBe('/api/quality?unit=2&period=2026'));
    const link = await within(await screen.findByRole('main')).findByRole('link', { name: 'Xã 3' });
    fireEvent.click(link);
    await vi.waitFor(() => expect(asked.at(-1)).toBe('/api/quality?unit=3&period=2026'));
    expect(document.querySelector('output')?.textContent).toBe('unit=3&period=2026');
  });

  it('says of a unit that is not there that it is not, and offers no other try', async () => {
    answer = () => Response.json({ title: 'Not found', status: 404, detail: '' }, { status: 404 });
    show('?unit=TT02');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe('Không tìm thấy mục này trong phạm vi được xem.');
    expect(alert.querySelector('button')).toBeNull();
  });

  it('says that it could not be had, and asks again when told to', async () => {
    answer = () => Response.json({ title: 'Internal', status: 500, detail: '' }, { status: 500 });
    show();
    const retry = await screen.findByRole('button', { name: 'Thử lại' });
    answer = () => Response.json(ANSWER);
    fireEvent.click(retry);
    expect(await screen.findByText('Một cửa')).toBeTruthy();
  });
});
