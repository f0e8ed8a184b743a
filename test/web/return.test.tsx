// The way of a wall back to what it was opened with: from where, when, and what keeps it.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Link, useLocation } from 'wouter';
import { RETURN_AFTER_MS } from '../../shared/boards/common.ts';
import type { CallerView } from '../../shared/people.ts';
import { parsePlace, useAddress } from '../../web/address.ts';
import { COUNTED_S, canReturn, findEntry, ReturnLine, useReturn } from '../../web/return.tsx';
import { startWords } from '../../web/words/words.ts';

type Kind = CallerView['kind'];

type WallProps = { kind: Kind; isPaused?: boolean };

function Wall({ kind, isPaused = false }: WallProps) {
  const isElsewhere = useLocation()[0].startsWith('/alerts');
  const { go } = useAddress();
  const { left, returns } = useReturn({ kind, afterMs: RETURN_AFTER_MS, isPaused, isElsewhere });
  return (
    <>
      <p>shown again {returns} times</p>
      <button type="button" onClick={() => go({ page: 'unit', unit: '08872', period: '2026-10' })}>
        go on
      </button>
      <button type="button" onClick={() => go({ page: 'wall', unit: '08872' })}>
        another wall
      </button>
      <Link href="/alerts?unit=25&theme=dark">alerts</Link>
      <ReturnLine left={left} />
    </>
  );
}

const open = (address: string, kind: Kind = 'screen') => {
  history.replaceState(null, '', address);
  render(<Wall kind={kind} />);
};
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const press = (name: string) => {
  fireEvent.pointerDown(screen.getByText(name));
  fireEvent.click(screen.getByText(name));
};
const here = () => location.pathname + location.search;
const counted = () => screen.queryByRole('timer')?.textContent ?? null;

const QUIET_MS = RETURN_AFTER_MS - COUNTED_S * 1000;

beforeAll(() => startWords('vi'));
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('scrollTo', vi.fn());
  sessionStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a wall that was touched', () => {
  it('shows what it was opened with again 120 s after the last input, and says so for the last ten', () => {
    open('/wall/25?period=quarter&indicator=HS01&lang=en');
    press('go on');
    expect(here()).toBe('/unit/08872?period=2026-10&indicator=HS01&lang=en');
    pass(QUIET_MS - 1);
    expect(counted()).toBe(null);
    pass(1);
    expect(counted()).toContain('10 giây');
    pass(7000);
    expect(counted()).toContain('3 giây');
    pass(2999);
    expect(here()).toContain('/unit/08872');
    pass(1);
    expect(here()).toBe('/wall/25?period=quarter&indicator=HS01&lang=en');
    expect(counted()).toBe(null);
    expect(scrollTo).toHaveBeenCalledWith(0, 0);
    screen.getByText('shown again 1 times');
  });

  it('stays where it is in a flood of alerts, and begins to wait anew when that is over', () => {
    history.replaceState(null, '', '/wall/25');
    const { rerender } = render(<Wall kind="screen" />);
    press('go on');
    pass(QUIET_MS + 5000);
    expect(counted()).toContain('5 giây');
    rerender(<Wall kind="screen" isPaused />);
    expect(counted()).toBe(null);
    pass(RETURN_AFTER_MS);
    expect(here()).toContain('/unit/08872');
    rerender(<Wall kind="screen" />);
    pass(RETURN_AFTER_MS - 1);
    expect(here()).toContain('/unit/08872');
    pass(1);
    expect(here()).toBe('/wall/25');
  });

  it('comes back from a page of alerts, too, of which the address keeps nothing but the look', () => {
    open('/wall/25?period=quarter&theme=dark');
    press('alerts');
    expect(here()).toBe('/alerts?unit=25&theme=dark');
    pass(RETURN_AFTER_MS);
    expect(here()).toBe('/wall/25?theme=dark&period=quarter');
  });

  it.each<[Kind, string]>([
    ['person', '/wall/25'],
    ['person', '/alerts?unit=25'],
    ['visitor', '/alerts?unit=25'],
  ])('throws no %s that opened %s off a page of alerts', (kind, address) => {
    open(address, kind);
    press('alerts');
    pass(RETURN_AFTER_MS * 2);
    expect(location.pathname).toBe('/alerts');
  });

  it('keeps the language and the theme that were chosen meanwhile', () => {
    open('/wall/25?theme=dark');
    press('go on');
    act(() => history.replaceState(null, '', '/unit/08872?theme=light'));
    pass(RETURN_AFTER_MS);
    expect(here()).toBe('/wall/25?theme=light');
  });

  it.each<[string, () => void]>([
    ['a key', () => void fireEvent.keyDown(document.body, { key: 'Tab' })],
    ['a touch', () => void fireEvent.pointerDown(document.body)],
    ['the wheel', () => void fireEvent.wheel(document.body)],
    ['a pointer that moves', () => movePointer(5, 7)],
  ])('stays where it is for another 120 s at %s', (_, input) => {
    open('/');
    press('go on');
    pass(QUIET_MS + 5000);
    expect(counted()).toContain('5 giây');
    act(input);
    expect(counted()).toBe(null);
    pass(RETURN_AFTER_MS - 1);
    expect(here()).toContain('/unit/08872');
    pass(1);
    expect(here()).toBe('/');
  });

  it('is not kept by a pointer that lies still while the page moves below it', () => {
    open('/');
    press('go on');
    movePointer(5, 7);
    pass(60_000);
    movePointer(5, 7);
    pass(60_000);
    expect(here()).toBe('/');
  });

  it('closes at its overview what a touch has opened there, and adds nothing to where Back leads', () => {
    open('/wall/25');
    const before = history.length;
    act(() => void fireEvent.pointerDown(document.body));
    pass(RETURN_AFTER_MS);
    screen.getByText('shown again 1 times');
    expect(history.length).toBe(before);
  });

  it('that nobody touches counts nothing', () => {
    open('/wall/25');
    movePointer(1, 1);
    pass(10 * RETURN_AFTER_MS);
    expect(counted()).toBe(null);
    screen.getByText('shown again 0 times');
  });
});

