/** What charts write on their canvases: kept at the moment of writing, forgotten when the canvas is wiped. Runs in the browser. */
import type { Box } from './box.ts';

/** A text on a canvas; box and size in the canvas's own pixels. */
export type CanvasText = { text: string; box: Box; size: number };

const written = new WeakMap<HTMLCanvasElement, CanvasText[]>();

/** The texts that stand on a canvas now. */
export const textsOf = (canvas: HTMLCanvasElement): CanvasText[] => written.get(canvas) ?? [];

function keep(context: CanvasRenderingContext2D, text: string, { x, y }: { x: number; y: number }): void {
  const { canvas } = context;
  if (!(canvas instanceof HTMLCanvasElement) || text.trim() === '') return;
  const told = context.measureText(text);
  const matrix = context.getTransform();
  const corners = [
    new DOMPoint(x - told.actualBoundingBoxLeft, y - told.actualBoundingBoxAscent),
    new DOMPoint(x + told.actualBoundingBoxRight, y - told.actualBoundingBoxAscent),
    new DOMPoint(x - told.actualBoundingBoxLeft, y + told.actualBoundingBoxDescent),
    new DOMPoint(x + told.actualBoundingBoxRight, y + told.actualBoundingBoxDescent),
  ].map((corner) => matrix.transformPoint(corner));
  const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
  const box = {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
  const size =
    Number.parseFloat(/([\d.]+)px/.exec(context.font)?.[1] ?? '0') * Math.hypot(matrix.a, matrix.b);
  const texts = written.get(canvas) ?? [];
  texts.push({ text, box, size });
  written.set(canvas, texts);
}

function watchSize(side: 'width' | 'height'): void {
  const known = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
  if (!known?.set) return;
  const { set } = known;
  Object.defineProperty(HTMLCanvasElement.prototype, side, {
    ...known,
    set(this: HTMLCanvasElement, value: number) {
      written.delete(this);
      set.call(this, value);
    },
  });
}

/** Begins to note what is written on canvases; before the page's own scripts. */
export function watchCanvases(): void {
  const { prototype } = CanvasRenderingContext2D;
  const { fillText, clearRect } = prototype;
  prototype.fillText = function (text, x, y, ...rest) {
    keep(this, text, { x, y });
    fillText.call(this, text, x, y, ...rest);
  };
  prototype.clearRect = function (x, y, width, height) {
    if (this.canvas instanceof HTMLCanvasElement && isWhole(this, { x, y, width, height })) {
      written.delete(this.canvas);
    }
    clearRect.call(this, x, y, width, height);
  };
  watchSize('width');
  watchSize('height');
}

type Area = { x: number; y: number; width: number; height: number };

function isWhole(context: CanvasRenderingContext2D, { x, y, width, height }: Area): boolean {
  const matrix = context.getTransform();
  const isCovered = (reach: number, side: number) => reach >= side - 1;
  return (
    x <= 0 &&
    y <= 0 &&
    isCovered(width * matrix.a, context.canvas.width) &&
    isCovered(height * matrix.d, context.canvas.height)
  );
}
