import { MEASURE_IDS, MEASURES, type MeasureId } from '../../shared/measure.ts';
import type { ConditionOf } from '../../shared/rule.ts';
import { Combobox } from '../combobox.tsx';
import { useLanguage } from '../words/words.ts';
import { useDraft } from './drafting.ts';
import { NumberField } from './fields.tsx';
import { wordTerms } from './sentence.ts';

/** One side of an equation: measures, each with its weight. */
export function TermsField({ side }: { side: 'left' | 'right' }) {
  const { draft, telling } = useDraft();
  const { t } = useLanguage();
  const { condition } = draft;
  if (condition.kind !== 'identity') return null;
  const words = wordTerms(condition[side], telling);
  return (
    <details className="slot slot-menu">
      <summary aria-label={`${t(`rules.label.${side}`)}: ${words}`}>{words}</summary>
      <TermsMenu side={side} condition={condition} />
    </details>
  );
}

function TermsMenu({ side, condition }: { side: 'left' | 'right'; condition: ConditionOf<'identity'> }) {
  const { change } = useDraft();
  const { t, say } = useLanguage();
  const terms = condition[side];
  const set = (next: typeof terms) => change({ condition: { ...condition, [side]: next } });
  const ids = MEASURE_IDS.filter((id) => terms[id] !== undefined);
  const choices = MEASURE_IDS.filter((id) => terms[id] === undefined).map((id) => {
    const { words } = MEASURES[id];
    return { id, label: say(words), also: [words.vi, words.en] };
  });
  const without = (gone: MeasureId) =>
    Object.fromEntries(Object.entries(terms).filter(([id]) => id !== gone)) as typeof terms;
  return (
    <fieldset className="terms">
      <legend className="hidden">{t(`rules.label.${side}`)}</legend>
      {ids.map((id) => {
        const measure = say(MEASURES[id].words);
        return (
          <div key={id} className="term">
            <NumberField
              label={t('rules.term.weight', { measure })}
              path={`condition.${side}.${id}`}
              value={terms[id] ?? null}
              onChange={(weight) => set({ ...terms, [id]: weight ?? Number.NaN })}
            />
            <span>× {measure}</span>
            <button
              type="button"
              className="slot-button"
              aria-label={t('rules.term.remove', { measure })}
              onClick={() => set(without(id))}
            >
              ×
            </button>
          </div>
        );
      })}
      <Combobox
        label={`${t(`rules.label.${side}`)}: ${t('rules.term.add')}`}
        placeholder={t('rules.term.add')}
        groups={[{ id: 'measures', label: null, choices }]}
        value=""
        onChoose={(id) => set({ ...terms, [id]: 1 })}
      />
    </fieldset>
  );
}