describe('a person', () => {
  it('is never thrown off a page of the desk, and off a wall only where the wall was opened', () => {
    open('/wall/25', 'person');
    press('go on');
    pass(10 * RETURN_AFTER_MS);
    expect(here()).toContain('/unit/08872');
    press('another wall');
    pass(RETURN_AFTER_MS);
    expect(here()).toBe('/wall/25');
  });

  it('who opened a page of the desk stays wherever they go', () => {
    open('/unit/25', 'person');
    press('another wall');
    pass(10 * RETURN_AFTER_MS);
    expect(here()).toContain('/wall/08872');
  });
});

describe('who is led back', () => {
  const kinds = ['screen', 'visitor', 'person'] as const;
  const pages = ['home', 'wall', 'unit'] as const;
  it('from which pages, by what was opened', () => {
    const list = kinds.flatMap((kind) =>
      pages.flatMap((entry) =>
        pages.filter((page) => canReturn({ kind, entry, page })).map((page) => `${kind}: ${entry} < ${page}`),
      ),
    );
    expect(list).toEqual([
      ...pages.flatMap((entry) => pages.map((page) => `screen: ${entry} < ${page}`)),
      ...['home', 'wall'].flatMap((entry) => pages.map((page) => `visitor: ${entry} < ${page}`)),
      ...['home', 'wall'].flatMap((entry) => ['home', 'wall'].map((page) => `person: ${entry} < ${page}`)),
    ]);
  });
});

describe('what a screen was opened with', () => {
  it('outlives a page that loads itself anew, and not one that is opened anew', () => {
    const opened = parsePlace('/wall/25', 'period=quarter');
    const later = parsePlace('/unit/08872@2025-06-30', 'indicator=HS01');
    expect(findEntry(opened, false)).toEqual(opened);
    expect(findEntry(later, true)).toEqual(opened);
    expect(findEntry(later, false)).toEqual(later);
    expect(findEntry(opened, true)).toEqual(later);
  });
});

function movePointer(screenX: number, screenY: number): void {
  act(
    () =>
      void document.body.dispatchEvent(new MouseEvent('pointermove', { screenX, screenY, bubbles: true })),
  );
}
