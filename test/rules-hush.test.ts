/** Shelves, suppression, votes and flapping: when an alert keeps still, and when it does not. */
import { describe, expect, test } from 'vitest';
import type { AlertEvent } from '../server/rules/state.ts';
import type { RuleBody } from '../shared/rule.ts';
import { contextOf, DAY, HOUR, MINUTE, run, sampleOf, tell } from './rules-world.ts';
import { at } from './server/world.ts';

const hours = (amount: number) => ({ amount, unit: 'workingHours' as const });
const minutes = (amount: number) => ({ amount, unit: 'minutes' as const });

describe('a shelf', () => {
  const shelve = (isOneShot: boolean): AlertEvent => ({
    ...{ kind: 'shelve', at: at('2026-11-24 09:00'), isOneShot },
    until: at('2026-11-24 15:00'),
  });
  const lives = (isOneShot: boolean, more: AlertEvent[]) =>
    tell(
      run(contextOf(), [
        sampleOf(at('2026-11-24 08:00'), 85),
        shelve(isOneShot),
        ...more,
        { kind: 'time', at: at('2026-11-24 16:00') },
      ]).effects,
    ).slice(2);

  test('keeps still while it is judged underneath, and calls anew as it ends', () => {
    expect(lives(false, [])).toEqual([
      '2026-11-24 15:00 unshelved warning (silent)',
      '2026-11-24 15:00 reannounced warning',
    ]);
  });

  test('ends when it hides something worse', () => {
    expect(lives(false, [sampleOf(at('2026-11-24 10:00'), 75)])).toEqual([
      '2026-11-24 10:00 unshelved major (silent)',
      '2026-11-24 10:00 worsened major',
    ]);
  });

  test('for once ends as the alert does; a timed one hides the next alert too', () => {
    const gone = [sampleOf(at('2026-11-24 10:00'), 95), sampleOf(at('2026-11-24 11:00'), 85)];
    const spoken = (lines: string[]) => lines.filter((line) => !line.endsWith('(silent)'));
    expect(spoken(lives(true, gone))).toEqual(['2026-11-24 11:00 returned warning']);
    expect(spoken(lives(false, gone))).toEqual(['2026-11-24 15:00 reannounced warning']);
  });

  test('by design speaks once at its end of what came in the meantime, and not of what was known', () => {
    const suppressed = (figure: number) => [
      { kind: 'suppress' as const, at: at('2026-11-24 09:00') },
      sampleOf(at('2026-11-24 10:00'), figure),
      { kind: 'unsuppress' as const, at: at('2026-11-24 12:00') },
    ];
    const spokenOf = (figure: number) =>
      tell(run(contextOf(), [sampleOf(at('2026-11-24 08:00'), 85), ...suppressed(figure)]).effects).slice(2);
    expect(spokenOf(85)).toEqual(['2026-11-24 12:00 unsuppressed warning (silent)']);
    expect(spokenOf(75)).toEqual([
      '2026-11-24 10:00 worsened major (silent)',
      '2026-11-24 12:00 unsuppressed major (silent)',
      '2026-11-24 12:00 reannounced major',
    ]);
  });
});

describe('votes and flapping', () => {
  const begin = at('2026-11-24 08:00');
  const series = (figures: readonly number[], gap = 5 * MINUTE) =>
    figures.map((figure, index) => sampleOf(begin + index * gap, figure));
  const kinds = (said: Partial<RuleBody>, figures: readonly number[]) =>
    run(contextOf(said), series(figures)).effects.map(
      ({ kind, at: when }) => `${(when - begin) / (5 * MINUTE)} ${kind}`,
    );

  test('two of three raise, whatever the third was; two clear ones clear', () => {
    const votes = { of: 3, raise: 2, clear: 2 };
    expect(kinds({ votes }, [85, 95, 95, 85, 95, 85, 95, 95])).toEqual([
      '5 raised',
      '5 flapping',
      '6 recovering',
    ]);
    expect(kinds({ votes }, [95, 85, 85, 95, 95])).toEqual(['2 raised', '3 recovering', '4 cleared']);
  });

  test('an alert that flaps is held and stays one episode, until four samples are alike again', () => {
    const restless = [85, 95, 85, 95, 85, 95, 85, 95];
    const { state, effects } = run(contextOf({ clearDelay: minutes(8) }), series(restless));
    expect(effects.filter(({ isSilent }) => !isSilent).map(({ kind }) => kind)).toEqual(['raised']);
    expect(state.isFlapping).toBe(true);
    const calm = run(contextOf({ clearDelay: minutes(8) }), [
      ...series([...restless, ...new Array<number>(20).fill(95)]),
      { kind: 'time', at: begin + 2 * HOUR + DAY },
    ]);
    expect(
      calm.effects.map(({ kind }) => kind).filter((kind) => kind === 'steady' || kind === 'cleared'),
    ).toEqual(['steady', 'cleared']);
    expect(calm.state.isFlapping).toBe(false);
  });

  test('three times there and back within ten periods flaps too, however many samples lie between', () => {
    const often = Array.from({ length: 7 }, (_, turn) =>
      new Array<number>(30).fill(turn % 2 === 0 ? 85 : 95),
    ).flat();
    const { effects } = run(contextOf({ clearDelay: hours(8) }), series(often, MINUTE));
    expect(effects.some(({ kind }) => kind === 'flapping')).toBe(true);
  });
});

test('a rule that is edited goes on with the episode; one that is switched off ends it', () => {
  const first = run(contextOf(), [sampleOf(at('2026-11-24 08:00'), 85)]);
  const strict = contextOf({ levels: [{ severity: 'critical', raise: 88, count: null }] });
  const second = run(strict, [sampleOf(at('2026-11-24 09:00'), 85)], first.state);
  expect(tell(second.effects)).toEqual(['2026-11-24 09:00 worsened critical']);
  const loose = contextOf({ levels: [{ severity: 'warning', raise: 50, count: null }] });
  expect(tell(run(loose, [sampleOf(at('2026-11-24 09:00'), 85)], first.state).effects)[0]).toBe(
    '2026-11-24 09:00 recovering warning (silent)',
  );
  const off = run(contextOf({ isEnabled: false }), [sampleOf(at('2026-11-24 09:00'), 85)], first.state);
  expect(tell(off.effects)).toEqual(['2026-11-24 09:00 closed warning ruleOff']);
});

test('a clock that jumps back loses nothing: what is older is left out, what is new goes on', () => {
  const { state } = run(contextOf(), [sampleOf(at('2026-11-24 09:00'), 85)]);
  const back: AlertEvent[] = [
    sampleOf(at('2026-11-24 08:55'), 95),
    { kind: 'acknowledge', at: at('2026-11-24 08:56') },
    { kind: 'time', at: at('2026-11-24 08:57') },
    sampleOf(at('2026-11-24 09:01'), 95),
  ];
  expect(tell(run(contextOf(), back, state).effects)).toEqual([
    '2026-11-24 08:56 acknowledged warning (silent)',
    '2026-11-24 09:01 recovering warning (silent)',
    '2026-11-24 09:01 cleared warning',
    '2026-11-24 09:01 closed warning cleared (silent)',
  ]);
});
