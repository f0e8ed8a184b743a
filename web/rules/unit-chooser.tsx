import { useId, useState } from 'react';
import { Combobox } from '../combobox.tsx';
import { useUnitChoice, useUnitChoices } from '../people/grant-fields.tsx';
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
  const { t } = useLanguage();
  const choice = useUnitChoice();
  const id = useId();
  const [typed, setTyped] = useState('');
  const isUnknown = typed.trim() !== '' && choice.units.length > 0 && !choice.find(typed);
  const choose = (text: string) => {
    setTyped(text);
    const found = choice.find(text);
    if (found) onChoose(found.ref);
    else if (text.trim() === '') onChoose('');
  };
  return (
    <div className="field unit-chooser">
      <label htmlFor={id}>{label}</label>
      <Combobox
        id={id}
        groups={useUnitChoices(choice)}
        value={unit}
        otherwise={unit}
        describedBy={`${id}-rule`}
        isWrong={isUnknown}
        onType={choose}
        onLeave={() => setTyped('')}
        onChoose={(ref) => {
          setTyped('');
          onChoose(ref);
        }}
      />
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
