/** What the registry of panels keeps of each kind. */
import type { ComponentType } from 'react';
import type { PanelKind, PanelOf } from '../../shared/board.ts';
import type { BoardView, UnitBoardView } from '../board-view.ts';

/** What a panel is given: its options, and what the board shows. */
export type PanelProps<K extends PanelKind> = { panel: PanelOf<K>; view: BoardView };

/** What a panel is given that does without a frame while the unit is not known. */
export type UnitPanelProps<K extends PanelKind> = { panel: PanelOf<K>; view: UnitBoardView };

/** The parts of a long page to which one can jump: the element `part-…`. */
export type Part = 'trend' | 'dossiers' | 'due' | 'below' | 'form' | 'field' | 'procedure';

/** Its component, the data it needs before it stands (the unit, or nothing yet), and which part of a page it is. */
export type PanelEntry<K extends PanelKind> = (
  | { needs: 'nothing'; Show: ComponentType<PanelProps<K>> }
  | { needs: 'unit'; Show: ComponentType<UnitPanelProps<K>> }
) & { part?: (panel: PanelOf<K>) => Part };

/** One entry for each kind. */
export type PanelTable = { readonly [K in PanelKind]: PanelEntry<K> };
