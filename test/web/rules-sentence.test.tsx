// A rule as a sentence: every kind, in both languages, and back to the same rule through its fields.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { RuleBody } from '../../shared/rule.ts';
import { RuleBody as Body } from '../../shared/rule.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import { createFormat, type Lang } from '../../web/format.ts';
import { listDifferences } from '../../web/rules/describe.ts';
import { KINDS, shapeOf, startDraft, turnKind } from '../../web/rules/draft.ts';
import { readNumber, typeNumber } from '../../web/rules/numbers.ts';
import { parseSentence, sentenceOf, wordRule } from '../../web/rules/sentence.ts';
import { previewEn } from '../../web/words/preview-en.ts';
import { previewVi } from '../../web/words/preview-vi.ts';
import { rulesEn } from '../../web/words/rules-en.ts';
import { rulesVi } from '../../web/words/rules-vi.ts';
import { startWords } from '../../web/words/words.ts';
import { named, TODAY, Written, written } from './rules-written.tsx';

/** A rule of each kind, with every part of its condition set. */
const BODIES = KINDS.map((kind) => {
  const start = named(startDraft('25'));
  const condition = turnKind(start.condition, kind, TODAY);
  return { ...start, condition, ...shapeOf(condition), scope: { unit: '25', levels: ['commune' as const] } };
});

afterEach(cleanup);

describe('the sentence', () => {
  it('has the same parts in both languages, for every kind', () => {
    const slots = (text: string) => [
      ...new Set(parseSentence(text).flatMap((piece) => ('slot' in piece ? piece.slot : []))),
    ];
    for (const key of Object.keys(rulesVi) as (keyof typeof rulesVi)[]) {
      expect({ key, slots: slots(rulesEn[key]).sort() }).toEqual({ key, slots: slots(rulesVi[key]).sort() });
    }
  });

  it('names every part it opens: no bracket is left in any text', () => {
    for (const text of [
      ...Object.values(rulesVi),
      ...Object.values(rulesEn),
      ...Object.values(previewVi),
      ...Object.values(previewEn),
    ])
      for (const piece of parseSentence(text)) if ('text' in piece) expect(piece.text).not.toMatch(/[[\]]/);
  });

  it.each(BODIES.map((body) => [body.condition.kind, body] as const))(
    'of kind %s shows each part as a control with a name, and reads as the same words',
    async (kind, body) => {
      for (const lang of ['vi', 'en'] as const) {
        await startWords(lang);
        const { container } = render(<Written start={body} />);
        const sentence = container.querySelector<HTMLElement>('.sentence');
        if (!sentence) throw new Error('no sentence');
        for (const control of sentence.querySelectorAll(
          'input:not([type=checkbox]), select, summary, button',
        ))
          expect(control.getAttribute('aria-label')).toBeTruthy();
        const text = wordRule(body, written.telling);
        expect(text).not.toMatch(/\[|\]|undefined|NaN|rules\./);
        for (const piece of sentenceOf(body, written.telling.t)) {
          if ('text' in piece) expect(text).toContain(piece.text.trim());
        }
        expect({ kind, body: written.draft }).toEqual({ kind, body });
        cleanup();
      }
    },
  );

  it.each(BODIES.map((body) => [body.condition.kind, body] as const))(
    'of kind %s comes back as it was after every field was typed anew',
    async (_kind, body) => {
      await startWords('vi');
      const { container } = render(<Written start={body} />);
      for (const input of container.querySelectorAll<HTMLInputElement>('input:not([type=checkbox])')) {
        const value = input.value;
        fireEvent.change(input, { target: { value: `${value}1` } });
        fireEvent.change(input, { target: { value } });
      }
      for (const select of container.querySelectorAll<HTMLSelectElement>('.sentence select')) {
        const { value } = select;
        fireEvent.change(select, { target: { value } });
      }
      expect(written.draft).toEqual(body);
      expect(Body.safeParse(written.draft).success).toBe(true);
    },
  );

  it('reads as people would say it, for what is shipped', async () => {
    const words: string[] = [];
    for (const lang of ['vi', 'en'] as const) {
      await startWords(lang);
      const rule = SHIPPED_RULES.find(({ id }) => id === 'TT02');
      if (!rule) throw new Error('not shipped');
      render(
        <Written
          start={{
            ...rule.body,
            scope: { unit: '25', levels: ['commune'] },
            delay: { amount: 2, unit: 'days' },
          }}
        />,
      );
      words.push(wordRule(written.draft, written.telling));
      cleanup();
    }
    expect(words).toEqual([
      'Cảnh báo mức Chú ý khi Đúng hạn (QĐ 766) trong tháng của bất kỳ xã, phường nào trong Tỉnh Phú Thọ thấp hơn 90 %, kéo dài 2 ngày, với ít nhất 30 hồ sơ; báo động khi thấp hơn 80 %; nghiêm trọng khi thấp hơn 70 %.',
      'Raise a Warning alert when On time (Decision 766) of the month of any commune in Phu Tho Province is below 90 %, for 2 days, with at least 30 dossiers; major when it is below 80 %; critical when it is below 70 %.',
    ]);
  });
});

