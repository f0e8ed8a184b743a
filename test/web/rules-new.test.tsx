// A rule that is not there yet: nothing is red before a hand was in it, nothing hidden blocks it, and it is not lost.
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NewRule } from '../../web/rules/editor.tsx';
import { startWords } from '../../web/words/words.ts';
import { asked, bodyOf, serveRule, showPage, viewOf } from './rules-stand.tsx';

const saves = () => asked.filter(({ path, method }) => path === '/api/rules' && method === 'POST');
const open = async () => {
  const shown = showPage(
    <>
      <NewRule onMade={() => undefined} />
      <a href="/board">Rời đi</a>
    </>,
    { path: '/rules/new' },
  );
  await screen.findByText('Không chạy lại: việc xác nhận, việc tạm gác.');
  return shown;
};
const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => {
  fill('Lý do', 'theo tờ trình');
  fireEvent.click(screen.getByRole('button', { name: 'Lưu quy tắc' }));
};
const wrong = () => document.querySelectorAll('[aria-invalid=true], .slot-fault').length;

beforeEach(async () => {
  await startWords('vi');
  serveRule(({ path, method }) =>
    path === '/api/rules' && method === 'POST' ? { body: viewOf('TT02') } : undefined,
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('opens without a word of blame, and says what is missing where a hand was, or once saving was tried', async () => {
  await open();
  expect(wrong()).toBe(0);
  fireEvent.blur(screen.getByLabelText('Tên (tiếng Việt)'));
  expect(screen.getByLabelText('Tên (tiếng Việt)').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByLabelText('Tên (tiếng Anh)').getAttribute('aria-invalid')).toBe('false');
  save();
  expect(saves()).toEqual([]);
  expect(screen.getByText('Còn chỗ sai: chưa lưu được.')).toBeTruthy();
});

it('needs a name alone: other texts are those of the other language, or the ones shipped', async () => {
  await open();
  fill('Tên (tiếng Việt)', 'Trả đúng hẹn');
  save();
  await waitFor(() => expect(saves().length).toBe(1));
  const [asking] = saves();
  if (!asking) throw new Error('nothing was saved');
  const shipped = viewOf('TT02').current.body;
  expect(bodyOf(asking)).toMatchObject({
    name: { vi: 'Trả đúng hẹn', en: 'Trả đúng hẹn' },
    consequence: shipped.consequence,
    action: shipped.action,
  });
});

it('is there again after a reload, until it is dropped', async () => {
  await open();
  fill('Tên (tiếng Việt)', 'Trả đúng hẹn');
  cleanup();
  await open();
  expect(screen.getByLabelText('Tên (tiếng Việt)')).toHaveProperty('value', 'Trả đúng hẹn');
  fireEvent.click(screen.getByRole('button', { name: 'Bỏ bản soạn' }));
  cleanup();
  await open();
  expect(screen.getByLabelText('Tên (tiếng Việt)')).toHaveProperty('value', '');
});

it('is not left without asking', async () => {
  await open();
  const ask = vi.fn(() => false);
  vi.stubGlobal('confirm', ask);
  const leave = () => fireEvent.click(screen.getByText('Rời đi'));
  const unload = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(unload()).toBe(true);
  fill('Tên (tiếng Việt)', 'Trả đúng hẹn');
  expect(leave()).toBe(false);
  expect(ask).toHaveBeenCalledWith('Bản soạn chưa lưu. Vẫn rời trang này?');
  expect(unload()).toBe(false);
});
