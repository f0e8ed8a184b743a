// A desk shows them all: they come with the page.
import '../panels/later.tsx';
import './unit.css';
import './unit-tiles.css';
import { Link } from 'wouter';
import type { DeskBoard } from '../../shared/board.ts';
import { LEADERS_DESK } from '../../shared/boards/leaders-desk.ts';
import { UNIT_DESK } from '../../shared/boards/unit-desk.ts';
import { useAddress } from '../address.ts';
import { type BoardView, toldOf, type UnitBoardView, useBoardView } from '../board-view.ts';
import { useOwnNames } from '../figures/names.ts';
import { usePanelState } from '../panel-state.ts';
import { Breadcrumb } from '../panels/breadcrumb.tsx';
import { PanelFrame } from '../panels/frame.tsx';
import { BoardPaperFoot, BoardPaperHead } from '../panels/paper.tsx';
import type { Preferences } from '../preferences.ts';
import { useTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';
import { DeskPanels, partsOf } from './board.tsx';
import { UnitHead } from './unit-head.tsx';
import { DeskSide } from './unit-side.tsx';

/** The boards for a desk, by their pages. */
const BOARDS = { unit: UNIT_DESK, leaders: LEADERS_DESK } as const satisfies Record<string, DeskBoard>;

type UnitPageProps = { page: keyof typeof BOARDS; unit: string; preferences: Preferences };

/** A desk's page of any unit: its board in a page that flows, with the ways around it beside. */
export function UnitPage({ page, unit: ref, preferences }: UnitPageProps) {
  const { t } = useLanguage();
  const board = BOARDS[page];
  const view = useBoardView(ref, board);
  const { unit, figures } = view;
  const nameOf = useOwnNames(figures.path);
  useTitle({ unit: unit ? nameOf(unit) : '', period: figures.period, page: t(`${page}.page`) });
  const parts = unit && !view.facts.has('hasNoFigures') ? partsOf(board, view) : [];
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <DeskSide
        page={page}
        unit={figures.status === 'error' ? null : ref}
        parts={parts}
        preferences={preferences}
      />
      <BoardPaperHead figures={figures} />
      <main id="main" className="desk-main" tabIndex={-1}>
        {unit ? <UnitBody board={board} view={{ ...view, unit }} /> : <NoUnit view={view} />}
      </main>
      <BoardPaperFoot figures={figures} />
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

function UnitBody({ board, view }: { board: DeskBoard; view: UnitBoardView }) {
  const { unit, figures, fieldName } = view;
  return (
    <>
      <div className="desk-crumbs">
        <Breadcrumb path={figures.path} />
        {fieldName !== null && <FieldCrumb name={fieldName} />}
      </div>
      <UnitHead unit={unit} figures={figures} />
      <DeskPanels board={board} view={view} />
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
