/** Faults of boxes: over one another, off the page, off the wall's canvas, too small to hit, empty. Runs in the browser. */
import {
  type Box,
  boxOf,
  clippingOf,
  excess,
  type Finding,
  isPaper,
  isShown,
  nameOf,
  overlaps,
  scaleOf,
  wallOf,
} from './box.ts';
import type { Piece } from './ink.ts';
import { layerOf } from './layers.ts';
import { clip, judgeCut } from './texts.ts';

const SLACK = 1;
/** Marks thinner than this, in pixels of their page, may lie on others: bars, dots, lines. */
const LEAST_PAPER = 14;

const finding = (
  kind: string,
  element: Element,
  boxes: Box[],
  text = element.textContent ?? '',
): Finding => ({
  kind,
  element: nameOf(element),
  text: text.replace(/\s+/g, ' ').trim().slice(0, 80),
  boxes,
});

const isLayered = (element: Element): boolean => {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { position } = getComputedStyle(at);
    if (position === 'sticky' || (position === 'fixed' && !at.matches('.wall-screen'))) return true;
  }
  return false;
};

function readPapers(): { element: Element; box: Box }[] {
  return [...document.body.querySelectorAll('*')].flatMap((element) => {
    if (element.closest('svg, [inert]') || !isPaper(element) || !isShown(element) || isLayered(element))
      return [];
    const box = clip(element, boxOf(element.getBoundingClientRect())).shown;
    const least = LEAST_PAPER * scaleOf(element);
    return box.right - box.left < least || box.bottom - box.top < least ? [] : [{ element, box }];
  });
}

/** Whether one of two elements lies over the other by intent: within it, or opened over it. */
const isOver = (a: Element, b: Element): boolean =>
  a.contains(b) || b.contains(a) || layerOf(a) !== layerOf(b);

/** Painted boxes, none within the other, that lie over one another. */
export function findBoxOverlaps(): Finding[] {
  const papers = readPapers().sort((a, b) => a.box.top - b.box.top);
  const found: Finding[] = [];
  for (const [index, { element, box }] of papers.entries()) {
    for (const other of papers.slice(index + 1)) {
      if (other.box.top > box.bottom) break;
      if (isOver(element, other.element) || !overlaps(box, other.box, SLACK * scaleOf(element))) continue;
      const told = finding('box-overlap', element, [box, other.box]);
      found.push({ ...told, element: `${nameOf(element)} × ${nameOf(other.element)}` });
    }
  }
  return found;
}

/** A page that can be scrolled sideways; a wall that can be scrolled at all. */
export function findPageOverflow(): Finding[] {
  const root = document.documentElement;
  const isWall = document.querySelector('.wall') !== null;
  const isWide = root.scrollWidth > root.clientWidth;
  const isHigh = isWall && root.scrollHeight > root.clientHeight;
  if (!isWide && !isHigh) return [];
  const text = `${root.scrollWidth} x ${root.scrollHeight} in ${root.clientWidth} x ${root.clientHeight}`;
  const widest = [...document.body.querySelectorAll('*')].find(
    (element) => element.getBoundingClientRect().right > root.clientWidth + SLACK && isShown(element),
  );
  return [
    finding('page-scrolls', widest ?? root, widest ? [boxOf(widest.getBoundingClientRect())] : [], text),
  ];
}

/** What lies outside the wall's canvas, or under the strip at its foot. */
export function findWallOverflow(pieces: readonly Piece[]): Finding[] {
  const wall = document.querySelector('.wall');
  if (!wall) return [];
  const slack = SLACK * scaleOf(wall);
  const canvas = wall.getBoundingClientRect();
  const body = wall.querySelector('.wall-body');
  const foot = wall.querySelector('.strip')?.getBoundingClientRect().top ?? canvas.bottom;
  const marks = [
    ...pieces.flatMap(({ element, ink, text }) => ink.map((box) => ({ element, box, text }))),
    ...readPapers().map(({ element, box }) => ({ element, box, text: element.textContent ?? '' })),
  ].filter(({ element }) => wallOf(element) === wall);
  return marks.flatMap(({ element, box, text }) => {
    if (excess(box, canvas) > slack) return [finding('outside-canvas', element, [box], text)];
    const isUnder = body?.contains(element) === true && box.bottom > foot + slack;
    return isUnder ? [finding('under-strip', element, [box], text)] : [];
  });
}

/** Whether it is a field for one of many, whose whole text its list or its title has. */
const isField = (element: HTMLElement): boolean =>
  element.closest('select') !== null ||
  (element instanceof HTMLInputElement && element.role === 'combobox' && element.title === element.value);

/** Elements whose content is larger than they are, and hidden; those that cut texts are told of by their texts. */
export function findHiddenOverflow(pieces: readonly Piece[]): Finding[] {
  const cut = pieces.filter((piece) => judgeCut(piece) !== null);
  return [...document.body.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    const { x, y } = clippingOf(element);
    const isCut =
      (x === 'cut' && element.scrollWidth > element.clientWidth + SLACK) ||
      (y === 'cut' && element.scrollHeight > element.clientHeight + SLACK);
    if (!isCut || element.clientWidth === 0 || !isShown(element) || isField(element)) return [];
    if (cut.some((piece) => element.contains(piece.element))) return [];
    const size = `${element.scrollWidth} x ${element.scrollHeight} in ${element.clientWidth} x ${element.clientHeight}`;
    const told = `${size}: ${element.textContent ?? ''}`;
    return [finding('hidden-overflow', element, [boxOf(element.getBoundingClientRect())], told)];
  });
}

/** Charts on which nothing is drawn: all of one colour. */
export function findBlankCharts(): Finding[] {
  return [...document.querySelectorAll('canvas')].flatMap((canvas) => {
    const box = canvas.getBoundingClientRect();
    if (!isShown(canvas)) return [];
    if (canvas.width > 0 && canvas.height > 0 && !isOneColour(canvas)) return [];
    return [finding('blank-chart', canvas, [boxOf(box)], `${canvas.width} x ${canvas.height}`)];
  });
}

function isOneColour(canvas: HTMLCanvasElement): boolean {
  const small = document.createElement('canvas');
  small.width = Math.min(canvas.width, 300);
  small.height = Math.min(canvas.height, 200);
  const context = small.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas to compare with');
  context.drawImage(canvas, 0, 0, small.width, small.height);
  const { data } = context.getImageData(0, 0, small.width, small.height);
  const colours = new Uint32Array(data.buffer);
  return colours.every((colour) => colour === colours[0]);
}
