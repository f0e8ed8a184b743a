// Writing a rule with its preview: a key on a line asks once, the newest answer stays and older ones are ended.
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PreviewOrder } from '../../shared/preview.ts';
import type { RuleBody } from '../../shared/rule.ts';
import { NewRule, RuleEditor } from '../../web/rules/editor.tsx';
import { burdenOf } from '../../web/rules/load.tsx';
import { startWords } from '../../web/words/words.ts';
import { asked, bodyOf, held, previewOf, serveRule, showPage, viewOf } from './rules-stand.tsx';

const previews = () => asked.filter(({ path }) => path === '/api/rules/preview');
const raiseOf = ({ levels }: RuleBody, severity: string) =>
  levels.find((level) => level.severity === severity)?.raise;
const line = (name: string) => screen.getByRole('slider', { name: new RegExp(`^Ngưỡng ${name}`) });
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(async () => {
  await startWords('vi');
  held.rule = viewOf('TT02');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a threshold on the chart', () => {
  beforeEach(async () => {
    vi.useFakeTimers();
    serveRule();
    showPage(<RuleEditor id="TT02" />);
    await pass(0);
    await pass(200);
  });

  it('is moved by the arrow keys: the sentence follows at once, and one question is asked 150 ms after the last key', async () => {
    const before = previews().length;
    for (let press = 0; press < 3; press += 1) {
      fireEvent.keyDown(line('Chú ý'), { key: 'ArrowDown' });
      await pass(50);
    }
    expect(screen.getByLabelText('Ngưỡng Chú ý')).toHaveProperty('value', '87');
    expect(line('Chú ý').getAttribute('aria-valuetext')).toBe('87 %');
    await pass(99);
    expect(previews().length).toBe(before);
    await pass(1);
    expect(previews().length).toBe(before + 1);
    const last = previews().at(-1);
    expect(last && raiseOf(bodyOf(last), 'warning')).toBe(87);
  });

  it('does not pass the level beside it', async () => {
    for (let press = 0; press < 3; press += 1) fireEvent.keyDown(line('Chú ý'), { key: 'PageDown' });
    const warning = Number(line('Chú ý').getAttribute('aria-valuenow'));
    expect(warning).toBeGreaterThan(80);
    expect(warning).toBeLessThan(81);
    await pass(200);
    expect(screen.queryByText('mức nặng hơn phải xa hơn theo chiều xấu')).toBeNull();
  });

  it('is dragged by a pointer to where the hand is', async () => {
    const handle = line('Chú ý');
    const room = handle.parentElement as HTMLElement;
    room.getBoundingClientRect = () => ({ top: 100, height: 200 }) as DOMRect;
    fireEvent.pointerDown(handle, { pointerId: 1, clientY: 120 });
    fireEvent.pointerMove(handle, { pointerId: 1, clientY: 100 });
    fireEvent.pointerUp(handle, { pointerId: 1 });
    expect(screen.getByLabelText('Ngưỡng Chú ý')).toHaveProperty('value', '100');
    fireEvent.pointerMove(handle, { pointerId: 1, clientY: 250 });
    expect(screen.getByLabelText('Ngưỡng Chú ý')).toHaveProperty('value', '100');
  });

  it('takes a suggested line at one press', async () => {
    fireEvent.click(screen.getByRole('button', { name: /^Dùng|Chú ý thấp hơn 82/ }));
    await pass(150);
    const last = previews().at(-1);
    expect(last && raiseOf(bodyOf(last), 'warning')).toBe(82);
  });

  it('is asked about again over another time and by other figures', async () => {
    fireEvent.click(screen.getByRole('button', { name: '365 ngày' }));
    fireEvent.click(screen.getByRole('button', { name: 'như đã chỉnh lại sau này' }));
    await pass(150);
    const order = previews().at(-1)?.body as PreviewOrder;
    expect(order).toMatchObject({ from: '2025-11-28', to: '2026-11-28', mode: 'asRevised', rule: 'TT02' });
  });

  it('asks for nothing while the draft is no rule, and says why', async () => {
    const before = previews().length;
    fireEvent.change(screen.getByLabelText('Ngưỡng Chú ý'), { target: { value: '' } });
    await pass(500);
    expect(previews().length).toBe(before);
    expect(screen.getByText('Sửa chỗ sai trong câu thì mới tính được.')).toBeTruthy();
  });
});

