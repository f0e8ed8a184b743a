// What pages of alerts say in passing: what is not there, days that are over, who was given what, and where else to look.
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AlertPage } from '../../web/alerts/alert.tsx';
import type { Preferences } from '../../web/preferences.ts';
import { startWords } from '../../web/words/words.ts';
import { brief } from './alert-briefs.ts';
import { detailOf, note } from './alert-detail.ts';
import { serve, showPage } from './alert-stand.tsx';

const preferences: Preferences = {
  ...{ lang: 'vi', theme: 'dark', chooseLang: () => undefined, chooseTheme: () => undefined },
};
const show = () =>
  showPage(<AlertPage id={2} preferences={preferences} />, { alerts: [brief({ id: 2 })], at: '/alerts/2' });

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

it('says of an alert that does not exist that there is no such alert, not that a unit is missing', async () => {
  serve({});
  show();
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Không có cảnh báo này trong phạm vi được xem.',
  );
});

it('ends the words under its chart with the last day that is drawn', async () => {
  const { chart } = detailOf();
  serve({ '/api/alerts/2': detailOf({ chart: { ...chart, from: '2026-11-01', to: '2026-11-28' } }) });
  show();
  expect(await screen.findByText('01/11/2026 – 27/11/2026')).toBeTruthy();
});

it('names in its history to whom it was assigned, and links to its rule and the thresholds of its unit', async () => {
  const notes = [
    note({ n: 1, kind: 'assigned', by: 'Trực ban', facts: { login: 'a', title: 'Ca trực A' } }),
    note({ n: 2, kind: 'assigned', by: 'Trực ban', facts: { login: null } }),
  ];
  serve({ '/api/alerts/2': detailOf({ notes }) });
  show();
  await screen.findByText('giao Ca trực A');
  expect(screen.getByText('bỏ giao, chưa ai phụ trách')).toBeTruthy();
  const links = ['Xem quy tắc', 'Ngưỡng của đơn vị'].map((name) => screen.getByRole('link', { name }));
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['/rules/on-time', '/thresholds/08707']);
});
