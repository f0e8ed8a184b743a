// What is done to alerts while somebody else, or the connection, was quicker.
import { onlineManager } from '@tanstack/react-query';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlertPage } from '../../web/alerts/alert.tsx';
import { CentrePage } from '../../web/alerts/centre.tsx';
import type { Preferences } from '../../web/preferences.ts';
import { startWords } from '../../web/words/words.ts';
import { ago, brief } from './alert-briefs.ts';
import { detailOf } from './alert-detail.ts';
import { type Asked, serve, showPage } from './alert-stand.tsx';

const preferences: Preferences = {
  ...{ lang: 'vi', theme: 'dark', chooseLang: () => undefined, chooseTheme: () => undefined },
};
const page = <AlertPage id={2} preferences={preferences} />;
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const posts = (asked: Asked[]) =>
  asked.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);
const inHand = brief({ id: 2, severity: 'major', label: 'inHand', acknowledgedAt: ago(5), seq: 90 });

beforeEach(() => startWords('vi'));
afterEach(() => {
  cleanup();
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

const acknowledge = async (alert = brief({ id: 2, severity: 'major', seq: 90 })) => {
  const asked = serve({
    '/api/alerts/2': detailOf({ alert }),
    '/api/alerts/2/acknowledge': { seq: 91, changed: 1 },
  });
  showPage(page, { alerts: [alert], at: '/alerts/2' });
  await screen.findByRole('heading', { name: 'Nếu không làm gì' });
  press('a');
  return asked;
};

describe('an act without a connection', () => {
  it('says at once that it was not sent, and is not sent by itself when the connection is back', async () => {
    const asked = await acknowledge();
    act(() => onlineManager.setOnline(false));
    fireEvent.submit(document.querySelector('form') as HTMLFormElement);
    await screen.findByText(/^Mất kết nối: chưa gửi\./);
    await act(async () => onlineManager.setOnline(true));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(posts(asked)).toEqual([]);
    fireEvent.submit(document.querySelector('form') as HTMLFormElement);
    await waitFor(() => expect(posts(asked)).toEqual([['/api/alerts/2/acknowledge', {}]]));
  });
});

describe('an alert in hand', () => {
  it('offers to acknowledge it again, as one way among others, and says what that does', async () => {
    const asked = await acknowledge(inHand);
    const [button] = screen.getAllByRole('button', { name: /^Xác nhận lại/ });
    expect(button?.className).toBe('button');
    expect(screen.getByText(/^Đã có người xác nhận\./)).toBeTruthy();
    fireEvent.submit(document.querySelector('form') as HTMLFormElement);
    await waitFor(() => expect(posts(asked)).toEqual([['/api/alerts/2/acknowledge', { isAgain: true }]]));
  });

  it('says so where the key to acknowledge is pressed in the list', () => {
    serve({});
    showPage(<CentrePage unit={null} preferences={preferences} />, { alerts: [inHand] });
    press('j');
    press('a');
    expect(screen.getByText(/^Đã có người xác nhận cảnh báo này/)).toBeTruthy();
    expect(document.querySelector('form.ask-box')).toBe(null);
  });
});
