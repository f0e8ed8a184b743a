// The alert strip at the foot of a wall: calm, warned, flooded, and while nobody knows.
import { act, cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertBrief } from '../../shared/alert.ts';
import type { FeedView, UnitView } from '../../shared/answers.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { applyFrame, type LiveState, startState } from '../../web/live/fold.ts';
import { AlertStrip } from '../../web/panels/alert-strip.tsx';
import { startWords } from '../../web/words/words.ts';
import { ago, brief, NOW } from './alert-briefs.ts';

const province: UnitView = {
  ...{ id: 1, ref: '25', code: '25', level: 'province', from: '2025-07-01', to: null, lat: null, lon: null },
  name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' },
};

const feed: FeedView = {
  ...{ id: 'mc', name: 'Một cửa Tam Hồng', unit: '25', events: 4, cadence: null, dueTime: null },
  ...{ lastAt: ago(90), heardAt: ago(90), lateAt: ago(30), missingAt: null },
};

const tallies = { measures: [], rows: [] };

function stateOf(alerts: readonly AlertBrief[]): LiveState {
  return startState({
    ...{ type: 'snapshot', build: 'b1', seq: 10, at: ago(0), day: '2026-11-27', unit: province },
    ...{ path: [province], children: [], workingDays: {}, silent: [], tallies, steps: [] },
    ...{ alerts: [...alerts], rulesSeq: 0, feeds: [feed] },
  });
}

let now = NOW;
const followed = (state: LiveState | null, changes: Partial<Following> = {}): Following => ({
  ...{ ref: '25', state, stage: 'live', lostAt: null, problem: null },
  serverNow: () => now,
  ...changes,
});

const strip = (following: Following, steps: 'beside' | 'calm' = 'calm', feeds?: number) => (
  <FollowingProvider value={following}>
    <AlertStrip units={2} steps={steps} feeds={feeds} />
  </FollowingProvider>
);

const textOf = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim();
const cells = () =>
  [...document.querySelectorAll('.alert-counts li')].map((cell) =>
    [...cell.querySelectorAll('.alert-count, .alert-beside, .alert-word')].map(textOf).join(' | '),
  );
const flashing = () => [...document.querySelectorAll('[data-flash]')].map(textOf);

const many = (count: number, unit = 2) =>
  Array.from({ length: count }, (_, index) =>
    brief({
      ...{ id: 100 + index, unit: unit + (index % 4), ref: `u${unit + (index % 4)}` },
      unitName: { vi: `Xã Tam Dương ${index % 4}`, en: `Tam Dương ${index % 4} Commune` },
      openedAt: ago(5 - index / 100),
      severity: index === 3 ? 'critical' : 'major',
    }),
  );

beforeAll(() => startWords('vi'));
beforeEach(() => {
  now = NOW;
  vi.useFakeTimers();
});
afterEach(async () => {
  cleanup();
  vi.useRealTimers();
  await i18next.changeLanguage('vi');
});

describe('the strip without alerts', () => {
  it('says so calmly, and tells what just happened', () => {
    render(strip(followed(stateOf([]))));
    expect(textOf(document.querySelector('.alert-calm'))).toBe('Không có cảnh báo');
    expect(document.querySelector('.strip-steps')).not.toBe(null);
    expect(flashing()).toEqual([]);
  });

  it('is calm where there are mere messages', () => {
    render(strip(followed(stateOf([brief({ id: 1, severity: 'advisory' })]))));
    expect(textOf(document.querySelector('.alert-calm'))).toBe('Không có cảnh báo');
    expect(flashing()).toEqual([]);
  });

  it('does not call calm what is not known yet', () => {
    render(strip(followed(null, { stage: 'connecting' })));
    expect(textOf(document.querySelector('.alert-calm'))).toBe('Chưa có tin về cảnh báo');
    expect(screen.queryByText('Không có cảnh báo')).toBe(null);
  });
});

