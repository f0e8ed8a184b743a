// The sound of a wall: said at all times, switched by a press, a key or the address, and that a browser refuses it.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { WallSound } from '../../web/alerts/wall-sound.tsx';
import { startWords } from '../../web/words/words.ts';

/** A browser's own sound: it runs once somebody touched the page, or at once where it was told to. */
class Sound {
  static mayRun = true;
  static notes = 0;
  state = Sound.mayRun ? 'running' : 'suspended';
  currentTime = 0;
  destination = {};
  resume() {
    if (Sound.mayRun) this.state = 'running';
    return Promise.resolve();
  }
  createGain() {
    const gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
    return { gain, connect: (to: unknown) => to };
  }
  createOscillator() {
    Sound.notes += 1;
    const nothing = () => undefined;
    return { frequency: { value: 0 }, connect: (to: unknown) => to, start: nothing, stop: nothing };
  }
}

const said = () => screen.getByRole('button').textContent;
const settle = () => act(() => vi.advanceTimersByTimeAsync(400));

beforeAll(() => startWords('vi'));
beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  vi.stubGlobal('AudioContext', Sound);
  Sound.mayRun = true;
  Sound.notes = 0;
});
afterEach(async () => {
  // Other pages of this browser have changed what is kept: it is read anew.
  cleanup();
  localStorage.clear();
  history.replaceState(null, '', '/');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function show(address = '/') {
  history.replaceState(null, '', address);
  render(<WallSound />);
  act(() => void dispatchEvent(new StorageEvent('storage')));
  await settle();
}

it('says that sound is off, and a press switches it on with a tone; it is remembered', async () => {
  await show();
  expect(said()).toBe('∅ Chuông tắt');
  fireEvent.click(screen.getByRole('button'));
  await settle();
  expect([said(), localStorage.getItem('sound-wall')]).toEqual(['♪ Chuông bật', 'on']);
  expect(Sound.notes).toBeGreaterThan(0);
});

it('is switched by the key S, but not while somebody writes or with another key held', async () => {
  await show();
  fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
  expect(said()).toBe('∅ Chuông tắt');
  const field = document.body.appendChild(document.createElement('input'));
  fireEvent.keyDown(field, { key: 's' });
  field.remove();
  expect(said()).toBe('∅ Chuông tắt');
  fireEvent.keyDown(document.body, { key: 's' });
  await settle();
  expect(said()).toBe('♪ Chuông bật');
  fireEvent.keyDown(document.body, { key: 'S' });
  expect(said()).toBe('∅ Chuông tắt');
});

it('is on where the address says so, against what was chosen before, and makes no tone for it', async () => {
  localStorage.setItem('sound-wall', 'off');
  await show('/?sound=on&theme=dark');
  expect([said(), Sound.notes]).toEqual(['♪ Chuông bật', 0]);
  fireEvent.click(screen.getByRole('button'));
  expect([said(), location.search]).toEqual(['∅ Chuông tắt', '?sound=off&theme=dark']);
});

it('says that the browser refuses before any alert comes, and the press that allows it turns nothing off', async () => {
  // A context lives as long as its page: this one is another page's.
  const { WallSound: Anew } = await import('../../web/alerts/wall-sound.tsx');
  const { startWords: start } = await import('../../web/words/words.ts');
  await start('vi');
  Sound.mayRun = false;
  history.replaceState(null, '', '/?sound=on');
  render(<Anew />);
  await settle();
  expect(said()).toBe('∅ Chuông bị chặn');
  Sound.mayRun = true;
  const button = screen.getByRole('button');
  fireEvent.pointerDown(button);
  fireEvent.click(button);
  await settle();
  expect(said()).toBe('♪ Chuông bật');
  expect(Sound.notes).toBeGreaterThan(0);
});
