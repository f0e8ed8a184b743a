/** A rule while it is written: how its parts change together, what is wrong where, what differs from another. Pure. */
import { findIndicator } from '../../shared/catalogue.ts';
import { addDays } from '../../shared/period.ts';
import {
  ALERT_SEVERITIES,
  type AlertSeverity,
  type Condition,
  type ConditionOf,
  indicatorOf,
  type Level,
  type RuleBody,
} from '../../shared/rule.ts';
import { type Bounds, boundsOfRaise, COUNT_BOUNDS, RuleDraft } from '../../shared/rule-bounds.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import type { Words } from '../../shared/words.ts';
import type { PlainKey } from '../words/words.ts';

/** The kinds of conditions, in the order in which they are offered. */
export const KINDS = [
  ...(['level', 'change', 'leadTime', 'pace', 'projection', 'backlog'] as const),
  ...(['outlier', 'anomaly', 'silence', 'system', 'certificate', 'identity', 'repeated'] as const),
] as const satisfies readonly Condition['kind'][];

const FIRST = 'TT02';

/** A rule that says little yet: the indicator people read first, falling below 90 %, in a unit's subtree. */
export function startDraft(unit: string | null): RuleBody {
  return {
    name: { vi: '', en: '' },
    condition: { kind: 'level', indicator: FIRST, window: 'month' },
    scope: { unit, levels: [] },
    direction: 'below',
    levels: [
      { severity: 'critical', raise: 70, count: null },
      { severity: 'major', raise: 80, count: null },
      { severity: 'warning', raise: 90, count: null },
    ],
    ...{ minimum: 30, deadband: 1, delay: { amount: 0, unit: 'minutes' } },
    clearDelay: { amount: 4, unit: 'workingHours' },
    votes: { of: 1, raise: 1, clear: 1 },
    ...{ cadence: 'change', outside: 'judge', partialBelow: 0, inherit: 'free' },
    consequence: { vi: '', en: '' },
    action: { vi: '', en: '' },
    isEnabled: true,
  };
}

/** A condition of another kind that keeps what both say: the indicator, the window. */
export function turnKind(condition: Condition, kind: Condition['kind'], today: string): Condition {
  const indicator = 'indicator' in condition ? condition.indicator : FIRST;
  const window = 'window' in condition ? condition.window : 'month';
  const span = window === 'quarter' || window === 'year' ? window : 'month';
  const target = findIndicator(indicator)?.target ?? 100;
  const made: { [K in Condition['kind']]: ConditionOf<K> } = {
    level: { kind: 'level', indicator, window },
    change: { kind: 'change', indicator, window, against: 'previous' },
    leadTime: { kind: 'leadTime', within: 24 },
    pace: { kind: 'pace', indicator, window, target, by: `${today.slice(0, 4)}-12-31` },
    projection: { kind: 'projection', indicator, window: span },
    backlog: { kind: 'backlog', days: 5 },
    outlier: { kind: 'outlier', indicator, window },
    anomaly: { kind: 'anomaly', indicator, grain: 'day', weeks: 12 },
    silence: { kind: 'silence' },
    system: { kind: 'system' },
    certificate: { kind: 'certificate' },
    identity: { kind: 'identity', left: { received: 1 }, right: { receivedOnline: 1 }, window },
    repeated: { kind: 'repeated', rule: FIRST, days: 30 },
  };
  return made[kind];
}

type Shape = Pick<RuleBody, 'direction' | 'levels' | 'deadband' | 'minimum'>;

const line = (severity: AlertSeverity, raise: number): Level => ({ severity, raise, count: null });