const warned = [
  brief({ id: 1, severity: 'critical', label: 'inHand', openedAt: ago(300) }),
  brief({
    id: 2,
    severity: 'major',
    label: 'new',
    openedAt: ago(135),
    unitName: { vi: 'Xã Hy Cương', en: '' },
  }),
  brief({ id: 3, severity: 'major', label: 'gone', openedAt: ago(40) }),
  brief({ id: 4, severity: 'warning', label: 'shelved', openedAt: ago(20) }),
  brief({ id: 5, severity: 'warning', label: 'new', openedAt: ago(14), figure: 67.2 }),
  brief({ id: 6, severity: 'advisory', openedAt: ago(4) }),
];

describe('the strip with alerts', () => {
  it('counts by severity in shape, code, word and number, split by who looks after them; shelved ones are never hidden', () => {
    render(strip(followed(stateOf(warned))));
    expect(cells()).toEqual([
      '◆ 0 | 1 đang xử lý0 tạm gác | 1 · Nghiêm trọng',
      '▲ 2 | 0 đang xử lý0 tạm gác | 2 · Báo động',
      '● 1 | 0 đang xử lý1 tạm gác | 3 · Chú ý',
    ]);
  });

  it('shows the newest three with unit and figure, each a way to its alert, and how long the oldest waits', () => {
    render(strip(followed(stateOf(warned))));
    expect(textOf(document.querySelector('.alert-oldest'))).toBe('Cũ nhất chưa xác nhận: 2 giờ');
    const lines = [...document.querySelectorAll('.alert-line')];
    expect(lines.map((line) => line.getAttribute('href'))).toEqual(['/alerts/5', '/alerts/3', '/alerts/2']);
    expect(textOf(lines[0])).toBe('08:46●Chú ý MớiXã Sơn Lôi67,2 %Tỷ lệ đúng hạn thấp');
    expect(document.querySelector('.strip-steps')).toBe(null);
  });

  it('flashes one symbol alone: that of the worst nobody acknowledged, until somebody does', () => {
    const state = stateOf(warned);
    const { rerender } = render(strip(followed(state)));
    expect(flashing()).toEqual(['▲ 2']);
    expect(document.querySelector('[data-flash] > .mark-shape')?.textContent).toBe('▲');
    const changed = warned
      .filter(({ label }) => label === 'new' || label === 'gone')
      .map(
        (alert) => ({ ...alert, seq: 11, label: alert.label === 'gone' ? 'closed' : 'inHand' }) as AlertBrief,
      );
    const after = applyFrame(state, {
      ...{
        prev: 10,
        seq: 11,
        build: 'b1',
        at: ago(0),
        tallies,
        feeds: [],
        steps: [],
        alerts: changed,
        rulesSeq: 0,
      },
    });
    if (typeof after === 'string') throw new Error(after);
    rerender(strip(followed(after)));
    expect(flashing()).toEqual([]);
    expect(textOf(document.querySelector('.strip-alerts .strip-title'))).toBe('Mới nhất Tất cả đã xác nhận');
  });

  it('says that it is behind while the link is lost, and flashes nothing', () => {
    render(strip(followed(stateOf(warned), { stage: 'offline', lostAt: NOW - 60_000 })));
    expect(textOf(document.querySelector('.alert-counts .late-mark'))).toBe('không cập nhật từ 08:59');
    expect(flashing()).toEqual([]);
  });

  it('tells how the feeds are, in brief or each', () => {
    const { rerender } = render(strip(followed(stateOf(warned))));
    expect(textOf(document.querySelector('.strip-feeds'))).toBe('Nguồn: 1 · trễ, mất tin 1');
    rerender(strip(followed(stateOf(warned)), 'calm', 3));
    expect(textOf(document.querySelector('.strip-feeds'))).toContain('Một cửa Tam Hồng');
  });

  it('has what just happened beside the alerts where there is room', () => {
    render(strip(followed(stateOf(warned)), 'beside'));
    expect(document.querySelectorAll('.strip-steps, .alert-line').length).toBe(4);
  });

  it('leads from its counts to the alerts of the unit', () => {
    render(strip(followed(stateOf(warned))));
    expect(screen.getByRole('link', { name: 'Cảnh báo chưa xác nhận' }).getAttribute('href')).toBe(
      '/alerts?unit=25',
    );
  });

  it('is said in English too', async () => {
    await i18next.changeLanguage('en');
    render(strip(followed(stateOf(warned))));
    expect(cells()[1]).toBe(`▲ 2 | 0 in hand0 shelved | 2 · ${i18next.t('alertSeverity.major')}`);
  });
});

