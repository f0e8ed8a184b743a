// What thresholds stand in the place of: each limit by itself, a count as a count.
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Provenance } from '../../shared/alert.ts';
import type { ThresholdView } from '../../shared/rule-view.ts';
import { useTelling } from '../../web/rules/telling.ts';
import { EffectiveTable } from '../../web/rules/threshold-table.tsx';
import { startWords } from '../../web/words/words.ts';
import { serve, showPage, UNITS } from './rules-stand.tsx';

const over = (value: number, hidden: number): Provenance => ({
  ...{ value, source: 'override', rule: 'TT04', version: 0, override: 7, unit: '08707' },
  ...{ unitName: UNITS[1].name, since: null, until: '2027-01-30', by: null, reason: null },
  ...{ hides: [{ value: hidden, unit: null, unitName: null }], overruled: [] },
});

const ofWard: ThresholdView = {
  ...{ indicator: 'TT04', unit: 2, levels: [], rule: 'TT04', version: 0, override: 7, minimum: 30 },
  ...{ direction: 'above', since: null, until: null, by: null, source: over(4, 5) },
  ...{ bands: { warning: 4, major: null, critical: null }, countBands: null },
  limits: [{ severity: 'warning', raise: over(4, 5), count: over(2, 3) }],
};

function Table() {
  const { telling } = useTelling([]);
  return <EffectiveTable thresholds={[ofWard]} rules={[]} telling={telling} unit={{ ...UNITS[1], id: 2 }} />;
}

beforeEach(() => startWords('vi'));
afterEach(cleanup);

it('writes what a count hides as a count, a share as a share, and says which limit it is', async () => {
  serve(() => undefined);
  showPage(<Table />);
  const text = (await screen.findByRole('table', { name: 'Ngưỡng và nguồn gốc' })).textContent ?? '';
  expect(text).toContain('ngưỡng Chú ý: thay cho 5 % của toàn hệ thống');
  expect(text).toContain('ngưỡng Chú ý, theo số đếm: thay cho 3 hồ sơ của toàn hệ thống');
});
