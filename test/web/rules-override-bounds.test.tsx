// A limit of a unit's own that its rule can never be compared with.
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { OverrideForm } from '../../web/rules/override-form.tsx';
import { useTelling } from '../../web/rules/telling.ts';
import { startWords } from '../../web/words/words.ts';
import { serve, showPage, viewOf } from './rules-stand.tsx';

const rules = [viewOf('TT04')];

function Page() {
  const { telling } = useTelling(rules);
  return <OverrideForm unit="25" rule="TT04" rules={rules} thresholds={[]} telling={telling} />;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it.each([
  ['● Ngưỡng Chú ý', '-1', 'ít nhất 0', '6'],
  ['● Ngưỡng Chú ý, theo số đếm', '1,5', 'phải là số nguyên', '6'],
  ['● Ngưỡng Chú ý, theo số đếm', '0', 'ít nhất 1', '6'],
])('%s of %s is refused below its field', async (label, typed, words, good) => {
  await startWords('vi');
  serve(() => undefined);
  showPage(<Page />);
  fireEvent.change(screen.getByLabelText('Lý do'), { target: { value: 'đợt cao điểm' } });
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value: typed } });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(words);
  expect(screen.getByRole('button', { name: 'Đặt ngưỡng' })).toHaveProperty('disabled', true);
  fireEvent.change(field, { target: { value: good } });
  expect(field.getAttribute('aria-invalid')).toBe('false');
});
