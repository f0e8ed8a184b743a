/** What the panels of a board show, in one place: unit, period, indicator, area of work, figures, and how old they are. */
import { useMemo } from 'react';
import type { UnitView } from '../shared/answers.ts';
import type { Board, Fact } from '../shared/board.ts';
import { FIRST_INDICATOR } from '../shared/boards/common.ts';
import { findIndicator } from '../shared/catalogue.ts';
import type { Indicator } from '../shared/indicator.ts';
import type { Period } from '../shared/period.ts';
import { useAddress } from './address.ts';
import { factsOf } from './figures/facts.ts';
import { type Field, useField } from './figures/field.ts';
import { type FiguresView, useFigures } from './figures.ts';
import { useFollowing, useToday } from './following.tsx';
import { type HasFigures, lateSinceOf, type PanelState, type Told, usePanelState } from './panel-state.ts';

/** `unit` is null until it is known; `ref` is how the address names it. */
export type BoardView = {
  ref: string;
  unit: UnitView | null;
  period: Period;
  figures: FiguresView;
  facts: ReadonlySet<Fact>;
  /** The indicator that is chosen. */
  indicator: Indicator;
  /** The area of work to which the board is narrowed, and its name; its code while, or where, the name is not known. */
  field: string | null;
  fieldName: string | null;
  /** Why there are no figures of it, where nobody knows it or ever told of it. */
  fieldNoData?: Field['noData'];
};

/** A view of a unit that is known. */
export type UnitBoardView = BoardView & { unit: UnitView };

/** The indicator with an id; the one a board starts with where there is none. */
export function chooseIndicator(id: string): Indicator {
  const indicator = findIndicator(id) ?? findIndicator(FIRST_INDICATOR);
  if (!indicator) throw new Error(`no indicator ${FIRST_INDICATOR}`);
  return indicator;
}

/** What the panels of a board show of the unit that `ref` names, at the place the address names. */
export function useBoardView(ref: string, { canvas }: Pick<Board, 'canvas'>): BoardView {
  const { place } = useAddress();
  const figures = useFigures(ref, place.period);
  const today = useToday();
  const { unit, period, children, status, absence } = figures;
  const field = canvas === 'desk' && place.page !== 'leaders' ? place.field : null;
  const { name: fieldName, noData: fieldNoData } = useField(unit, period, field);
  const isFieldUnknown = fieldNoData !== undefined;
  const facts = useMemo(() => {
    const isReady = status === 'ready';
    return factsOf({ unit, children, isReady, absence, today, field, isFieldUnknown });
  }, [unit, children, status, absence, today, field, isFieldUnknown]);
  const indicator = chooseIndicator(place.indicator);
  return {
    ...{ ref, unit, period, figures, facts, indicator, field, fieldName },
    ...(fieldNoData !== undefined && { fieldNoData }),
  };
}

/** What came of asking for figures; `has` is what there is in them once they came. */
export function toldOf({ status, error }: FiguresView, has: HasFigures = 'figures'): Told {
  if (status === 'ready' || status === 'own') return { kind: 'told', has };
  if (status === 'loading') return { kind: 'pending' };
  return { kind: 'failed', error: error ?? new Error('no figures') };
}

/** How a panel stands that shows live figures of a unit and those below it, late where the unit's own are. */
export function useFiguresState(figures: FiguresView, indicator: string, has?: HasFigures): PanelState {
  const { state, serverNow } = useFollowing();
  const figure = figures.unit && figures.figureOf(figures.unit.id, indicator);
  const lateSince = lateSinceOf(figure, { feeds: state?.feeds ?? [], now: serverNow() });
  return usePanelState(figures.status === 'own' ? { kind: 'pending' } : toldOf(figures, has), lateSince);
}
