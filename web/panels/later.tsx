/** The panels that the first sight of a wall does without: they arrive together, after it. */
import './unit-panels.css';
import { chooseIndicator } from '../board-view.ts';
import { useToday } from '../following.tsx';
import { IndexPanel } from '../index766/panel.tsx';
import { PhasesPanel } from '../plan/phases-panel.tsx';
import { SystemsStrip } from '../systems/systems-strip.tsx';
import { useLanguage } from '../words/words.ts';
import { AbsentField, AbsentPanel } from './absent.tsx';
import { BreakdownPanel } from './breakdown.tsx';
import { DossiersPanel } from './dossiers.tsx';
import { DuePanel } from './due.tsx';
import { isEndedBefore, PassedOnPanel } from './ended.tsx';
import type { UnitPanelProps } from './entry.ts';
import { FieldFigures } from './field-figures.tsx';
import { FormPanel } from './form.tsx';
import { IndicatorChooser } from './indicator-chooser.tsx';
import { Origin } from './origin.tsx';
import { TrendPanel } from './trend.tsx';

function Trend({ panel, view }: UnitPanelProps<'trend'>) {
  const { indicator: own, chooser, steps, rem } = panel;
  const indicator = own === undefined ? view.indicator : chooseIndicator(own);
  return (
    <TrendPanel
      unit={view.unit}
      indicator={indicator}
      field={view.field}
      height={rem === undefined ? null : `${rem}rem`}
      canStep={steps === 'chosen'}
      {...(chooser && { title: <IndicatorChooser indicator={indicator} at={chooser} /> })}
    />
  );
}

function Breakdown({ panel, view }: UnitPanelProps<'breakdown'>) {
  const { t } = useLanguage();
  const { by, columns, busiestBy, rows } = panel;
  const { unit, period, field, fieldName } = view;
  const title = fieldName === null ? t(`breakdown.${by}`) : t('breakdown.procedureOf', { field: fieldName });
  return (
    <BreakdownPanel {...{ unit, period, by, field, title, columns, busiestBy, ...(rows && { rows }) }} />
  );
}

function Field({ panel: { indicators }, view: { unit, period, field } }: UnitPanelProps<'fieldFigures'>) {
  return field === null ? null : <FieldFigures {...{ unit, period, field, indicators }} />;
}

function Form({ view: { unit, period, field } }: UnitPanelProps<'form'>) {
  return <FormPanel {...{ unit, period, field }} />;
}

function Dossiers({ panel: { rows }, view: { unit, field } }: UnitPanelProps<'dossiers'>) {
  return <DossiersPanel unit={unit} field={field} {...(rows !== undefined && { rows })} />;
}

function Due({ panel: { rows }, view: { unit } }: UnitPanelProps<'due'>) {
  return <DuePanel unit={unit} {...(rows !== undefined && { rows })} />;
}

function Versions({ panel: { versions }, view: { unit, figures } }: UnitPanelProps<'origin'>) {
  return <Origin {...{ unit, figures, versions }} />;
}

function Systems({ panel: { rows }, view: { unit } }: UnitPanelProps<'systems'>) {
  return <SystemsStrip unit={unit} rows={rows} />;
}

function Index({ view: { unit, figures, facts } }: UnitPanelProps<'index766'>) {
  return <IndexPanel {...{ unit, figures }} isAbsent={facts.has('hasNoFigures')} />;
}

function PhasesOf({ view: { unit } }: UnitPanelProps<'phases'>) {
  return <PhasesPanel unit={unit} />;
}

function Absent({ view }: UnitPanelProps<'absent'>) {
  const { unit, figures, field, fieldName, fieldNoData } = view;
  if (field !== null && fieldNoData !== undefined)
    return <AbsentField field={fieldName ?? field} isUnknown={fieldNoData === 'unknownField'} />;
  return <AbsentPanel unit={unit} figures={figures} />;
}

function PassedOn({ view: { unit, period } }: UnitPanelProps<'passedOn'>) {
  const today = useToday();
  return isEndedBefore(unit, { from: today }) && <PassedOnPanel unit={unit} period={period} />;
}

/** By kind. */
export const LATER = {
  trend: Trend,
  breakdown: Breakdown,
  fieldFigures: Field,
  form: Form,
  dossiers: Dossiers,
  due: Due,
  absent: Absent,
  passedOn: PassedOn,
  systems: Systems,
  index766: Index,
  phases: PhasesOf,
  origin: Versions,
};
