// New alerts are read out to those who do not see them.
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertTeller } from '../../web/alerts/teller.tsx';
import { startWords } from '../../web/words/words.ts';
import { brief } from './alert-briefs.ts';
import { showPage } from './alert-stand.tsx';

beforeEach(() => startWords('vi'));
afterEach(cleanup);

describe('the teller', () => {
  const told = () => [screen.getByRole('status').textContent, screen.getByRole('alert').textContent];

  it('reads out what is new: politely, or at once where it is critical', () => {
    const { tell } = showPage(<AlertTeller standing="desk" />, {
      alerts: [brief({ id: 1, severity: 'critical' })],
    });
    expect(told()).toEqual(['', '']);
    const major = brief({ id: 8, severity: 'major' });
    act(() => tell([major]));
    expect(told()).toEqual(['Cảnh báo mới, Báo động: Tỷ lệ đúng hạn thấp, Xã Sơn Lôi.', '']);
    act(() => tell([{ ...major, severity: 'critical' }]));
    expect(told()).toEqual(['', 'Cảnh báo mới, Nghiêm trọng: Tỷ lệ đúng hạn thấp, Xã Sơn Lôi.']);
  });

  it('counts many, and is silent about messages and what is suppressed', () => {
    const { tell } = showPage(<AlertTeller standing="desk" />, { alerts: [] });
    act(() => tell([brief({ id: 1, severity: 'advisory' }), brief({ id: 2, label: 'suppressed' })]));
    expect(told()).toEqual(['', '']);
    act(() => tell(Array.from({ length: 40 }, (_, id) => brief({ id: id + 10 }))));
    expect(told()[0]).toBe(
      '40 cảnh báo mới, nặng nhất: Cảnh báo mới, Chú ý: Tỷ lệ đúng hạn thấp, Xã Sơn Lôi.',
    );
  });
});
