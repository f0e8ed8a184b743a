import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import type { Role } from '../../shared/people.ts';
import { keyOfText } from '../../shared/text.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { unitsQuery } from '../api.ts';
import { type ChoiceGroup, Combobox } from '../combobox.tsx';
import { useLanguage } from '../words/words.ts';
import { Field } from './asking.tsx';

type UnitRow = AnswerOf<'listUnits'>['units'][number];

const ROLES = ['viewer', 'operator', 'head', 'editor', 'administrator'] as const satisfies readonly Role[];

/** What is written of a unit in a field: `25 · Tỉnh Phú Thọ`. */
const wordUnit = ({ ref }: UnitRow, name: string) => `${ref} · ${name}`;

/** The units one may choose among, and the one a text means: by its code, its name, or both as offered. */
export function useUnitChoice() {
  const { say } = useLanguage();
  const { data } = useQuery(unitsQuery());
  return useMemo(() => {
    const units = data?.units ?? [];
    const find = (text: string): UnitRow | undefined => {
      const wanted = keyOfText(text);
      const byRef = units.find(({ ref }) => ref === text.split(' · ')[0]?.trim());
      const named = units.filter(({ name }) => keyOfText(say(name)) === wanted);
      return byRef ?? (named.length === 1 ? named[0] : undefined);
    };
    return { units, find };
  }, [data, say]);
}

export type UnitChoice = ReturnType<typeof useUnitChoice>;

/** The same units as choices of a list; a search finds them by code and name, in either language. */
export function useUnitChoices({ units }: UnitChoice): ChoiceGroup[] {
  const { say } = useLanguage();
  return useMemo(() => {
    const choices = units.map((unit) => ({
      ...{ id: unit.ref, label: wordUnit(unit, say(unit.name)) },
      also: [unit.name.vi, unit.name.en],
    }));
    return [{ id: 'units', label: null, choices }];
  }, [units, say]);
}

type UnitFieldProps = {
  choice: UnitChoice;
  value: string;
  rule?: string;
  onChange: (text: string) => void;
};

/** A field for a unit by code or name, with those there are to choose from; `rule`: what it is for, where that is no role. */
export function UnitField({ choice, value, rule, onChange }: UnitFieldProps) {
  const { t } = useLanguage();
  const id = useId();
  const isUnknown = value.trim() !== '' && choice.units.length > 0 && !choice.find(value);
  return (
    <Field
      id={id}
      label={t('accounts.unit')}
      rule={isUnknown ? t('accounts.unitUnknown', { unit: value }) : (rule ?? t('accounts.unitRule'))}
    >
      <Combobox
        id={id}
        groups={useUnitChoices(choice)}
        value={choice.find(value)?.ref ?? value}
        otherwise={value}
        describedBy={`${id}-rule`}
        isWrong={isUnknown}
        isRequired={true}
        onType={onChange}
        onChoose={onChange}
      />
    </Field>
  );
}

type RoleFieldProps = { value: Role; onChange: (role: Role) => void };

/** A field for a role, with what it may do. */
export function RoleField({ value, onChange }: RoleFieldProps) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <Field id={id} label={t('accounts.role')} rule={t(`role.${value}.may`)}>
      <select
        id={id}
        aria-describedby={`${id}-rule`}
        value={value}
        onChange={(event) => onChange(ROLES.find((role) => role === event.target.value) ?? value)}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {t(`role.${role}`)}
          </option>
        ))}
      </select>
    </Field>
  );
}
