import { Fragment } from 'react';
import type { Condition } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';
import { Deeds } from './deeds.tsx';
import { completeTexts, KINDS, shapeOf, turnKind } from './draft.ts';
import { useDraft } from './drafting.ts';
import { Labelled, SelectField, TextField } from './fields.tsx';
import { sentenceOf } from './sentence.ts';
import { AlertShape } from './shape.tsx';
import { SlotField } from './slots.tsx';

/** The rule as a sentence whose parts are fields, with its kind and its name above. */
export function SentenceForm() {
  const { draft, change, today } = useDraft();
  const { t } = useLanguage();
  const turn = (kind: Condition['kind']) => {
    if (kind === draft.condition.kind) return;
    const condition = turnKind(draft.condition, kind, today);
    change({ condition, ...shapeOf(condition) });
  };
  const words = KINDS.map((kind) => ({ value: kind, word: t(`rules.kind.${kind}`) }));
  return (
    <section className="rule-sentence" aria-label={t('rules.sentence')}>
      <div className="rule-names">
        <TextField
          label={t('rules.nameVi')}
          path="name.vi"
          value={draft.name.vi}
          onChange={(vi) => change({ name: { ...draft.name, vi } })}
        />
        <TextField
          label={t('rules.nameEn')}
          path="name.en"
          value={draft.name.en}
          hint={completeTexts(draft).name.en}
          onChange={(en) => change({ name: { ...draft.name, en } })}
        />
        <Labelled label={t('rules.kind')}>
          {(id) => (
            <SelectField
              id={id}
              label={t('rules.kind')}
              path="condition.kind"
              value={draft.condition.kind}
              options={words}
              onChange={turn}
            />
          )}
        </Labelled>
      </div>
      <Sentence />
      <Deeds />
    </section>
  );
}

function Sentence() {
  const { draft } = useDraft();
  const { t } = useLanguage();
  const pieces = sentenceOf(draft, t);
  const least = draft.levels.at(-1)?.severity ?? 'warning';
  return (
    <div className="sentence">
      <AlertShape severity={least} />{' '}
      {pieces.map((piece, index) => (
        // A field keeps its hand when what stands before it changes; texts have no other name than their place.
        <Fragment key={'text' in piece ? index : piece.slot}>
          {'text' in piece ? piece.text : <SlotField slot={piece.slot} />}
        </Fragment>
      ))}
    </div>
  );
}
