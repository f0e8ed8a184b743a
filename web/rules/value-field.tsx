import { type ReactNode, useId, useState } from 'react';
import { useLanguage } from '../words/words.ts';
import { readNumber, typeNumber } from './numbers.ts';

type ValueProps = {
  label: string;
  /** Says what holds while the field is empty. */
  note: string;
  /** What is wrong with the value, in words; said in the place of the note. */
  fault?: string | null;
  shape?: ReactNode;
  suffix?: string;
  value: number | null;
  onChange: (value: number | null) => void;
};

/** A labelled number that may be left empty. */
export function ValueField({ label, note, fault = null, shape, suffix, value, onChange }: ValueProps) {
  const { lang } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState('');
  const text = Object.is(readNumber(typed, lang), value) ? typed : typeNumber(value, lang);
  return (
    <div className="field value-field">
      <label htmlFor={id}>
        {shape} {label}
      </label>
      <span className="value-input">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          aria-describedby={`${id}-note`}
          aria-invalid={fault !== null}
          value={text}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(readNumber(event.target.value, lang));
          }}
        />
        {suffix && <span>{suffix}</span>}
      </span>
      <small id={`${id}-note`} className={fault === null ? 'field-rule' : 'slot-fault'}>
        {fault ?? note}
      </small>
    </div>
  );
}
