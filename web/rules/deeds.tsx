/** What is told with every alert: what happens if nobody acts, and what is to be done. */
import { useLanguage } from '../words/words.ts';
import { completeTexts } from './draft.ts';
import { useDraft } from './drafting.ts';
import { TextField } from './fields.tsx';

/** The texts of a rule beside its name; what is left empty is taken from the other language, or from what is shipped. */
export function Deeds() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  const whole = completeTexts(draft);
  return (
    <section className="rule-deeds" aria-label={t('rules.deeds')}>
      {(['consequence', 'action'] as const).flatMap((key) =>
        (['vi', 'en'] as const).map((lang) => (
          <TextField
            key={`${key} ${lang}`}
            label={t(`rules.more.${key}${lang === 'vi' ? 'Vi' : 'En'}`)}
            path={`${key}.${lang}`}
            value={draft[key][lang]}
            hint={whole[key][lang]}
            onChange={(text) => change({ [key]: { ...draft[key], [lang]: text } })}
          />
        )),
      )}
    </section>
  );
}