describe('the strip in a flood', () => {
  it('turns to one roll-up by unit, with the first marked and no list of single alerts', () => {
    render(strip(followed(stateOf(many(13)))));
    expect(textOf(document.querySelector('.flood-title'))).toBe('Cảnh báo dồn dập');
    expect(textOf(document.querySelector('.flood-first'))).toBe(
      'Đầu tiên 08:55:00 ▲ Xã Tam Dương 0: Tỷ lệ đúng hạn thấp 81,3 %',
    );
    expect([...document.querySelectorAll('.flood-units li')].map(textOf)).toEqual([
      '▲Tam Dương 0 4',
      '◆Tam Dương 3 3',
      '+2 đơn vị',
    ]);
    expect(document.querySelectorAll('.alert-line').length).toBe(0);
    expect(document.querySelector('.flood-units a')?.getAttribute('href')).toBe('/alerts?unit=u2');
    expect(flashing()).toEqual(['◆ 1']);
  });

  it('gives the room of two short names to a long one, and counts whom it has none for', () => {
    const long = many(13).map((alert) => ({
      ...alert,
      unitName: { vi: `Sở Nông nghiệp và Môi trường ${alert.unit}`, en: '' },
    }));
    render(strip(followed(stateOf(long))));
    expect([...document.querySelectorAll('.flood-units li')].map(textOf)).toEqual([
      '▲Sở Nông nghiệp và Môi trường 2 4',
      '+3 đơn vị',
    ]);
    cleanup();
    render(
      <FollowingProvider value={followed(stateOf(long))}>
        <AlertStrip units={5} steps="calm" />
      </FollowingProvider>,
    );
    expect(document.querySelectorAll('.flood-units a').length).toBe(2);
  });

  it('is none with ten', () => {
    render(strip(followed(stateOf(many(10)))));
    expect(document.querySelector('.flood')).toBe(null);
  });

  it('stands while five of the last ten minutes are left, and is over with four', () => {
    const raised = (ages: number[]) =>
      ages.map((minutes, id) => brief({ id, openedAt: ago(minutes), severity: 'major', label: 'new' }));
    const begun = [9, 9, 9, 9, 9, 9, 9];
    render(strip(followed(stateOf(raised([...begun, 5, 5, 5, 5, 5])))));
    expect(document.querySelector('.flood')).not.toBe(null);
    now = NOW + 2 * 60_000;
    act(() => vi.advanceTimersByTime(1000));
    expect(document.querySelector('.flood')).not.toBe(null);
    cleanup();
    now = NOW;
    render(strip(followed(stateOf(raised([...begun, 5, 5, 5, 5])))));
    expect(document.querySelector('.flood')).not.toBe(null);
    now = NOW + 2 * 60_000;
    act(() => vi.advanceTimersByTime(1000));
    expect(document.querySelector('.flood')).toBe(null);
  });

  it('returns by itself to single alerts when it is over, with no word from the server', () => {
    render(strip(followed(stateOf(many(13)))));
    expect(document.querySelectorAll('.alert-line').length).toBe(0);
    now = NOW + 6 * 60_000;
    act(() => vi.advanceTimersByTime(1000));
    expect(document.querySelector('.flood')).toBe(null);
    expect(document.querySelectorAll('.alert-line').length).toBe(3);
  });
});
