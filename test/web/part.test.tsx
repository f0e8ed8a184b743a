// A part of the page that cannot be loaded or drawn costs its own place, never the page.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ApiError, pauseAfter } from '../../web/api.ts';
import { PanelFrame } from '../../web/panels/frame.tsx';
import { keepLoading } from '../../web/part.ts';
import { startWords } from '../../web/words/words.ts';

beforeAll(() => startWords('vi'));
afterEach(cleanup);

/** A source that fails so many times. */
function failing(times: number) {
  let count = 0;
  return async () => {
    count += 1;
    if (count <= times) throw new TypeError('Failed to fetch dynamically imported module');
    return count;
  };
}

function createTrying(isServed: boolean) {
  const pauses: number[] = [];
  const giveUp = vi.fn();
  const pause = async (ms: number) => void pauses.push(ms);
  return { pauses, giveUp, trying: { pause, giveUp, isServed: async () => isServed } };
}

let isBroken = false;

function Part() {
  if (isBroken) throw new Error('cannot read properties of undefined');
  return <p>số liệu</p>;
}

it('comes when the server is back, however long that takes, and asks for no other page meanwhile', async () => {
  const { pauses, giveUp, trying } = createTrying(false);
  expect(await keepLoading(failing(20), trying)).toBe(21);
  expect([pauses.length, Math.max(...pauses) <= 30_000, giveUp.mock.calls.length]).toEqual([20, true, 0]);
});

it('asks for the page anew when the server answers but has the part no more', async () => {
  const { giveUp, trying } = createTrying(true);
  await keepLoading(failing(3), trying);
  expect(giveUp).toHaveBeenCalledOnce();
});

it('asks again for what failed, not for what was refused', () => {
  const error = (status: number) => new ApiError({ status, title: '', detail: '' });
  expect([null, error(0), error(500), error(403), error(404)].map(pauseAfter)).toEqual([
    false,
    30_000,
    30_000,
    false,
    false,
  ]);
});

it('says in its own panel that it could not be drawn, leaves the others, and is drawn at the next try', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  isBroken = true;
  render(
    <>
      <PanelFrame title="Bản đồ" state={{ kind: 'ready' }}>
        <Part />
      </PanelFrame>
      <PanelFrame title="Xếp hạng" state={{ kind: 'ready' }}>
        <p>hạng nhất</p>
      </PanelFrame>
    </>,
  );
  expect(screen.getByRole('alert').textContent).toContain('Phần này gặp lỗi khi hiển thị');
  expect(screen.getByText('hạng nhất')).toBeTruthy();
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Thử lại' }));
  expect(screen.getByText('số liệu')).toBeTruthy();
});
