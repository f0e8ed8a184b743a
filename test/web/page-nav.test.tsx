// The way to the pages beside the board: grouped, reached by keyboard, closed by Esc and by going elsewhere.
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../shared/people.ts';
import { PageNav } from '../../web/people/page-nav.tsx';
import { SessionProvider } from '../../web/session.tsx';
import { startWords } from '../../web/words/words.ts';

const ROOT = '25';

function sessionOf(role: 'operator' | 'administrator'): Session {
  const unitName = { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' };
  const caller = { kind: 'person', grants: [{ role, unit: ROOT, unitName }] };
  return { zone: 'Asia/Ho_Chi_Minh', caller } as unknown as Session;
}

const show = (role: 'operator' | 'administrator') =>
  render(
    <SessionProvider value={{ zone: 'Asia/Ho_Chi_Minh', session: sessionOf(role) }}>
      <PageNav page="thresholds" unit={ROOT} board="/unit/25" />
    </SessionProvider>,
  );
const groups = () => within(screen.getByRole('navigation', { name: 'Các trang' })).getAllByRole('button');
const isOpen = (button: Element | undefined) => button?.getAttribute('aria-expanded');

beforeAll(() => startWords('vi'));
afterEach(cleanup);

describe('the navigation', () => {
  it('is one line of groups and the way to the board; administration is for administrators', () => {
    show('operator');
    expect(groups().map(({ textContent }) => textContent)).toEqual([
      ...['Chỉ tiêu ▾', 'Cảnh báo ▾', 'Quy tắc, ngưỡng ▾'],
    ]);
    expect(screen.getByRole('link', { name: 'Bảng điều hành' }).getAttribute('href')).toBe('/unit/25');
    cleanup();
    show('administrator');
    expect(groups().map(({ textContent }) => textContent)).toEqual([
      ...['Chỉ tiêu ▾', 'Cảnh báo ▾', 'Quy tắc, ngưỡng ▾', 'Quản trị ▾'],
    ]);
  });

  it('leads to every page, of the unit that is looked at, and marks the one shown', () => {
    show('administrator');
    const ways = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(ways).toEqual([
      ...['/leaders/25', '/catalogue?unit=25', '/index766?unit=25', '/systems?unit=25'],
      ...['/targets/25', '/tasks/25', '/quality', '/methodology'],
      ...['/alerts?unit=25', '/explanations?unit=25', '/handover?unit=25', '/health?unit=25'],
      ...['/rules', '/thresholds', '/accounts', '/tokens', '/channels', '/audit', '/unit/25'],
    ]);
    expect(screen.getByRole('link', { current: 'page' }).getAttribute('href')).toBe('/thresholds');
  });

  it('opens one group at a time; Esc closes it and gives the focus back, and so does going elsewhere', () => {
    show('administrator');
    const [, alerts, rules] = groups();
    if (!alerts || !rules) throw new Error('no groups');
    fireEvent.click(alerts);
    expect(isOpen(alerts)).toBe('true');
    act(() => rules.focus());
    expect(isOpen(alerts)).toBe('false');
    fireEvent.click(rules);
    act(() => screen.getByRole('link', { current: 'page' }).focus());
    expect(isOpen(rules)).toBe('true');
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect([isOpen(rules), document.activeElement]).toEqual(['false', rules]);
  });

  it('is one control where there is no room, named in the language shown', () => {
    show('operator');
    const all = screen.getByRole('button', { name: 'Các trang' });
    fireEvent.click(all);
    expect(isOpen(all)).toBe('true');
    fireEvent.pointerDown(document.body);
    expect(isOpen(all)).toBe('false');
  });
});
