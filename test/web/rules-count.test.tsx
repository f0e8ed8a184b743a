// A rule by count: whole numbers from 1 on.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RuleBody } from '../../shared/rule.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import { RuleEditor } from '../../web/rules/editor.tsx';
import { wordRule } from '../../web/rules/sentence.ts';
import { startWords } from '../../web/words/words.ts';
import { asked, held, serveRule, showPage, viewOf } from './rules-stand.tsx';
import { Written, written } from './rules-written.tsx';

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

it('says of which thresholds the fewest cases hold: of shares, never of counts', async () => {
  const shipped = SHIPPED_RULES.find(({ id }) => id === 'TT04')?.body;
  if (!shipped) throw new Error('not shipped');
  const body: RuleBody = { ...shipped, scope: { unit: '25', levels: ['commune'] } };
  const [warning] = body.levels.filter(({ severity }) => severity === 'warning');
  if (!warning) throw new Error('no warning');
  const read = (levels: RuleBody['levels'], direction = body.direction) => {
    cleanup();
    render(<Written start={{ ...body, levels, direction }} />);
    const text = wordRule(written.draft, written.telling);
    const hasField = screen.queryByLabelText('Ít nhất bao nhiêu hồ sơ mới xét (trừ số đếm)') !== null;
    cleanup();
    return [text.slice(text.indexOf('Phú Thọ') + 8), hasField];
  };
  await startWords('vi');
  expect(read([warning])).toEqual([
    'lên tới 5 % hoặc từ 5 hồ sơ, ngay khi xảy ra. Tỷ lệ chỉ xét khi có ít nhất 30 hồ sơ; số đếm luôn được xét.',
    true,
  ]);
  expect(read([{ ...warning, raise: null }])).toEqual([
    ' từ 5 hồ sơ, ngay khi xảy ra; số đếm luôn được xét, dù ít hồ sơ.'.trimStart(),
    false,
  ]);
  expect(read([{ ...warning, count: null }])).toEqual([
    'lên tới 5 %, ngay khi xảy ra, với ít nhất 30 hồ sơ.',
    true,
  ]);
  expect(read([warning], 'below')[0]).toContain('thấp hơn 5 % hoặc thấp hơn 5 hồ sơ');
});
