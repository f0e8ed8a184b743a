/** From the plane of a map to px of its sheet, as the chart itself lays the map out: whole, in the middle, north up. Pure. */
import type { MapShapes } from './drawing.ts';

/** px that a map keeps free on each side. */
export const MARGIN = 4;

type Point = readonly [x: number, y: number];
type Nested = number | readonly Nested[];

function walk(nested: readonly Nested[], visit: (x: number, y: number) => void): void {
  const [x, y] = nested;
  if (typeof x === 'number' && typeof y === 'number') visit(x, y);
  else for (const inner of nested) if (typeof inner !== 'number') walk(inner, visit);
}

/** A point of the map in px; the map's least box is fitted into the sheet. */
export function projectionOf(
  { features }: MapShapes,
  sheet: { width: number; height: number },
): (point: Point) => { x: number; y: number } {
  const [low, high] = [
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ] as [[number, number], [number, number]];
  for (const { geometry } of features) {
    walk(geometry.coordinates, (x, y) => {
      low[0] = Math.min(low[0], x);
      low[1] = Math.min(low[1], y);
      high[0] = Math.max(high[0], x);
      high[1] = Math.max(high[1], y);
    });
  }
  const [width, height] = [high[0] - low[0], high[1] - low[1]];
  const scale = Math.min((sheet.width - 2 * MARGIN) / width, (sheet.height - 2 * MARGIN) / height);
  return ([x, y]) => ({
    x: sheet.width / 2 + scale * (x - (low[0] + high[0]) / 2),
    y: sheet.height / 2 - scale * (y - (low[1] + high[1]) / 2),
  });
}
