// What is not known, not there, silent, or told by others: in words, never as 0.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Absence, Territory, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { type Indicator, NO_FIGURE } from '../../shared/indicator.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { type Period, parsePeriod, periodOf } from '../../shared/period.ts';
import { listUnknown, parsePlace } from '../../web/address.ts';
import { findAbsence } from '../../web/figures/absence.ts';
import { isSilent, liveFigure, sparkOf } from '../../web/figures/live-figures.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { applyFrame, startState } from '../../web/live/fold.ts';
import { AbsentField, AbsentPanel } from '../../web/panels/absent.tsx';
import { AskedShare, ReportedShare } from '../../web/panels/silent.tsx';
import { useTerritoryNote } from '../../web/panels/territory-note.tsx';
import { UnknownNotice } from '../../web/panels/unknown.tsx';
import { startWords } from '../../web/words/words.ts';

const province: UnitView = {
  ...{ id: 1, ref: '25', code: '25', name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' } },
  ...{ level: 'province', from: '2025-07-01', to: null, lat: null, lon: null },
};
const commune: UnitView = {
  ...province,
  id: 2,
  ref: 'A',
  code: 'A',
  name: { vi: 'Xã A', en: 'A Commune' },
  level: 'commune',
};

const following: Following = {
  ...{ ref: '25', state: null, stage: 'live', lostAt: null, problem: null },
  serverNow: () => Date.parse('2026-11-25T09:00:00+07:00'),
};

function getPeriod(key: string): Period {
  const period = parsePeriod(key);
  if (!period) throw new Error(`no period ${key}`);
  return period;
}
function getIndicator(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

function figuresOf(key: string, absence: Absence): FiguresView {
  return {
    ...{
      period: getPeriod(key),
      isCurrent: false,
      isProvisional: false,
      on: '2026-11-25',
      unit: commune,
      absence,
    },
    ...{ path: [province, commune], children: [], status: 'ready', error: null, retry: () => undefined },
    ...{ figureOf: () => null, figuresOf: () => new Map() },
  };
}

function show(element: React.ReactNode, at = '/unit/A') {
  history.replaceState(null, '', at);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <FollowingProvider value={following}>{element}</FollowingProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

describe('a time or a unit of which nothing is known', () => {
  it.each<[string, Absence, string, string, string]>([
    [
      '2019',
      { noData: 'beforeData', dataFrom: '2024-01-01' },
      'Năm 2019: trước khi có số liệu',
      'Xem tháng đầu có số liệu: Tháng 1/2024',
      '/unit/A?period=2024-01',
    ],
    [
      '2027',
      { noData: 'notBegun' },
      'Năm 2027 chưa bắt đầu',
      'Xem kỳ đang chạy: Năm 2026',
      '/unit/A?period=year',
    ],
    [
      '2026-10',
      { noData: 'neverTold' },
      'Xã A chưa gửi số liệu lần nào',
      'Xem đơn vị cấp trên: Tỉnh Phú Thọ',
      '/unit/25?period=2026-10',
    ],
    [
      '2026-08',
      { begins: '2026-09-01' },
      'Xã A bắt đầu từ 01/09/2026',
      'Xem kỳ đầu của đơn vị: Tháng 9/2026',
      '/unit/A?period=2026-09',
    ],
  ])('says so, and where to go: %s %o', (key, absence, title, way, href) => {
    show(<AbsentPanel unit={commune} figures={figuresOf(key, absence)} />, `/unit/A?period=${key}`);
    expect(screen.getByRole('heading').textContent).toBe(title);
    const link = screen.getByRole('link');
    expect([link.textContent, link.getAttribute('href')]).toEqual([way, href]);
  });

  it('says so in English', async () => {
    await startWords('en');
    show(<AbsentPanel unit={commune} figures={figuresOf('2027', { noData: 'notBegun' })} />);
    expect(screen.getByRole('heading').textContent).toBe('2027 has not begun');
  });

  it('names an area of work that nobody knows, and leads back to all', () => {
    show(<AbsentField field="Nope" isUnknown />, '/unit/A?field=Nope');
    expect(screen.getByRole('heading').textContent).toBe('Không có lĩnh vực “Nope”');
    expect(screen.getByRole('link').getAttribute('href')).toBe('/unit/A');
  });
});

describe('the live view', () => {
  const state = startState({
    ...{
      type: 'snapshot',
      seq: 1,
      at: '2026-11-25T02:00:00Z',
      build: 'b',
      day: '2026-11-25',
      unit: province,
    },
    ...{
      path: [province],
      children: [commune],
      workingDays: { month: 15 },
      silent: [2],
      feeds: [],
      steps: [],
      alerts: [],
      rulesSeq: 0,
    },
    tallies: { measures: [...MEASURE_IDS], rows: [[1, 'ever', '', 1, ...MEASURE_IDS.map(() => 0)]] },
  });
  const order = { unit: 2, period: periodOf('2026-11-25', 'month'), indicator: getIndicator('HS03') };

  it('has no figure of a child that never told anything, until its first row comes', () => {
    expect([liveFigure(state, order), isSilent(state, 1)]).toEqual([NO_FIGURE, false]);
    const told = applyFrame(state, {
      ...{
        prev: 1,
        seq: 2,
        at: '2026-11-25T02:01:00Z',
        build: 'b',
        feeds: [],
        steps: [],
        alerts: [],
        rulesSeq: 0,
      },
      tallies: { measures: ['open'], rows: [[2, 'ever', '', 2, 7]] },
    });
    if (typeof told === 'string') throw new Error(told);
    expect(liveFigure(told, order).value).toBe(7);
  });

  it('says of a silent unit that it is', () => {
    const own = { ...state, unit: commune };
    expect(findAbsence({ unit: commune, state: own, told: undefined })).toEqual({ noData: 'neverTold' });
    expect(findAbsence({ unit: province, state, told: undefined })).toBeUndefined();
    expect(sparkOf(own, getIndicator('HS03'), 2)).toEqual([null, null]);
  });
});

describe('an address with an unknown part', () => {
  it('is told by what it names that is not there', () => {
    expect(listUnknown('/wall/25', '?indicator=TT99&period=2026-13&tree=old&grain=hour&group=ward')).toEqual([
      { what: 'period', given: '2026-13' },
      { what: 'indicator', given: 'TT99' },
      { what: 'tree', given: 'old' },
      { what: 'grain', given: 'hour' },
      { what: 'group', given: 'ward' },
    ]);
    expect(listUnknown('/walll/25', '')).toEqual([{ what: 'page', given: 'walll' }]);
    expect(listUnknown('/unit/25', '?indicator=TT01&period=2026-W47&tree=then&grain=day&theme=dark')).toEqual(
      [],
    );
    expect(parsePlace('/wall/25', '?indicator=TT99').indicator).toBe('TT02');
  });

  it('is named on the page, with what is shown instead and the way to mend it', () => {
    show(<UnknownNotice />, '/wall/25?indicator=TT99&theme=dark');
    expect(screen.getByRole('alert').textContent).toContain(
      'Không có chỉ tiêu “TT99”: đang xem Đúng hạn (QĐ 766).',
    );
    expect(screen.getByRole('link').getAttribute('href')).toBe('/wall/25?theme=dark');
  });
});

describe('who has not reported', () => {
  beforeAll(() => {
    // The browser's own dialog, which this one lacks.
    HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
      this.open = true;
    };
    HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    };
  });
  const share = (isWhole: boolean) => (
    <ReportedShare
      unit={province}
      period={getPeriod('2026-10')}
      text="97 % đơn vị đã gửi"
      isWhole={isWhole}
    />
  );

  it('is asked for where a page holds no share, and nothing is said where all have told', async () => {
    const answer = (silent: object[]) => {
      vi.stubGlobal('fetch', () =>
        Promise.resolve(Response.json({ unit: province, period: '2026-10', reporting: 60, silent })),
      );
      return show(<AskedShare unit={province} period={getPeriod('2026-10')} />, '/index766');
    };
    answer([{ unit: commune, lastAt: null }]);
    fireEvent.click(await screen.findByRole('button', { name: '98,3 % đơn vị đã gửi: xem đơn vị chưa gửi' }));
    await screen.findByText('Tháng 10/2026: 1 / 60 đơn vị chưa gửi gì.');
  });

  it('is listed by name behind the share, with the last word and the way to the unit', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (input: string) => {
      asked.push(input);
      const silent = [
        { unit: commune, lastAt: null },
        {
          unit: { ...commune, id: 3, ref: 'B', name: { vi: 'Xã B', en: 'B' } },
          lastAt: '2026-09-30T16:59:59+07:00',
        },
      ];
      return Promise.resolve(Response.json({ unit: province, period: '2026-10', reporting: 60, silent }));
    });
    show(share(false), '/wall/25?period=2026-10');
    fireEvent.click(screen.getByRole('button', { name: /^97 % .*: xem đơn vị chưa gửi$/ }));
    await screen.findByText('Tháng 10/2026: 2 / 60 đơn vị chưa gửi gì.');
    expect(asked).toEqual(['/api/silent?unit=25&period=2026-10']);
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ['Xã A', 'Xã, phường', 'chưa gửi lần nào'],
      ['Xã B', 'Xã, phường', expect.stringContaining('30/09')],
    ]);
    expect(screen.getByRole('link', { name: 'Xã B' }).getAttribute('href')).toBe('/unit/B?period=2026-10');
    fireEvent.click(screen.getByRole('button', { name: 'Đóng' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is no button where all have', () => {
    show(share(true));
    expect(screen.queryByRole('button')).toBeNull();
  });
});

function Note({ territory }: { territory: Territory }) {
  return useTerritoryNote(territory, 'province').whole.join('|');
}

it('a territory says since when, of how many communes, without whom, and which are in it in part', () => {
  const territory = { since: '2025-07-01', units: 36, partly: [{ unit: commune, share: 0.4286 }] };
  expect(show(<Note territory={territory} />).container.textContent).toBe(
    'Từ 01/07/2025: tổng 36 xã hôm nay trên địa bàn cũ; các sở, ban của tỉnh cũ không tính|' +
      'Xã A 43 %: chỉ một phần, tính theo tỷ lệ (mỗi xã cũ tính như nhau)',
  );
});
