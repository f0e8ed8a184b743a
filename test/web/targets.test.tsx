// Targets of a year: an indicator is found by typing, and a table is tried before it is applied.
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TargetsAnswer, TargetsImported } from '../../shared/target-wire.ts';
import { TargetsPage } from '../../web/plan/targets.tsx';
import { startWords } from '../../web/words/words.ts';
import { unitView } from './model.ts';
import { asked, serve, showPage, UNITS } from './rules-stand.tsx';

const preferences = { theme: 'light', chooseLang: () => undefined, chooseTheme: () => undefined } as never;

const targets = (changes: Partial<TargetsAnswer> = {}): TargetsAnswer => ({
  ...{ seq: 1, unit: unitView(1), year: 2026, until: '2026-12-31', daysGone: 220, daysLeft: 25 },
  ...{ fourEyes: false, maySet: true, rows: [], waiting: [] },
  ...changes,
});

const imported: TargetsImported = {
  ...{ isDryRun: true, lines: 3, added: 1, changed: 1, same: 1, units: 2 },
  differences: [
    { line: 2, unit: '25', unitName: UNITS[0].name, indicator: 'ON02', before: null, after: 80 },
    { line: 4, unit: '08707', unitName: UNITS[1].name, indicator: 'ON02', before: 82, after: null },
  ],
};

const REFUSAL = {
  ...{ status: 422, title: 'Unprocessable', detail: 'Some lines.', code: 'tableLines' },
  errors: [
    { index: 3, field: 'indicator', reason: 'has no good direction', code: 'noAim' },
    { index: 4, field: 'value', reason: 'is over 100', code: 'most', params: { limit: 100 } },
  ],
};

function serveTargets({ maySet = true, isWrong = false } = {}): void {
  serve(({ path, body }) => {
    if (path === '/api/targets') return { body: targets({ maySet }) };
    if (path !== '/api/targets/table') return undefined;
    if (isWrong) return { status: 422, body: REFUSAL };
    return { body: { ...imported, isDryRun: (body as { isDryRun: boolean }).isDryRun } };
  });
}

const show = () => showPage(<TargetsPage preferences={preferences} />, { path: '/targets/25' });
const tables = () => asked.filter(({ path }) => path === '/api/targets/table').map(({ body }) => body);
const paste = async (text: string) => {
  fireEvent.change(await screen.findByLabelText('Dán bảng vào đây, hoặc chọn tệp'), {
    target: { value: text },
  });
  const form = screen.getByRole('region', { name: 'Nhập, xuất bảng chỉ tiêu' });
  fireEvent.change(within(form).getByLabelText('Lý do'), { target: { value: 'theo quyết định 45' } });
  fireEvent.click(within(form).getByRole('button', { name: 'Chạy thử' }));
  return form;
};

beforeEach(async () => {
  await startWords('vi');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a table of targets', () => {
  it('is tried first: line by line what would be set shows; then it is applied, for the year of the page', async () => {
    serveTargets();
    show();
    const form = await paste('unit,indicator,value,office,paper\n25,ON02,80,UBND,Số 1');
    await within(form).findByText('Mới là chạy thử: chưa có gì thay đổi.');
    within(form).getByText('3 dòng: 1 thêm, 1 đổi, 1 như cũ; số đơn vị được đặt chỉ tiêu: 2.');
    const rows = within(form).getAllByRole('row').slice(1);
    expect(rows.map(({ textContent }) => textContent?.replaceAll('\u00A0', ' '))).toEqual([
      expect.stringMatching(/^2Tỉnh Phú ThọON02 · .*chưa đặt80 %$/),
      expect.stringMatching(/^4Phường Việt TrìON02 · .*82 %chưa đặt$/),
    ]);
    fireEvent.click(within(form).getByRole('button', { name: 'Áp dụng 2 thay đổi' }));
    await within(form).findByText('Đã đặt. Chỉ tiêu có hiệu lực khi được ký.');
    expect(
      tables().map((body) => [(body as { year: number }).year, (body as TargetsImported).isDryRun]),
    ).toEqual([
      [2026, true],
      [2026, false],
    ]);
  });

  it('with anything wrong says line, field and reason of each, and offers nothing to apply', async () => {
    serveTargets({ isWrong: true });
    show();
    const form = await paste('unit,indicator,value,office,paper\n25,HS01,80,UBND,Số 1');
    const alert = await within(form).findAllByRole('alert');
    expect(alert.map(({ textContent }) => textContent).join(' ')).toMatch(
      /dòng 3.*chỉ tiêu: không có chiều nào là tốt.*dòng 4.*giá trị: nhiều nhất 100/i,
    );
    expect(within(form).getByRole('button', { name: 'Chạy thử' })).toBeTruthy();
  });

  it('goes out to whoever sees the unit, and comes in from editors alone', async () => {
    serveTargets({ maySet: false });
    show();
    const link = await screen.findByRole('link', { name: 'Tải CSV' });
    expect(link.getAttribute('href')).toBe('/api/targets/table?unit=25&year=2026&format=csv');
    expect(screen.queryByLabelText('Dán bảng vào đây, hoặc chọn tệp')).toBeNull();
  });
});

it('finds an indicator to show by typing without marks', async () => {
  serveTargets();
  const { history } = show();
  await screen.findByText(/^Chỉ tiêu 2026 của/);
  const [field] = screen.getAllByRole('combobox', { name: 'Chỉ tiêu' }) as [HTMLElement];
  fireEvent.change(field, { target: { value: 'toan trinh ho so' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(history.at(-1)).toBe('/targets/25?indicator=ON02');
});
