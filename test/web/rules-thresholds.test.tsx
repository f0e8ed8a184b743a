// Thresholds of a unit with where they come from; overrides that would be looser; a table that is tried before it is applied.
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Provenance } from '../../shared/alert.ts';
import type { ImportAnswer, OverrideView, ThresholdView } from '../../shared/rule-view.ts';
import { ThresholdsPage } from '../../web/rules/thresholds.tsx';
import { startWords } from '../../web/words/words.ts';
import { asked, serve, showPage, UNITS, viewOf } from './rules-stand.tsx';

const preferences = { theme: 'light', chooseLang: () => undefined, chooseTheme: () => undefined } as never;

const shipped = (value: number): Provenance => ({
  ...{ value, source: 'shipped', rule: 'TT02', version: 0, override: null, unit: null, unitName: null },
  ...{ since: null, until: null, by: null, reason: null, hides: [], overruled: [] },
});

const own: Provenance = {
  ...{ value: 95, source: 'override', rule: 'TT02', version: 0, override: 7, unit: '08707' },
  ...{
    unitName: UNITS[1].name,
    since: '2026-11-01T00:00:00+07:00',
    until: '2027-01-30',
    by: 'Tổ đặt ngưỡng',
  },
  ...{
    reason: 'phường trung tâm',
    hides: [{ value: 90, unit: null, unitName: null }],
    overruled: [{ value: 93, unit: '08707', unitName: UNITS[1].name }],
  },
};

const general: ThresholdView = {
  ...{ indicator: 'TT02', unit: null, levels: [], rule: 'TT02', version: 0, override: null, minimum: 30 },
  ...{ direction: 'below', since: null, until: null, by: null, source: shipped(90) },
  bands: { warning: 90, major: 80, critical: 70 },
  countBands: null,
  limits: [
    { severity: 'critical', raise: shipped(70), count: null },
    { severity: 'major', raise: shipped(80), count: null },
    { severity: 'warning', raise: shipped(90), count: null },
  ],
};

const ofWard: ThresholdView = {
  ...general,
  ...{ unit: 2, override: 7, source: own, bands: { warning: 95, major: 80, critical: 70 } },
  limits: general.limits.map((limit) => (limit.severity === 'warning' ? { ...limit, raise: own } : limit)),
};

const override: OverrideView = {
  ...{
    id: 7,
    rule: 'TT02',
    ruleName: { vi: 'Đúng hạn', en: 'On time' },
    unit: '08707',
    unitName: UNITS[1].name,
  },
  ...{ level: null, values: { raise: { warning: 95 } }, overruled: [], from: '2026-11-01', to: '2027-01-30' },
  ...{ reason: 'phường trung tâm', by: 'Tổ đặt ngưỡng', state: 'active', approvedBy: null },
  ...{ savedAt: '2026-11-01T00:00:00+07:00', may: ['end'] },
};

const changes: ImportAnswer = {
  ...{ isDryRun: true, lines: 2, added: 1, changed: 1, same: 0, units: 4 },
  differences: [
    {
      line: 1,
      rule: 'TT02',
      unit: '25',
      unitName: UNITS[0].name,
      field: 'raise.major',
      before: 80,
      after: 85,
    },
    {
      line: 2,
      rule: 'TT02',
      unit: '08707',
      unitName: UNITS[1].name,
      field: 'minimum',
      before: null,
      after: 20,
    },
  ],
};

type Served = {
  may?: ('save' | 'override')[];
  inherit?: 'free' | 'tighten' | 'locked';
  refusal?: object;
  kept?: OverrideView;
};

function serveThresholds(served: Served = {}): void {
  const { may = ['save', 'override'], inherit = 'tighten' } = served;
  const { refusal, kept = override } = served;
  const rule = viewOf('TT02', { may });
  const body = { ...rule.current.body, inherit };
  serve(({ path, method, body: said }) => {
    if (path === '/api/units/08707') return { body: { unit: UNITS[1] } };
    if (path === '/api/thresholds') return { body: { seq: 1, thresholds: [general, ofWard] } };
    if (path === '/api/rules')
      return { body: { seq: 1, fourEyes: false, rules: [{ ...rule, current: { ...rule.current, body } }] } };
    if (path === '/api/thresholds/table')
      return { body: { ...changes, isDryRun: (said as { isDryRun: boolean }).isDryRun } };
    if (path !== '/api/overrides') return undefined;
    if (method === 'GET') return { body: { seq: 1, overrides: [kept] } };
    return refusal ? { status: 422, body: refusal } : { body: override };
  });
}

