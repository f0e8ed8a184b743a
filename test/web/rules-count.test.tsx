// A rule by count: whole numbers from 1 on.
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RuleEditor } from '../../web/rules/editor.tsx';
import { startWords } from '../../web/words/words.ts';
import { asked, held, serveRule, showPage, viewOf } from './rules-stand.tsx';

const previews = () => asked.filter(({ path }) => path === '/api/rules/preview');
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const noteOf = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? null;

beforeEach(async () => {
  vi.useFakeTimers();
  await startWords('vi');
  held.rule = viewOf('TT04');
  serveRule();
  showPage(<RuleEditor id="TT04" />);
  await pass(0);
  await pass(200);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a threshold by count', () => {
  it.each([
    ['-1', 'ít nhất 1'],
    ['0', 'ít nhất 1'],
    ['1,5', 'phải là số nguyên'],
  ])('of %s is refused at its field, and not tried', async (typed, words) => {
    const field = screen.getByLabelText('Ngưỡng Chú ý, theo số đếm');
    const before = previews().length;
    fireEvent.change(field, { target: { value: typed } });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(noteOf(field)).toBe(words);
    await pass(500);
    expect(previews().length).toBe(before);
  });
});
