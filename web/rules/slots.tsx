/** One control for each part of a rule's sentence. */
import { useId } from 'react';
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import { ALERT_SEVERITIES, type Condition, type ConditionOf, Window } from '../../shared/rule.ts';
import { readsCount } from '../../shared/rule-bounds.ts';
import { useIndicatorChoices } from '../panels/indicator-chooser.tsx';
import { useLanguage } from '../words/words.ts';
import { changeLevel, shapeOf } from './draft.ts';
import { useDraft } from './drafting.ts';
import { ChoiceField, FaultNote, NumberField, SelectField, SpanField, useFaultWords } from './fields.tsx';
import { LevelLimit, WorseLevels } from './level-fields.tsx';
import { DirectionSlot, LevelsSlot, UnitSlot } from './scope-slots.tsx';
import type { Slot } from './sentence.ts';
import { unitOfFigure, wordSlot } from './sentence.ts';
import { TermsField } from './terms-field.tsx';

type OfKinds<K extends Condition['kind']> = { kinds: readonly K[] };

/** The draft's condition, where it is of one of some kinds, and how to change it. */
function useCondition<K extends Condition['kind']>({ kinds }: OfKinds<K>) {
  const { draft, change } = useDraft();
  const { condition } = draft;
  const isOf = (kinds as readonly string[]).includes(condition.kind);
  return {
    condition: isOf ? (condition as ConditionOf<K>) : null,
    set: (part: object) => change({ condition: { ...condition, ...part } as Condition }),
  };
}

function SeveritySlot() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  const place = draft.levels.length - 1;
  const severity = draft.levels[place]?.severity ?? 'warning';
  return (
    <SelectField
      label={t('rules.label.severity')}
      path={`levels.${place}.severity`}
      value={severity}
      options={ALERT_SEVERITIES.map((one) => ({ value: one, word: t(`alertSeverity.${one}`) }))}
      onChange={(next) => change({ levels: changeLevel(draft.levels, place, { severity: next }) })}
    />
  );
}

const WITH_INDICATOR = ['level', 'change', 'pace', 'projection', 'outlier', 'anomaly'] as const;

function IndicatorSlot() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  const { condition } = useCondition({ kinds: WITH_INDICATOR });
  const groups = useIndicatorChoices(INDICATORS);
  if (!condition) return null;
  const choose = (id: string) => {
    const next = { ...condition, indicator: id };
    const isShared = findIndicator(id)?.unit === findIndicator(condition.indicator)?.unit;
    const isLevel = condition.kind === 'level' || condition.kind === 'projection';
    // Thresholds of a rate mean nothing for a count, and those of a good rate nothing for a bad one.
    const isOther =
      isLevel &&
      (!isShared || findIndicator(id)?.direction !== findIndicator(condition.indicator)?.direction);
    // A count that the other indicator does not read would be a threshold that nothing reaches.
    const isUncounted = !readsCount(next) && draft.levels.some(({ count }) => count !== null);
    change({ condition: next, ...((isOther || isUncounted) && shapeOf(next)) });
  };
  return (
    <ChoiceField
      label={t('rules.label.indicator')}
      path="condition.indicator"
      value={condition.indicator}
      groups={groups}
      onChange={(id) => (draft.condition === condition ? choose(id) : undefined)}
    />
  );
}

function WindowSlot() {
  const { t } = useLanguage();
  const { condition, set } = useCondition({ kinds: ['level', 'change', 'pace', 'outlier', 'identity'] });
  if (!condition) return null;
  return (
    <SelectField
      label={t('rules.label.window')}
      path="condition.window"
      value={condition.window}
      options={Window.options.map((one) => ({ value: one, word: t(`rules.window.${one}`) }))}
      onChange={(window) => set({ window })}
    />
  );
}

function SpanSlot() {
  const { t } = useLanguage();
  const { condition, set } = useCondition({ kinds: ['projection'] });
  if (!condition) return null;
  return (
    <SelectField
      label={t('rules.label.span')}
      path="condition.window"
      value={condition.window}
      options={(['month', 'quarter', 'year'] as const).map((one) => ({
        value: one,
        word: t(`rules.span.${one}`),
      }))}
      onChange={(window) => set({ window })}
    />
  );
}

function DelaySlot() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  return (
    <>
      {t('rules.lasts')}{' '}
      <SpanField
        label={t('rules.label.delay')}
        path="delay"
        value={draft.delay}
        onChange={(delay) => change({ delay })}
      />
    </>
  );
}