const show = (role = 'editor') =>
  showPage(<ThresholdsPage preferences={preferences} />, { path: '/thresholds/08707', role });
const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const why = (reason: string) => {
  const form = screen.getByRole('region', { name: 'Đặt ngưỡng riêng' });
  fireEvent.change(within(form).getByLabelText('Lý do'), { target: { value: reason } });
};
const sent = (method: string, path: string) =>
  asked.filter((one) => one.method === method && one.path === path);

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('says of a value of an override that does not count what holds in its stead, and by whose', async () => {
  const unit = { unit: '25', unitName: UNITS[0].name };
  const values = { raise: { warning: 95 }, minimum: 40, isOff: true } as const;
  const overruled: OverrideView['overruled'] = [
    { field: 'raise.warning', value: 95, holds: 97, ...unit },
    { field: 'minimum', value: 40, holds: 30, unit: null, unitName: null },
    { field: 'isOff', value: 1, holds: 0, unit: null, unitName: null },
  ];
  serveThresholds({ kept: { ...override, values, overruled } });
  show();
  const list = await screen.findByRole('table', { name: 'Ngưỡng riêng' });
  expect([...list.querySelectorAll('.overruled')].map((one) => one.textContent)).toEqual([
    `không được tính: ${UNITS[0].name.vi} giữ 97 %`,
    'không được tính: quy tắc giữ 30',
    'không được tính: quy tắc không cho tắt',
  ]);
});

it('tells of each limit where it comes from, since and until when, by whom, why, and in the place of what', async () => {
  serveThresholds();
  show();
  const table = await screen.findByRole('table', { name: 'Ngưỡng và nguồn gốc' });
  const text = table.textContent ?? '';
  for (const words of [
    'Chú ý thấp hơn 95 %',
    'Báo động thấp hơn 80 %',
    'ngưỡng riêng của Phường Việt Trì',
    'đến trước ngày 30/01/2027',
    'do Tổ đặt ngưỡng',
    '“phường trung tâm”',
    'thay cho 90 % của toàn hệ thống',
    'không tính 93 % của Phường Việt Trì: quy tắc không cho',
    'kèm theo phần mềm',
  ])
    expect(text).toContain(words);
  expect(
    within(table)
      .getByRole('link', { name: /^Xem quy tắc/ })
      .getAttribute('href'),
  ).toBe('/rules/TT02');
});

