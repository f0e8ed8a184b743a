// How a panel stands: the one decision as a table, and what each state looks like.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FeedView } from '../../shared/answers.ts';
import { ApiError } from '../../web/api.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import type { Stage } from '../../web/live/stage.ts';
import { lateSinceOf, type PanelState, stateOf, type Told, toldBy } from '../../web/panel-state.ts';
import { PanelError, PanelFrame } from '../../web/panels/frame.tsx';
import { startWords } from '../../web/words/words.ts';

const NOW = Date.parse('2026-11-22T14:31:30+07:00');
const DAY_MS = 86_400_000;

const following: Following = {
  ...{ ref: '25', state: null, stage: 'live', lostAt: null, problem: null },
  serverNow: () => NOW,
};

const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();

beforeAll(() => startWords('vi'));
afterEach(cleanup);

const refusal = (status: number) => new ApiError({ status, title: 'No', detail: '' });
const bug = new Error('bug');

const TOLD: Record<string, Told> = {
  pending: { kind: 'pending' },
  figures: { kind: 'told', has: 'figures' },
  nothing: { kind: 'told', has: 'nothing' },
  nobody: { kind: 'told', has: 'nobody' },
  unreached: { kind: 'failed', error: refusal(0) },
  refused: { kind: 'failed', error: refusal(400) },
  forbidden: { kind: 'failed', error: refusal(403) },
  unknown: { kind: 'failed', error: refusal(404) },
  broken: { kind: 'failed', error: refusal(500) },
  stranger: { kind: 'failed', error: bug },
};

/** By what was told: in time, late, and over a lost link. */
const STATES: Record<keyof typeof TOLD, [inTime: string, late: string, lost: string]> = {
  pending: ['loading', 'loading', 'offline'],
  figures: ['ready', 'late', 'stale'],
  nothing: ['empty', 'empty', 'empty'],
  nobody: ['nobody', 'nobody', 'nobody'],
  unreached: ['offline', 'offline', 'offline'],
  refused: ['error', 'error', 'error'],
  forbidden: ['missing', 'missing', 'missing'],
  unknown: ['missing', 'missing', 'missing'],
  broken: ['error', 'error', 'error'],
  stranger: ['error', 'error', 'error'],
};

describe('the state of a panel', () => {
  const kindOf = (told: Told, stage: Stage, lateSince: number | null) =>
    stateOf(told, { stage, lostAt: NOW, lateSince }).kind;

  it.each(Object.entries(TOLD))('is decided of all that may be told, whatever the link: %s', (name, told) => {
    const [inTime = '', late = '', lost = ''] = STATES[name] ?? [];
    for (const stage of ['connecting', 'live', 'slow'] as const) {
      expect([kindOf(told, stage, null), kindOf(told, stage, NOW)]).toEqual([inTime, late]);
    }
    for (const stage of ['offline', 'distrust'] as const) {
      expect([kindOf(told, stage, null), kindOf(told, stage, NOW)]).toEqual([lost, lost]);
    }
  });

  it('knows by a query what was told: what is shown already stays where asking again fails', () => {
    expect(toldBy({ data: undefined, error: null })).toEqual({ kind: 'pending' });
    expect(toldBy({ data: undefined, error: bug })).toEqual({ kind: 'failed', error: bug });
    expect(toldBy({ data: [], error: bug })).toEqual({ kind: 'told', has: 'figures' });
    expect(toldBy({ data: [], error: null }, (rows) => (rows.length > 0 ? 'figures' : 'nothing'))).toEqual({
      kind: 'told',
      has: 'nothing',
    });
  });

  const feedOf = (lateAt: number | null): FeedView => ({
    ...{ id: 'f', name: 'f', unit: '25', events: 1, cadence: null, dueTime: null, missingAt: null },
    ...{ lastAt: null, heardAt: new Date(NOW - 4 * DAY_MS).toISOString() },
    lateAt: lateAt === null ? null : new Date(lateAt).toISOString(),
  });
  const heard = (days: number) => ({ provisional: true, asOf: new Date(NOW - days * DAY_MS).toISOString() });

  it('is late three days after the last word in a running period, unless all its feeds are well', () => {
    const around = { feeds: [], now: NOW };
    expect(lateSinceOf(heard(4), around)).toBe(NOW - 4 * DAY_MS);
    expect(lateSinceOf(heard(2), around)).toBeNull();
    expect(lateSinceOf({ ...heard(4), provisional: false }, around)).toBeNull();
    expect(lateSinceOf({ provisional: true, asOf: null }, around)).toBeNull();
    expect(lateSinceOf(heard(4), { feeds: [feedOf(NOW + 1)], now: NOW })).toBeNull();
    expect(lateSinceOf(heard(4), { feeds: [feedOf(NOW + 1), feedOf(NOW - 1)], now: NOW })).toBe(
      NOW - 4 * DAY_MS,
    );
  });
});

describe('a panel', () => {
  const frame = (state: PanelState) =>
    render(
      <FollowingProvider value={following}>
        <PanelFrame title="Xếp hạng" state={state} retry={() => undefined}>
          số liệu
        </PanelFrame>
      </FollowingProvider>,
    );

  it('says what to do next when it is empty, and offers to try again when it failed', () => {
    expect(frame({ kind: 'empty' }).container.textContent).toContain('Khi một nguồn gửi sự kiện');
    cleanup();
    expect(frame({ kind: 'error', error: new Error('quá lâu') }).container.textContent).toContain(
      'chưa lấy được số liệu.Thử lại',
    );
    expect(screen.getByTitle('quá lâu')).toBeTruthy();
  });

  it.each<[PanelState, string]>([
    [{ kind: 'ready' }, 'Xếp hạng số liệu'],
    [{ kind: 'late', since: NOW - 5 * 86_400_000 }, 'Xếp hạng 5 ngày số liệu'],
    [{ kind: 'stale', since: NOW - 60_000 }, 'Xếp hạng số liệu'],
    [{ kind: 'nobody' }, 'Xếp hạng Đơn vị không hoạt động trong thời gian này.'],
    [{ kind: 'offline', error: null }, 'Xếp hạng Không liên lạc được với máy chủ. Thử lại'],
  ])('shows figures, how late they are, or why there are none: %o', (state, words) => {
    const { container } = frame(state);
    const parts = ['.panel-title', '.late-mark', '.panel-body p', 'button'].map((part) =>
      textOf(container.querySelector(part)),
    );
    const body = parts[2] ?? textOf(container.querySelector('.panel-body'));
    expect([parts[0], parts[1], body, parts[3]].filter(Boolean).join(' ')).toBe(words);
    expect(container.querySelector('.panel')?.getAttribute('data-state')).toBe(state.kind);
  });

  it.each([
    [0, 'Không liên lạc được với máy chủ.', true],
    [400, 'Địa chỉ này không hợp lệ', false],
    [401, 'Phiên xem đã hết hạn', true],
    [403, 'Số liệu này ngoài phạm vi được xem.', false],
    [404, 'Không tìm thấy đơn vị này', false],
    [429, 'quá nhiều yêu cầu', true],
    [503, 'Máy chủ gặp lỗi', true],
  ])('says a refusal with status %i in words of its own', (code, words, canRetry) => {
    const error = new ApiError({ status: code, title: 'No', detail: '25 lies outside your scope.' });
    render(<PanelError error={error} retry={() => undefined} />);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(words);
    expect(alert.textContent).not.toContain('scope');
    expect(screen.queryByRole('button') !== null).toBe(canRetry);
  });
});