it('keeps the newest answer, whichever comes first, ends the older question and dims what is old meanwhile', async () => {
  vi.useFakeTimers();
  const waiting: { raise: unknown; answer: () => void; signal: AbortSignal | undefined }[] = [];
  serveRule((question, signal) => {
    if (question.path !== '/api/rules/preview') return undefined;
    const raise = raiseOf(bodyOf(question), 'warning') ?? 0;
    const load = { ...previewOf().load, episodes: raise };
    return new Promise((resolve) => {
      waiting.push({ raise, signal, answer: () => resolve({ body: previewOf({ load }) }) });
    });
  });
  const { container } = showPage(<RuleEditor id="TT02" />);
  await pass(0);
  await pass(200);
  waiting[0]?.answer();
  await pass(0);
  const episodes = () =>
    within(screen.getByText('Đợt cảnh báo').parentElement as HTMLElement).getByText(/^\d+$/).textContent;
  expect(episodes()).toBe('90');
  fireEvent.keyDown(line('Chú ý'), { key: 'ArrowDown' });
  await pass(150);
  fireEvent.keyDown(line('Chú ý'), { key: 'ArrowDown' });
  expect(container.querySelector('.preview-answer')?.hasAttribute('data-old')).toBe(true);
  await pass(150);
  // The first was answered before it was left.
  expect(waiting.map(({ raise, signal }) => [raise, signal?.aborted])).toEqual([
    [90, true],
    [89, true],
    [88, false],
  ]);
  waiting[2]?.answer();
  await pass(0);
  waiting[1]?.answer();
  await pass(0);
  expect(episodes()).toBe('88');
  expect(container.querySelector('.preview-answer')?.hasAttribute('data-old')).toBe(false);
});

it('counts a draft that has no name yet: its texts change nothing of what it would have done', async () => {
  serveRule();
  showPage(<NewRule onMade={() => undefined} />, { path: '/rules/new' });
  await screen.findByText('Không chạy lại: việc xác nhận, việc tạm gác.');
  expect(previews().at(-1)?.body).toMatchObject({ rule: null, body: { scope: { unit: '25' } } });
  expect(screen.getByRole('button', { name: 'Lưu quy tắc' })).toHaveProperty('disabled', true);
});

describe('the preview', () => {
  it('tells what it did not replay, whether it is exact, of how many units, and how it differs', async () => {
    serveRule(({ path }) =>
      path === '/api/rules/preview'
        ? {
            body: previewOf({
              sampled: { taken: 40, of: 3321 },
              saved: previewOf().load,
              differs: { onlyDraft: 5, onlySaved: 2, both: 30 },
            }),
          }
        : undefined,
    );
    showPage(<RuleEditor id="TT02" />);
    await screen.findByText('Không chạy lại: việc xác nhận, việc tạm gác.');
    expect(screen.getByText('Tính ở cuối mỗi ngày: có thể khác chút ít so với xét thật.')).toBeTruthy();
    expect(screen.getByText('Lấy mẫu 40 trong 3.321 đơn vị: 1 trên 83.')).toBeTruthy();
    expect(screen.getByText('chỉ bản soạn: 5')).toBeTruthy();
    expect(screen.getByText('cả hai: 30')).toBeTruthy();
  });

  it('says why it failed, and asks again', async () => {
    let fails = true;
    serveRule(({ path }) =>
      path === '/api/rules/preview' && fails
        ? { status: 503, body: { status: 503, title: 'Busy', detail: 'Too many.' } }
        : undefined,
    );
    showPage(<RuleEditor id="TT02" />);
    const again = await screen.findByRole('button', { name: 'Tính lại' });
    fails = false;
    fireEvent.click(again);
    await screen.findByText('Không chạy lại: việc xác nhận, việc tạm gác.');
  });

  it('shows forty episodes of a thousand, says so, and shows more', async () => {
    const episodes = Array.from({ length: 1000 }, (_, index) => ({
      ...{ unit: 2, ref: '08707', unitName: { vi: 'Phường Việt Trì', en: 'Viet Tri Ward' } },
      ...{ severity: 'warning' as const, to: null, worst: 71.5 },
      from: new Date(Date.parse('2026-11-01T00:00:00Z') + index * 60_000).toISOString(),
    }));
    const load = { ...previewOf().load, episodes: 4321 };
    serveRule(({ path }) =>
      path === '/api/rules/preview' ? { body: previewOf({ episodes, load }) } : undefined,
    );
    showPage(<RuleEditor id="TT02" />);
    await screen.findByText('Hiện 40 trong 4.321 đợt.');
    fireEvent.click(screen.getByRole('button', { name: 'Hiện thêm' }));
    await screen.findByText('Hiện 80 trong 4.321 đợt.');
  });

  it('writes the worst without a unit where it may be the rate or the count', async () => {
    held.rule = viewOf('TT04');
    const episode = {
      ...{ unit: 2, ref: '08707', unitName: { vi: 'Phường Vĩnh Yên', en: 'Vinh Yen Ward' }, worst: 12 },
      ...{ severity: 'major' as const, from: '2026-11-20T00:00:00+07:00', to: null },
    };
    serveRule(({ path }) =>
      path === '/api/rules/preview' ? { body: previewOf({ episodes: [episode] }) } : undefined,
    );
    showPage(<RuleEditor id="TT04" />);
    await screen.findByText('xấu nhất 12');
  });

  it('calls a load by what one person can bear', () => {
    expect([0, 150, 150.1, 300, 301].map(burdenOf)).toEqual(['easy', 'easy', 'much', 'much', 'flood']);
  });
});
