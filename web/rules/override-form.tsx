/** Giving a unit's subtree thresholds of its own, for a time, with a reason. */
import { useId, useState } from 'react';
import { addDays, dayOf } from '../../shared/period.ts';
import { type AlertSeverity, indicatorOf, type RuleBody } from '../../shared/rule.ts';
import type { RuleView, ThresholdView } from '../../shared/rule-view.ts';
import { findThreshold, type OfUnit } from '../../shared/thresholds.ts';
import { UnitLevel } from '../../shared/unit.ts';
import { Field, useAct } from '../people/asking.tsx';
import { useUnitChoice } from '../people/grant-fields.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { endOfOverride } from './draft.ts';
import {
  findLooser,
  isOrdered,
  type Looser,
  levelsAbove,
  NO_VALUES,
  type OverrideDraft,
  readValues,
} from './effective-values.ts';
import { ReasonForm } from './reason-form.tsx';
import { isCounted, type Telling, unitOfFigure, writeCount, writeThreshold } from './sentence.ts';
import { AlertShape } from './shape.tsx';
import { UnitChooser } from './unit-chooser.tsx';
import { ValueField } from './value-field.tsx';

type FormProps = {
  unit: string;
  /** The rule that is spoken of already, if any. */
  rule: string | null;
  rules: readonly RuleView[];
  thresholds: readonly ThresholdView[];
  telling: Telling;
};

type Place = { rule: string; unit: string; level: UnitLevel | null; from: string; to: string };

/** What keeps an override from being asked for, in words; empty of one that may be. */
function wordFaults(
  draft: OverrideDraft,
  { body, telling }: { body: RuleBody; telling: Telling },
  { t }: Pick<Language, 't'>,
): string[] {
  if (body.inherit === 'locked') return [t('overrides.locked')];
  const values = readValues(draft);
  if (!values) return [t('overrides.nothing')];
  const faults = isOrdered(values, body) ? [] : [t('overrides.order')];
  if (body.inherit === 'free') return faults;
  const write = (looser: Looser): string => {
    if (looser.field === 'isOff') return t('overrides.looserOff');
    const [value, present] = [looser.value, looser.present];
    if (looser.field === 'minimum') return t('overrides.looserMinimum', { value, present });
    const word = (one: number) =>
      looser.field === 'count'
        ? writeCount(one, body.condition, telling)
        : writeThreshold(one, body.condition, telling);
    const level = t(`alertSeverity.${looser.severity}`);
    return t('overrides.looser', { level, value: word(value), present: word(present) });
  };
  return [...faults, ...findLooser(values, body).map(write)];
}

/** The form of a new override. */
export function OverrideForm(props: FormProps) {
  const { t } = useLanguage();
  const [isOpen, open] = useState(props.rule !== null);
  return (
    <section className="office-part" aria-label={t('overrides.add')}>
      <button type="button" className="button" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        {t('overrides.add')}
      </button>
      {isOpen && <Form {...props} />}
    </section>
  );
}

type Judged = {
  rule: string;
  unit: (OfUnit & { ref: string }) | undefined;
  thresholds: readonly ThresholdView[];
};

/** A rule as it holds above a unit, by the thresholds that were told of it. */
function bodyAbove(body: RuleBody, { rule, unit, thresholds }: Judged): RuleBody {
  const indicator = indicatorOf(body.condition);
  const told = unit && indicator !== null ? findThreshold(thresholds, indicator, unit) : undefined;
  const threshold = told?.rule === rule ? told : undefined;
  return { ...body, levels: levelsAbove(body, { threshold, unit: unit?.ref ?? '' }) };
}

function Form({ unit, rule, rules, thresholds, telling }: FormProps) {
  const language = useLanguage();
  const { t } = language;
  const { zone } = useSession();
  const today = dayOf(useAskedAt(), zone);
  const mine = rules.filter(({ may }) => may.includes('override'));
  const first = mine.find(({ id }) => id === rule) ?? mine[0];
  const [place, setPlace] = useState<Place>({
    ...{ rule: first?.id ?? '', unit, level: null },
    ...{ from: today, to: endOfOverride(today) },
  });
  const { units } = useUnitChoice();
  const [draft, setDraft] = useState(NO_VALUES);
  const add = useAct('addOverride', {
    renews: ['listOverrides', 'listThresholds', 'listRules', 'getRule'],
    after: () => setDraft(NO_VALUES),
  });
  const chosen = mine.find(({ id }) => id === place.rule);
  if (!chosen) return null;
  const body = bodyAbove(chosen.current.body, {
    rule: chosen.id,
    unit: units.find(({ ref }) => ref === place.unit),
    thresholds,
  });
  const values = readValues(draft);
  const faults = wordFaults(draft, { body, telling }, language);
  const isTouched = values !== null || draft.isOff;
  return (
    <div className="office-form override-form">
      <PlaceFields
        place={place}
        rules={mine}
        change={(part) => setPlace({ ...place, ...part })}
        today={today}
      />
      <ValueFields
        draft={draft}
        body={body}
        telling={telling}
        change={(part) => setDraft({ ...draft, ...part })}
      />
      {(isTouched || body.inherit === 'locked') &&
        faults.map((fault) => (
          <p key={fault} className="slot-fault override-fault" role="alert">
            {fault}
          </p>
        ))}
      <ReasonForm
        submit={t('overrides.submit')}
        isBusy={add.isPending}
        isDisabled={faults.length > 0 || place.unit === ''}
        error={add.error}
        onSubmit={(reason) => values && add.mutate({ ...place, values, reason })}
      >
        {add.data && (
          <span className="rule-done" role="status">
            {t(add.data.state === 'proposed' ? 'overrides.proposed' : 'overrides.saved')}
          </span>
        )}
      </ReasonForm>
    </div>
  );
}

