import { type CSSProperties, Suspense } from 'react';
import type { Area, DeskBoard, Panel, TallBoard, WallBoard } from '../../shared/board.ts';
import type { BoardView } from '../board-view.ts';
import { stands } from '../figures/facts.ts';
import type { Part } from '../panels/entry.ts';
import { PanelPlace, partOf } from '../panels/panels.tsx';
import './board.css';

/** What a board is, and what it shows. */
type BoardProps<B> = { board: B; view: BoardView };

/** The body of a wall's canvas, and what stands over its whole foot. */
export function WallPanels({ board, view }: BoardProps<WallBoard>) {
  const columns = board.columns.map((column) => (column === 'rest' ? 'minmax(0, 1fr)' : `${column}px`));
  return (
    <>
      <main className="wall-body" style={{ gridTemplateColumns: columns.join(' ') }}>
        {board.areas.map((area) => (
          <AreaPanels key={`${area.column} ${area.span} ${keyOf(area.panels)}`} area={area} view={view} />
        ))}
      </main>
      <Panels panels={board.foot} view={view} />
    </>
  );
}

/** The panels of an area that stand, one below the other; nothing where none does. */
function AreaPanels({ area, view }: { area: Area; view: BoardView }) {
  const standing = area.panels.filter((panel) => stands(panel, view.facts));
  if (standing.length === 0) return null;
  const style: CSSProperties = {
    gridColumn: `${area.column} / span ${area.span}`,
    gridTemplateRows: standing.map(heightOf).join(' '),
    gap: area.gap,
  };
  return (
    <div className="wall-area" style={style}>
      <Panels panels={area.panels} view={view} />
    </div>
  );
}

function heightOf({ height = 'content', atLeast = 0 }: Panel): string {
  return height === 'fill' ? `minmax(${atLeast}px, 1fr)` : 'auto';
}

/** The rows of a page that flows. */
export function DeskPanels({ board, view }: BoardProps<DeskBoard | TallBoard>) {
  return board.rows.map(({ columns, panels }) => {
    if (!panels.some((panel) => stands(panel, view.facts))) return null;
    if (columns === 'one') return <Panels key={keyOf(panels)} panels={panels} view={view} />;
    return (
      <div key={keyOf(panels)} className="desk-row" data-columns={columns}>
        <Panels panels={panels} view={view} />
      </div>
    );
  });
}

function Panels({ panels, view }: { panels: readonly Panel[]; view: BoardView }) {
  return panels.map((panel, index) => {
    if (!stands(panel, view.facts)) return null;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a board's panels keep their order, and one kind may stand twice
      <Suspense key={`${panel.kind}${index}`} fallback={<div className="skeleton" />}>
        <PanelPlace panel={panel} view={view} />
      </Suspense>
    );
  });
}

function keyOf(panels: readonly Panel[]): string {
  return panels.map(({ kind }) => kind).join(' ');
}

/** The parts of a page that stand now, in their order. */
export function partsOf({ rows }: DeskBoard, { facts }: Pick<BoardView, 'facts'>): Part[] {
  return rows.flatMap(({ panels }) =>
    panels.filter((panel) => stands(panel, facts)).flatMap((panel) => partOf(panel) ?? []),
  );
}
