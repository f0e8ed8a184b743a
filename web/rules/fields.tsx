/** The fields that stand in a rule's sentence and beside it. Law: every one is a real control with a name, and says what is wrong. */
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { Span } from '../../shared/rule.ts';
import { type ChoiceGroup, Combobox } from '../combobox.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import type { Fault } from './draft.ts';
import { useDraft } from './drafting.ts';
import { readNumber, stepNumber, typeNumber } from './numbers.ts';

/** A fault in words; null of none. */
export function wordFault(fault: Fault | null | undefined, { t }: Pick<Language, 't'>): string | null {
  if (!fault) return null;
  return 'limit' in fault ? t(fault.word, { limit: fault.limit }) : t(fault.word);
}

/** What is wrong at a place, in words; null where nothing is. */
export function useFaultWords(path: string): string | null {
  const { faults, isShown } = useDraft();
  const language = useLanguage();
  const fault = faults.get(path);
  if (fault?.word === 'rules.fault.text' && !isShown(path)) return null;
  return wordFault(fault, language);
}

/** What is wrong at a place, below it. `id` ties it to the control. */
export function FaultNote({ path, id }: { path: string; id: string }) {
  const words = useFaultWords(path);
  if (words === null) return null;
  return (
    <small id={id} className="slot-fault">
      {words}
    </small>
  );
}

type NumberProps = {
  label: string;
  path: string;
  value: number | null;
  /** NaN of what is no number; null only where `isOptional`. */
  onChange: (value: number | null) => void;
  step?: number;
  isOptional?: boolean;
  suffix?: string;
  id?: string;
};

/** A number in a sentence; the arrow keys step it. What is typed stays as it was typed. */
export function NumberField(props: NumberProps) {
  const { label, path, value, onChange, step = 1, isOptional = false, suffix, id } = props;
  const { lang } = useLanguage();
  const note = useId();
  const words = useFaultWords(path);
  const [typed, setTyped] = useState(() => typeNumber(value, lang));
  const said = readNumber(typed, lang) ?? (isOptional ? null : Number.NaN);
  // Another value came from elsewhere, a dragged line or a suggestion: it takes the place of the text.
  const text = Object.is(said, value) ? typed : typeNumber(value, lang);
  const write = (next: string) => {
    setTyped(next);
    onChange(readNumber(next, lang) ?? (isOptional ? null : Number.NaN));
  };
  const press = (event: KeyboardEvent) => {
    const sign = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (sign === 0) return;
    event.preventDefault();
    const from = Number.isFinite(said) && said !== null ? said : 0;
    write(typeNumber(stepNumber(from, sign * step * (event.shiftKey ? 10 : 1)), lang));
  };
  return (
    <span className="slot" data-wrong={words !== null || undefined}>
      <input
        id={id}
        className="slot-number"
        inputMode="decimal"
        autoComplete="off"
        aria-label={id === undefined ? label : undefined}
        aria-invalid={words !== null}
        aria-describedby={words === null ? undefined : note}
        style={{ inlineSize: `${Math.max(3, text.length + 1)}ch` }}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
      />
      {suffix && <span className="slot-suffix">{suffix}</span>}
      <FaultNote path={path} id={note} />
    </span>
  );
}

type SelectProps<V extends string> = {
  label: string;
  path: string;
  value: V;
  options: readonly { value: V; word: string }[];
  onChange: (value: V) => void;
  id?: string;
};

/** A choice in a sentence. */
export function SelectField<V extends string>(props: SelectProps<V>) {
  const { label, path, value, options, onChange, id } = props;
  const note = useId();
  const words = useFaultWords(path);
  return (
    <span className="slot" data-wrong={words !== null || undefined}>
      <select
        id={id}
        className="slot-select"
        aria-label={id === undefined ? label : undefined}
        aria-invalid={words !== null}
        aria-describedby={words === null ? undefined : note}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.word}
          </option>
        ))}
      </select>
      <FaultNote path={path} id={note} />
    </span>
  );
}

type ChoiceProps = {
  label: string;
  path: string;
  groups: readonly ChoiceGroup[];
  value: string;
  onChange: (id: string) => void;
};

/** A choice of many in a sentence, found by typing. */
export function ChoiceField({ label, path, groups, value, onChange }: ChoiceProps) {
  const note = useId();
  const words = useFaultWords(path);
  return (
    <span className="slot" data-wrong={words !== null || undefined}>
      <Combobox
        className="slot-select"
        isWrong={words !== null}
        {...(words !== null && { describedBy: note })}
        {...{ label, groups, value, onChoose: onChange }}
      />
      <FaultNote path={path} id={note} />
    </span>
  );
}

/** The units of time, the shortest first. */
export const SPAN_UNITS = [
  'minutes',
  'hours',
  'days',
  'workingHours',
  'workingDays',
] as const satisfies readonly Span['unit'][];

type SpanProps = { label: string; path: string; value: Span; onChange: (value: Span) => void };

/** A length of time in a sentence: how many, of what. */
export function SpanField({ label, path, value, onChange }: SpanProps) {
  const { t } = useLanguage();
  return (
    <span className="slot-pair">
      <NumberField
        label={label}
        path={`${path}.amount`}
        value={value.amount}
        onChange={(amount) => onChange({ ...value, amount: amount ?? Number.NaN })}
      />{' '}
      <SelectField
        label={`${label}: ${t('rules.label.delayUnit')}`}
        path={`${path}.unit`}
        value={value.unit}
        options={SPAN_UNITS.map((unit) => ({ value: unit, word: t(`rules.unit.${unit}`) }))}
        onChange={(unit) => onChange({ ...value, unit })}
      />
    </span>
  );
}

type TextProps = {
  label: string;
  path: string;
  value: string;
  /** What is taken while it is empty. */
  hint?: string;
  onChange: (value: string) => void;
};

/** A labelled text of a rule. */
export function TextField({ label, path, value, hint = '', onChange }: TextProps) {
  const id = useId();
  const { touch } = useDraft();
  const words = useFaultWords(path);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        autoComplete="off"
        maxLength={300}
        aria-invalid={words !== null}
        aria-describedby={words === null ? undefined : `${id}-fault`}
        placeholder={hint}
        value={value}
        onBlur={() => touch(path)}
        onChange={(event) => onChange(event.target.value)}
      />
      <FaultNote path={path} id={`${id}-fault`} />
    </div>
  );
}

type LabelledProps = { label: string; rule?: string; children: (id: string) => ReactNode };

/** A control of the advanced part with its label above and its rule below; the control carries the `id`. */
export function Labelled({ label, rule, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {rule !== undefined && <small className="field-rule">{rule}</small>}
    </div>
  );
}
