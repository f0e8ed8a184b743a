import { ALERT_SEVERITIES } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';
import { addLevel, changeLevel } from './draft.ts';
import { useDraft } from './drafting.ts';
import { FaultNote, NumberField, SelectField } from './fields.tsx';
import { isCounted, tellsState, unitOfFigure, wordCountFrom, wordSlot } from './sentence.ts';
import { AlertShape } from './shape.tsx';

/** The threshold of one level, and of the count beside it where the indicator is read as one. */
export function LevelLimit({ place }: { place: number }) {
  const { draft, change, telling } = useDraft();
  const language = useLanguage();
  const { t } = language;
  const level = draft.levels[place];
  if (!level) return null;
  const word = t(`alertSeverity.${level.severity}`);
  const set = (part: Partial<typeof level>) => change({ levels: changeLevel(draft.levels, place, part) });
  const { condition } = draft;
  if (tellsState(condition)) {
    return (
      <SelectField
        label={t('rules.label.raise', { level: word })}
        path={`levels.${place}.raise`}
        value={(level.raise ?? 1) > 1 ? '2' : '1'}
        options={(['1', '2'] as const).map((one) => ({
          value: one,
          word: t(`rules.${condition.kind}.${one}`),
        }))}
        onChange={(raise) => set({ raise: Number(raise) })}
      />
    );
  }
  const hasCount = isCounted(draft);
  return (
    <>
      <NumberField
        label={t('rules.label.raise', { level: word })}
        path={`levels.${place}.raise`}
        value={level.raise}
        isOptional={hasCount}
        suffix={unitOfFigure(draft.condition, language)}
        onChange={(raise) => set({ raise })}
      />
      {hasCount && (
        <>
          {' '}
          {wordCountFrom({ ...draft, raise: level.raise }, language)}{' '}
          <NumberField
            label={t('rules.label.count', { level: word })}
            path={`levels.${place}.count`}
            value={level.count}
            isOptional={true}
            suffix={wordSlot('noun', draft, telling)}
            onChange={(count) => set({ count })}
          />
        </>
      )}
    </>
  );
}

/** The worse levels of the sentence, the mildest of them first, with ways to take one away and to add one. */
export function WorseLevels() {
  const { draft } = useDraft();
  const { t } = useLanguage();
  const places = draft.levels
    .map((_, place) => place)
    .slice(0, -1)
    .reverse();
  return (
    <>
      {places.map((place) => (
        <span key={place}>
          {t('rules.worseMark')}
          <WorseLevel place={place} />
        </span>
      ))}
      <AddLevel />
      <FaultNote path="levels" id="levels-fault" />
    </>
  );
}

function WorseLevel({ place }: { place: number }) {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  const level = draft.levels[place];
  if (!level) return null;
  const word = t(`alertSeverity.${level.severity}`);
  return (
    <span className="level">
      <AlertShape severity={level.severity} />{' '}
      <SelectField
        label={t('rules.label.severity')}
        path={`levels.${place}.severity`}
        value={level.severity}
        options={ALERT_SEVERITIES.map((one) => ({ value: one, word: t(`alertSeverity.${one}`) }))}
        onChange={(severity) => change({ levels: changeLevel(draft.levels, place, { severity }) })}
      />{' '}
      {t('rules.worseWhen')} {!tellsState(draft.condition) && t(`rules.direction.${draft.direction}`)}{' '}
      <LevelLimit place={place} />
      <button
        type="button"
        className="slot-button"
        aria-label={t('rules.removeLevel', { level: word })}
        title={t('rules.removeLevel', { level: word })}
        onClick={() => change({ levels: draft.levels.filter((_, index) => index !== place) })}
      >
        ×
      </button>
    </span>
  );
}

function AddLevel() {
  const { draft, change } = useDraft();
  const { t } = useLanguage();
  if (draft.levels.length >= ALERT_SEVERITIES.length) return null;
  return (
    <button
      type="button"
      className="slot-button"
      aria-label={t('rules.addLevel')}
      title={t('rules.addLevel')}
      onClick={() => change({ levels: addLevel(draft) })}
    >
      +
    </button>
  );
}
