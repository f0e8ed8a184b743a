/** Yearly targets of a unit: what is to be reached, where that comes from, and the pace it needs; set and signed by editors. */
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import { dayOf } from '../../shared/period.ts';
import { isAimed } from '../../shared/target.ts';
import type { TargetsAnswer } from '../../shared/target-wire.ts';
import { targetsQuery } from '../api.ts';
import { Combobox } from '../combobox.tsx';
import { useIndicatorChoices } from '../panels/indicator-chooser.tsx';
import { Field } from '../people/asking.tsx';
import { OfficeFrame, OfficeRead } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { UnitChooser } from '../rules/unit-chooser.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Fresh } from './fresh.tsx';
import { usePlanPlace } from './place.ts';
import { SetForm } from './set-form.tsx';
import { SignPanel } from './sign-panel.tsx';
import { TargetRows } from './target-rows.tsx';
import { TargetTable } from './target-table.tsx';
import { YearField } from './year-field.tsx';
import './plan.css';
import './targets.css';

/** `/targets/REF?year=&indicator=`: every target of a unit, or one indicator's of a unit and each below it. */
export function TargetsPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const { zone } = useSession();
  const { unit, parts, go } = usePlanPlace('targets');
  const thisYear = Number(dayOf(useAskedAt(), zone).slice(0, 4));
  const year = Number(parts.year) || thisYear;
  const named = findIndicator(parts.indicator ?? '');
  const indicator = named && isAimed(named) ? named.id : null;
  return (
    <OfficeFrame page="targets" about={t('targets.about')} preferences={preferences}>
      <div className="plan-tools">
        <UnitChooser label={t('targets.unit')} unit={unit} onChoose={(ref) => go({ unit: ref })} />
        <YearField
          label={t('targets.year')}
          year={year}
          thisYear={thisYear}
          onChoose={(one) => go({ year: `${one}` })}
        />
        <IndicatorField indicator={indicator} onChoose={(one) => go({ indicator: one })} />
      </div>
      {unit !== '' && <Targets key={`${unit} ${year} ${indicator}`} {...{ unit, year, indicator }} />}
    </OfficeFrame>
  );
}

type IndicatorProps = { indicator: string | null; onChoose: (id: string) => void };

const AIMED = INDICATORS.filter(isAimed);

function IndicatorField({ indicator, onChoose }: IndicatorProps) {
  const { t } = useLanguage();
  const id = useId();
  const all = { id: 'all', label: null, choices: [{ id: '', label: t('targets.all') }] };
  const groups = useIndicatorChoices(AIMED);
  return (
    <Field id={id} label={t('targets.indicator')}>
      <Combobox id={id} groups={[all, ...groups]} value={indicator ?? ''} onChoose={onChoose} />
    </Field>
  );
}

function Targets({ unit, year, indicator }: { unit: string; year: number; indicator: string | null }) {
  const { t } = useLanguage();
  const read = useQuery(targetsQuery({ unit, year, ...(indicator !== null && { indicator }) }));
  const { data } = read;
  return (
    <OfficeRead isPending={read.isPending} error={data ? null : read.error} retry={() => void read.refetch()}>
      {data && (
        <>
          <Head answer={data} indicator={indicator} />
          {data.waiting.length > 0 && <SignPanel waiting={data.waiting} fourEyes={data.fourEyes} />}
          {data.rows.length > 0 ? (
            <TargetRows rows={data.rows} year={year} until={data.until} isByUnit={indicator !== null} />
          ) : (
            <p>{t('targets.none')}</p>
          )}
          {data.maySet && <SetForm unit={unit} year={year} indicator={indicator} />}
          <TargetTable unit={unit} year={year} mayImport={data.maySet} />
          <Fresh at={read.dataUpdatedAt} isLate={read.error !== null} />
        </>
      )}
    </OfficeRead>
  );
}

function Head({ answer, indicator }: { answer: TargetsAnswer; indicator: string | null }) {
  const { t, say, format } = useLanguage();
  const { unit, year, until, daysGone, daysLeft } = answer;
  const named = indicator === null ? undefined : findIndicator(indicator);
  const facts = { unit: say(unit.name), year };
  return (
    <div>
      <h2>
        {named ? t('targets.below', { ...facts, indicator: say(named.words) }) : t('targets.of', facts)}
      </h2>
      <p className="plan-soft">
        {daysGone === null || daysLeft === null
          ? t('targets.noDays')
          : t('targets.days', {
              gone: format.number(daysGone),
              left: format.number(daysLeft),
              until: format.day(until),
            })}
      </p>
    </div>
  );
}
