// The page of alert health, and what it proposes to the editor of a rule.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HealthAnswer } from '../../shared/alert-health.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import { HealthPage } from '../../web/alerts/health.tsx';
import { PROPOSAL_KEY, takeProposal } from '../../web/alerts/proposal.ts';
import { topOf } from '../../web/chart/days-drawing.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { startWords } from '../../web/words/words.ts';
import { ago, NOW } from './alert-briefs.ts';

const rule = SHIPPED_RULES[0];
if (!rule) throw new Error('no rule is shipped');
const named = (vi: string, en: string) => ({ vi, en });

const sound: HealthAnswer = {
  ...{ seq: 9, unit: '25', from: '2026-11-21', to: '2026-11-28', operators: 2, episodes: 40 },
  ...{ perOperatorDay: 20.5, bearable: 150, perTenMinutes: { mean: 0.04, most: 4, mostAt: ago(60) } },
  ...{ floodShare: 0.002, stale: 5, chattering: 0, meanAcknowledgeMinutes: 42_579 },
  mix: { critical: 0.05, major: 0.15, warning: 0.8, advisory: 0 },
  targetMix: { critical: 0.05, major: 0.15, warning: 0.8, advisory: 0 },
  days: [
    { day: '2026-11-26', raised: 31 },
    { day: '2026-11-27', raised: 9 },
  ],
  ...{ offenders: [], idle: [] },
  judge: {
    judgedSeq: 8,
    judgedAt: ago(1),
    behind: 1,
    lagMs: 240,
    tookMs: 1900,
    isLate: false,
    pausedUntil: null,
  },
};

const body = { ...rule.body, deadband: 3 };
const unsound: HealthAnswer = {
  ...sound,
  ...{ perOperatorDay: 151, perTenMinutes: { mean: 1.2, most: 37, mostAt: ago(60) } },
  ...{ floodShare: 0.01, stale: 6, chattering: 2, operators: 0, meanAcknowledgeMinutes: null },
  mix: { critical: 0.3, major: 0.15, warning: 0.55, advisory: 0 },
  offenders: [
    {
      ...{ rule: rule.id, name: named('Đúng hạn thấp', 'Low on time'), ref: '08707' },
      ...{ unitName: named('Xã A', 'A'), episodes: 21, share: 0.525, reason: 'chattering' },
      proposal: { words: named('Tăng vùng chết lên 3', 'Raise the deadband to 3'), body },
    },
    {
      ...{ rule: 'x', name: named('Khác', 'Other'), ref: null, unitName: null, episodes: 3, share: 0.075 },
      ...{ reason: 'neverActedOn', proposal: null },
    },
  ],
  idle: [
    {
      ...{ rule: 'y', name: named('Lâu rồi', 'Long ago'), ref: null, unitName: null, episodes: 0, share: 0 },
      ...{ reason: 'idle', proposal: null },
    },
  ],
  judge: { ...sound.judge, behind: 412, lagMs: 95_000, isLate: true },
};

const following: Following = {
  ...{ ref: '25', state: null, stage: 'live', lostAt: null, problem: null },
  serverNow: () => NOW,
};
const preferences = { theme: 'dark', chooseLang: () => {}, chooseTheme: () => {} } as never;

let answer: HealthAnswer = sound;
let asked: string[] = [];
const show = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <FollowingProvider value={following}>
        <HealthPage unit="25" preferences={preferences} />
      </FollowingProvider>
    </QueryClientProvider>,
  );
const textOf = (element: Element) =>
  [...element.children].map((part) => part.textContent?.replace(/\s+/g, ' ').trim()).join(' | ');
const facts = async () => {
  await screen.findByText(i18next.t('health.perDay'));
  return [...document.querySelectorAll('.health-facts li')].map(textOf);
};

beforeAll(() => startWords('vi'));
beforeEach(() => {
  answer = sound;
  asked = [];
  sessionStorage.clear();
  history.replaceState(null, '', '/health?unit=25');
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    return Response.json(answer);
  });
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await i18next.changeLanguage('vi');
});

