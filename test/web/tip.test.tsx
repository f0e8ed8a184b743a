// A tip opens on hover and on focus, stays while the pointer is on it, goes by Escape, and is whole within the screen.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { placeTip, Tip, useTip } from '../../web/panels/tip.tsx';

function Explained() {
  const tip = useTip();
  return (
    <>
      <button type="button" {...tip.bind}>
        84,6
      </button>
      <Tip of={tip}>Chú ý: dưới 90 %</Tip>
    </>
  );
}

const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const tipNow = () => screen.queryByRole('tooltip');

describe('a tip', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    render(<Explained />);
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it('opens after a moment of hovering and closes a moment after the pointer left', () => {
    const button = screen.getByRole('button');
    fireEvent.pointerEnter(button);
    expect(tipNow()).toBeNull();
    wait(500);
    expect(tipNow()?.textContent).toBe('Chú ý: dưới 90 %');
    expect(button.getAttribute('aria-describedby')).toBe(tipNow()?.id);
    fireEvent.pointerLeave(button);
    wait(300);
    expect(tipNow()).toBeNull();
  });

  it('does not open for a pointer that only passes', () => {
    fireEvent.pointerEnter(screen.getByRole('button'));
    fireEvent.pointerLeave(screen.getByRole('button'));
    wait(1000);
    expect(tipNow()).toBeNull();
  });

  it('stays while the pointer is on the tip itself', () => {
    fireEvent.pointerEnter(screen.getByRole('button'));
    wait(500);
    fireEvent.pointerLeave(screen.getByRole('button'));
    fireEvent.pointerEnter(tipNow() as HTMLElement);
    wait(5000);
    expect(tipNow()).not.toBeNull();
    fireEvent.pointerLeave(tipNow() as HTMLElement);
    wait(300);
    expect(tipNow()).toBeNull();
  });

  it('opens at once with the focus, stays though a pointer comes and goes, and leaves with the focus', () => {
    const button = screen.getByRole('button');
    act(() => button.focus());
    expect(tipNow()).not.toBeNull();
    fireEvent.pointerEnter(button);
    fireEvent.pointerLeave(button);
    wait(5000);
    expect(tipNow()).not.toBeNull();
    act(() => button.blur());
    wait(300);
    expect(tipNow()).toBeNull();
  });

  it('goes by Escape and leaves the focus where it is', () => {
    const button = screen.getByRole('button');
    act(() => button.focus());
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    expect(tipNow()).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('goes by a press elsewhere', () => {
    fireEvent.pointerEnter(screen.getByRole('button'), { pointerType: 'touch' });
    wait(500);
    expect(tipNow()).not.toBeNull();
    fireEvent.pointerDown(document.body);
    expect(tipNow()).toBeNull();
  });
});

it('is within the screen wherever that is possible, and hides nothing it is about while there is room', () => {
  const screens = [
    { width: 1920, height: 1080 },
    { width: 390, height: 844 },
  ];
  for (const size of screens) {
    const place = fc.record({
      left: fc.double({ min: 0, max: size.width - 20, noNaN: true }),
      top: fc.double({ min: 0, max: size.height - 20, noNaN: true }),
      width: fc.double({ min: 20, max: size.width, noNaN: true }),
      height: fc.double({ min: 20, max: 250, noNaN: true }),
    });
    const tip = fc.record({
      width: fc.double({ min: 40, max: Math.min(480, size.width - 16), noNaN: true }),
      height: fc.double({ min: 20, max: size.height - 16, noNaN: true }),
    });
    fc.assert(
      fc.property(place, tip, (about, box) => {
        const { left, top } = placeTip(about, box, size);
        expect(left).toBeGreaterThanOrEqual(8);
        expect(top).toBeGreaterThanOrEqual(8);
        expect(left + box.width).toBeLessThanOrEqual(size.width - 8 + 1e-6);
        expect(top + box.height).toBeLessThanOrEqual(size.height - 8 + 1e-6);
        const bottom = about.top + about.height;
        const isRoomy = bottom + 6 + box.height <= size.height - 8 || about.top - 6 - box.height >= 8;
        if (isRoomy) expect(top >= bottom || top + box.height <= about.top).toBe(true);
      }),
    );
  }
});
