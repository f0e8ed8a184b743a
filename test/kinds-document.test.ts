/** What documents count, worked out by hand. */
import { describe, expect, test } from 'vitest';
import { show, sum } from './server/folding.ts';
import { foldKind, type Said, tell } from './server/telling.ts';
import { at, iso } from './server/world.ts';

const LATER = at('2026-11-30');
const due = iso(at('2026-11-20 17:00'));
const done = (local: string) => ({ done: iso(at(local)) });

describe('a document issued', () => {
  test.each([
    ['electronic and signed', true, true, { docOut: 1, docOutElectronic: 1, docOutSigned: 1 }],
    ['electronic alone', true, false, { docOut: 1, docOutElectronic: 1 }],
    ['on paper, its scan signed', false, true, { docOut: 1, docOutSigned: 1 }],
    ['on paper', false, false, { docOut: 1 }],
  ])('%s', (_words, electronic, signed, expected) => {
    const { state, moves } = foldKind(
      tell('document', ['2026-11-18 08:00', { direction: 'out', electronic, signed, due }]),
      LATER,
    );
    expect([sum(moves, 'A'), sum(moves, '25')]).toEqual([expected, expected]);
    expect(state).toMatchObject({ nextAt: null, endAt: null });
  });

  test('signed afterwards is one document, signed, of the day on which it was issued', () => {
    const { moves } = foldKind(
      tell(
        'document',
        ['2026-11-18 08:00', { direction: 'out', signed: false }],
        ['2026-11-19 08:00', { direction: 'out', signed: true }],
      ),
      LATER,
    );
    expect(sum(moves, 'A', at('2026-11-18 08:00'))).toEqual({
      docOut: 1,
      docOutElectronic: 1,
      docOutSigned: 1,
    });
    expect(sum(moves, 'A')).toEqual({ docOut: 1, docOutElectronic: 1, docOutSigned: 1 });
  });
});

const received = { docIn: 1, docInElectronic: 1 };

describe('an incoming document', () => {
  test.each<[string, Said<'document'>[], object]>([
    ['without a due time is counted, and never open', [['2026-11-18 08:00', {}]], received],
    [
      'with a due time is open',
      [['2026-11-30 08:00', { due: iso(at('2026-12-02')) }]],
      { ...received, docInOpen: 1 },
    ],
    [
      'past its due time is open and overdue',
      [['2026-11-18 08:00', { due }]],
      { ...received, docInOpen: 1, docInOverdue: 1 },
    ],
    [
      'done at its due time is on time',
      [['2026-11-18 08:00', { due, ...done('2026-11-20 17:00') }]],
      { ...received, docInOnTime: 1 },
    ],
    [
      'done a minute later is late',
      [['2026-11-18 08:00', { due, ...done('2026-11-20 17:01') }]],
      { ...received, docInLate: 1 },
    ],
    [
      'done before it came was done when it came',
      [['2026-11-18 08:00', { due, ...done('2026-11-01 08:00') }]],
      { ...received, docInOnTime: 1 },
    ],
    [
      'came when it was overdue',
      [['2026-11-23 08:00', { due }]],
      { ...received, docInOpen: 1, docInOverdue: 1 },
    ],
    [
      'told late that it was done in time: no overdue is left',
      [
        ['2026-11-18 08:00', { due }],
        ['2026-11-25 08:00', { ...done('2026-11-19 10:00') }],
      ],
      { ...received, docInOnTime: 1 },
    ],
    [
      'given more time is on time by the new one',
      [
        ['2026-11-18 08:00', { due }],
        ['2026-11-19 08:00', { due: iso(at('2026-11-27')) }],
        ['2026-11-26 08:00', { ...done('2026-11-26 08:00') }],
      ],
      { ...received, docInOnTime: 1 },
    ],
    ['done without a due time is neither', [['2026-11-18 08:00', { ...done('2026-11-19 08:00') }]], received],
  ])('%s', (_words, said, expected) => {
    const { moves } = foldKind(tell('document', ...said), at('2026-11-30 09:00'));
    expect([sum(moves, 'A'), sum(moves, '25')]).toEqual([expected, expected]);
  });

  test('turns overdue by the clock, a millisecond past its due time; done by a time yet to come, then', () => {
    const stated = { due, ...done('2026-11-23 10:00') };
    const events = tell('document', ['2026-11-18 08:00', stated]);
    const seen: unknown[] = [];
    for (let now: number | null = at('2026-11-18 08:00'); now !== null; ) {
      const { state, moves } = foldKind(events, now);
      const { docInOpen = 0, docInOverdue = 0, docInLate = 0 } = sum(moves, 'A');
      seen.push([show(now), docInOpen, docInOverdue, docInLate]);
      now = state.nextAt;
    }
    expect(seen).toEqual([
      ['2026-11-18 08:00:00', 1, 0, 0],
      ['2026-11-20 17:00:00', 1, 1, 0],
      ['2026-11-23 10:00:00', 0, 0, 1],
    ]);
  });

  test('open at the merger passes on to the heir of its unit, overdue or not, and ends there', () => {
    const events = tell(
      'document',
      ['2025-06-27 08:00', { unit: 'B', due: iso(at('2025-06-30 17:00')) }],
      ['2025-07-03 09:00', { unit: 'A', ...done('2025-07-03 09:00') }],
    );
    const eve = foldKind(events.slice(0, 1), at('2025-06-30 23:00'));
    const day = foldKind(events.slice(0, 1), at('2025-07-01'));
    const { state, moves } = foldKind(events, at('2025-07-04'));
    expect([show(eve.state.nextAt), show(day.state.nextAt)]).toEqual(['2025-07-01 00:00:00', null]);
    expect(sum(eve.moves, 'B')).toEqual({ ...received, docInOpen: 1, docInOverdue: 1 });
    expect(sum(day.moves, 'B')).toEqual(received);
    expect([sum(day.moves, 'A'), sum(day.moves, '25')]).toEqual([
      { docInOpen: 1, docInOverdue: 1 },
      { docInOpen: 1, docInOverdue: 1 },
    ]);
    expect([sum(moves, 'A'), sum(moves, '25'), sum(moves, 'B')]).toEqual([
      { docInLate: 1 },
      { docInLate: 1 },
      received,
    ]);
    expect(state).toMatchObject({ nextAt: null, endAt: at('2025-07-03 09:00') });
  });
});
