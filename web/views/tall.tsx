import '../panels/later.tsx';
import './unit.css';
import './unit-tiles.css';
import './tall.css';
import type { TallBoard } from '../../shared/board.ts';
import type { BoardView } from '../board-view.ts';
import { DeskPanels } from './board.tsx';

/** The body of a wall that flows, in the look of the desk's page. */
export function TallPanels({ board, view }: { board: TallBoard; view: BoardView }) {
  return (
    <main className="tall-body">
      <DeskPanels board={board} view={view} />
    </main>
  );
}
