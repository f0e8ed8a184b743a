import { useEffect, useId, useState } from 'react';
import type { RuleBody } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';
import { useDraft } from './drafting.ts';
import { Labelled, NumberField, SelectField, SPAN_UNITS, SpanField } from './fields.tsx';
import { unitOfFigure } from './sentence.ts';

const IN_SENTENCE = /^(name|condition|scope|direction|levels|minimum|delay|consequence|action)\b/;

/** The parts of a rule that seldom change, folded away; it opens by itself where something in it is wrong. */
export function Advanced() {
  const { faults } = useDraft();
  const { t } = useLanguage();
  const hasFault = [...faults.keys()].some((path) => !IN_SENTENCE.test(path));
  const [isOpen, open] = useState(hasFault);
  // Stays open when the last fault is put right: a hand is in it.
  useEffect(() => {
    if (hasFault) open(true);
  }, [hasFault]);
  return (
    <details className="rule-more" open={isOpen} onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>
        {t('rules.more')}
        {hasFault && <span className="slot-fault"> {t('rules.more.faults')}</span>}
      </summary>
      <div className="rule-more-fields">
        <Clearing />
        <Delays />
        <Votes />
        <Judging />
      </div>
    </details>
  );
}

function Clearing() {
  const { draft, change } = useDraft();
  const language = useLanguage();
  const { t } = language;
  return (
    <>
      <Labelled label={t('rules.more.deadband')}>
        {(id) => (
          <NumberField
            id={id}
            label={t('rules.more.deadband')}
            path="deadband"
            value={draft.deadband}
            suffix={unitOfFigure(draft.condition, language)}
            onChange={(deadband) => change({ deadband: deadband ?? Number.NaN })}
          />
        )}
      </Labelled>
      <div className="field">
        <span>{t('rules.more.clearDelay')}</span>
        <SpanField
          label={t('rules.more.clearDelay')}
          path="clearDelay"
          value={draft.clearDelay}
          onChange={(clearDelay) => change({ clearDelay })}
        />
      </div>
    </>
  );
}

/** A delay of each level, in the place of the rule's own; empty where it has none. */
function Delays() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  return draft.levels.map((level, place) => {
    const label = t('rules.more.levelDelay', { level: t(`alertSeverity.${level.severity}`) });
    const { delay, ...rest } = level;
    const unit = delay?.unit ?? draft.delay.unit;
    const set = (amount: number | null, next = unit) => {
      const changed = amount === null ? rest : { ...rest, delay: { amount, unit: next } };
      change({ levels: draft.levels.map((one, index) => (index === place ? changed : one)) });
    };
    return (
      <div key={level.severity} className="field">
        <span>{label}</span>
        <span className="slot-pair">
          <NumberField
            label={label}
            path={`levels.${place}.delay.amount`}
            value={delay?.amount ?? null}
            isOptional={true}
            onChange={(amount) => set(amount)}
          />{' '}
          <SelectField
            label={`${label}: ${t('rules.label.delayUnit')}`}
            path={`levels.${place}.delay.unit`}
            value={unit}
            options={SPAN_UNITS.map((value) => ({ value, word: t(`rules.unit.${value}`) }))}
            onChange={(next) => set(delay?.amount ?? null, next)}
          />
        </span>
        <small className="field-rule">{t('rules.more.levelDelayRule')}</small>
      </div>
    );
  });
}

function Votes() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  const { votes } = draft;
  const set = (part: Partial<RuleBody['votes']>) => change({ votes: { ...votes, ...part } });
  return (
    <fieldset className="field rule-votes">
      <legend>{t('rules.more.votes')}</legend>
      <span>
        {t('rules.more.votesRaise')}{' '}
        <NumberField
          label={t('rules.more.votesRaise')}
          path="votes.raise"
          value={votes.raise}
          onChange={(raise) => set({ raise: raise ?? Number.NaN })}
        />{' '}
        {t('rules.more.votesOf')}{' '}
        <NumberField
          label={t('rules.more.votesOf')}
          path="votes.of"
          value={votes.of}
          onChange={(of) => set({ of: of ?? Number.NaN })}
        />
      </span>
      <span>
        {t('rules.more.votesClear')}{' '}
        <NumberField
          label={t('rules.more.votesClear')}
          path="votes.clear"
          value={votes.clear}
          onChange={(clear) => set({ clear: clear ?? Number.NaN })}
        />
      </span>
      <VotesFault />
    </fieldset>
  );
}

function VotesFault() {
  const { faults } = useDraft();
  const { t } = useLanguage();
  const fault = faults.get('votes');
  return fault && !('limit' in fault) ? <small className="slot-fault">{t(fault.word)}</small> : null;
}

type ChosenField = 'cadence' | 'outside' | 'inherit';
type ChoiceProps<F extends ChosenField> = {
  field: F;
  label: string;
  options: readonly { value: RuleBody[F]; word: string }[];
};

function ChoiceField<F extends ChosenField>({ field, label, options }: ChoiceProps<F>) {
  const { draft, change } = useDraft();
  return (
    <Labelled label={label}>
      {(id) => (
        <SelectField<RuleBody[F]>
          id={id}
          label={label}
          path={field}
          value={draft[field]}
          options={options}
          onChange={(value) => change({ [field]: value })}
        />
      )}
    </Labelled>
  );
}

const CADENCES = ['change', 'hour', 'day'] as const;
const OUTSIDE = ['judge', 'quiet', 'freeze'] as const;
const INHERIT = ['free', 'tighten', 'locked'] as const;

function Judging() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  const on = useId();
  return (
    <>
      <ChoiceField
        field="cadence"
        label={t('rules.more.cadence')}
        options={CADENCES.map((value) => ({ value, word: t(`rules.cadence.${value}`) }))}
      />
      <ChoiceField
        field="outside"
        label={t('rules.more.outside')}
        options={OUTSIDE.map((value) => ({ value, word: t(`rules.outside.${value}`) }))}
      />
      <ChoiceField
        field="inherit"
        label={t('rules.more.inherit')}
        options={INHERIT.map((value) => ({ value, word: t(`rules.inherit.${value}`) }))}
      />
      <Labelled label={t('rules.more.partialBelow')} rule={t('rules.more.partialRule')}>
        {(id) => (
          <NumberField
            id={id}
            label={t('rules.more.partialBelow')}
            path="partialBelow"
            value={Math.round(draft.partialBelow * 1e6) / 1e4}
            step={5}
            suffix="%"
            onChange={(share) => change({ partialBelow: (share ?? Number.NaN) / 100 })}
          />
        )}
      </Labelled>
      <label className="tick" htmlFor={on}>
        <input
          id={on}
          type="checkbox"
          checked={draft.isEnabled}
          onChange={(event) => change({ isEnabled: event.target.checked })}
        />
        {t('rules.more.isEnabled')}
      </label>
    </>
  );
}
