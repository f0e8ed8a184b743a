import { describe, expect, test } from 'vitest';
import { showAt } from '../server/rules/levels.ts';
import { withoutOverrides } from '../shared/effective.ts';
import { findShippedRule } from '../shared/shipped-rules.ts';

const rule = findShippedRule('TT04');
if (!rule) throw new Error('no rule of overdue dossiers is shipped');
const overdue = withoutOverrides(rule);

describe('the figure of an alert that is read as a share and as a count', () => {
  test('is the count where that reaches the level, else the share, and says which', () => {
    expect(showAt(overdue, 'critical', { value: 7.3, count: 282 })).toEqual({
      ...{ figure: 282, threshold: 50, isCount: true },
    });
    expect(showAt(overdue, 'critical', { value: 23.3, count: 14 })).toEqual({
      ...{ figure: 23.3, threshold: 20, isCount: false },
    });
    expect(showAt(overdue, 'major', { value: null, count: 21 })).toMatchObject({ figure: 21, isCount: true });
  });

  test('is the share where there is no count', () => {
    expect(showAt(overdue, 'warning', { value: 6, count: null })).toMatchObject({
      figure: 6,
      isCount: false,
    });
  });
});
