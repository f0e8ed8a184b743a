/** Which of the shipped walls a screen shows, and how its canvas lies there. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { TallBoard, WallBoard } from '../../shared/board.ts';
import { WALL } from '../../shared/boards/wall.ts';
import { WALL_TALL } from '../../shared/boards/wall-tall.ts';
import { WALL_WIDE } from '../../shared/boards/wall-wide.ts';
import { SMALLEST_TEXT } from '../../shared/legibility.ts';
import { usePrinting } from '../printing.ts';

/** Width and height in CSS px. */
export type Room = { width: number; height: number };

/** CSS px under which a canvas would be a miniature. */
const LEAST_CSS_PX = 12;

const CANVASES: readonly WallBoard[] = [WALL, WALL_WIDE];

/** What a page of A4 across has room for, in CSS px: whatever the screen is, a wall is printed as one of 16:9. */
const PAPER: Room = { width: 1046, height: 589 };

const scaleIn = ({ size }: WallBoard, room: Room): number =>
  Math.min(room.width / size.width, room.height / size.height);

/**
 * The wall for a screen: the canvas nearest to its shape on which every text can be read, else the wall that flows. The
 * whole window decides: a band that takes some of it for a while changes no layout.
 */
export function chooseBoard(room: Room): WallBoard | TallBoard {
  const awry = ({ size }: WallBoard) =>
    Math.abs(Math.log(room.width / room.height / (size.width / size.height)));
  const legible = CANVASES.filter((board) => SMALLEST_TEXT.wall * scaleIn(board, room) >= LEAST_CSS_PX);
  return legible.sort((a, b) => awry(a) - awry(b))[0] ?? WALL_TALL;
}

/** How a canvas lies in the middle of the room there is. */
export function fitCanvas(board: WallBoard, room: Room): { scale: number; left: number; top: number } {
  const scale = scaleIn(board, room);
  const { width, height } = board.size;
  return { scale, left: (room.width - width * scale) / 2, top: (room.height - height * scale) / 2 };
}

const sizeOfWindow = (): Room => ({ width: innerWidth, height: innerHeight });

/**
 * The wall for this screen, and the room for its canvas: the element at `ref`, of which less is left while a band says that
 * the link is lost.
 */
export function useWallLayout(): {
  ref: RefObject<HTMLDivElement | null>;
  board: WallBoard | TallBoard;
  room: Room;
} {
  const ref = useRef<HTMLDivElement>(null);
  const [{ whole, room }, setSizes] = useState(() => ({ whole: sizeOfWindow(), room: sizeOfWindow() }));
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const measure = () =>
      setSizes({ whole: sizeOfWindow(), room: { width: box.clientWidth, height: box.clientHeight } });
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      removeEventListener('resize', measure);
    };
  }, []);
  return usePrinting() ? { ref, board: WALL, room: PAPER } : { ref, board: chooseBoard(whole), room };
}
