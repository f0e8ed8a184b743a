/** A rule as a sentence: pieces of text and slots for its parts, and the whole of it in words. Pure. */
import { findIndicator } from '../../shared/catalogue.ts';
import { MEASURES, type MeasureId } from '../../shared/measure.ts';
import type { Condition, ConditionOf, Level, RuleBody, Span } from '../../shared/rule.ts';
import { readsCount } from '../../shared/rule-bounds.ts';
import type { Language } from '../words/words.ts';

/** The parts of a rule that stand in its sentence. */
export const SLOTS = [
  ...([
    'severity',
    'indicator',
    'window',
    'levels',
    'unit',
    'direction',
    'raise',
    'delay',
    'minimum',
  ] as const),
  ...(['noun', 'worse', 'against', 'within', 'target', 'by', 'span', 'days', 'weeks', 'grain'] as const),
  ...(['left', 'right', 'rule'] as const),
] as const;
export type Slot = (typeof SLOTS)[number];

/** A stretch of a sentence: a text as it stands, or the place of a part. */
export type Piece = { text: string } | { slot: Slot };

/** A sentence with places in brackets, in pieces. */
export function parseSentence(sentence: string): Piece[] {
  return sentence.split(/\[(\w+)\]/).flatMap((part, index): Piece[] => {
    if (index % 2 === 0) return part === '' ? [] : [{ text: part }];
    const slot = SLOTS.find((known) => known === part);
    return slot ? [{ slot }] : [{ text: `[${part}]` }];
  });
}

/** Whether the figure of a condition is a rate or the like of so many cases, few of which say nothing. */
export function hasCases(condition: Condition): boolean {
  if (!('indicator' in condition)) return false;
  return findIndicator(condition.indicator)?.denominator !== null;
}

/**
 * Of which thresholds of a rule the fewest cases hold: a share of few cases says nothing, a count is never too few. `plain`:
 * its figure is of no cases.
 */
export function casesOf({
  condition,
  levels,
}: Pick<RuleBody, 'condition' | 'levels'>): 'plain' | 'all' | 'share' | 'none' {
  if (!hasCases(condition)) return 'plain';
  if (levels.every(({ count }) => count === null)) return 'all';
  return levels.some(({ raise }) => raise !== null) ? 'share' : 'none';
}

/** The sentence of a rule, in pieces, in the language of the screen. */
export function sentenceOf(body: Pick<RuleBody, 'condition' | 'levels'>, t: Language['t']): Piece[] {
  return parseSentence(t(`rules.sentence.${body.condition.kind}`) + t(`rules.tail.${casesOf(body)}`));
}

/** What stands behind a threshold of a condition: `%`, `hồ sơ`; nothing where it has no unit. */
export function unitOfFigure(condition: Condition, { t, say }: Pick<Language, 't' | 'say'>): string {
  const indicator = 'indicator' in condition ? findIndicator(condition.indicator) : undefined;
  switch (condition.kind) {
    case 'level':
    case 'projection':
      if (indicator?.unit === 'percent') return '%';
      return indicator?.unit === 'days' ? t('rules.workingDays') : indicator ? say(indicator.noun) : '';
    case 'change':
      return indicator?.unit === 'percent' ? t('rules.in') : '%';
    case 'pace':
      return '%';
    case 'outlier':
    case 'anomaly':
      return t('rules.deviations');
    case 'leadTime':
    case 'backlog':
      return t('rules.dossiers');
    case 'repeated':
      return t('rules.episodes');
    case 'certificate':
      return t('rules.days');
    default:
      return '';
  }
}

/** Whether the numerator of a rule's indicator is read, and judged, as a count besides its rate. */
export function isCounted({ condition, levels }: Pick<RuleBody, 'condition' | 'levels'>): boolean {
  if (levels.some(({ count }) => count !== null)) return true;
  return readsCount(condition) && hasCases(condition);
}

/** How names that a rule only points to are written. */
export type Telling = Pick<Language, 't' | 'say' | 'format'> & {
  nameUnit: (ref: string) => string;
  nameRule: (id: string) => string;
};

/** A number as a threshold is written: with as many decimals as it has, at most three. */
export function writeNumber(value: number, { format }: Pick<Telling, 'format'>): string {
  const text = String(Math.round(value * 1000) / 1000);
  return format.lang === 'vi' ? text.replace('.', ',') : text;
}

