/** The ledger of rules: evidence of when each was last looked at. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findShippedRule } from '../shared/shipped-rules.ts';
import type { AnswerOf } from '../shared/wire.ts';
import { openOffice } from './server/alerting.ts';
import { enter } from './server/people.ts';
import type { Running } from './server.ts';

let running: Running;
beforeEach(async () => {
  ({ running } = await openOffice());
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

test('exports when each rule was last looked at, by whom and why', async () => {
  const chief = await enter(running, 'nguong-tinh', [['editor', '25']]);
  const body = findShippedRule('TT02')?.body;
  await chief.ask('POST', '/api/rules', { id: 'TT02', base: 0, body, reason: '=rà, sáu tháng' });
  running.clock.advance(183 * 86_400_000);
  const { rules } = (await chief.ask('GET', '/api/rules/ledger')).body as AnswerOf<'exportLedger'>;
  expect(rules.length).toBeGreaterThan(10);
  expect(rules.filter(({ rule }) => rule === 'TT02')).toEqual([
    {
      ...{
        rule: 'TT02',
        vi: body?.name.vi,
        en: body?.name.en,
        isShipped: true,
        state: 'active',
        version: 1,
      },
      ...{ savedAt: '2026-11-18T10:00:00+07:00', savedBy: 'Title of nguong-tinh', approvedBy: null },
      ...{ reason: '=rà, sáu tháng', overrides: 0, isIdle: true },
    },
  ]);
  const file = await chief.ask('GET', '/api/rules/ledger?format=csv&unit=A');
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="rules-2027-05-20.csv"');
  const lines = String(file.body).split('\r\n');
  expect(lines[0]).toMatch(/^\uFEFF?rule,vi,en,isShipped,state,version,savedAt,/);
  expect(lines.find((line) => line.startsWith('TT02,'))).toMatch(/,"'=rà, sáu tháng",0,true$/);
});
