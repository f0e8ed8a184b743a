import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FigureRow, FormAnswer, UnitView } from '../../shared/answers.ts';
import { INDICATORS } from '../../shared/catalogue.ts';
import { columnsOf, FORMS } from '../../shared/form-layout.ts';
import { evaluate } from '../../shared/indicator.ts';
import { emptySums, type Sums } from '../../shared/measure.ts';
import { periodOf } from '../../shared/period.ts';
import { Chart } from '../../web/chart.tsx';
import { BreakdownTable } from '../../web/panels/breakdown.tsx';
import { formatSpan, judgeDossier, shortenKey } from '../../web/panels/dossiers.tsx';
import { FormTable } from '../../web/panels/form.tsx';
import { unitVi } from '../../web/words/unit-vi.ts';
import { type Language, startWords } from '../../web/words/words.ts';

const unit: UnitView = {
  id: 1,
  ref: '08872',
  code: '08872',
  name: { vi: 'Xã Tam Dương Bắc', en: 'Tam Duong Bac Commune' },
  level: 'commune',
  from: '2025-07-01',
  to: null,
  lat: null,
  lon: null,
};
const august = periodOf('2026-08-31', 'month');

const form: FormAnswer = {
  unit,
  period: '2026-08',
  from: '2026-08-01',
  to: '2026-09-01',
  provisional: false,
  completeness: 0.97,
  seq: 9,
  rows: [
    {
      field: { code: 'DD', name: { vi: 'Đất đai', en: 'Land' } },
      columns: [412, 396, 3, 13, 318, 201, 74, 43, 94, 61, 33],
    },
    {
      field: { code: 'HT', name: { vi: 'Hộ tịch', en: 'Civil status' } },
      columns: [688, 681, 5, 2, 671, 655, 16, 0, 17, 17, 0],
    },
  ],
  total: [1100, 1077, 8, 15, 989, 856, 90, 43, 111, 78, 33],
};

const texts: Record<string, string> = unitVi;

const t: Language['t'] = (key, ...[values]) =>
  Object.entries({ ...values }).reduce(
    (text, [name, value]) => text.replace(`{{${name}}}`, String(value)),
    String(texts[key] ?? texts[`${key}_other`]),
  );

beforeAll(() => startWords('vi'));

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

describe('form II.06a', () => {
  it('has a row per area of work under three groups, the sum last, and the late ones marked', () => {
    render(<FormTable id="II.06a" answer={form} period={august} field={null} />);
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows[0]).toBe('Lĩnh vựcTiếp nhậnĐã giải quyếtĐang giải quyết');
    expect(rows[2]).toBe('Đất đai4123963133182017443946133');
    expect(rows.at(-1)).toBe('Tổng cộng1.1001.07781598985690431117833');
    const late = screen.getAllByRole('cell').filter((cell) => cell.dataset.bad);
    expect(late.map((cell) => cell.textContent)).toEqual(['43', '33', '43', '33']);
  });

  it('leads from an area of work to the page narrowed to it, and shows that one alone then', () => {
    history.replaceState(null, '', '/unit/08872?period=2026-08');
    const { rerender } = render(<FormTable id="II.06a" answer={form} period={august} field={null} />);
    expect(screen.getByRole('link', { name: 'Đất đai' }).getAttribute('href')).toBe(
      '/unit/08872?period=2026-08&field=DD',
    );
    rerender(<FormTable id="II.06a" answer={form} period={august} field="HT" />);
    expect(screen.getAllByRole('row').length).toBe(4);
    expect(screen.queryByText('Đất đai')).toBeNull();
    expect(screen.getAllByRole('row').at(-1)?.textContent).toBe('Tổng cộng6886815267165516017170');
  });

  it('of the newer form shows a dash in words where nothing is counted, and no 0', () => {
    const values = columnsOf(FORMS['07a']).map(({ number, isUnknown }) => (isUnknown ? null : number));
    const [row] = form.rows;
    const rows = row ? [{ ...row, columns: values }] : [];
    render(<FormTable id="07a" answer={{ ...form, rows, total: values }} period={august} field={null} />);
    const headings = screen.getAllByRole('row')[1]?.textContent ?? '';
    expect(headings.match(/\(\d+\)/g)).toEqual(Array.from({ length: 25 }, (_, index) => `(${index + 3})`));
    const cells = within(screen.getAllByRole('row').at(-1) ?? document.body).getAllByRole('cell');
    expect(cells.map(({ textContent }) => textContent)).toEqual(
      values.map((value) => (value === null ? '–chưa có số liệu' : String(value))),
    );
  });
});

