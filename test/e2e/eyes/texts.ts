/** Faults of texts: over one another, cut, out of their box, too small. Runs in the browser. */
import {
  type Box,
  boxOf,
  clippingOf,
  excess,
  type Finding,
  isEmpty,
  isPaper,
  meet,
  nameOf,
  overlaps,
  scaleOf,
  wallOf,
} from './box.ts';
import type { Piece } from './ink.ts';
import { layerOf } from './layers.ts';

const SLACK = 1;

const finding = (kind: string, piece: Piece, boxes: Box[]): Finding => ({
  kind,
  element: nameOf(piece.element),
  text: piece.text.slice(0, 80),
  boxes,
});

/** The box of an element as far as it shows its content: inside its borders. */
function innerBox(element: Element): Box {
  const box = element.getBoundingClientRect();
  const scale = scaleOf(element);
  const style = getComputedStyle(element);
  return {
    left: box.left + Number.parseFloat(style.borderLeftWidth) * scale,
    top: box.top + Number.parseFloat(style.borderTopWidth) * scale,
    right: box.right - Number.parseFloat(style.borderRightWidth) * scale,
    bottom: box.bottom - Number.parseFloat(style.borderBottomWidth) * scale,
  };
}

type Clipped = { shown: Box; by: Element | null; how: 'cut' | 'scroll' | null };

function clipBy(at: Element, shown: Box): Clipped {
  const { x, y } = clippingOf(at);
  if (!x && !y) return { shown, by: null, how: null };
  const inner = innerBox(at);
  const bounds = {
    left: x ? inner.left : Number.NEGATIVE_INFINITY,
    right: x ? inner.right : Number.POSITIVE_INFINITY,
    top: y ? inner.top : Number.NEGATIVE_INFINITY,
    bottom: y ? inner.bottom : Number.POSITIVE_INFINITY,
  };
  const slack = SLACK * scaleOf(at);
  const sideways = x && Math.max(bounds.left - shown.left, shown.right - bounds.right) > slack ? x : null;
  const down = y && Math.max(bounds.top - shown.top, shown.bottom - bounds.bottom) > slack ? y : null;
  const how = sideways === 'cut' || down === 'cut' ? 'cut' : (sideways ?? down);
  return { shown: meet(shown, bounds), by: how && at, how };
}

/** What is left of a box within all that clips it, and the first that takes of it. */
export function clip(element: Element, box: Box): Clipped {
  let shown = box;
  let first: Clipped | null = null;
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
    const clipped = clipBy(at, shown);
    shown = clipped.shown;
    if (clipped.how) first ??= clipped;
    if (isEmpty(shown)) break;
  }
  return { shown, by: first?.by ?? null, how: first?.how ?? null };
}

/** The ink of a piece that can be seen. */
const shownInk = (piece: Piece): Box[] =>
  piece.ink.map((box) => clip(piece.element, box).shown).filter((box) => !isEmpty(box));

const isSticky = (element: Element): boolean => {
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (getComputedStyle(at).position === 'sticky' && at.closest('table, .desk')) return true;
  }
  return false;
};

/** Texts that lie over other texts. */
export function findOverlaps(pieces: readonly Piece[]): Finding[] {
  const marks = pieces
    .filter(({ element }) => !isSticky(element))
    .flatMap((piece) => shownInk(piece).map((box) => ({ piece, box })))
    .sort((a, b) => a.box.top - b.box.top);
  const found: Finding[] = [];
  for (const [index, { piece, box }] of marks.entries()) {
    const slack = SLACK * scaleOf(piece.element);
    for (let next = index + 1; next < marks.length; next += 1) {
      const other = marks[next];
      if (!other || other.box.top > box.bottom) break;
      if (other.piece === piece || !overlaps(box, other.box, slack)) continue;
      if (layerOf(piece.element) !== layerOf(other.piece.element)) continue;
      const pair = { ...piece, text: `${piece.text} × ${other.piece.text}` };
      const told = finding('text-overlap', pair, [box, other.box]);
      found.push({ ...told, element: `${nameOf(piece.element)} × ${nameOf(other.piece.element)}` });
    }
  }
  return found;
}

/** A cut that is borne: the whole is in a title, and there is a reason. */
export type Allowance = { element: string; reason: string };

function isToldWhole({ element, text }: Piece, allowed: readonly Allowance[]): boolean {
  if (!allowed.some((allowance) => element.closest(allowance.element))) return false;
  const told = element.closest('[title]')?.getAttribute('title') ?? '';
  return told.replace(/\s+/g, ' ').includes(text);
}

function isEllipsed({ element, lines }: Piece): boolean {
  for (let at: Element | null = element; at && at !== element.ownerDocument.body; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.textOverflow !== 'ellipsis' || style.overflowX === 'visible') continue;
    const inner = innerBox(at);
    return at.scrollWidth > at.clientWidth || lines.some(({ right }) => right > inner.right + 0.5);
  }
  return false;
}

/** How a part of a text cannot be seen: shortened, clipped, or to be scrolled to on a wall that nobody touches. */
export function judgeCut(piece: Piece): Finding | null {
  if (isEllipsed(piece)) return finding('text-cut', piece, piece.lines);
  for (const ink of piece.ink) {
    const { by, how } = clip(piece.element, ink);
    if (how === 'cut' && by) return finding('text-cut', piece, [ink, boxOf(by.getBoundingClientRect())]);
    if (how === 'scroll' && wallOf(piece.element)) return finding('wall-scrolls', piece, [ink]);
  }
  return null;
}

/** Texts that are cut, and not allowed to be. */
export function findCuts(pieces: readonly Piece[], allowed: readonly Allowance[]): Finding[] {
  return pieces.flatMap((piece) => (isToldWhole(piece, allowed) ? [] : (judgeCut(piece) ?? [])));
}

/** Texts on a canvas that leave it, or that the chart itself has shortened. */
export function findCanvasCuts(pieces: readonly Piece[]): Finding[] {
  return pieces.flatMap((piece) => {
    const outer = piece.element.getBoundingClientRect();
    const isOut = piece.ink.some((ink) => excess(ink, outer) > SLACK * scaleOf(piece.element));
    return isOut || /(…|\.\.\.)$/.test(piece.text)
      ? [finding('text-cut', piece, [...piece.ink, boxOf(outer)])]
      : [];
  });
}

/** Texts that stick out of the box they stand in: the nearest one that is painted. */
export function findStickingOut(pieces: readonly Piece[]): Finding[] {
  return pieces.flatMap((piece) => {
    let at: Element | null = piece.element;
    for (; at && at !== document.body && !isPaper(at); at = at.parentElement) {
      const { x, y } = clippingOf(at);
      if (x || y) return [];
    }
    if (!at || at === document.body) return [];
    const outer = at.getBoundingClientRect();
    const slack = SLACK * scaleOf(at);
    const out = piece.ink.filter((ink) => excess(ink, outer) > slack);
    return out.length > 0 ? [finding('text-sticks-out', piece, [...out, boxOf(outer)])] : [];
  });
}

const WALL_LEAST = 18;
const DESK_LEAST = 12;

/** Texts too small to read: under 18 px of the wall's canvas, under 12 px at a desk. */
export function findSmall(pieces: readonly Piece[]): Finding[] {
  return pieces.flatMap((piece) => {
    const least = wallOf(piece.element) ? WALL_LEAST : DESK_LEAST;
    if (piece.size >= least - 0.05) return [];
    return [
      finding('text-small', { ...piece, text: `${piece.size.toFixed(1)} px: ${piece.text}` }, piece.ink),
    ];
  });
}
