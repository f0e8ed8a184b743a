// Alerts that are over, by pages.
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
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
