/** Episodes to try pages with. */
import type { AlertBrief } from '../../shared/alert.ts';

/** The instant at which the tests of alerts look. */
export const NOW = Date.parse('2026-11-27T09:00:00+07:00');

/** So many minutes before `NOW`, as the contract writes instants. */
export const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

/** An episode as the server tells of one; each differs from the others by what is given. */
export function brief(given: Partial<AlertBrief> & { id: number }): AlertBrief {
  return {
    ...{ rule: 'on-time', name: { vi: 'Tỷ lệ đúng hạn thấp', en: 'Low on-time rate' } },
    ...{
      indicator: 'TT01',
      watches: 'level',
      unit: 7,
      ref: '08707',
      unitName: { vi: 'Xã Sơn Lôi', en: 'Sơn Lôi' },
    },
    ...{
      subject: null,
      severity: 'warning',
      label: given.severity === 'advisory' ? 'message' : 'new',
      quality: 'fresh',
      isFlapping: false,
    },
    ...{ openedAt: ago(30), changedAt: ago(30), closedAt: null, acknowledgedAt: null, shelvedUntil: null },
    ...{ condition: 'active', clearsAt: null, outUntil: null },
    ...{ assignee: null, explanation: null, figure: 81.25, threshold: 90, isCount: false, seq: 10 },
    ...given,
  };
}
