/** What a rule would have done is what it does: a replay is the live step, one sample after the other. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Axis, createAxis } from '../server/rules/axis.ts';
import { START } from '../server/rules/draft.ts';
import { compareRuns, countByDay, countFloodMinutes, listTopUnits } from '../server/rules/load.ts';
import { chooseUnits, type ReplayedEpisode, replay } from '../server/rules/replay.ts';
import { readSample, type SampleLine } from '../server/rules/sample.ts';
import type { AlertEvent, Effect } from '../server/rules/state.ts';
import { step } from '../server/rules/step.ts';
import type { Stretch } from '../server/rules/stretches.ts';
import { countBeyond, suggestLines } from '../server/rules/suggest.ts';
import { POLICY } from '../shared/alert-policy.ts';
import { createCalendar } from '../shared/calendar.ts';
import { VIETNAM_CALENDAR } from '../shared/holidays.ts';
import { isReached } from '../shared/judgement.ts';
import type { RuleBody, RuleVersion } from '../shared/rule.ts';
import { listDays, listHours } from './rules-series.ts';
import { DAY, effectiveOf, MINUTE, ruleOf } from './rules-world.ts';

const calendar = createCalendar(VIETNAM_CALENDAR);

const axisOf = (starts: readonly string[]): Axis =>
  createAxis({ grain: starts[0]?.length === 10 ? 'day' : 'hour', starts }, calendar);

function lineOf(unit: number, figures: readonly (number | null)[], cases = 100): SampleLine {
  const figure = Float64Array.from(figures, (one) => one ?? Number.NaN);
  const columns = {
    figure,
    count: new Float64Array(figure.length).fill(Number.NaN),
    cases: figure.map((one) => (Number.isNaN(one) ? 0 : cases)),
  };
  return { unit, lives: [0, figure.length], told: null, columns };
}

const always = (rule: RuleVersion, axis: Axis) => (): Stretch[] => [
  { from: axis.days[0] ?? '', effective: effectiveOf(rule) },
];

/** The same, one step after the other by the public function, its state written down and read again in between. */
function stepThrough(rule: RuleVersion, line: SampleLine, axis: Axis): Omit<ReplayedEpisode, 'worst'>[] {
  const context = { effective: effectiveOf(rule), calendar, policy: POLICY };
  const episodes: Omit<ReplayedEpisode, 'worst'>[] = [];
  let state = START;
  const write = ({ kind, at, severity }: Effect) => {
    const open = episodes.at(-1);
    if (kind === 'raised')
      episodes.push({ unit: line.unit, severity: severity ?? 'advisory', from: at, to: null });
    else if (open && kind === 'cleared') open.to = at;
    else if (open && kind === 'worsened') open.severity = state.worst ?? open.severity;
  };
  const send = (event: AlertEvent) => {
    const stepped = step(JSON.parse(JSON.stringify(state)), event, context);
    ({ state } = stepped);
    stepped.effects.forEach(write);
    if (state.response === 'unack') send({ kind: 'acknowledge', at: event.at });
  };
  for (let slot = 0; slot < axis.size; slot++) {
    const at = axis.ends[slot] ?? 0;
    send({ kind: 'sample', at, sample: readSample(line, { slot, at }) });
  }
  send({ kind: 'time', at: axis.ends[axis.size - 1] ?? 0 });
  return episodes;
}

const spans = fc.constantFrom<RuleBody['delay']>(
  { amount: 0, unit: 'minutes' },
  { amount: 90, unit: 'minutes' },
  { amount: 6, unit: 'workingHours' },
  { amount: 2, unit: 'days' },
  { amount: 1, unit: 'workingDays' },
);
const rules = fc
  .record({
    delay: spans,
    clearDelay: spans,
    deadband: fc.constantFrom(0, 3),
    votes: fc.constantFrom({ of: 1, raise: 1, clear: 1 }, { of: 3, raise: 2, clear: 2 }),
    cadence: fc.constantFrom('hour' as const, 'day' as const),
    outside: fc.constantFrom('judge' as const, 'quiet' as const, 'freeze' as const),
  })
  .map((said) => ruleOf(said));
const figure = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 60, max: 100 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Figures that stay within one level for long, as those of most units do. */
const stays = (size: number) =>
  fc
    .array(fc.tuple(fc.constantFrom(65, 72, 79, 82, 91, 94, null), fc.integer({ min: 1, max: 60 })), {
      minLength: Math.ceil(size / 20),
      maxLength: size,
    })
    .map((drawn) => {
      const all = drawn.flatMap(([level, count]) =>
        Array.from({ length: count }, (_, index) => (level === null ? null : level + (index % 3))),
      );
      return [...all, ...Array.from({ length: size }, () => 95)].slice(0, size);
    });