/** Where the thresholds of a kind begin when it is chosen: of another kind they mean something else. */
export function shapeOf(condition: Condition): Shape {
  const above = (critical: number, major: number, warning: number): Shape => ({
    direction: 'above',
    levels: [line('critical', critical), line('major', major), line('warning', warning)],
    deadband: 0,
    minimum: 30,
  });
  switch (condition.kind) {
    case 'level':
    case 'projection':
      return shapeOfIndicator(condition.indicator);
    case 'change':
    case 'pace':
      return {
        ...above(0, 0, 0),
        direction: 'below',
        levels:
          condition.kind === 'pace'
            ? [line('major', 60), line('warning', 80)]
            : [line('major', -10), line('warning', -5)],
      };
    case 'leadTime':
    case 'backlog':
      return { ...above(50, 20, 10), minimum: 0 };
    case 'outlier':
    case 'anomaly':
      return { ...above(0, 0, 0), levels: [line('major', 5), line('warning', 3.5)] };
    case 'silence':
    case 'system':
      return { ...above(0, 0, 0), levels: [line('major', 2), line('warning', 1)], minimum: 0 };
    case 'certificate':
      return {
        ...{ direction: 'below', deadband: 0, minimum: 0 },
        levels: [line('major', 3), line('warning', 14), line('advisory', 30)],
      };
    case 'identity':
      return { ...above(0, 0, 0), levels: [line('warning', 1)], minimum: 0 };
    case 'repeated':
      return { ...above(0, 0, 0), levels: [line('major', 5), line('warning', 3)], minimum: 0 };
  }
}

/** The thresholds that are shipped for an indicator; of one that has none a line to begin with. */
function shapeOfIndicator(id: string): Shape {
  const shipped = SHIPPED_RULES.find(
    ({ body }) => body.condition.kind === 'level' && body.condition.indicator === id,
  );
  if (shipped) {
    const { direction, levels, deadband, minimum } = shipped.body;
    return { direction, levels, deadband, minimum };
  }
  const indicator = findIndicator(id);
  const isGood = indicator?.direction === 'up';
  return {
    direction: isGood ? 'below' : 'above',
    levels: [line('warning', isGood ? 80 : 100)],
    deadband: indicator?.unit === 'percent' ? 1 : 0,
    minimum: indicator?.denominator === null ? 0 : 30,
  };
}

/** Every level with a threshold changed, by its place. */
export function changeLevel(levels: readonly Level[], place: number, part: Partial<Level>): Level[] {
  return levels.map((level, index) => (index === place ? { ...level, ...part } : level));
}

/** One more level, the least severe that is not there yet, a little further than those beside it. */
export function addLevel({
  condition,
  levels,
  direction,
}: Pick<RuleBody, 'condition' | 'levels' | 'direction'>): Level[] {
  const severity = [...ALERT_SEVERITIES]
    .reverse()
    .find((one) => !levels.some((level) => level.severity === one));
  if (!severity) return [...levels];
  const order = (level: Level) => ALERT_SEVERITIES.indexOf(level.severity);
  const worse = levels.filter((level) => order(level) < ALERT_SEVERITIES.indexOf(severity)).at(-1);
  const milder = levels.find((level) => order(level) > ALERT_SEVERITIES.indexOf(severity));
  const sign = direction === 'below' ? 1 : -1;
  const beside = (key: 'raise' | 'count') => {
    const [from, to] = [worse?.[key] ?? null, milder?.[key] ?? null];
    const settle = (value: number) => fitIn(value, boundsOfKey(condition, key));
    if (from !== null && to !== null) return settle((from + to) / 2);
    const step = Math.max(1, Math.abs(from ?? to ?? 0) / 10);
    if (from !== null) return settle(Math.round((from + sign * step) * 10) / 10);
    return to === null ? null : settle(Math.round((to - sign * step) * 10) / 10);
  };
  const made: Level = { severity, raise: beside('raise'), count: beside('count') };
  return [...levels, made].sort((a, b) => order(a) - order(b));
}

/** Which of a level's two thresholds: of the figure, or of the count beside it. */
export type LimitKey = 'raise' | 'count';

/** Which numbers one of the thresholds of a condition can be. */
export function boundsOfKey(condition: Condition, key: LimitKey): Bounds {
  return key === 'count' ? COUNT_BOUNDS : boundsOfRaise(condition);
}

/** The number nearest to another that a threshold can be. */
export function fitIn(value: number, { least, most, isWhole }: Bounds): number {
  const whole = isWhole ? Math.round(value) : value;
  return Math.min(most ?? whole, Math.max(least ?? whole, whole));
}

