import { useId, useState } from 'react';
import { INDICATORS } from '../../shared/catalogue.ts';
import { isAimed } from '../../shared/target.ts';
import { Combobox } from '../combobox.tsx';
import { useIndicatorChoices } from '../panels/indicator-chooser.tsx';
import { Field, useAct } from '../people/asking.tsx';
import { ReasonForm } from '../rules/reason-form.tsx';
import { useLanguage } from '../words/words.ts';

type FormProps = { unit: string; year: number; indicator: string | null };
const AIMED = INDICATORS.filter(isAimed);
type Draft = { indicator: string; value: string; office: string; paper: string };

/** A number as people write it, with a point or a comma; null of nothing, undefined of what is none. */
export function readValue(text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The form of a new target of a unit: its value, who decided it by which paper, and why. */
export function SetForm({ unit, year, indicator }: FormProps) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState<Draft>({
    indicator: indicator ?? 'ON02',
    value: '',
    office: '',
    paper: '',
  });
  const set = useAct('setTarget', { renews: ['listTargets'] });
  const value = readValue(draft.value);
  const isReady = value !== undefined && draft.office.trim().length > 2 && draft.paper.trim().length > 2;
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <section className="office-part" aria-label={t('targets.set')}>
      <h2>{t('targets.set')}</h2>
      <div className="office-form">
        <Fields draft={draft} change={change} isWrong={value === undefined} />
        <ReasonForm
          submit={t('targets.submit')}
          isBusy={set.isPending}
          isDisabled={!isReady}
          error={set.error}
          onSubmit={(reason) => {
            const { office, paper, indicator: id } = draft;
            if (value !== undefined)
              set.mutate({
                unit,
                year,
                indicator: id,
                value,
                office: office.trim(),
                paper: paper.trim(),
                reason,
              });
          }}
        >
          {set.data && (
            <span className="rule-done" role="status">
              {t('targets.saved')}
            </span>
          )}
        </ReasonForm>
      </div>
    </section>
  );
}

type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void; isWrong: boolean };

function Fields({ draft, change, isWrong }: FieldsProps) {
  const { t } = useLanguage();
  const id = useId();
  const text = (name: 'office' | 'paper') => (
    <Field id={`${id}-${name}`} label={t(`targets.${name}`)} rule={t(`targets.${name}Rule`)}>
      <input
        id={`${id}-${name}`}
        aria-describedby={`${id}-${name}-rule`}
        autoComplete="off"
        maxLength={200}
        value={draft[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      <Field id={`${id}-indicator`} label={t('targets.indicator')}>
        <Combobox
          id={`${id}-indicator`}
          groups={useIndicatorChoices(AIMED)}
          value={draft.indicator}
          onChoose={(indicator) => change({ indicator })}
        />
      </Field>
      <Field id={`${id}-value`} label={t('targets.value')} rule={t('targets.valueRule')}>
        <input
          id={`${id}-value`}
          inputMode="decimal"
          aria-describedby={`${id}-value-rule`}
          aria-invalid={isWrong}
          autoComplete="off"
          maxLength={20}
          value={draft.value}
          onChange={(event) => change({ value: event.target.value })}
        />
      </Field>
      {text('office')}
      {text('paper')}
    </>
  );
}
