/** The sentence of a rule with its fields, as tests write it. */
import { useMemo, useState } from 'react';
import type { RuleBody } from '../../shared/rule.ts';
import { Advanced } from '../../web/rules/advanced.tsx';
import { readDraft } from '../../web/rules/draft.ts';
import { DraftProvider } from '../../web/rules/drafting.ts';
import type { Telling } from '../../web/rules/sentence.ts';
import { SentenceForm } from '../../web/rules/sentence-form.tsx';
import { useLanguage } from '../../web/words/words.ts';
import { UNITS } from './rules-stand.tsx';

export const TODAY = '2026-11-27';

/** A rule with all its texts. */
export const named = (body: RuleBody): RuleBody => ({
  ...body,
  name: { vi: 'Tên', en: 'Name' },
  consequence: { vi: 'Hậu quả', en: 'Consequence' },
  action: { vi: 'Việc', en: 'Action' },
});

/** The draft as its fields left it, and how it is told. */
export const written = {} as { draft: RuleBody; telling: Telling };

/** A rule as a sentence that is written, with its advanced part. */
export function Written({ start }: { start: RuleBody }) {
  const language = useLanguage();
  const [draft, setDraft] = useState(start);
  written.draft = draft;
  const units = useMemo(
    () => ({
      units: UNITS as never,
      find: (text: string) => UNITS.find(({ ref }) => text.startsWith(ref)) as never,
    }),
    [],
  );
  const telling: Telling = useMemo(
    () => ({
      ...language,
      nameUnit: (ref) => {
        const unit = UNITS.find((one) => one.ref === ref);
        return unit ? language.say(unit.name) : ref;
      },
      nameRule: (id) => id,
    }),
    [language],
  );
  written.telling = telling;
  const { faults } = readDraft(draft);
  return (
    <DraftProvider
      value={{
        ...{ draft, faults, telling, units, rules: [], today: TODAY },
        isShown: () => true,
        touch: () => undefined,
        change: (part) => setDraft((before) => ({ ...before, ...part })),
      }}
    >
      <SentenceForm />
      <Advanced />
    </DraftProvider>
  );
}
