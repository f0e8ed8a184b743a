import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { WALL } from '../../shared/boards/wall.ts';
import { useAddress } from '../address.ts';
import { toldOf, useBoardView } from '../board-view.ts';
import { useOwnNames } from '../figures/names.ts';
import { usePanelState } from '../panel-state.ts';
import { BoardPaperFoot, BoardPaperHead } from '../panels/paper.tsx';
import type { Preferences } from '../preferences.ts';
import { usePrinting } from '../printing.ts';
import { useTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';
import { WallPanels } from './board.tsx';
import { WallHead } from './wall-head.tsx';
import './wall.css';

const CANVAS = { width: 1920, height: 1080 };

/** What a page of A4 across has room for, in CSS px. */
const PAPER = { width: 1046, height: 589 };

function fitCanvas(width: number, height: number): { scale: number; left: number; top: number } {
  const scale = Math.min(width / CANVAS.width, height / CANVAS.height);
  return { scale, left: (width - CANVAS.width * scale) / 2, top: (height - CANVAS.height * scale) / 2 };
}

/** How the canvas lies in the screen; less of it is left while a band says that the link is lost. */
function useCanvasFit() {
  const screen = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState(() => fitCanvas(innerWidth, innerHeight));
  useEffect(() => {
    const box = screen.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setFit(fitCanvas(box.clientWidth, box.clientHeight)));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const isPrinting = usePrinting();
  return { screen, ...(isPrinting ? fitCanvas(PAPER.width, PAPER.height) : fit) };
}

type WallPageProps = { unit: string; preferences: Preferences };

/** The wall's board on one canvas of 1920 x 1080, scaled to the screen and never scrolled. */
export function WallPage({ unit, preferences }: WallPageProps) {
  const { t } = useLanguage();
  const { screen, scale, left, top } = useCanvasFit();
  const view = useBoardView(unit, WALL);
  const { kind } = usePanelState(toldOf(view.figures));
  const { figures } = view;
  const nameOf = useOwnNames(figures.path);
  useTitle({ unit: view.unit ? nameOf(view.unit) : '', period: figures.period, page: t('unit.wall') });
  const style = { transform: `translate(${left}px, ${top}px) scale(${scale})`, '--scale': scale };
  return (
    <div className="wall-screen" ref={screen}>
      <BoardPaperHead figures={figures} />
      <div className="wall-place">
        <div className="wall" style={style}>
          <WallHead figures={view.figures} preferences={preferences} />
          {kind === 'missing' ? <MissingUnit unit={unit} /> : <WallPanels board={WALL} view={view} />}
        </div>
      </div>
      <BoardPaperFoot figures={figures} />
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