describe('an override', () => {
  const open = async () => fireEvent.click(await screen.findByRole('button', { name: 'Đặt ngưỡng riêng' }));

  it('is refused before it is sent where it is looser than what holds above, with both values', async () => {
    serveThresholds();
    show();
    await open();
    // The ward's own 95 % does not count: the new one takes its place, and must be stricter than 90 %.
    fill('● Ngưỡng Chú ý', '88');
    why('nới cho phường');
    await screen.findByText('Chú ý: 88 % lỏng hơn 90 %. Quy tắc này chỉ cho cấp dưới đặt chặt hơn.');
    expect(screen.getByRole('button', { name: 'Đặt ngưỡng' })).toHaveProperty('disabled', true);
    fill('● Ngưỡng Chú ý', '92');
    fireEvent.click(screen.getByRole('button', { name: 'Đặt ngưỡng' }));
    await screen.findByText('Đã đặt ngưỡng.');
    expect(sent('POST', '/api/overrides').map(({ body }) => body)).toEqual([
      {
        ...{ rule: 'TT02', unit: '08707', level: null, values: { raise: { warning: 92 } } },
        ...{ from: '2026-11-27', to: '2027-02-25', reason: 'nới cho phường' },
      },
    ]);
  });

  it('keeps levels in order, and says that one must change', async () => {
    serveThresholds({ inherit: 'free' });
    show();
    await open();
    fill('▲ Ngưỡng Báo động', '96');
    await screen.findByText('Mức nặng hơn phải xa hơn theo chiều xấu.');
    fill('▲ Ngưỡng Báo động', '');
    why('chưa đổi gì');
    expect(screen.getByRole('button', { name: 'Đặt ngưỡng' })).toHaveProperty('disabled', true);
  });

  it('shows the server’s own reason when it refuses, and keeps what was typed', async () => {
    serveThresholds({
      inherit: 'free',
      refusal: { status: 422, title: 'Unprocessable', detail: 'It is looser.', errors: [] },
    });
    show();
    await open();
    fill('● Ngưỡng Chú ý', '97');
    why('siết lại');
    fireEvent.click(screen.getByRole('button', { name: 'Đặt ngưỡng' }));
    await screen.findByText('It is looser.');
    expect(screen.getByLabelText('● Ngưỡng Chú ý')).toHaveProperty('value', '97');
  });

  it('cannot be given where the rule is locked, and says so', async () => {
    serveThresholds({ inherit: 'locked' });
    show();
    await open();
    await screen.findByText('Quy tắc này không cho cấp dưới đặt ngưỡng riêng.');
  });

  it('is ended with a reason', async () => {
    serveThresholds();
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Kết thúc ngưỡng riêng của Phường Việt Trì' }));
    fireEvent.change(screen.getAllByLabelText('Lý do')[0] as HTMLElement, {
      target: { value: 'hết đợt cao điểm' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Xác nhận' }));
    await waitFor(() =>
      expect(sent('PUT', '/api/overrides').map(({ body }) => body)).toEqual([
        { id: 7, decision: 'end', reason: 'hết đợt cao điểm' },
      ]),
    );
  });

  it('is not offered to a viewer, and why is said', async () => {
    serveThresholds({ may: [] });
    show('viewer');
    await screen.findByText(/^Bạn không đặt được ngưỡng riêng ở đây/);
    expect(screen.queryByRole('button', { name: 'Đặt ngưỡng riêng' })).toBeNull();
    expect(screen.queryByLabelText('Dán bảng vào đây, hoặc chọn tệp')).toBeNull();
    expect(screen.getByRole('link', { name: 'Tải CSV' }).getAttribute('href')).toBe(
      '/api/thresholds/table?unit=08707&format=csv',
    );
  });
});

describe('a table that comes in', () => {
  const paste = async (text: string) => {
    fireEvent.change(await screen.findByLabelText('Dán bảng vào đây, hoặc chọn tệp'), {
      target: { value: text },
    });
    const form = screen.getByRole('region', { name: 'Nhập, xuất bảng ngưỡng' });
    fireEvent.change(within(form).getByLabelText('Lý do'), { target: { value: 'theo quyết định 9' } });
    return form;
  };

  it('is tried first: the differences and the units show, nothing is applied; then it is applied', async () => {
    serveThresholds();
    show();
    const form = await paste('rule,unit,raise.major\nTT02,25,85');
    fireEvent.click(within(form).getByRole('button', { name: 'Chạy thử' }));
    await within(form).findByText(/4 đơn vị có ngưỡng khác đi/);
    expect(within(form).getByText('Mới là chạy thử: chưa có gì thay đổi.')).toBeTruthy();
    const row = within(form).getByRole('row', { name: /Tỉnh Phú Thọ/ });
    expect(row.textContent).toContain('ngưỡng Báo động8085');
    fireEvent.click(within(form).getByRole('button', { name: 'Áp dụng 2 thay đổi' }));
    await within(form).findByText('Đã áp dụng.');
    expect(sent('POST', '/api/thresholds/table').map(({ body }) => (body as ImportAnswer).isDryRun)).toEqual([
      true,
      false,
    ]);
  });

  it('is tried again after it was changed: what is applied is what was tried', async () => {
    serveThresholds();
    show();
    const form = await paste('rule,unit\nTT02,25');
    fireEvent.click(within(form).getByRole('button', { name: 'Chạy thử' }));
    await within(form).findByRole('button', { name: 'Áp dụng 2 thay đổi' });
    await paste('[{"rule":"TT02"}]');
    expect(within(form).getByRole('button', { name: 'Chạy thử' })).toBeTruthy();
    expect(within(form).getByLabelText('Dạng')).toHaveProperty('value', 'json');
  });
});