describe('the time of a dossier in words', () => {
  const dossier = {
    late: false,
    dueSoon: true,
    paused: false,
    dueAt: '2026-08-31T17:00:00+07:00',
    workingHoursLeft: 2,
  };

  it.each([
    [
      { late: true, workingHoursLeft: -24 },
      { severity: 'critical', text: 'quá hạn 3 ngày làm việc' },
    ],
    [
      { late: true, workingHoursLeft: -5.2 },
      { severity: 'critical', text: 'quá hạn 5 giờ làm việc' },
    ],
    [
      { late: true, workingHoursLeft: -0.001 },
      { severity: 'critical', text: 'vừa quá hạn' },
    ],
    [
      { late: true, workingHoursLeft: null },
      { severity: 'critical', text: 'quá hạn' },
    ],
    [{}, { severity: 'major', text: 'còn 2 giờ làm việc' }],
    [{ workingHoursLeft: 0.5 }, { severity: 'major', text: 'còn 30 phút làm việc' }],
    [{ workingHoursLeft: 0 }, { severity: 'major', text: 'đến hạn ngay' }],
    [{ workingHoursLeft: 7 }, { severity: 'warning', text: 'còn 7 giờ làm việc' }],
    [{ workingHoursLeft: 11 }, { severity: 'normal', text: 'còn 1 ngày 3 giờ làm việc' }],
    [{ workingHoursLeft: null }, { severity: 'warning', text: 'sắp đến hạn' }],
    [{ paused: true }, { severity: 'normal', text: 'tạm dừng, chờ bổ sung' }],
    [
      { dueAt: null, workingHoursLeft: null },
      { severity: 'normal', text: 'chưa có hạn' },
    ],
  ])('%o', (changes, expected) => {
    expect(judgeDossier({ ...dossier, ...changes }, t)).toEqual(expected);
  });

  it('drops hours after three days, and never names a real code', () => {
    expect(formatSpan(27, t)).toBe('3 ngày làm việc');
    expect(formatSpan(17, t)).toBe('2 ngày 1 giờ làm việc');
    expect(formatSpan(16, t)).toBe('2 ngày làm việc');
    expect(shortenKey('7f3a09b2e4d6aac1')).toBe('7f3a…c1');
  });
});

const UNIT = { id: 1, level: 'province' as const };
const COLUMNS = ['HS01', 'ON01', 'HS02', 'TT01', 'TT02', 'HS03', 'TT04'];

describe('figures by area of work', () => {
  const rowOf = (index: number, sums: Partial<Sums>): FigureRow => ({
    code: `F${index}`,
    name: { vi: `Lĩnh vực ${index}`, en: `Area ${index}` },
    figures: Object.fromEntries(
      INDICATORS.map((indicator) => [
        indicator.id,
        {
          ...evaluate(indicator, { ...emptySums(), ...sums }, 1),
          provisional: false,
          asOf: null,
          completeness: null,
        },
      ]),
    ),
  });

  it('says nothing occurred instead of 0 %, and a bad rate by shape and word', () => {
    const rows = [
      rowOf(1, {}),
      rowOf(2, { resolvedLate: 30, resolvedEarly: 70, received: 100, receivedOnline: 90 }),
    ];
    render(<BreakdownTable unit={UNIT} columns={COLUMNS} rows={rows} title="Theo lĩnh vực" by="field" />);
    const [, quiet, busy] = screen.getAllByRole('row');
    expect(within(quiet as HTMLElement).getAllByTitle('không phát sinh').length).toBe(4);
    expect(busy?.textContent).toContain('● Chú ý 70,0 %');
  });

  it('folds what is least busy until asked', () => {
    render(
      <BreakdownTable
        unit={UNIT}
        columns={COLUMNS}
        rows={Array.from({ length: 12 }, (_, index) => rowOf(index, {}))}
        title="x"
        by="procedure"
      />,
    );
    expect(screen.getAllByRole('row').length).toBe(9);
    fireEvent.click(screen.getByRole('button', { name: 'Xem tất cả 12' }));
    expect(screen.getAllByRole('row').length).toBe(13);
  });
});

describe('a chart', () => {
  it('can be read as a table', () => {
    const table = { head: ['Kỳ', 'Giá trị'], rows: [['Tháng 8/2026', '70,9 %'] as const] };
    render(<Chart drawing={() => ({})} label="Đúng hạn của Xã Tam Dương Bắc" table={table} height="1rem" />);
    expect(screen.getByRole('img', { name: 'Đúng hạn của Xã Tam Dương Bắc' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'xem dạng bảng' }));
    expect(screen.getByRole('table').textContent).toBe(
      'Đúng hạn của Xã Tam Dương BắcKỳGiá trịTháng 8/202670,9 %',
    );
  });
});
