// A field that finds one of many: by typing without marks, by arrows, by a press; and what assistive technology is told of it.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type ChoiceGroup, Combobox, searchChoices } from '../../web/combobox.tsx';
import { startWords } from '../../web/words/words.ts';

const GROUPS: ChoiceGroup[] = [
  {
    ...{ id: 'TT', label: 'Giải quyết' },
    choices: [
      { id: 'TT01', label: 'Tỷ lệ giải quyết đúng và trước hạn', also: ['TT01', 'On-time resolution'] },
      { id: 'TT02', label: 'Tỷ lệ đúng hạn theo QĐ 766', also: ['TT02'] },
    ],
  },
  { id: 'ON', label: 'Trực tuyến', choices: [{ id: 'ON01', label: 'Tiếp nhận trực tuyến', also: ['ON01'] }] },
];

const chosen = vi.fn();

function Field() {
  const [value, setValue] = useState('ON01');
  const choose = (id: string) => {
    setValue(id);
    chosen(id);
  };
  return <Combobox label="Chỉ tiêu" groups={GROUPS} value={value} onChoose={choose} />;
}

beforeEach(async () => {
  await startWords('vi');
  chosen.mockReset();
  render(<Field />);
});
afterEach(cleanup);

const field = () => screen.getByRole('combobox', { name: 'Chỉ tiêu' }) as HTMLInputElement;
const options = () => screen.getAllByRole('option').map(({ textContent }) => textContent);
const active = () =>
  document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent;
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const press = (key: string) => fireEvent.keyDown(field(), { key });

it('says what is chosen while it is closed, and opens with all choices in their groups', () => {
  expect([field().value, field().getAttribute('aria-expanded')]).toEqual(['Tiếp nhận trực tuyến', 'false']);
  fireEvent.click(field());
  expect(field().getAttribute('aria-expanded')).toBe('true');
  const list = screen.getByRole('listbox');
  expect(field().getAttribute('aria-controls')).toBe(list.id);
  const group = within(list).getByRole('group', { name: 'Giải quyết' });
  expect(within(group).getAllByRole('option')).toHaveLength(2);
  expect(within(list).getByRole('option', { selected: true }).textContent).toBe('Tiếp nhận trực tuyến');
  expect(active()).toBe('Tiếp nhận trực tuyến');
});

it('finds without marks, capitals or the order of words, by name and by what else it is known by', () => {
  type('dung han');
  expect(options()).toEqual(['Tỷ lệ giải quyết đúng và trước hạn', 'Tỷ lệ đúng hạn theo QĐ 766']);
  expect(screen.getByRole('status').textContent).toBe('2 lựa chọn');
  type('766 dung');
  expect(options()).toEqual(['Tỷ lệ đúng hạn theo QĐ 766']);
  type('resolution');
  expect(options()).toEqual(['Tỷ lệ giải quyết đúng và trước hạn']);
  type('xyz');
  expect(screen.queryAllByRole('option')).toEqual([]);
  expect(screen.getByRole('status').textContent).toBe('không tìm thấy');
  expect(field().getAttribute('aria-activedescendant')).toBeNull();
  press('Enter');
  expect(chosen).not.toHaveBeenCalled();
  expect(searchChoices(GROUPS, ' ')).toEqual(GROUPS);
});

it('is walked by arrows, round its ends, and chooses by Enter', () => {
  press('ArrowDown');
  expect(active()).toBe('Tiếp nhận trực tuyến');
  press('ArrowDown');
  expect(active()).toBe('Tỷ lệ giải quyết đúng và trước hạn');
  press('ArrowUp');
  press('ArrowUp');
  expect(active()).toBe('Tỷ lệ đúng hạn theo QĐ 766');
  press('Enter');
  expect(chosen.mock.calls).toEqual([['TT02']]);
  expect([field().value, screen.queryByRole('listbox')]).toEqual(['Tỷ lệ đúng hạn theo QĐ 766', null]);
});

it('chooses the first found by Enter, and what is pressed', () => {
  type('truoc han');
  press('Enter');
  fireEvent.click(field());
  fireEvent.click(screen.getByRole('option', { name: 'Tiếp nhận trực tuyến' }));
  expect(chosen.mock.calls).toEqual([['TT01'], ['ON01']]);
});

it('is closed by a name that is typed whole, which chooses it', () => {
  type('Tỷ lệ đúng hạn theo QĐ 766');
  expect([chosen.mock.calls, screen.queryByRole('listbox')]).toEqual([[['TT02']], null]);
});

it('goes back to what was chosen by Escape, which closes nothing around it, and when it is left', () => {
  const around = vi.fn();
  document.addEventListener('keydown', around);
  type('dung');
  press('Escape');
  expect([field().value, screen.queryByRole('listbox')]).toEqual(['Tiếp nhận trực tuyến', null]);
  expect(around).not.toHaveBeenCalled();
  press('Escape');
  expect(around).toHaveBeenCalledTimes(1);
  document.removeEventListener('keydown', around);
  type('dung');
  fireEvent.blur(field());
  expect([field().value, screen.queryByRole('listbox')]).toEqual(['Tiếp nhận trực tuyến', null]);
  expect(chosen).not.toHaveBeenCalled();
});

it('has nothing that a checker of accessibility objects to, open or closed', async () => {
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
  for (const isOpen of [false, true]) {
    if (isOpen) fireEvent.click(field());
    const { violations } = await axe.run(document.body, { rules });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});
