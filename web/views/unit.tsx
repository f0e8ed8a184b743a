// A desk shows them all: they come with the page.
import '../panels/later.tsx';
import './unit.css';
import './unit-tiles.css';
import { Link } from 'wouter';
import { UNIT_DESK } from '../../shared/boards/unit-desk.ts';
import { useAddress } from '../address.ts';
import { type BoardView, toldOf, type UnitBoardView, useBoardView } from '../board-view.ts';
import { useOwnNames } from '../figures/names.ts';
import { usePanelState } from '../panel-state.ts';
import { Breadcrumb } from '../panels/breadcrumb.tsx';
import { PanelFrame } from '../panels/frame.tsx';
import type { Preferences } from '../preferences.ts';
import { useTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';
import { DeskPanels, partsOf } from './board.tsx';
import { UnitHead } from './unit-head.tsx';
import { DeskSide } from './unit-side.tsx';

type UnitPageProps = { unit: string; preferences: Preferences };

/** The desk's page of any unit: its board in a page that flows, with the ways around it beside. */
export function UnitPage({ unit: ref, preferences }: UnitPageProps) {
  const { t } = useLanguage();
  const view = useBoardView(ref, UNIT_DESK);
  const { unit, figures } = view;
  const nameOf = useOwnNames(figures.path);
  useTitle({ unit: unit ? nameOf(unit) : '', period: figures.period, page: t('unit.page') });
  const parts = unit && !view.facts.has('hasNoFigures') ? partsOf(UNIT_DESK, view) : [];
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <DeskSide unit={figures.status === 'error' ? null : ref} parts={parts} preferences={preferences} />
      <main id="main" className="desk-main" tabIndex={-1}>
        {unit ? <UnitBody view={{ ...view, unit }} /> : <NoUnit view={view} />}
      </main>
    </div>
  );
}

/** While the unit is not known, and where there is none. */
function NoUnit({ view: { ref, figures } }: { view: BoardView }) {
  const { href } = useAddress();
  const { t } = useLanguage();
  const state = usePanelState(toldOf(figures));
  return (
    <>
      <h1 className="hidden">{ref}</h1>
      <PanelFrame
        title={figures.status === 'error' ? t('absent.unit', { unit: ref }) : t('unit.page')}
        aside={
          figures.status === 'error' && <Link href={href({ page: 'home', unit: null })}>{t('nav.root')}</Link>
        }
        state={state}
        retry={figures.retry}
      >
        {null}
      </PanelFrame>
    </>
  );
}

function UnitBody({ view }: { view: UnitBoardView }) {
  const { unit, figures, fieldName } = view;
  return (
    <>
      <div className="desk-crumbs">
        <Breadcrumb path={figures.path} />
        {fieldName !== null && <FieldCrumb name={fieldName} />}
      </div>
      <UnitHead unit={unit} figures={figures} />
      <DeskPanels board={UNIT_DESK} view={view} />
    </>
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
