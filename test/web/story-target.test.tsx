// The story of a figure says which of two targets is in force.
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findIndicator } from '../../shared/catalogue.ts';
import type { ExplainAnswer } from '../../shared/explain.ts';
import type { TargetView } from '../../shared/target.ts';
import { StoryFigure } from '../../web/explain/story-figure.tsx';
import { startWords } from '../../web/words/words.ts';
import { showPage } from './alert-stand.tsx';

beforeEach(() => startWords('vi'));
afterEach(cleanup);

const OWN: TargetView = {
  ...{ value: 85, source: 'own', unit: '1', unitName: { vi: 'Tỉnh', en: 'Province' } },
  ...{ office: 'UBND', paper: '12/QĐ', signedAt: '2026-01-05T09:00:00+07:00', signedBy: null },
};

function show(held: TargetView): void {
  const indicator = findIndicator('DOC04');
  if (!indicator) throw new Error('there is no DOC04');
  const story = {
    ...{ indicator, period: '2026-11', threshold: null, workingDays: 20 },
    figure: {
      ...{ value: 82, numerator: 82, denominator: 100, asOf: null, provisional: true, completeness: 1 },
    },
    formula: { words: indicator.words, symbols: '' },
    target: { value: 80, source: indicator.source },
    yearly: { year: 2026, held, waiting: null },
  } as unknown as ExplainAnswer;
  showPage(<StoryFigure story={story} indicator={indicator} />, { alerts: [] });
}

const said = (term: string) =>
  screen.getByText(term).nextElementSibling?.textContent?.replaceAll('\u00a0', ' ') ?? '';

it("says that the year's target is in force, and that the catalogue's is not", () => {
  show(OWN);
  expect(said('Mục tiêu')).toContain('80 % · mức chung của danh mục, không áp dụng ở đây');
  expect(said('Chỉ tiêu năm 2026')).toContain('85 % · đang áp dụng');
});

it("does not call the catalogue's replaced where it is the one in force", () => {
  show({ ...OWN, value: 80, source: 'catalogue', unit: null, unitName: null, office: null, signedAt: null });
  expect(said('Mục tiêu')).toBe('80 %');
  expect(said('Chỉ tiêu năm 2026')).toContain('80 % · đang áp dụng');
});