function MinimumSlot() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  return (
    <NumberField
      label={t('rules.label.minimum')}
      path="minimum"
      value={draft.minimum}
      onChange={(minimum) => change({ minimum: minimum ?? Number.NaN })}
    />
  );
}

function AgainstSlot() {
  const { t } = useLanguage();
  const { condition, set } = useCondition({ kinds: ['change'] });
  if (!condition) return null;
  return (
    <SelectField
      label={t('rules.label.against')}
      path="condition.against"
      value={condition.against}
      options={(['previous', 'sameWeekday', 'previousYear'] as const).map((one) => ({
        value: one,
        word: t(`rules.against.${one}`),
      }))}
      onChange={(against) => set({ against })}
    />
  );
}

function GrainSlot() {
  const { t } = useLanguage();
  const { condition, set } = useCondition({ kinds: ['anomaly'] });
  if (!condition) return null;
  return (
    <SelectField
      label={t('rules.label.grain')}
      path="condition.grain"
      value={condition.grain}
      options={(['hour', 'day'] as const).map((one) => ({ value: one, word: t(`rules.grain.${one}`) }))}
      onChange={(grain) => set({ grain })}
    />
  );
}

function BySlot() {
  const { t } = useLanguage();
  const note = useId();
  const words = useFaultWords('condition.by');
  const { condition, set } = useCondition({ kinds: ['pace'] });
  if (!condition) return null;
  return (
    <span className="slot" data-wrong={words !== null || undefined}>
      <input
        type="date"
        aria-label={t('rules.label.by')}
        aria-invalid={words !== null}
        aria-describedby={words === null ? undefined : note}
        value={condition.by}
        onChange={(event) => set({ by: event.target.value })}
      />
      <FaultNote path="condition.by" id={note} />
    </span>
  );
}

function RuleSlot() {
  const { rules, telling } = useDraft();
  const { t, say } = useLanguage();
  const { condition, set } = useCondition({ kinds: ['repeated'] });
  if (!condition) return null;
  const known = rules.map(({ id, current }) => ({ value: id, word: say(current.body.name) }));
  const isKnown = known.some(({ value }) => value === condition.rule);
  const own = { value: condition.rule, word: telling.nameRule(condition.rule) };
  return (
    <SelectField
      label={t('rules.label.rule')}
      path="condition.rule"
      value={condition.rule}
      options={isKnown ? known : [own, ...known]}
      onChange={(rule) => set({ rule })}
    />
  );
}

type AmountProps = { field: 'within' | 'target' | 'days' | 'weeks' };

/** A number of the condition itself. */
function AmountSlot({ field }: AmountProps) {
  const { draft, change } = useDraft();
  const language = useLanguage();
  const { condition } = draft;
  const value = (condition as Partial<Record<AmountProps['field'], number>>)[field];
  if (value === undefined) return null;
  const suffix =
    field === 'target' && condition.kind === 'pace'
      ? unitOfFigure({ kind: 'level', indicator: condition.indicator, window: condition.window }, language)
      : undefined;
  return (
    <NumberField
      label={language.t(`rules.label.${field}`)}
      path={`condition.${field}`}
      value={value}
      onChange={(next) => change({ condition: { ...condition, [field]: next ?? Number.NaN } as Condition })}
      {...(suffix !== undefined && { suffix })}
    />
  );
}

function RaiseSlot() {
  const { draft } = useDraft();
  return <LevelLimit place={draft.levels.length - 1} />;
}

function NounSlot() {
  const { draft, telling } = useDraft();
  return wordSlot('noun', draft, telling);
}

const PARTS = {
  severity: SeveritySlot,
  indicator: IndicatorSlot,
  window: WindowSlot,
  span: SpanSlot,
  levels: LevelsSlot,
  unit: UnitSlot,
  direction: DirectionSlot,
  raise: RaiseSlot,
  delay: DelaySlot,
  minimum: MinimumSlot,
  noun: NounSlot,
  worse: WorseLevels,
  against: AgainstSlot,
  within: () => <AmountSlot field="within" />,
  target: () => <AmountSlot field="target" />,
  by: BySlot,
  days: () => <AmountSlot field="days" />,
  weeks: () => <AmountSlot field="weeks" />,
  grain: GrainSlot,
  left: () => <TermsField side="left" />,
  right: () => <TermsField side="right" />,
  rule: RuleSlot,
} as const satisfies Record<Slot, () => React.ReactNode>;

/** The control of a part of the sentence. */
export function SlotField({ slot }: { slot: Slot }) {
  const Part = PARTS[slot];
  return <Part />;
}