describe('a field', () => {
  it('changes its part, and says at once in words what is wrong with it', async () => {
    await startWords('vi');
    render(<Written start={named(startDraft('25'))} />);
    fireEvent.change(screen.getByLabelText('Ngưỡng Chú ý'), { target: { value: '85,5' } });
    expect(written.draft.levels.at(-1)?.raise).toBe(85.5);
    fireEvent.change(screen.getByLabelText('Ngưỡng Chú ý'), { target: { value: 'chín mươi' } });
    expect(screen.getByLabelText('Ngưỡng Chú ý').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('phải là một số')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Ngưỡng Chú ý'), { target: { value: '75' } });
    expect(screen.getByText('mức nặng hơn phải xa hơn theo chiều xấu')).toBeTruthy();
  });

  it('says the same in English', async () => {
    await startWords('en');
    render(<Written start={{ ...named(startDraft('25')), name: { vi: '', en: 'x' } }} />);
    expect(screen.getByText('must not be empty')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Fewest cases that are judged (but for counts)'), {
      target: { value: '-3' },
    });
    expect(screen.getByText('at least 0')).toBeTruthy();
  });

  it('steps by the arrow keys, and ticks levels of units', async () => {
    await startWords('vi');
    render(<Written start={named(startDraft('25'))} />);
    fireEvent.keyDown(screen.getByLabelText('Ngưỡng Nghiêm trọng'), { key: 'ArrowUp' });
    expect(written.draft.levels[0]?.raise).toBe(71);
    fireEvent.click(screen.getByLabelText('xã, phường'));
    expect(written.draft.scope.levels).toEqual(['commune']);
    fireEvent.change(screen.getByLabelText('Trong đơn vị nào'), { target: { value: '' } });
    expect(written.draft.scope.unit).toBeNull();
    fireEvent.change(screen.getByLabelText('Trong đơn vị nào'), {
      target: { value: '08707 · Phường Việt Trì' },
    });
    expect(written.draft.scope.unit).toBe('08707');
  });

  it('turns the thresholds round with the direction, so that the worst stays furthest', async () => {
    await startWords('vi');
    render(<Written start={named(startDraft('25'))} />);
    fireEvent.change(screen.getByLabelText('Chiều xấu'), { target: { value: 'above' } });
    expect(written.draft.levels.map(({ severity, raise }) => [severity, raise])).toEqual([
      ['critical', 90],
      ['major', 80],
      ['warning', 70],
    ]);
    expect(Body.safeParse(written.draft).success).toBe(true);
  });

  it('takes levels away and adds them between their neighbours', async () => {
    await startWords('vi');
    render(<Written start={named(startDraft('25'))} />);
    fireEvent.click(screen.getByRole('button', { name: 'Bỏ mức Báo động' }));
    fireEvent.click(screen.getByRole('button', { name: 'Thêm mức' }));
    expect(written.draft.levels.map(({ severity }) => severity)).toEqual(['critical', 'warning', 'advisory']);
    fireEvent.click(screen.getByRole('button', { name: 'Thêm mức' }));
    expect(written.draft.levels.map(({ severity, raise }) => [severity, raise])).toEqual([
      ['critical', 70],
      ['major', 80],
      ['warning', 90],
      ['advisory', 99],
    ]);
    expect(Body.safeParse(written.draft).success).toBe(true);
  });

  it('weighs the two sides of an equation', async () => {
    await startWords('vi');
    const identity = BODIES.find(({ condition }) => condition.kind === 'identity');
    if (!identity) throw new Error('no such kind');
    const { container } = render(<Written start={identity} />);
    const menu = container.querySelector<HTMLElement>('.slot-menu:has(.terms)');
    if (!menu) throw new Error('no terms');
    const measures = within(menu).getByRole('combobox', { hidden: true });
    fireEvent.change(measures, { target: { value: 'khong tiep nhan' } });
    fireEvent.keyDown(measures, { key: 'Enter' });
    fireEvent.change(within(menu).getByLabelText('Hệ số của Không tiếp nhận'), { target: { value: '-1' } });
    expect(written.draft.condition).toMatchObject({
      left: { received: 1, refused: -1 },
      right: { receivedOnline: 1 },
    });
    fireEvent.click(within(menu).getByLabelText('Bỏ Tiếp nhận'));
    expect(written.draft.condition).toMatchObject({ left: { refused: -1 } });
  });
});

describe('numbers', () => {
  it.each<[string, Lang, number | null]>([
    ['1.000', 'vi', 1000],
    ['1,5', 'vi', 1.5],
    ['0.125', 'vi', 0.125],
    ['1,000', 'en', 1000],
    ['−2.5', 'en', -2.5],
    ['', 'vi', null],
    ['12x', 'vi', Number.NaN],
    ['5.', 'vi', Number.NaN],
  ])('reads %s in %s', (text, lang, value) => {
    expect(readNumber(text, lang)).toEqual(value);
  });

  it('writes them so that they are read as the same', () => {
    for (const lang of ['vi', 'en'] as const)
      for (const value of [0, 0.1, 12.345, -3.5, 1000, 1_000_000])
        expect(readNumber(typeNumber(value, lang), lang)).toBe(value);
  });
});

it('tells each part that differs between two rules, and no other', async () => {
  await startWords('vi');
  const before = named(startDraft('25'));
  render(<Written start={before} />);
  const after: RuleBody = {
    ...before,
    levels: before.levels.map((level) => (level.severity === 'major' ? { ...level, raise: 82 } : level)),
    inherit: 'tighten',
  };
  expect(createFormat('vi', 'UTC').lang).toBe('vi');
  expect(listDifferences(before, after, written.telling)).toEqual([
    { label: 'Ngưỡng Báo động', before: 'thấp hơn 80 %', after: 'thấp hơn 82 %' },
    { label: 'Cấp dưới đặt ngưỡng riêng', before: 'tự do', after: 'chỉ được chặt hơn' },
  ]);
});
