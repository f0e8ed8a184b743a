import { useId, useState } from 'react';
import { useUnitChoice } from '../people/grant-fields.tsx';
import { useLanguage } from '../words/words.ts';

type ChooserProps = {
  label: string;
  /** Of the unit chosen; empty: none. */
  unit: string;
  onChoose: (ref: string) => void;
  rule?: string;
};

/** A field for a unit by code or name, which tells at once of every unit that is typed whole or picked. */
export function UnitChooser({ label, unit, onChoose, rule }: ChooserProps) {
  const { t, say } = useLanguage();
  const choice = useUnitChoice();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const isUnknown = typed !== null && typed.trim() !== '' && choice.units.length > 0 && !choice.find(typed);
  const chosen = choice.units.find(({ ref }) => ref === unit);
  const choose = (text: string) => {
    setTyped(text);
    const found = choice.find(text);
    if (found) onChoose(found.ref);
    else if (text.trim() === '') onChoose('');
  };
  return (
    <div className="field unit-chooser">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        list={`${id}-list`}
        autoComplete="off"
        maxLength={120}
        aria-describedby={`${id}-rule`}
        aria-invalid={isUnknown}
        value={typed ?? (chosen ? `${chosen.ref} · ${say(chosen.name)}` : unit)}
        onChange={(event) => choose(event.target.value)}
        onBlur={() => !isUnknown && setTyped(null)}
      />
      <datalist id={`${id}-list`}>
        {choice.units.map((one) => (
          <option key={one.id} value={`${one.ref} · ${say(one.name)}`} />
        ))}
      </datalist>
      {isUnknown ? (
        <small id={`${id}-rule`} className="slot-fault">
          {t('rules.label.unitUnknown')}
        </small>
      ) : (
        <small id={`${id}-rule`} className={rule === undefined ? 'hidden' : 'field-rule'}>
          {rule ?? t('accounts.unitRule')}
        </small>
      )}
    </div>
  );
}
