import '../panels/unit-panels.css';
import './unit.css';
import './unit-tiles.css';
import { useEffect } from 'react';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { findIndicator, INDICATORS, type Indicator } from '../../shared/indicator.ts';
import { FALLBACK, useAddress } from '../address.ts';
import { useField } from '../figures/field.ts';
import { type FiguresView, useFigures } from '../figures.ts';
import { useToday } from '../following.tsx';
import { AbsentField, AbsentPanel } from '../panels/absent.tsx';
import { Breadcrumb } from '../panels/breadcrumb.tsx';
import { BreakdownPanel } from '../panels/breakdown.tsx';
import { DossiersPanel } from '../panels/dossiers.tsx';
import { isEndedBefore, PassedOnPanel } from '../panels/ended.tsx';
import { FieldFigures } from '../panels/field-figures.tsx';
import { FormPanel } from '../panels/form.tsx';
import { PanelFrame } from '../panels/frame.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { MapPanel } from '../panels/map.tsx';
import { levelsOf, RankingPanel } from '../panels/ranking.tsx';
import { TrendPanel } from '../panels/trend.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { UnitFoot, UnitHead } from './unit-head.tsx';
import { DeskSide } from './unit-side.tsx';

type UnitPageProps = { unit: string; preferences: Preferences };

/** The desk's page of any unit: the same panels for a province, a district, a commune or a department. */
export function UnitPage({ unit: ref, preferences }: UnitPageProps) {
  const { place, href } = useAddress();
  const { t, say } = useLanguage();
  const figures = useFigures(ref, place.period);
  const name = figures.unit ? say(figures.unit.name) : ref;
  useEffect(() => {
    document.title = t('app.title', { unit: name });
  }, [t, name]);
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <DeskSide unit={ref} figures={figures} preferences={preferences} />
      <main id="main" className="desk-main" tabIndex={-1}>
        {figures.unit ? (
          <UnitBody unit={figures.unit} unitRef={ref} figures={figures} />
        ) : (
          <PanelFrame
            title={figures.status === 'error' ? t('absent.unit', { unit: ref }) : t('unit.page')}
            aside={
              figures.status === 'error' && (
                <Link href={href({ page: 'home', unit: null })}>{t('nav.root')}</Link>
              )
            }
            status={figures.status === 'error' ? 'error' : 'loading'}
            error={figures.error}
            retry={figures.retry}
          >
            {null}
          </PanelFrame>
        )}
      </main>
    </div>
  );
}

type UnitBodyProps = { unit: UnitView; unitRef: string; figures: FiguresView };

function UnitBody({ unit, unitRef, figures }: UnitBodyProps) {
  const { place } = useAddress();
  const indicator = findIndicator(place.indicator) ?? (findIndicator(FALLBACK) as Indicator);
  const { period, absence } = figures;
  const { field } = place;
  const { name: fieldName, noData } = useField(unit, period, field);
  return (
    <>
      <div className="desk-crumbs">
        <Breadcrumb path={figures.path} />
        {fieldName !== null && <FieldCrumb name={fieldName} />}
      </div>
      <UnitHead unit={unit} figures={figures} />
      {field !== null && noData !== undefined ? (
        <AbsentField field={fieldName ?? field} isUnknown={noData === 'unknownField'} />
      ) : absence ? (
        <>
          <AbsentPanel unit={unit} figures={figures} />
          {absence.noData !== 'neverTold' && <TrendPanel unit={unit} indicator={indicator} field={field} />}
        </>
      ) : (
        <UnitLife {...{ unit, unitRef, figures, indicator, fieldName }} />
      )}
    </>
  );
}

type UnitLifeProps = UnitBodyProps & { indicator: Indicator; fieldName: string | null };

/** All there is to know of a unit in a period of its life. */
function UnitLife({ unit, unitRef, figures, indicator, fieldName }: UnitLifeProps) {
  const { t } = useLanguage();
  const { field } = useAddress().place;
  const today = useToday();
  const { period } = figures;
  return (
    <>
      {field === null ? (
        <UnitFigures unitRef={unitRef} figures={figures} />
      ) : (
        <FieldFigures unit={unit} period={period} field={field} />
      )}
      <div className="desk-row desk-row-wide-first">
        <TrendPanel unit={unit} indicator={indicator} field={field} />
        {isEndedBefore(unit, { from: today }) ? (
          <PassedOnPanel unit={unit} period={period} />
        ) : (
          <DossiersPanel unit={unit} field={field} />
        )}
      </div>
      {figures.children.length > 0 && field === null && (
        <UnitBelow unit={unit} figures={figures} indicator={indicator} />
      )}
      <FormPanel unit={unit} period={period} field={field} />
      {field === null && (
        <BreakdownPanel unit={unit} period={period} by="field" field={null} title={t('breakdown.field')} />
      )}
      <BreakdownPanel
        unit={unit}
        period={period}
        by="procedure"
        field={field}
        title={
          fieldName === null ? t('breakdown.procedure') : t('breakdown.procedureOf', { field: fieldName })
        }
      />
      <UnitFoot unit={unit} figures={figures} />
    </>
  );
}

function UnitFigures({ unitRef, figures }: Omit<UnitBodyProps, 'unit'>) {
  const { t } = useLanguage();
  const today = useFigures(unitRef, 'day');
  const month = useFigures(unitRef, 'month');
  return (
    <section aria-label={t('unit.key')}>
      <KeyFigures unit={unitRef} figures={figures} today={today} month={month} />
    </section>
  );
}

type UnitBelowProps = { unit: UnitView; figures: FiguresView; indicator: Indicator };

function UnitBelow({ unit, figures, indicator }: UnitBelowProps) {
  const { go } = useAddress();
  const { t } = useLanguage();
  const [level] = levelsOf(figures.children);
  return (
    <div className="desk-row">
      <PanelFrame
        className="desk-map"
        id="part-below"
        title={t('unit.below')}
        note={level && t('map.by', { group: t(`group.${level}`).toLocaleLowerCase() })}
        aside={<IndicatorChoice indicator={indicator} />}
        status={figures.status}
        error={figures.error}
        retry={figures.retry}
      >
        <MapPanel
          unit={unit}
          on={figures.on}
          indicator={indicator}
          figures={figures.figuresOf(indicator.id)}
          units={figures.children}
          onPick={(child) => go({ unit: child.ref })}
          height="26rem"
        />
      </PanelFrame>
      <RankingPanel figures={figures} indicator={indicator} />
    </div>
  );
}

function IndicatorChoice({ indicator }: { indicator: Indicator }) {
  const { go } = useAddress();
  const { t, say } = useLanguage();
  return (
    <select
      className="desk-select"
      aria-label={t('indicator.choose')}
      value={indicator.id}
      onChange={(event) => go({ indicator: event.target.value })}
    >
      {INDICATORS.map((known) => (
        <option key={known.id} value={known.id}>
          {say(known.words)}
        </option>
      ))}
    </select>
  );
}

function FieldCrumb({ name }: { name: string }) {
  const { href } = useAddress();
  const { t } = useLanguage();
  return (
    <p className="crumb-field">
      <strong>{t('unit.fieldOf', { field: name })}</strong>{' '}
      <Link href={href({ field: null })}>{t('unit.clearField')}</Link>
    </p>
  );
}
