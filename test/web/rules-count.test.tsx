// A rule by count: whole numbers from 1 on.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RuleBody } from '../../shared/rule.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import { RuleEditor } from '../../web/rules/editor.tsx';
import { wordRule } from '../../web/rules/sentence.ts';
import { startWords } from '../../web/words/words.ts';
import { asked, bodyOf, held, previewOf, serveRule, showPage, viewOf } from './rules-stand.tsx';
import { Written, written } from './rules-written.tsx';

const previews = () => asked.filter(({ path }) => path === '/api/rules/preview');
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const noteOf = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? null;

const line = previewOf().line;
const answer = previewOf({
  line: {
    ...line,
    points: line.points.map(({ at }, index) => ({ at, figure: 2 + index, count: 3 + 2 * index, cases: 20 })),
    episodes: [
      {
        ...{ severity: 'warning', by: 'count' },
        ...{ from: '2026-11-04T00:00:00+07:00', to: '2026-11-05T00:00:00+07:00' },
      },
    ],
  },
});
const slider = (name: string) => screen.queryByRole('slider', { name: new RegExp(`^Ngưỡng ${name}`) });

beforeEach(async () => {
  vi.useFakeTimers();
  await startWords('vi');
  held.rule = viewOf('TT04');
  serveRule(({ path }) => (path === '/api/rules/preview' ? { body: answer } : undefined));
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

describe('the preview of a rule by share and by count', () => {
  const choose = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }));

  it('names both in its legend, and draws the one that is chosen, with its figures and its handles', async () => {
    const legend = screen.getByRole('group', { name: 'Đang vẽ' });
    expect(legend.textContent).toContain('10 %');
    expect(legend.textContent).toContain('20 hồ sơ');
    expect(slider('Chú ý: kéo')?.getAttribute('aria-valuetext')).toBe('5 %');
    choose(/^Số đếm/);
    expect(slider('Chú ý: kéo')).toBeNull();
    expect(slider('Chú ý, theo số đếm')?.getAttribute('aria-valuetext')).toBe('5 hồ sơ');
    choose(/bảng/i);
    const cells = [...document.querySelectorAll('td')].map(({ textContent }) => textContent);
    expect(cells).toContain('9 hồ sơ');
    expect(cells).not.toContain('5 %');
  });

  it('moves the threshold of the count by whole dossiers, never past its neighbours', async () => {
    choose(/^Số đếm/);
    const handle = slider('Chú ý, theo số đếm') as HTMLElement;
    fireEvent.keyDown(handle, { key: 'ArrowUp' });
    expect(screen.getByLabelText('Ngưỡng Chú ý, theo số đếm')).toHaveProperty('value', '6');
    const room = handle.parentElement as HTMLElement;
    room.getBoundingClientRect = () => ({ top: 0, height: 997 }) as DOMRect;
    fireEvent.pointerDown(handle, { pointerId: 1, clientY: 900 });
    fireEvent.pointerMove(handle, { pointerId: 1, clientY: 803 });
    fireEvent.pointerUp(handle, { pointerId: 1 });
    await pass(200);
    const levels = bodyOf(previews().at(-1) ?? { method: '', path: '', body: null }).levels;
    const count = levels.find(({ severity }) => severity === 'warning')?.count ?? 0;
    expect(Number.isInteger(count)).toBe(true);
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThan(20);
  });

  it('says which of the two decided what is shaded', () => {
    const list = screen.getByRole('list', { name: 'Những quãng được tô' });
    expect(list.textContent).toContain('Chú ý: do số đếm');
  });

  it('of a rule by count alone draws the count at once', async () => {
    for (const level of ['Chú ý', 'Báo động', 'Nghiêm trọng'])
      fireEvent.change(screen.getByLabelText(`Ngưỡng ${level}`), { target: { value: '' } });
    expect(slider('Chú ý, theo số đếm')).not.toBeNull();
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
