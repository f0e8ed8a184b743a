/** Rules, samples and instants for the tests of early warning. */
import { START, type StepContext } from '../server/rules/draft.ts';
import type { AlertEvent, AlertState, Effect, Sample } from '../server/rules/state.ts';
import { step } from '../server/rules/step.ts';
import { POLICY } from '../shared/alert-policy.ts';
import { createCalendar } from '../shared/calendar.ts';
import type { EffectiveRule } from '../shared/effective.ts';
import { VIETNAM_CALENDAR } from '../shared/holidays.ts';
import { isoOf } from '../shared/period.ts';
import { RuleBody, type RuleVersion } from '../shared/rule.ts';
import { ZONE } from './server/world.ts';

export const calendar = createCalendar(VIETNAM_CALENDAR);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** A rule: TT02 of the month below 90, 80 and 70, without delays, votes or deadband; but for what is said. */
export function ruleOf(said: Partial<RuleBody> = {}, id = 'rule'): RuleVersion {
  const body = RuleBody.parse({
    name: { vi: 'Luật', en: 'Rule' },
    condition: { kind: 'level', indicator: 'TT02', window: 'month' },
    scope: { unit: null, levels: [] },
    direction: 'below',
    levels: [
      { severity: 'critical', raise: 70 },
      { severity: 'major', raise: 80 },
      { severity: 'warning', raise: 90 },
    ],
    minimum: 30,
    deadband: 0,
    delay: { amount: 0, unit: 'minutes' },
    clearDelay: { amount: 0, unit: 'minutes' },
    votes: { of: 1, raise: 1, clear: 1 },
    cadence: 'change',
    outside: 'judge',
    partialBelow: 0,
    inherit: 'free',
    consequence: { vi: 'Hậu quả', en: 'Consequence' },
    action: { vi: 'Việc cần làm', en: 'Action' },
    isEnabled: true,
    ...said,
  });
  return { id, version: 1, unit: null, body };
}

/** A rule as it judges where nothing overrides it. */
export function effectiveOf(rule: RuleVersion): EffectiveRule {
  const levels = rule.body.levels.map((level) => ({ ...level, delay: level.delay ?? rule.body.delay }));
  return { rule, levels, minimum: rule.body.minimum, isOff: !rule.body.isEnabled };
}

/** What a rule is stepped by. */
export function contextOf(said: Partial<RuleBody> = {}): StepContext {
  return { effective: effectiveOf(ruleOf(said)), calendar, policy: POLICY };
}

/** A sample of a percentage over many cases. */
export function sampleOf(at: number, figure: number | null, said: Partial<Sample> = {}): AlertEvent {
  const sample: Sample = { at, figure, count: null, cases: 100, quality: 'fresh', told: null, ...said };
  return { kind: 'sample', at, sample };
}

/** A state, and everything that came of the events that led to it. */
export type Run = { state: AlertState; effects: Effect[]; nextAt: number | null };

/** Steps through events in the order given. */
export function run(context: StepContext, events: readonly AlertEvent[], from: AlertState = START): Run {
  let state = from;
  let nextAt: number | null = null;
  const effects: Effect[] = [];
  for (const event of events) {
    const stepped = step(state, event, context);
    state = stepped.state;
    nextAt = stepped.nextAt;
    effects.push(...stepped.effects);
  }
  return { state, effects, nextAt };
}

/** Effects as lines: local time, kind, severity, and whether nobody is told. */
export function tell(effects: readonly Effect[]): string[] {
  return effects.map(({ at, kind, severity, isSilent, reason }) => {
    const when = isoOf(at, ZONE).slice(0, 16).replace('T', ' ');
    return [when, kind, severity, reason, isSilent ? '(silent)' : null].filter(Boolean).join(' ');
  });
}