/** Whether the figure of a condition is a state of a feed or a system: a word, not an amount. */
export function tellsState(condition: Condition): condition is ConditionOf<'silence' | 'system'> {
  return condition.kind === 'silence' || condition.kind === 'system';
}

/** A threshold with its unit; of a feed or a system the word of its state. */
export function writeThreshold(value: number, condition: Condition, telling: Telling): string {
  const { t } = telling;
  if (tellsState(condition)) return t(`rules.${condition.kind}.${value > 1 ? '2' : '1'}`);
  const unit = unitOfFigure(condition, telling);
  const number = writeNumber(value, telling);
  return unit === '' ? number : t('rules.amount', { amount: number, unit });
}

/** A threshold that is a count of what the rate of a condition is of: `10 hồ sơ`. */
export function writeCount(value: number, condition: Condition, telling: Telling): string {
  const { t, say } = telling;
  const indicator = 'indicator' in condition ? findIndicator(condition.indicator) : undefined;
  const unit = indicator ? say(indicator.noun) : t('rules.dossiers');
  return t('rules.amount', { amount: writeNumber(value, telling), unit });
}

/** A threshold of a rule's figure, or of the count beside it, with its unit. */
export function writeLimit(
  value: number,
  { condition, key }: Pick<RuleBody, 'condition'> & { key: 'raise' | 'count' },
  telling: Telling,
): string {
  return key === 'raise' ? writeThreshold(value, condition, telling) : writeCount(value, condition, telling);
}

/** What stands before a threshold by count: alone, or behind that of the share. */
export function wordCountFrom(
  { raise, direction }: Pick<Level, 'raise'> & Pick<RuleBody, 'direction'>,
  { t }: Pick<Telling, 't'>,
): string {
  if (direction === 'below') return t(raise === null ? 'rules.direction.below' : 'rules.orCountBelow');
  return t(raise === null ? 'rules.countFrom' : 'rules.orCount');
}

/** Where a level begins: `thấp hơn 90 %`, `lên tới 5 % hoặc từ 10 hồ sơ`. */
export function wordLimit(
  { raise, count }: Pick<Level, 'raise' | 'count'>,
  body: Pick<RuleBody, 'condition' | 'direction'>,
  telling: Telling,
): string {
  const { t } = telling;
  const { condition, direction } = body;
  const word = tellsState(condition) ? '' : `${t(`rules.direction.${direction}`)} `;
  const parts: string[] = [];
  if (raise !== null) parts.push(`${word}${writeThreshold(raise, condition, telling)}`);
  if (count !== null) {
    parts.push(`${wordCountFrom({ raise, direction }, telling)} ${writeCount(count, condition, telling)}`);
  }
  return parts.join(' ') || t('rules.empty');
}

/** A figure that reached a level; where that may be the rate or the count beside it, without a unit. */
export function writeReached(
  value: number,
  body: Pick<RuleBody, 'condition' | 'levels'>,
  telling: Telling,
): string {
  return isCounted(body) ? writeNumber(value, telling) : writeThreshold(value, body.condition, telling);
}

/** A length of time in words. */
export function wordSpan({ amount, unit }: Span, telling: Telling): string {
  const { t } = telling;
  return t('rules.amount', { amount: writeNumber(amount, telling), unit: t(`rules.unit.${unit}`) });
}

/** A weighted sum of measures in words: `Tiếp nhận + 2 × Rút hồ sơ`. */
export function wordTerms(terms: Partial<Record<MeasureId, number>>, telling: Telling): string {
  const parts = Object.entries(terms).map(([id, weight], index) => {
    const name = telling.say(MEASURES[id as MeasureId].words);
    const size = Math.abs(weight) === 1 ? name : `${Math.abs(weight)} × ${name}`;
    if (index === 0) return weight < 0 ? `−${size}` : size;
    return `${weight < 0 ? '−' : '+'} ${size}`;
  });
  return parts.join(' ') || telling.t('rules.term.empty');
}

