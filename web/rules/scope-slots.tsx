import { useId, useState } from 'react';
import { UnitLevel } from '../../shared/unit.ts';
import { Combobox } from '../combobox.tsx';
import { useUnitChoices } from '../people/grant-fields.tsx';
import { useLanguage } from '../words/words.ts';
import { useDraft } from './drafting.ts';
import { SelectField } from './fields.tsx';
import { wordSlot } from './sentence.ts';

/** The levels of units that a rule judges: none ticked means all. */
export function LevelsSlot() {
  const { draft, change, telling } = useDraft();
  const { t } = useLanguage();
  const { scope } = draft;
  const toggle = (level: UnitLevel) => {
    const levels = UnitLevel.options.filter((one) => (one === level) !== scope.levels.includes(one));
    change({ scope: { ...scope, levels } });
  };
  return (
    <details className="slot slot-menu">
      <summary aria-label={`${t('rules.label.levels')}: ${wordSlot('levels', draft, telling)}`}>
        {wordSlot('levels', draft, telling)}
      </summary>
      <fieldset>
        <legend className="hidden">{t('rules.label.levels')}</legend>
        {UnitLevel.options.map((level) => (
          <label key={level} className="tick">
            <input type="checkbox" checked={scope.levels.includes(level)} onChange={() => toggle(level)} />
            {t(`rules.level.${level}`)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** In whose subtree a rule judges; empty: everywhere. */
export function UnitSlot() {
  const { draft, change, units, telling } = useDraft();
  const { t } = useLanguage();
  const id = useId();
  const { unit } = draft.scope;
  const [typed, setTyped] = useState('');
  const isUnknown = typed.trim() !== '' && !units.find(typed);
  const choose = (next: string) => {
    setTyped(next);
    const found = units.find(next);
    if (found) change({ scope: { ...draft.scope, unit: found.ref } });
    else if (next.trim() === '') change({ scope: { ...draft.scope, unit: null } });
  };
  return (
    <span className="slot" data-wrong={isUnknown || undefined}>
      <Combobox
        className="slot-unit"
        label={t('rules.label.unit')}
        groups={useUnitChoices(units)}
        value={unit ?? ''}
        otherwise={unit === null ? '' : telling.nameUnit(unit)}
        describedBy={`${id}-rule`}
        placeholder={t('rules.everywhere')}
        isWrong={isUnknown}
        onType={choose}
        onLeave={() => setTyped('')}
        onChoose={choose}
      />
      <small id={`${id}-rule`} className={isUnknown ? 'slot-fault' : 'hidden'}>
        {t(isUnknown ? 'rules.label.unitUnknown' : 'rules.label.unitRule')}
      </small>
    </span>
  );
}

/** Which way is bad. */
export function DirectionSlot() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  // The same thresholds the other way round: the worst stays furthest.
  const turn = (direction: 'below' | 'above') => {
    if (direction === draft.direction) return;
    const turned = [...draft.levels].reverse();
    const levels = draft.levels.map((level, index) => ({
      ...level,
      raise: turned[index]?.raise ?? null,
      count: turned[index]?.count ?? null,
    }));
    change({ direction, levels });
  };
  return (
    <SelectField
      label={t('rules.label.direction')}
      path="direction"
      value={draft.direction}
      options={(['below', 'above'] as const).map((one) => ({
        value: one,
        word: t(`rules.direction.${one}`),
      }))}
      onChange={turn}
    />
  );
}
