import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MapAnswer, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Figure } from '../../shared/indicator.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { MapPanel } from '../../web/panels/map.tsx';
import { startWords } from '../../web/words/words.ts';

const day = '2026-11-22';

function unitOf(id: number, vi: string, level: UnitView['level'] = 'commune'): UnitView {
  return {
    id,
    ref: String(id),
    code: String(id),
    name: { vi, en: vi },
    level,
    from: '2025-07-01',
    to: null,
    lat: null,
    lon: null,
  };
}

const province = unitOf(1, 'Tỉnh Phú Thọ', 'province');
const units = [
  unitOf(2, 'Xã Yên Lạc'),
  unitOf(3, 'Xã Hy Cương'),
  unitOf(4, 'Xã Pà Cò'),
  unitOf(5, 'Sở Nội vụ', 'department'),
];
const rates = new Map<number, Figure>([
  [2, { value: 66.9, numerator: 849, denominator: 1269 }],
  [3, { value: 91, numerator: 910, denominator: 1000 }],
  [5, { value: 50, numerator: 50, denominator: 100 }],
]);

const answer: MapAnswer = {
  unit: province,
  on: day,
  places: units
    .filter(({ level }) => level === 'commune')
    .map(({ id, name }) => ({ of: id, unit: id, name, lat: 21 + id / 20, lon: 105 + (id % 2) / 10 })),
  boundaries: null,
};

function renderMap(
  onPick: (unit: UnitView) => void = () => {},
  { id, figures }: { id: string; figures: ReadonlyMap<number, Figure> } = { id: 'TT02', figures: rates },
) {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no ${id}`);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <FollowingProvider value={following}>
        <MapPanel unit={province} on={day} height="20rem" {...{ indicator, figures, units, onPick }} />
      </FollowingProvider>
    </QueryClientProvider>,
  );
}

const following: Following = {
  ...{ ref: '25', state: null, stage: 'live', lostAt: null, problem: null },
  serverNow: () => Date.parse('2026-11-22T14:31:30+07:00'),
};

beforeAll(() => startWords('vi'));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the map panel', () => {
  it('counts in its legend, and says which units have no place on it', async () => {
    vi.stubGlobal('fetch', async () => Response.json(answer));
    renderMap();
    await screen.findByRole('img', { name: 'Bản đồ Tỉnh Phú Thọ: Đúng hạn (QĐ 766), 3 đơn vị' });
    const legend = document.querySelector('.chart-legend')?.textContent;
    expect(legend).toBe(
      'từ 90 %80 – 90 %▲70 – 80 %◆dưới 70 %chưa có số liệu (1)1/3 ở mức nghiêm trọng1 sở, ban ngoài bản đồ: 1 từ mức báo động trở lên',
    );
  });

  it('writes whole cases from one number up to another', async () => {
    vi.stubGlobal('fetch', async () => Response.json(answer));
    const counts = [0, 3, 7].map((value, index): [number, Figure] => [
      index + 2,
      { value, numerator: value, denominator: null },
    ]);
    renderMap(undefined, { id: 'HS03', figures: new Map(counts) });
    await screen.findByRole('img', { name: 'Bản đồ Tỉnh Phú Thọ: Đang giải quyết, 3 đơn vị' });
    expect(document.querySelector('.chart-legend')?.textContent).toBe(
      'tính bằng hồ sơ0 – 23 – 6từ 71 sở, ban ngoài bản đồ',
    );
  });

  it('says how many overdue dossiers lie off the map, leads to them, and in what its steps count', async () => {
    vi.stubGlobal('fetch', async () => Response.json(answer));
    const overdue = new Map<number, Figure>([
      [2, { value: 39.29, numerator: 11, denominator: 28 }],
      [3, { value: 0, numerator: 0, denominator: 12 }],
      [4, { value: null, numerator: 0, denominator: 0 }],
      [5, { value: 15.51, numerator: 83, denominator: 535 }],
    ]);
    renderMap(undefined, { id: 'TT04', figures: overdue });
    const way = await screen.findByRole('link', { name: '1 sở, ban ngoài bản đồ: 83 đang quá hạn' });
    expect(document.querySelector('.chart-legend')?.textContent).toBe(
      'tính bằng hồ sơ0 – 45 – 19 hoặc từ 5 %▲20 – 49 hoặc từ 10 %◆từ 50 hoặc từ 20 %không phát sinh (1)1 sở, ban ngoài bản đồ: 83 đang quá hạn',
    );
    fireEvent.click(way);
    expect(location.search).toBe('?group=department');
    history.replaceState(null, '', '/');
    fireEvent.click(screen.getByRole('button', { name: 'xem dạng bảng' }));
    expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'Đơn vịGiá trịTử số / Mẫu sốMức',
      'Xã Hy Cương0 hồ sơ0 / 12',
      'Xã Pà Còkhông phát sinh',
      'Xã Yên Lạc11 hồ sơ11 / 28Chú ý',
    ]);
  });

  it('is walked by keyboard in the order of names, and Enter opens a unit', async () => {
    vi.stubGlobal('fetch', async () => Response.json(answer));
    const picked: string[] = [];
    renderMap((unit) => picked.push(unit.ref));
    const list = await screen.findByRole('listbox');
    fireEvent.focus(list);
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('Xã Pà Cò');
    fireEvent.keyDown(list, { key: 'y' });
    fireEvent.keyDown(list, { key: 'Enter' });
    expect(picked).toEqual(['2']);
  });

  it('tells the same as a table, with the level in words', async () => {
    vi.stubGlobal('fetch', async () => Response.json(answer));
    renderMap();
    fireEvent.click(await screen.findByRole('button', { name: 'xem dạng bảng' }));
    expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'Đơn vịGiá trịTử số / Mẫu sốMức',
      'Xã Hy Cương91,0 %910 / 1.000',
      'Xã Pà Còchưa có số liệu',
      'Xã Yên Lạc66,9 %849 / 1.269Nghiêm trọng',
    ]);
  });

  it('says why it has nothing, and can be asked again', async () => {
    const problem = { type: 'about:blank', title: 'Internal', status: 500, detail: 'Hỏng' };
    vi.stubGlobal('fetch', async () => Response.json(problem, { status: 500 }));
    renderMap();
    expect((await screen.findByRole('alert')).textContent).toContain('Máy chủ gặp lỗi');
    expect(screen.getByTitle('Hỏng')).toBeTruthy();
    vi.stubGlobal('fetch', async () => Response.json(answer));
    fireEvent.click(screen.getByRole('button', { name: 'Thử lại' }));
    expect(await screen.findByRole('listbox')).toBeTruthy();
  });
});