/** How far a level's threshold may be moved: not past the levels beside it. */
export function boundsOf(
  { levels, direction }: Pick<RuleBody, 'levels' | 'direction'>,
  { place, key }: { place: number; key: LimitKey },
): { least: number; most: number } {
  const worse = levels.slice(0, place).findLast((level) => level[key] !== null)?.[key] ?? null;
  const milder = levels.slice(place + 1).find((level) => level[key] !== null)?.[key] ?? null;
  const [low, high] = direction === 'below' ? [worse, milder] : [milder, worse];
  return { least: low ?? Number.NEGATIVE_INFINITY, most: high ?? Number.POSITIVE_INFINITY };
}

/** What is wrong at one place of a draft: a text by name, with the limit it speaks of. */
export type Fault =
  | { word: Extract<PlainKey, `rules.fault.${string}`> }
  | {
      word: 'rules.fault.least' | 'rules.fault.most' | 'rules.fault.more' | 'rules.fault.long';
      limit: number;
    };

/** Faults by the path of the place, as `levels.0.raise`. */
export type Faults = ReadonlyMap<string, Fault>;

const TOLD: Record<string, Fault> = {
  'name each severity once, the worst first': { word: 'rules.fault.once' },
  'a worse level lies further in the direction of the rule': { word: 'rules.fault.order' },
  'a level has a threshold': { word: 'rules.fault.threshold' },
  'more votes than samples': { word: 'rules.fault.votes' },
  'is no threshold here: the rule reads no count': { word: 'rules.fault.noCount' },
};

type Issue = NonNullable<ReturnType<typeof RuleDraft.safeParse>['error']>['issues'][number];

function faultOf(issue: Issue): Fault {
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return { word: 'rules.fault.text' };
    const limit = Number(issue.minimum);
    return { word: issue.inclusive === false ? 'rules.fault.more' : 'rules.fault.least', limit };
  }
  if (issue.code === 'too_big') {
    const limit = Number(issue.maximum);
    return { word: issue.origin === 'string' ? 'rules.fault.long' : 'rules.fault.most', limit };
  }
  if (issue.code === 'invalid_type') {
    return { word: issue.expected === 'int' ? 'rules.fault.whole' : 'rules.fault.number' };
  }
  if (issue.code === 'invalid_format') return { word: 'rules.fault.day' };
  if (issue.code === 'custom') return TOLD[issue.message] ?? { word: 'rules.fault.choose' };
  return { word: 'rules.fault.other' };
}

const textsOf = (own: Words, usual: Words | undefined): Words => {
  const [vi, en] = [own.vi.trim(), own.en.trim()];
  if (vi === '' && en === '') return usual ?? own;
  return { vi: vi === '' ? own.en : own.vi, en: en === '' ? own.vi : own.en };
};

/** A draft with every text: what one language leaves out is that of the other, and what both do that of the shipped rule. */
export function completeTexts(draft: RuleBody): RuleBody {
  const indicator = indicatorOf(draft.condition);
  const shipped = SHIPPED_RULES.find(
    ({ body: { condition, direction } }) =>
      condition.kind === draft.condition.kind &&
      indicatorOf(condition) === indicator &&
      direction === draft.direction,
  )?.body;
  return {
    ...draft,
    name: textsOf(draft.name, undefined),
    consequence: textsOf(draft.consequence, shipped?.consequence),
    action: textsOf(draft.action, shipped?.action),
  };
}

/** A draft read by the contract: the rule it is, or what is wrong where. */
export function readDraft(draft: RuleBody): { body: RuleBody | null; faults: Faults } {
  const read = RuleDraft.safeParse(draft);
  if (read.success) return { body: read.data, faults: new Map() };
  const faults = new Map<string, Fault>();
  for (const issue of read.error.issues) {
    const path = issue.path.join('.');
    if (!faults.has(path)) faults.set(path, faultOf(issue));
  }
  return { body: null, faults };
}

const UNSAID = { vi: '…', en: '…' };
const UNSAID_TEXTS = { name: UNSAID, consequence: UNSAID, action: UNSAID };

/** The rule a draft is but for its texts, which change nothing of what it would have done; null while it is none. */
export function readJudged(draft: RuleBody): RuleBody | null {
  const { name, consequence, action } = UNSAID_TEXTS;
  return readDraft({ ...draft, name, consequence, action }).body;
}

/** The day an override ends when nobody says another: 90 days on. */
export function endOfOverride(today: string): string {
  return addDays(today, 90);
}
