import { Delaunay } from 'd3-delaunay';
import type { Point } from './rings.ts';

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const ALONE = 0.03;

type Crowd = { at: Point; members: number[] };

/**
 * The points with those that share a place laid out around it in a small spiral, each on the side where the other points
 * of its own group (`groups`, by index) lie. No point goes further than two fifths of the way to the nearest other place.
 */
export function spread(points: readonly Point[], groups: readonly number[]): Point[] {
  const crowds = listCrowds(points);
  const placed = [...points];
  if (crowds.every((crowd) => crowd.members.length === 1)) return placed;
  const delaunay = new Delaunay(Float64Array.from(crowds.flatMap((crowd) => crowd.at)));
  const middles = middlesOf(points, groups);
  for (const [index, crowd] of crowds.entries()) {
    if (crowd.members.length === 1) continue;
    const room = 0.4 * nearest(index, crowds, delaunay);
    const slots = crowd.members.map((_, slot): Point => {
      const radius = room * Math.sqrt(slot / crowd.members.length);
      return [radius * Math.cos(slot * GOLDEN_ANGLE), radius * Math.sin(slot * GOLDEN_ANGLE)];
    });
    for (const [member, slot] of assign(crowd, slots, (member) => middles.get(groups[member] ?? 0))) {
      placed[member] = [crowd.at[0] + slot[0], crowd.at[1] + slot[1]];
    }
  }
  return placed;
}

function listCrowds(points: readonly Point[]): Crowd[] {
  const crowds = new Map<string, Crowd>();
  for (const [index, at] of points.entries()) {
    const key = `${at[0].toFixed(6)} ${at[1].toFixed(6)}`;
    const crowd = crowds.get(key);
    if (crowd) crowd.members.push(index);
    else crowds.set(key, { at, members: [index] });
  }
  return [...crowds.values()];
}

function nearest(index: number, crowds: readonly Crowd[], delaunay: Delaunay<ArrayLike<number>>): number {
  const own = crowds[index]?.at ?? [0, 0];
  const distances = [...delaunay.neighbors(index)].flatMap((other) => {
    const crowd = crowds[other];
    return crowd ? [Math.hypot(own[0] - crowd.at[0], own[1] - crowd.at[1])] : [];
  });
  return distances.length > 0 ? Math.min(...distances) : ALONE;
}

function middlesOf(points: readonly Point[], groups: readonly number[]): Map<number, Point> {
  const sums = new Map<number, { x: number; y: number; count: number }>();
  for (const [index, [x, y]] of points.entries()) {
    const sum = sums.get(groups[index] ?? 0) ?? { x: 0, y: 0, count: 0 };
    sums.set(groups[index] ?? 0, { x: sum.x + x, y: sum.y + y, count: sum.count + 1 });
  }
  return new Map([...sums].map(([group, { x, y, count }]) => [group, [x / count, y / count]]));
}

/** The outermost slot goes to the member that is pulled that way most; ties to the first in order. */
function assign(
  crowd: Crowd,
  slots: Point[],
  middleOf: (member: number) => Point | undefined,
): [number, Point][] {
  const left = [...crowd.members];
  const taken: [number, Point][] = [];
  for (const slot of slots.toReversed()) {
    const pull = (member: number) => {
      const middle = middleOf(member);
      if (!middle) return 0;
      const [x, y] = [middle[0] - crowd.at[0], middle[1] - crowd.at[1]];
      return (x * slot[0] + y * slot[1]) / (Math.hypot(x, y) || 1);
    };
    const best = left.reduce((chosen, member) => (pull(member) > pull(chosen) + 1e-9 ? member : chosen));
    left.splice(left.indexOf(best), 1);
    taken.push([best, slot]);
  }
  return taken;
}