describe('a replay', () => {
  test.each([
    ['days', listDays('2026-01-20', 70)],
    ['hours', listHours('2026-02-10', 24 * 16)],
  ])('over %s is the step, one by one, across Tết', (_, starts) => {
    const axis = axisOf(starts);
    const figures = fc.oneof(
      fc.array(figure, { minLength: axis.size, maxLength: axis.size }),
      stays(axis.size),
    );
    fc.assert(
      fc.property(rules, figures, (rule, drawn) => {
        const line = lineOf(7, drawn);
        const order = { lines: [line], axis, from: 0, to: axis.size, stretchesOf: always(rule, axis) };
        const { episodes, evaluations } = replay(order);
        expect(episodes.map(({ worst: _, ...episode }) => episode)).toEqual(stepThrough(rule, line, axis));
        expect(evaluations).toBe(axis.size);
      }),
      { seed: 365, numRuns: 120 },
    );
  });

  test('tells episodes, time in alert, and what each day had', () => {
    const starts = listDays('2026-03-02', 8);
    const axis = axisOf(starts);
    const lines = [lineOf(1, [95, 85, 75, 95, 95, 95, 95, 95]), lineOf(2, [95, 95, 85, 85, 85, 85, 85, 85])];
    const range = { axis, from: 0, to: 8 };
    const run = replay({ ...range, lines, stretchesOf: always(ruleOf(), axis) });
    const end = (slot: number) => axis.ends[slot] ?? 0;
    expect(run.episodes).toEqual([
      { unit: 1, severity: 'major', from: end(1), to: end(3), worst: 75 },
      { unit: 2, severity: 'warning', from: end(2), to: null, worst: 85 },
    ]);
    expect(run.load).toEqual({
      ...{ episodes: 2, units: 2, alertMs: 7 * DAY, perOperatorDay: 0.25, floodMinutes: 0 },
      bySeverity: { critical: 0, major: 1, warning: 1, advisory: 0 },
    });
    expect(countByDay(run.episodes, range).map(({ raised, open }) => [raised, open])).toEqual([
      [0, 0],
      [1, 1],
      [1, 2],
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(listTopUnits(run.episodes, { ...range, count: 1 })).toEqual([
      { unit: 2, episodes: 1, alertMs: 5 * DAY },
    ]);
    const saved = run.episodes.filter(({ unit }) => unit === 2);
    expect(compareRuns(run.episodes, saved, range)).toEqual({ onlyDraft: 3, onlySaved: 0, both: 6 });
    expect(compareRuns(saved, run.episodes, range)).toEqual({ onlyDraft: 0, onlySaved: 3, both: 6 });
  });

  test('sees the worst figure of an alert that stays at its level for long', () => {
    const axis = axisOf(listDays('2026-03-02', 60));
    const figures = Array.from({ length: 60 }, (_, day) => (day < 55 ? (day === 40 ? 81 : 85) : 95));
    const order = { lines: [lineOf(1, figures)], axis, from: 0, to: 60, stretchesOf: always(ruleOf(), axis) };
    const episode = { unit: 1, severity: 'warning', from: axis.ends[0], to: axis.ends[55], worst: 81 };
    expect(replay(order).episodes).toEqual([episode]);
  });

  test('loads nobody with messages', () => {
    const axis = axisOf(listDays('2026-03-02', 2));
    const rule = ruleOf({ levels: [{ severity: 'advisory', raise: 90, count: null }] });
    const order = { lines: [lineOf(1, [80, 80])], axis, from: 0, to: 2, stretchesOf: always(rule, axis) };
    expect(replay(order).load).toMatchObject({ episodes: 1, perOperatorDay: 0, bySeverity: { advisory: 1 } });
  });

  test('ends with a unit’s life, and where another rule takes its place', () => {
    const axis = axisOf(listDays('2026-03-02', 6));
    const line = { ...lineOf(1, [80, 80, 80, 80, 80, 80]), lives: [0, 4] as const };
    const whole = { lines: [line], axis, from: 0, to: 6 };
    const [first] = replay({ ...whole, stretchesOf: always(ruleOf(), axis) }).episodes;
    expect(first).toMatchObject({ from: axis.ends[0], to: axis.ends[3] });
    const stretchesOf = (): Stretch[] => [
      { from: '2026-03-02', effective: effectiveOf(ruleOf()) },
      { from: '2026-03-04', effective: null },
    ];
    expect(replay({ ...whole, stretchesOf }).episodes).toMatchObject([{ to: axis.ends[1] }]);
  });

  test('of a sample of units says a rate for all of them', () => {
    const axis = axisOf(listDays('2026-03-02', 2));
    const order = { lines: [lineOf(1, [80, 80])], axis, from: 0, to: 2, stretchesOf: always(ruleOf(), axis) };
    expect(replay({ ...order, of: 4 }).load).toMatchObject({ episodes: 1, perOperatorDay: 2 });
    const units = Array.from({ length: 3355 }, (_, unit) => 3355 - unit);
    const chosen = chooseUnits(units, { slots: 365 });
    expect([chosen.taken, chosen.of, chosen.units.slice(0, 3)]).toEqual([671, 3355, [1, 6, 11]]);
    expect(chosen.taken * 365).toBeLessThanOrEqual(250_000);
    expect(chooseUnits(units.slice(0, 163), { slots: 365 }).taken).toBe(163);
  });
});

describe('a flood', () => {
  const minutes = (...at: number[]) => at.map((minute) => minute * MINUTE);

  test('begins with the eleventh in ten minutes and ends when fewer than five are left', () => {
    const ten = minutes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(countFloodMinutes(ten)).toBe(0);
    expect(countFloodMinutes([...ten, ...minutes(4)])).toBe(6);
    expect(countFloodMinutes([...ten, ...minutes(4, 5, 6, 7)])).toBe(6);
    expect(countFloodMinutes([...ten, ...minutes(4, 5, 6, 7, 8)])).toBe(10);
    expect(countFloodMinutes([...ten, ...minutes(10)])).toBe(0);
  });

  test('may come twice, and is counted as by looking at every minute', () => {
    const counted = (raisedAt: number[]) => {
      let [isFlood, total] = [false, 0];
      for (let minute = 0; minute < 200; minute++) {
        const count = raisedAt.filter((at) => at <= minute && minute < at + 10).length;
        isFlood = isFlood ? count >= 5 : count > 10;
        if (isFlood) total += 1;
      }
      return total;
    };
    const times = fc.array(fc.nat(120), { maxLength: 120 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, (at) => {
        expect(countFloodMinutes(minutes(...at))).toBe(counted(at));
      }),
      { seed: 10, numRuns: 400 },
    );
  });
});

describe('suggested lines', () => {
  const axis = axisOf(listDays('2026-03-02', 60));
  const wave = (unit: number) =>
    Array.from({ length: 60 }, (_, slot) => 85 + 14 * Math.sin(slot / 3 + unit) + (unit % 7) / 10);

  test.each([
    ['many', 400],
    ['few', 12],
  ])('of %s units are three, the strictest first, each with the load that its replay shows', (_, count) => {
    const lines = Array.from({ length: count }, (_, unit) => lineOf(unit, wave(unit)));
    const rule = ruleOf({ levels: ruleOf().body.levels.slice(1) });
    const range = { axis, from: 0, to: 60 };
    const run = (one: RuleVersion) => replay({ ...range, lines, stretchesOf: always(one, axis) });
    const suggestions = suggestLines({ rule, lines, ...range, days: 60, run });
    expect(suggestions).toHaveLength(3);
    const raises = suggestions.map(({ raise }) => raise);
    expect(raises).toEqual([...new Set(raises)].sort((a, b) => b - a));
    expect(raises.every((raise) => raise > 80)).toBe(true);
    for (const { raise, severity, load } of suggestions) {
      const levels = rule.body.levels.map((level) =>
        level.severity === severity ? { ...level, raise } : level,
      );
      expect(load).toEqual(run(ruleOf({ levels })).load);
    }
  });

  test('of a count are whole numbers from 1 on', () => {
    const few = (unit: number) => Array.from({ length: 60 }, (_, slot) => (slot * 7 + unit) % 3);
    const lines = Array.from({ length: 12 }, (_, unit) => lineOf(unit, few(unit)));
    const levels: RuleVersion['body']['levels'] = [{ severity: 'warning', raise: 2, count: null }];
    const condition = { kind: 'level', indicator: 'HS03', window: 'month' } as const;
    const rule = ruleOf({ condition, direction: 'above', levels, minimum: 0 });
    const range = { axis, from: 0, to: 60 };
    const run = (one: RuleVersion) => replay({ ...range, lines, stretchesOf: always(one, axis) });
    const raises = suggestLines({ rule, lines, ...range, days: 60, run }).map(({ raise }) => raise);
    expect(raises.length).toBeGreaterThan(0);
    expect(raises.every((raise) => Number.isInteger(raise) && raise >= 1)).toBe(true);
  });

  test('are chosen by how often each is passed, and by how many figures lie beyond', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 30 });
    const drawn = fc.record({
      direction: fc.constantFrom('below' as const, 'above' as const),
      lines: fc.uniqueArray(fc.integer({ min: -1, max: 13 }), { maxLength: 8 }),
      units: fc.array(numbers, { maxLength: 5 }),
    });
    const property = fc.property(drawn, ({ direction, lines, units }) => {
      const candidates = lines.sort((a, b) => (direction === 'below' ? b - a : a - b));
      const judged = units.map((figures) => Float64Array.from(figures));
      const isPast = (limit: number) => (figure: number) => isReached(direction, figure, limit);
      const counted = candidates.map((limit) => ({
        onsets: units
          .map((figures) => figures.map(isPast(limit)))
          .flatMap((past) => past.filter((isNow, index) => isNow && !past[index - 1])).length,
        beyond: units.flat().filter(isPast(limit)).length,
      }));
      expect(countBeyond(direction, { candidates, judged })).toEqual(counted);
    });
    fc.assert(property, { seed: 48, numRuns: 300 });
  });

  test('of nothing are none', () => {
    const order = { rule: ruleOf(), lines: [lineOf(1, [null, null])], from: 0, to: 2, days: 2 };
    const run = () => {
      throw new Error('nothing to run');
    };
    expect(suggestLines({ ...order, run })).toEqual([]);
  });
});
