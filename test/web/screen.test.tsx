// The size of a screen: entered in the wall's menu, kept in this browser, named in the address, and what the wall says of it.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useScreen } from '../../web/screen.ts';
import { LegibilityLine } from '../../web/views/legibility-line.tsx';
import { ScreenSettings } from '../../web/views/screen-settings.tsx';
import { startWords } from '../../web/words/words.ts';

const SCALE = 0.5;

function Wall() {
  const state = useScreen({ textPx: 18 * SCALE });
  return (
    <>
      <ScreenSettings screen={{ ...state, scale: SCALE }} />
      <LegibilityLine screen={state} />
    </>
  );
}

const open = (address: string) => {
  history.replaceState(null, '', address);
  render(<Wall />);
};
const line = () => document.querySelector('.wall-legibility');
const enter = (diagonal: string, distance: string) => {
  fireEvent.change(screen.getByLabelText('Đường chéo (inch)'), { target: { value: diagonal } });
  fireEvent.change(screen.getByLabelText('Người xem xa nhất (m)'), { target: { value: distance } });
  fireEvent.click(screen.getByText('Lưu'));
};

beforeAll(() => startWords('vi'));
beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('a screen of a size that nobody told', () => {
  it('says nothing of how legible it is, but in its menu how it is scaled', () => {
    open('/wall/25');
    expect(line()).toBe(null);
    fireEvent.click(screen.getByText('Cỡ màn hình'));
    screen.getByText('Bảng đang phóng 50 %.');
  });
});

describe('a screen of a known size', () => {
  // jsdom's window is 1024 x 768: 100 inches of it are 1.98 mm a px, and 9 px of text 12.5 mm of capitals,
  // 10.75 arc minutes from 4 m.
  it.each<[string, string | null]>([
    ['100x2', null],
    ['100x2.4', 'fair'],
    ['100x4', 'poor'],
  ])('%s: %s', (size, verdict) => {
    open(`/wall/25?screen=${size}`);
    expect(line()?.getAttribute('data-verdict') ?? null).toBe(verdict);
  });

  it('warns with the figure and what would help', () => {
    open('/wall/25?screen=100x4');
    expect(screen.getByRole('alert').textContent).toBe(
      '▲ Chữ nhỏ nhất chỉ cao 10,7′ (phút góc) nhìn từ 4 m, cần ít nhất 16′: ' +
        'hãy đứng trong vòng 2,6 m, hoặc dùng màn hình từ 149 inch.',
    );
  });

  it('is kept in this browser, goes before it where the address names one, and is forgotten when asked', () => {
    open('/wall/25');
    fireEvent.click(screen.getByText('Cỡ màn hình'));
    enter('100', '4');
    expect(localStorage.getItem('screen')).toBe('100x4');
    expect(line()?.getAttribute('data-verdict')).toBe('poor');
    cleanup();
    open('/wall/08872');
    expect(line()?.getAttribute('data-verdict')).toBe('poor');
    cleanup();
    open('/wall/25?screen=100x2&lang=en');
    expect(line()).toBe(null);
    fireEvent.click(screen.getByText('Cỡ màn hình'));
    enter('100', '2.4');
    expect(location.search).toBe('?screen=100x2.4&lang=en');
    expect(line()?.getAttribute('data-verdict')).toBe('fair');
    fireEvent.click(screen.getByText('Bỏ cỡ màn hình'));
    expect([localStorage.getItem('screen'), location.search, line()]).toEqual([null, '?lang=en', null]);
  });

  it('is nothing where the address names what cannot be', () => {
    open('/wall/25?screen=huge');
    expect(line()).toBe(null);
  });
});
