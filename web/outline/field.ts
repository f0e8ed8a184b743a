import { contours } from 'd3-contour';
import { areaOf, contains, type Point, type Ring } from './rings.ts';

/** A round patch of land: everything within `radius` of a point. */
export type Patch = { at: Point; radius: number };

const CELLS = 260;
const MARGIN = 1.9;
const SOFTNESS = 0.55;

type Grid = { width: number; height: number; size: number; left: number; bottom: number };

/**
 * The outline of patches taken together, softened as far as every patch's centre stays inside: rings against the clock.
 * Holes are filled.
 */
export function drawOutline(patches: readonly Patch[]): Ring[] {
  const grid = layGrid(patches);
  const radii = patches.map((patch) => patch.radius).sort((a, b) => a - b);
  const usual = radii[Math.floor(radii.length / 2)] ?? 1;
  for (let reach = Math.round((usual / grid.size) * SOFTNESS); ; reach = Math.floor(reach / 2)) {
    const rings = soften(patches, grid, reach);
    if (reach < 1 || patches.every((patch) => contains(rings, patch.at))) return rings;
  }
}

function soften(patches: readonly Patch[], grid: Grid, reach: number): Ring[] {
  const field = fill(patches, grid);
  for (let pass = 0; pass < 3; pass++) blur(field, grid, reach);
  const [shape] = contours().size([grid.width, grid.height]).thresholds([0.5])([...field]);
  const rings = (shape?.coordinates ?? []).flatMap(([exterior]) => (exterior ? [exterior] : []));
  return rings.map((ring) => place(ring, grid)).filter((ring) => areaOf(ring) > grid.size ** 2);
}

function layGrid(patches: readonly Patch[]): Grid {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { at, radius } of patches) {
    left = Math.min(left, at[0] - radius * MARGIN);
    right = Math.max(right, at[0] + radius * MARGIN);
    bottom = Math.min(bottom, at[1] - radius * MARGIN);
    top = Math.max(top, at[1] + radius * MARGIN);
  }
  const size = Math.max(right - left, top - bottom) / CELLS;
  return {
    width: Math.ceil((right - left) / size),
    height: Math.ceil((top - bottom) / size),
    size,
    left,
    bottom,
  };
}

function fill(patches: readonly Patch[], grid: Grid): Float64Array {
  const field = new Float64Array(grid.width * grid.height);
  for (const { at, radius } of patches) {
    const [column, row, reach] = [
      (at[0] - grid.left) / grid.size,
      (at[1] - grid.bottom) / grid.size,
      radius / grid.size,
    ];
    for (let y = Math.max(0, Math.floor(row - reach)); y < Math.min(grid.height, row + reach + 1); y++) {
      for (
        let x = Math.max(0, Math.floor(column - reach));
        x < Math.min(grid.width, column + reach + 1);
        x++
      ) {
        if (Math.hypot(x + 0.5 - column, y + 0.5 - row) <= reach) field[y * grid.width + x] = 1;
      }
    }
  }
  return field;
}

/** One pass of a box over rows, then columns. */
function blur(field: Float64Array, { width, height }: Grid, reach: number): void {
  for (let y = 0; y < height; y++) blurLine(field, { start: y * width, step: 1, count: width, reach });
  for (let x = 0; x < width; x++) blurLine(field, { start: x, step: width, count: height, reach });
}

type Run = { start: number; step: number; count: number; reach: number };

function blurLine(field: Float64Array, { start, step, count, reach }: Run): void {
  const line = Float64Array.from({ length: count }, (_, index) => field[start + index * step] ?? 0);
  let sum = 0;
  for (let index = 0; index < Math.min(reach, count); index++) sum += line[index] ?? 0;
  for (let index = 0; index < count; index++) {
    sum += (line[index + reach] ?? 0) - (line[index - reach - 1] ?? 0);
    field[start + index * step] = sum / (2 * reach + 1);
  }
}

function place(ring: readonly (readonly number[])[], grid: Grid): Ring {
  const placed = ring.slice(0, -1).map((point): Point => {
    const [x = 0, y = 0] = point;
    return [grid.left + x * grid.size, grid.bottom + y * grid.size];
  });
  return areaOf(placed) < 0 ? placed.reverse() : placed;
}
