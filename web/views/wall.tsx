import { Suspense } from 'react';
import { Link } from 'wouter';
import type { TallBoard, WallBoard } from '../../shared/board.ts';
import { SMALLEST_TEXT } from '../../shared/legibility.ts';
import { useAddress } from '../address.ts';
import { type BoardView, toldOf, useBoardView } from '../board-view.ts';
import { useOwnNames } from '../figures/names.ts';
import { usePanelState } from '../panel-state.ts';
import { BoardPaperFoot, BoardPaperHead } from '../panels/paper.tsx';
import { laterPart } from '../part.ts';
import type { Preferences } from '../preferences.ts';
import { useScreen } from '../screen.ts';
import { useTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';
import { WallPanels } from './board.tsx';
import { LegibilityLine } from './legibility-line.tsx';
import { WallHead } from './wall-head.tsx';
import { fitCanvas, type Room, useWallLayout } from './wall-layout.ts';
import './wall.css';
import './wall-tiles.css';

const TallPanels = laterPart(async () => (await import('./tall.tsx')).TallPanels);

type WallPageProps = { unit: string; preferences: Preferences };

/** The wall for this screen: a canvas scaled to it and never scrolled, or a page that flows where that would be too small. */
export function WallPage({ unit, preferences }: WallPageProps) {
  const { t } = useLanguage();
  const { ref, board, room } = useWallLayout();
  const view = useBoardView(unit, board);
  const { figures } = view;
  const nameOf = useOwnNames(figures.path);
  useTitle({ unit: view.unit ? nameOf(view.unit) : '', period: figures.period, page: t('unit.wall') });
  return (
    <>
      <div className="wall-room" ref={ref} />
      {board.canvas === 'tall' ? (
        <TallWall board={board} view={view} preferences={preferences} />
      ) : (
        <CanvasWall board={board} view={view} preferences={preferences} room={room} />
      )}
    </>
  );
}

type WallProps<B> = { board: B; view: BoardView; preferences: Preferences };

function CanvasWall({ board, view, preferences, room }: WallProps<WallBoard> & { room: Room }) {
  const { kind } = usePanelState(toldOf(view.figures));
  const { scale, left, top } = fitCanvas(board, room);
  const screen = useScreen({ textPx: SMALLEST_TEXT.wall * scale });
  const style = {
    ...board.size,
    transform: `translate(${left}px, ${top}px) scale(${scale})`,
    '--scale': scale,
  };
  return (
    <div className="wall-screen">
      <BoardPaperHead figures={view.figures} />
      <div className="wall-place">
        <div className="wall" data-board={board.id} style={style}>
          <WallHead figures={view.figures} preferences={preferences} screen={{ ...screen, scale }} />
          {kind === 'missing' ? <MissingUnit unit={view.ref} /> : <WallPanels board={board} view={view} />}
          <LegibilityLine screen={screen} />
        </div>
      </div>
      <BoardPaperFoot figures={view.figures} />
    </div>
  );
}

function TallWall({ board, view, preferences }: WallProps<TallBoard>) {
  const { kind } = usePanelState(toldOf(view.figures));
  const screen = useScreen({ textPx: SMALLEST_TEXT.tall });
  return (
    <div className="desk tall" data-board={board.id}>
      <WallHead figures={view.figures} preferences={preferences} screen={{ ...screen, scale: 1 }} />
      {kind === 'missing' ? (
        <MissingUnit unit={view.ref} />
      ) : (
        <Suspense fallback={<div className="skeleton" />}>
          <TallPanels board={board} view={view} />
        </Suspense>
      )}
      <LegibilityLine screen={screen} />
    </div>
  );
}

function MissingUnit({ unit }: { unit: string }) {
  const { href } = useAddress();
  const { t } = useLanguage();
  return (
    <main className="panel-error">
      <p role="alert">{t('absent.unit', { unit })}</p>
      <Link href={href({ page: 'home', unit: null })}>{t('nav.root')}</Link>
    </main>
  );
}
