/** The hour after which what is received counts from the next working day. */
import { describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import { fold, life, show } from './server/folding.ts';
import { at } from './server/world.ts';

const name = { vi: 'x', en: 'x' };
const norms = {
  'C.hours': { amount: 8, unit: 'workingHours' },
  'C.days': { amount: 2, unit: 'workingDays' },
  'C.calendar': { amount: 10, unit: 'days' },
} as const;
const procedures = Object.entries(norms).map(([code, norm]) => ({ code, name, norm, cutOff: '15:00' }));
const noon = { code: 'C.noon', name, norm: norms['C.hours'], cutOff: '11:30' };
const site = createSite({ procedures: [...procedures, noon] });
const plain = createSite({
  procedures: [...procedures, noon].map(({ code, norm }) => ({ code, name, norm })),
});

/** When a dossier received at a local time is due, and when without a cut-off hour. */
const dueOf = (local: string, procedure: string) =>
  [site, plain].map((one) =>
    show(fold(life([local, 2, { procedure }]), at(local), { site: one }).state.dueAt)?.slice(0, 16),
  );

describe('a norm of a procedure with a cut-off at 15:00', () => {
  // Wednesday 18 November 2026.
  test.each([
    ['a minute before', '2026-11-18 14:59', 'C.hours', '2026-11-19 14:59', '2026-11-19 14:59'],
    ['at the minute', '2026-11-18 15:00', 'C.hours', '2026-11-19 15:00', '2026-11-19 15:00'],
    ['a minute after', '2026-11-18 15:01', 'C.hours', '2026-11-19 17:00', '2026-11-19 15:01'],
    ['a minute after, by days', '2026-11-18 15:01', 'C.days', '2026-11-20 17:00', '2026-11-20 15:01'],
    ['at the minute, by days', '2026-11-18 15:00', 'C.days', '2026-11-20 15:00', '2026-11-20 15:00'],
    ['at lunch, which is before it', '2026-11-18 12:10', 'C.hours', '2026-11-19 11:30', '2026-11-19 11:30'],
    ['at lunch, which is after it', '2026-11-18 12:10', 'C.noon', '2026-11-19 17:00', '2026-11-19 11:30'],
    ['as lunch begins, still in time', '2026-11-18 11:30', 'C.noon', '2026-11-19 11:30', '2026-11-19 11:30'],
    ['on a Friday after it', '2026-11-20 15:01', 'C.hours', '2026-11-23 17:00', '2026-11-23 15:01'],
    ['on a Sunday', '2026-11-22 09:00', 'C.hours', '2026-11-23 17:00', '2026-11-23 17:00'],
    // 30 April and 1 May are off, so is the weekend after them: the next working day is Monday 4 May.
    [
      'on the eve of a holiday, in time',
      '2026-04-29 15:00',
      'C.hours',
      '2026-05-04 15:00',
      '2026-05-04 15:00',
    ],
    ['on the eve of a holiday, late', '2026-04-29 15:01', 'C.hours', '2026-05-04 17:00', '2026-05-04 15:01'],
    // Saturday 22 August is worked in place of 31 August.
    [
      'on the eve of a make-up Saturday',
      '2026-08-21 15:01',
      'C.hours',
      '2026-08-22 17:00',
      '2026-08-22 15:01',
    ],
    ['on a make-up Saturday in time', '2026-08-22 15:00', 'C.hours', '2026-08-24 15:00', '2026-08-24 15:00'],
    ['on a make-up Saturday late', '2026-08-22 15:01', 'C.hours', '2026-08-24 17:00', '2026-08-24 15:01'],
    // Of calendar days the day of receipt does not count: late on the 18th it is the 19th that does not.
    ['in time, by calendar days', '2026-11-18 15:00', 'C.calendar', '2026-11-30 17:00', '2026-11-30 17:00'],
    ['late, by calendar days', '2026-11-20 15:01', 'C.calendar', '2026-12-03 17:00', '2026-11-30 17:00'],
  ])('counts what is received %s', (_words, local, procedure, due, without) => {
    expect(dueOf(local, procedure)).toEqual([due, without]);
  });

  test('changes no due time that a feed states', () => {
    const due = '2026-11-19T15:00:00+07:00';
    const { state } = fold(life(['2026-11-18 16:00', 2, { procedure: 'C.hours', due }]), at('2026-11-18'), {
      site,
    });
    expect(show(state.dueAt)).toBe('2026-11-19 15:00:00');
  });

  test('is one of the facts by which a store is folded, and costs a store without it nothing', () => {
    expect(site.foldKey).not.toBe(plain.foldKey);
    expect(() => createSite({ procedures: [{ code: 'x', name, cutOff: '24:00' }] })).toThrow();
    expect(() => createSite({ procedures: [{ code: 'x', name, cutOff: '3pm' }] })).toThrow();
  });
});
