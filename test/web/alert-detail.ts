/** One episode with all that is known of it, to try its page with. */
import type { AlertDetail, AlertNote, ExplanationView } from '../../shared/alert.ts';
import { findShippedRule } from '../../shared/shipped-rules.ts';
import { ago, brief } from './alert-briefs.ts';

const rule = findShippedRule('TT01');

/** A note as the server tells of one. */
export const note = (given: Partial<AlertNote> & Pick<AlertNote, 'n' | 'kind'>): AlertNote => ({
  ...{
    at: ago(60 - given.n),
    severity: null,
    figure: null,
    isCount: false,
    by: null,
    text: null,
    facts: null,
  },
  ...given,
});

/** An explanation as the server tells of one. */
export const explanation = (given: Partial<ExplanationView> = {}): ExplanationView => ({
  ...{ id: 4, alert: 2, unit: 7, ref: '08707', unitName: { vi: 'Xã Sơn Lôi', en: 'Sơn Lôi' } },
  ...{ alertName: { vi: 'Tỷ lệ đúng hạn thấp', en: 'Low on-time rate' }, severity: 'critical' },
  ...{ state: 'asked', isUrgent: false, askedAt: ago(40), askedBy: 'Trực ban', question: 'Vì sao chậm?' },
  ...{ dueAt: ago(-440), answeredAt: null, answeredBy: null, cause: null, measures: null },
  ...{ promisedOn: null, checkedAt: null, checkedBy: null, outcome: null, urges: 0, step: 0 },
  ...{ stepName: { vi: 'Đơn vị', en: 'The unit' }, nextAt: ago(-440), may: [] },
  ...{ lateWorkingHours: null, nextStep: null },
  ...given,
});

const provenance: NonNullable<AlertDetail['thresholds'][number]['raise']> = {
  ...{ value: 90, source: 'override', rule: 'TT01', version: 0, override: 3, unit: '08707' },
  ...{
    unitName: { vi: 'Xã Sơn Lôi', en: 'Sơn Lôi' },
    since: '2026-11-01T00:00:00+07:00',
    until: '2027-01-30',
  },
  ...{ by: 'Cán bộ đặt ngưỡng', reason: 'Mưa lũ' },
  hides: [{ value: 95, unit: null, unitName: null }],
  overruled: [{ value: 92, unit: 'X', unitName: { vi: 'Xã X', en: 'X' } }],
};

/** A critical one, with a history. */
export function detailOf(given: Partial<AlertDetail> = {}): AlertDetail {
  if (!rule) throw new Error('no such rule');
  return {
    ...{ seq: 100, alert: brief({ id: 2, severity: 'critical', seq: 90 }), ruleVersion: 0 },
    ...{ condition: rule.body.condition, body: rule.body, reach: { affected: 3, of: 148 } },
    thresholds: [{ severity: 'critical', raise: provenance, count: null }],
    ...{ acknowledgedBy: null, acknowledgedUntil: null, shelvedBy: null, outBy: null, dossiers: null },
    chart: {
      ...{ from: '2026-11-01', to: '2026-11-28' },
      points: [
        { at: ago(3000), figure: 97 },
        { at: ago(1500), figure: null },
        { at: ago(30), figure: 81.25 },
      ],
    },
    notes: [
      note({ n: 1, kind: 'raised', severity: 'critical', figure: 81.25 }),
      note({ n: 2, kind: 'commented', by: 'Trực ban', text: 'Đã gọi một cửa' }),
    ],
    earlier: [
      {
        alert: brief({ id: 1, label: 'closed', openedAt: ago(9000), closedAt: ago(8820) }),
        done: [note({ n: 1, kind: 'acknowledged', by: 'Trực ban', text: 'Tăng cường người' })],
      },
    ],
    explanations: [],
    deadlines: [
      { within: { amount: 4, unit: 'workingHours' }, at: '2026-11-27T14:30:00+07:00' },
      { within: { amount: 8, unit: 'workingHours' }, at: '2026-11-30T09:00:00+07:00' },
    ],
    may: ['acknowledge', 'comment', 'assign', 'shelve', 'explain'],
    ...given,
  };
}