function wordWorse(body: RuleBody, telling: Telling): string {
  const { t } = telling;
  const worse = body.levels.slice(0, -1).reverse();
  const words = worse.map((level) =>
    t('rules.worse', {
      level: t(`alertSeverity.${level.severity}`).toLocaleLowerCase(telling.format.lang),
      limit: wordLimit(level, body, telling),
    }),
  );
  return words.map((word) => t('rules.worseMark') + word).join('');
}

function wordRaise(body: RuleBody, telling: Telling): string {
  const least = body.levels.at(-1);
  if (!least) return '';
  const text = wordLimit(least, body, telling);
  // The direction has a place of its own in the sentence.
  const word = `${telling.t(`rules.direction.${body.direction}`)} `;
  return text.startsWith(word) ? text.slice(word.length) : text;
}

type Wording = (body: RuleBody, telling: Telling) => string;

const wordIndicator: Wording = ({ condition }, { say }) => {
  const indicator = 'indicator' in condition ? findIndicator(condition.indicator) : undefined;
  return indicator ? say(indicator.words) : '';
};

const WORDS: Record<Slot, Wording> = {
  severity: ({ levels }, { t }) => t(`alertSeverity.${levels.at(-1)?.severity ?? 'warning'}`),
  indicator: wordIndicator,
  window: ({ condition }, { t }) => ('window' in condition ? t(`rules.window.${condition.window}`) : ''),
  span: ({ condition }, { t }) =>
    condition.kind === 'projection' ? t(`rules.span.${condition.window}`) : '',
  levels: ({ scope }, { t }) =>
    scope.levels.length === 0
      ? t('rules.level.any')
      : scope.levels.map((level) => t(`rules.level.${level}`)).join(t('rules.levelAnd')),
  unit: ({ scope }, { t, nameUnit }) => (scope.unit === null ? t('rules.everywhere') : nameUnit(scope.unit)),
  direction: ({ direction, levels }, { t }) =>
    levels.at(-1)?.raise === null ? '' : t(`rules.direction.${direction}`),
  raise: wordRaise,
  delay: ({ delay }, telling) =>
    delay.amount === 0
      ? telling.t('rules.atOnce')
      : `${telling.t('rules.lasts')} ${wordSpan(delay, telling)}`,
  minimum: ({ minimum }, telling) => writeNumber(minimum, telling),
  noun: ({ condition }, { say, t }) => {
    const indicator = 'indicator' in condition ? findIndicator(condition.indicator) : undefined;
    return indicator ? say(indicator.noun) : t('rules.dossiers');
  },
  worse: wordWorse,
  against: ({ condition }, { t }) =>
    condition.kind === 'change' ? t(`rules.against.${condition.against}`) : '',
  within: ({ condition }, telling) =>
    condition.kind === 'leadTime' ? writeNumber(condition.within, telling) : '',
  target: ({ condition }, telling) => {
    if (condition.kind !== 'pace') return '';
    return writeThreshold(condition.target, { ...condition, kind: 'level' }, telling);
  },
  by: ({ condition }, { format }) => (condition.kind === 'pace' ? format.day(condition.by) : ''),
  days: ({ condition }, telling) => ('days' in condition ? writeNumber(condition.days, telling) : ''),
  weeks: ({ condition }, telling) =>
    condition.kind === 'anomaly' ? writeNumber(condition.weeks, telling) : '',
  grain: ({ condition }, { t }) => (condition.kind === 'anomaly' ? t(`rules.grain.${condition.grain}`) : ''),
  left: ({ condition }, telling) => (condition.kind === 'identity' ? wordTerms(condition.left, telling) : ''),
  right: ({ condition }, telling) =>
    condition.kind === 'identity' ? wordTerms(condition.right, telling) : '',
  rule: ({ condition }, { nameRule }) => (condition.kind === 'repeated' ? nameRule(condition.rule) : ''),
};

/** One part of a rule in words, as it stands in the sentence. */
export function wordSlot(slot: Slot, body: RuleBody, telling: Telling): string {
  return WORDS[slot](body, telling);
}

/** A rule as one sentence. */
export function wordRule(body: RuleBody, telling: Telling): string {
  const pieces = sentenceOf(body, telling.t);
  const text = pieces.map((piece) => ('text' in piece ? piece.text : wordSlot(piece.slot, body, telling)));
  return text
    .join('')
    .replace(/ {2,}/g, ' ')
    .replace(/ ([,.;])/g, '$1');
}
