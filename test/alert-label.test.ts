/** What an episode is to people: one derivation, and how a fall to an advisory goes through the machine. */
import { describe, expect, test } from 'vitest';
import type { AlertEvent } from '../server/rules/state.ts';
import { isListed, labelOf, type Regions, severityOf } from '../shared/alert-label.ts';
import type { AlertSeverity } from '../shared/rule.ts';
import { contextOf, DAY, HOUR, run, sampleOf } from './rules-world.ts';
import { at } from './server/world.ts';

const T = at('2026-11-24 09:00');
const levels = [
  { severity: 'critical', raise: 70 },
  { severity: 'warning', raise: 90 },
  { severity: 'advisory', raise: 95 },
].map((level) => ({ count: null, ...level })) as never;
const context = contextOf({ levels });

/** The episode of a life, as its row has it. */
function regionsAfter(life: readonly AlertEvent[]) {
  const { state, effects, nextAt } = run(context, life);
  const { condition, response, suppression, severity, worst } = state;
  const row: Regions = {
    ...{ response, suppression, condition: condition === 'pending' ? 'normal' : condition },
    ...{ closedAt: worst === null ? T : null, worst: worst ?? 'warning', severity: severity ?? 'warning' },
  };
  return {
    row,
    label: labelOf(row),
    severity: severityOf(row),
    effects: effects.map(({ kind }) => kind),
    nextAt,
  };
}

const WARNING = sampleOf(T, 85);
const CRITICAL = sampleOf(T, 60);
const fall = (after: number) => sampleOf(T + after * HOUR, 93);
const acknowledge = (after: number): AlertEvent => ({ kind: 'acknowledge', at: T + after * HOUR });
const time = (after: number): AlertEvent => ({ kind: 'time', at: T + after * HOUR });

describe('an alert that falls to an advisory', () => {
  test('is a message once somebody has acknowledged it, and keeps its episode', () => {
    const fallen = regionsAfter([WARNING, acknowledge(1), fall(2)]);
    expect(fallen).toMatchObject({ label: 'message', severity: 'advisory', row: { response: 'ack' } });
    expect(fallen.effects).toEqual(['raised', 'acknowledged', 'improved']);
    expect(isListed(fallen)).toBe(false);
  });

  test('waits among those that are gone until somebody does, at the worst it had', () => {
    expect(regionsAfter([CRITICAL, fall(1)])).toMatchObject({ label: 'gone', severity: 'critical' });
    expect(regionsAfter([CRITICAL, fall(1), acknowledge(2)])).toMatchObject({
      ...{ label: 'message', severity: 'advisory' },
    });
  });

  test('waits no longer than one that is over: a warning a day, a critical one for ever', () => {
    expect(regionsAfter([WARNING, fall(1)])).toMatchObject({ label: 'gone', nextAt: T + HOUR + DAY });
    const lapsed = regionsAfter([WARNING, fall(1), time(25)]);
    expect(lapsed).toMatchObject({ label: 'message', row: { response: 'none', closedAt: null } });
    expect(lapsed.effects).toEqual(['raised', 'improved', 'lapsed']);
    expect(regionsAfter([CRITICAL, fall(1), time(2400)])).toMatchObject({ label: 'gone', nextAt: null });
  });

  test.each([
    ['acknowledged', [acknowledge(1), fall(2)]],
    ['lapsed', [fall(1), time(30)]],
    ['unacknowledged', [fall(1)]],
  ])('calls anew as soon as it rises: %s', (_words, life) => {
    const risen = regionsAfter([WARNING, ...life, sampleOf(T + 40 * HOUR, 85)]);
    expect(risen).toMatchObject({ label: 'new', severity: 'warning', row: { response: 'unack' } });
    expect(risen.effects.at(-1)).toBe('worsened');
    expect(risen.effects.filter((kind) => kind === 'raised')).toHaveLength(1);
  });

  test('does not call when its acknowledgement runs out: it asks nobody', () => {
    const late = regionsAfter([WARNING, acknowledge(1), fall(2), time(240)]);
    expect(late).toMatchObject({ label: 'message', nextAt: null });
    expect(late.effects).toEqual(['raised', 'acknowledged', 'improved']);
  });

  test('that is over after that is closed, not back in the list', () => {
    const life = [WARNING, fall(1), time(30), sampleOf(T + 40 * HOUR, 99)];
    expect(regionsAfter(life)).toMatchObject({ label: 'closed' });
  });
});

const row: Regions = {
  ...{ closedAt: null, condition: 'active', response: 'unack', suppression: 'none' },
  ...{ severity: 'warning', worst: 'warning' },
};
const fallen = { severity: 'advisory' as AlertSeverity, response: 'ack' as const };

test.each<[string, Partial<Regions>]>([
  ['new', {}],
  ['inHand', { response: 'ack' }],
  ['inHand', { response: 'ack', condition: 'recovering' }],
  ['gone', { condition: 'normal' }],
  ['shelved', { suppression: 'shelved' }],
  ['shelved', { suppression: 'shelved', condition: 'normal' }],
  ['suppressed', { suppression: 'byDesign' }],
  ['outOfService', { suppression: 'outOfService', condition: 'normal', response: 'ack' }],
  ['outOfService', { suppression: 'outOfService', ...fallen }],
  ['message', { worst: 'advisory', severity: 'advisory', response: 'none' }],
  ['message', { ...fallen, suppression: 'shelved' }],
  ['closed', { closedAt: 1, ...fallen }],
])('is %s: %o', (label, given) => {
  expect(labelOf({ ...row, ...given })).toBe(label);
});
