// Alerts that are over, by pages and found by the server; messages, which arrive live.
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CentrePage } from '../../web/alerts/centre.tsx';
import type { Preferences } from '../../web/preferences.ts';
import { startWords } from '../../web/words/words.ts';
import { ago, brief } from './alert-briefs.ts';
import { serve, showPage } from './alert-stand.tsx';

const preferences: Preferences = {
  ...{ lang: 'vi', theme: 'dark', chooseLang: () => undefined, chooseTheme: () => undefined },
};
const rows = () => screen.getAllByRole('row').filter((row) => row.dataset.alert);

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('closed alerts', () => {
  it('come by pages, the newest first, with how long each lasted', async () => {
    const closed = (id: number) =>
      brief({ id, label: 'closed', openedAt: ago(180), closedAt: ago(60), severity: 'major' });
    const asked = serve({
      '/api/alerts': (address: string) => {
        const isSecond = address.includes('before=8');
        const alerts = isSecond ? [closed(3)] : [closed(9), closed(8)];
        return { seq: 9, counts: {}, visitedSeq: null, alerts, more: !isSecond };
      },
    });
    showPage(<CentrePage unit={null} preferences={preferences} />, {
      alerts: [],
      at: '/alerts?state=closed&severity=major',
    });
    await waitFor(() => expect(rows().map((row) => row.dataset.alert)).toEqual(['9', '8']));
    expect(rows()[0]?.textContent).toContain('2 giờ');
    fireEvent.click(screen.getByRole('button', { name: 'Tải thêm' }));
    await waitFor(() => expect(rows().map((row) => row.dataset.alert)).toEqual(['9', '8', '3']));
    expect(screen.queryByRole('button', { name: 'Tải thêm' })).toBe(null);
    expect(asked.find(({ path }) => path.includes('state=closed'))?.path).toContain('severity=major');
    expect(screen.queryByRole('checkbox')).toBe(null);
  });
});

describe('closed alerts of a unit', () => {
  it('are looked for by the server, in all pages, once nothing more is typed', async () => {
    const asked = serve({
      '/api/alerts': (address: string) => {
        const alerts = address.includes('text=') ? [brief({ id: 2, label: 'closed', closedAt: ago(5) })] : [];
        return { seq: 9, counts: {}, visitedSeq: null, alerts, more: false };
      },
    });
    showPage(<CentrePage unit={null} preferences={preferences} />, {
      alerts: [],
      at: '/alerts?state=closed',
    });
    for (const value of ['so', 'son', 'son loi'])
      fireEvent.change(screen.getByRole('searchbox'), { target: { value } });
    await waitFor(() => expect(rows().map((row) => row.dataset.alert)).toEqual(['2']));
    const texts = asked.flatMap(({ path }) => new URLSearchParams(path.split('?')[1]).getAll('text'));
    expect(texts).toEqual(['son loi']);
  });
});

describe('messages', () => {
  const message = brief({ id: 4, label: 'message', severity: 'advisory' });

  it('are read, and asked again when the link tells of one, in a list of their own', async () => {
    const answer = { seq: 9, counts: {}, visitedSeq: null, more: false };
    serve({ '/api/alerts': { ...answer, alerts: [] } });
    const { tell } = showPage(<CentrePage unit={null} preferences={preferences} />, {
      alerts: [],
      at: '/alerts?state=message',
    });
    await screen.findByText('Không có lưu ý nào.');
    serve({ '/api/alerts': { ...answer, alerts: [message] } });
    act(() => tell([message, brief({ id: 5 })], 101));
    await waitFor(() => expect(rows().map((row) => row.dataset.alert)).toEqual(['4']), { timeout: 4000 });
    expect(rows()[0]?.textContent).toContain('Lưu ý');
    expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(
      expect.arrayContaining(['Đang mở1', 'Lưu ý']),
    );
    serve({ '/api/alerts': { ...answer, alerts: [] } });
    act(() => tell([brief({ id: 4, severity: 'warning' })], 102));
    await screen.findByText('Không có lưu ý nào.', undefined, { timeout: 4000 });
  });
});

describe('a first visit', () => {
  it('marks nothing as changed: everything would be', async () => {
    const asked = serve({
      '/api/alerts': { seq: 9, counts: {}, alerts: [], more: false, visitedSeq: null },
    });
    const { container } = showPage(<CentrePage unit={null} preferences={preferences} />, {
      alerts: [brief({ id: 1 })],
    });
    await waitFor(() => expect(asked.some(({ path }) => path.startsWith('/api/alerts?'))).toBe(true));
    await screen.findByText('1 cảnh báo');
    expect(container.querySelector('[data-changed]')).toBe(null);
  });
});
