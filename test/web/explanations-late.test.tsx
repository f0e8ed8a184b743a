// Answers that came late say so, wherever an explanation is shown.
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ExplanationsPage } from '../../web/alerts/explanations.tsx';
import { SlipPage } from '../../web/alerts/slip.tsx';
import type { Preferences } from '../../web/preferences.ts';
import { startWords } from '../../web/words/words.ts';
import { ago, brief } from './alert-briefs.ts';
import { detailOf, explanation } from './alert-detail.ts';
import { serve, showPage } from './alert-stand.tsx';

const preferences: Preferences = {
  ...{ lang: 'vi', theme: 'dark', chooseLang: () => undefined, chooseTheme: () => undefined },
};
const late = explanation({
  ...{ state: 'promised', answeredAt: ago(5), answeredBy: 'Chủ tịch', lateWorkingHours: 3.5 },
});
const waiting = explanation({
  ...{ id: 5, state: 'asked', nextStep: { at: ago(-60), name: { vi: 'Văn phòng', en: 'Office' } } },
});

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

it('marks an answer that came late, lists those alone, and says of others when they go up and to whom', async () => {
  serve({ '/api/explanations': { seq: 9, explanations: [late, waiting] } });
  showPage(<ExplanationsPage unit={null} preferences={preferences} />, { alerts: [] });
  await screen.findByText('▲ muộn 3,5 giờ làm việc');
  expect(screen.getByText('10:00 nếu chưa trả lời: Văn phòng')).toBeTruthy();
  expect(screen.getAllByRole('article')).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Trả lời muộn 1' }));
  expect(screen.getAllByRole('article')).toHaveLength(1);
});

it('says on the slip when it was answered, and how late', async () => {
  serve({ '/api/alerts/2': detailOf({ explanations: [late] }) });
  const alerts = [brief({ id: 2, seq: 90 })];
  showPage(<SlipPage id={2} preferences={preferences} />, { alerts, at: '/alerts/2/slip' });
  const answered = await screen.findByText('Trả lời lúc');
  expect(answered.nextElementSibling?.textContent).toMatch(/^08:55 ngày .+ · muộn 3,5 giờ làm việc$/);
});
