/** The texts that can be seen, in the DOM and on canvases, with the boxes of their ink. Runs in the browser. */
import { type Box, boxOf, isShown, scaleOf } from './box.ts';
import { textsOf } from './canvas-text.ts';

/** A visible text: the boxes of its lines, those of its letters alone, and its size in pixels of its own page. */
export type Piece = { element: Element; text: string; lines: Box[]; ink: Box[]; size: number };

type Metrics = { above: number; below: number; letterAbove: number; letterBelow: number };

const known = new Map<string, Metrics>();
let measuring: CanvasRenderingContext2D | null = null;

function measure(style: CSSStyleDeclaration, text: string): Metrics {
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const key = `${font}|${text}`;
  const found = known.get(key);
  if (found) return found;
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) throw new Error('no canvas to measure with');
  measuring.font = font;
  const told = measuring.measureText(text);
  const metrics = {
    above: told.fontBoundingBoxAscent,
    below: told.fontBoundingBoxDescent,
    letterAbove: told.actualBoundingBoxAscent,
    letterBelow: told.actualBoundingBoxDescent,
  };
  known.set(key, metrics);
  return metrics;
}

/** The part of a line's box that its letters fill: a line is as high as its font, whatever stands in it. */
function inkOf(line: Box, { above, below, letterAbove, letterBelow }: Metrics): Box {
  const scale = (line.bottom - line.top) / (above + below);
  const base = line.top + above * scale;
  return { ...line, top: base - letterAbove * scale, bottom: base + letterBelow * scale };
}

const SILENT = 'script, style, noscript, option, select, title, [hidden], [inert]';

function readText(node: Node): Piece | null {
  const text = node.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const element = node.parentElement;
  if (text === '' || !element || element.closest(SILENT) || !isShown(element)) return null;
  const range = document.createRange();
  range.selectNodeContents(node);
  const lines = [...range.getClientRects()]
    .filter(({ width, height }) => width > 0.5 && height > 0.5)
    .map(boxOf);
  if (lines.length === 0) return null;
  const style = getComputedStyle(element);
  const metrics = measure(style, text);
  const size = Number.parseFloat(style.fontSize);
  return { element, text, lines, ink: lines.map((line) => inkOf(line, metrics)), size };
}

/** Every text in the page that can be seen. */
export function readPieces(): Piece[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pieces: Piece[] = [];
  while (walker.nextNode()) {
    const piece = readText(walker.currentNode);
    if (piece) pieces.push(piece);
  }
  return pieces;
}

/** Every text that charts have drawn. */
export function readCanvasPieces(): Piece[] {
  return [...document.querySelectorAll('canvas')].filter(isShown).flatMap((canvas) => {
    const place = canvas.getBoundingClientRect();
    const ratio = place.width / canvas.width;
    return textsOf(canvas).map(({ text, box, size }) => {
      const ink = {
        left: place.left + box.left * ratio,
        top: place.top + box.top * ratio,
        right: place.left + box.right * ratio,
        bottom: place.top + box.bottom * ratio,
      };
      return { element: canvas, text, lines: [ink], ink: [ink], size: (size * ratio) / scaleOf(canvas) };
    });
  });
}