type PlaceProps = {
  place: Place;
  rules: readonly RuleView[];
  change: (part: Partial<Place>) => void;
  today: string;
};

function PlaceFields({ place, rules, change, today }: PlaceProps) {
  const { t, say } = useLanguage();
  const id = useId();
  return (
    <>
      <Field id={`${id}-rule`} label={t('overrides.rule')}>
        <select
          id={`${id}-rule`}
          value={place.rule}
          onChange={(event) => change({ rule: event.target.value })}
        >
          {rules.map((one) => (
            <option key={one.id} value={one.id}>
              {say(one.current.body.name)}
            </option>
          ))}
        </select>
      </Field>
      <UnitChooser label={t('overrides.unit')} unit={place.unit} onChoose={(unit) => change({ unit })} />
      <Field id={`${id}-level`} label={t('overrides.level')}>
        <select
          id={`${id}-level`}
          value={place.level ?? ''}
          onChange={(event) => change({ level: UnitLevel.safeParse(event.target.value).data ?? null })}
        >
          <option value="">{t('overrides.levelAll')}</option>
          {UnitLevel.options.map((level) => (
            <option key={level} value={level}>
              {t(`rules.level.${level}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field id={`${id}-from`} label={t('overrides.from')}>
        <input
          id={`${id}-from`}
          type="date"
          required={true}
          value={place.from}
          onChange={(event) => change({ from: event.target.value || today })}
        />
      </Field>
      <Field id={`${id}-to`} label={t('overrides.to')} rule={t('overrides.toRule')}>
        <input
          id={`${id}-to`}
          type="date"
          required={true}
          aria-describedby={`${id}-to-rule`}
          min={addDays(place.from, 1)}
          value={place.to}
          onChange={(event) => change({ to: event.target.value || endOfOverride(today) })}
        />
      </Field>
    </>
  );
}

type ValuesProps = {
  draft: OverrideDraft;
  body: RuleBody;
  telling: Telling;
  change: (part: Partial<OverrideDraft>) => void;
};

function ValueFields({ draft, body, telling, change }: ValuesProps) {
  const language = useLanguage();
  const { t } = language;
  const hasCount = isCounted(body);
  const field = (key: 'raise' | 'count', { severity, ...level }: RuleBody['levels'][number]) => {
    const present = level[key];
    const word = t(`alertSeverity.${severity}`);
    const write = (value: number) =>
      key === 'count'
        ? writeCount(value, body.condition, telling)
        : writeThreshold(value, body.condition, telling);
    const set = (value: number | null) =>
      change({ [key]: { ...draft[key], [severity as AlertSeverity]: value } });
    return (
      <ValueField
        key={`${key} ${severity}`}
        label={t(`rules.label.${key}`, { level: word })}
        shape={<AlertShape severity={severity} />}
        note={present === null ? t('rules.empty') : t('overrides.present', { value: write(present) })}
        suffix={key === 'count' ? t('rules.dossiers') : unitOfFigure(body.condition, language)}
        value={draft[key][severity] ?? null}
        onChange={set}
      />
    );
  };
  return (
    <fieldset className="override-values" disabled={body.inherit === 'locked'}>
      <legend>{t('overrides.values')}</legend>
      {body.levels.map((level) => field('raise', level))}
      {hasCount && body.levels.map((level) => field('count', level))}
      <ValueField
        label={t('overrides.minimum')}
        note={t('overrides.present', { value: body.minimum })}
        value={draft.minimum}
        onChange={(minimum) => change({ minimum })}
      />
      <label className="tick">
        <input
          type="checkbox"
          checked={draft.isOff}
          onChange={(event) => change({ isOff: event.target.checked })}
        />
        {t('overrides.isOff')}
      </label>
    </fieldset>
  );
}