describe('the health of alerts', () => {
  it('tells the load of people, each figure beside what is sound, without a mark where it is', async () => {
    show();
    expect(await facts()).toEqual([
      'Cảnh báo mỗi người trực mỗi ngày | 20,5 | nên tới 150 · 2 người trực',
      'Cảnh báo mỗi 10 phút | 0,04 | nên tới 1 · nhiều nhất 4 · 08:00',
      'Thời gian dồn dập | 0,2 % | nên dưới 1 %',
      'Kéo dài trên 24 giờ | 5 | nên tới 5',
      'Chập chờn | 0 | nên là 0',
      'Xác nhận sau, trung bình | 29 ngày 13 giờ | ',
    ]);
    expect(document.querySelectorAll('.health-verdict').length).toBe(0);
    expect(screen.getByText('theo kịp')).toBeTruthy();
  });

  it('marks what is too much by shape and word', async () => {
    answer = unsound;
    show();
    const told = await facts();
    expect(told[0]).toBe(
      'Cảnh báo mỗi người trực mỗi ngày | 151 | ▲ vượt mức | nên tới 150 · chưa có tài khoản người trực, tính như một người',
    );
    expect(told.filter((text) => text.includes('▲ vượt mức')).length).toBe(5);
    expect(told[5]).toContain('không phát sinh');
    expect(document.querySelector('.health-bar-cell .health-verdict')?.textContent).toBe('▲ quá nhiều');
    expect(document.querySelector('.late-mark')?.textContent?.trim()).toBe('đang chậm');
  });

  it('shows its chart as a table, too', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'xem dạng bảng' }));
    expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual(
      expect.arrayContaining(['NgàyPhát ra', '26/11/202631', '27/11/20269']),
    );
  });

  it('names the rules that raise most, why, and leads to the preview with what would be quieter', async () => {
    answer = unsound;
    show();
    expect(await screen.findByText('chập chờn')).toBeTruthy();
    expect(screen.getByText('Tăng vùng chết lên 3')).toBeTruthy();
    expect(screen.getByText('chưa có đề xuất')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Xem thử trên số liệu cũ' }));
    expect(location.pathname + location.search).toBe(`/rules/${rule.id}?from=health`);
    expect(takeProposal('another')).toBe(null);
    expect(takeProposal(rule.id)).toEqual(body);
    expect(takeProposal(rule.id)).toBe(null);
  });

  it('lists the rules that nobody looked at for half a year', async () => {
    answer = unsound;
    show();
    expect((await screen.findByRole('link', { name: 'Lâu rồi' })).getAttribute('href')).toBe('/rules/y');
    const ledger = screen.getByRole('link', { name: 'Tải sổ rà soát quy tắc (CSV)' });
    expect(ledger.getAttribute('href')).toBe('/api/rules/ledger?unit=25&format=csv');
  });

  it('asks for another span, which the address keeps', async () => {
    show();
    await facts();
    expect(asked[0]).toBe('/api/alerts/health?days=30&unit=25');
    fireEvent.click(screen.getByRole('button', { name: '90 ngày' }));
    expect(location.search).toBe('?unit=25&days=90');
    await vi.waitFor(() => expect(asked.at(-1)).toBe('/api/alerts/health?days=90&unit=25'));
  });

  it('says why there is nothing', async () => {
    vi.stubGlobal('fetch', async () =>
      Response.json({ title: 'x', status: 403, detail: '' }, { status: 403 }),
    );
    show();
    expect((await screen.findByRole('alert')).textContent).toContain(i18next.t('panel.forbidden'));
  });

  it('is said in English too', async () => {
    await i18next.changeLanguage('en');
    answer = unsound;
    show();
    expect((await facts())[2]).toBe('Time in flood | 1 % | ▲ too high | should be under 1 %');
  });
});

describe('a proposal on its way', () => {
  it('is none where something else was laid down', () => {
    sessionStorage.setItem(PROPOSAL_KEY, '{"rule":"a","body":{"condition":1}}');
    expect(takeProposal('a')).toBe(null);
    sessionStorage.setItem(PROPOSAL_KEY, 'nonsense');
    expect(takeProposal('a')).toBe(null);
  });
});

describe('the axis of days', () => {
  it('reaches to what can be borne where a day comes near it, else over the days alone', () => {
    const bearable = { value: 300, words: '' };
    expect(topOf({ counts: [3, 8], bearable })).toBe(10);
    expect(topOf({ counts: [3, 120], bearable })).toBe(345);
    expect(topOf({ counts: [], bearable: { value: 1, words: '' } })).toBeGreaterThan(1);
  });
});
