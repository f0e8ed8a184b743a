/** A point of the plane. */
export type Point = readonly [number, number];

/** A closed line of points; the first is not repeated at the end. */
export type Ring = readonly Point[];

type Line = { from: Point; to: Point };
type Chain = { points: Point[]; start: number; end: number };

/** The signed area of a ring, positive when it runs against the clock (y upwards). */
export function areaOf(ring: Ring): number {
  let twice = 0;
  let before = ring.at(-1);
  for (const point of ring) {
    if (before) twice += before[0] * point[1] - point[0] * before[1];
    before = point;
  }
  return twice / 2;
}

/** Whether a point lies inside rings taken together (even-odd). */
export function contains(rings: readonly Ring[], [x, y]: Point): boolean {
  let inside = false;
  for (const ring of rings) {
    let before = ring.at(-1);
    for (const point of ring) {
      if (before && point[1] > y !== before[1] > y) {
        const crossing = before[0] + ((y - before[1]) / (point[1] - before[1])) * (point[0] - before[0]);
        if (x < crossing) inside = !inside;
      }
      before = point;
    }
  }
  return inside;
}

/** What of the rings lies inside a convex ring, as separate rings: no seam joins pieces that do not touch. */
export function clipToConvex(rings: readonly Ring[], convex: Ring): Ring[] {
  const turned = areaOf(convex) < 0 ? convex.toReversed() : convex;
  let pieces = [...rings];
  let from = turned.at(-1);
  for (const to of turned) {
    if (from && (from[0] !== to[0] || from[1] !== to[1])) pieces = cut(pieces, { from, to });
    from = to;
  }
  return pieces;
}

/** What of the rings lies on the left of a line. */
function cut(rings: readonly Ring[], line: Line): Ring[] {
  const kept: Ring[] = [];
  const chains: Chain[] = [];
  for (const ring of rings) {
    const sides = ring.map((point) => sideOf(point, line));
    if (sides.every((side) => side >= 0)) kept.push(ring);
    else if (sides.some((side) => side >= 0)) chains.push(...listChains(ring, sides, line));
  }
  return chains.length === 0 ? kept : [...kept, ...joinChains(chains)];
}

function sideOf(point: Point, { from, to }: Line): number {
  return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]);
}

/** The stretches of a ring on the left of the line, each with where on the line it begins and ends. */
function listChains(ring: Ring, sides: readonly number[], line: Line): Chain[] {
  const chains: Chain[] = [];
  const count = ring.length;
  const isInside = (index: number) => (sides[index % count] ?? 0) >= 0;
  for (let start = 0; start < count; start++) {
    if (isInside(start) || !isInside(start + 1)) continue;
    const points: Point[] = [crossing(ring, sides, start)];
    let at = start + 1;
    for (; isInside(at); at++) points.push(ring[at % count] as Point);
    points.push(crossing(ring, sides, at - 1));
    const [first, last] = [points[0], points.at(-1)];
    if (first && last) chains.push({ points, start: along(first, line), end: along(last, line) });
  }
  return chains;
}

function crossing(ring: Ring, sides: readonly number[], index: number): Point {
  const [a, b] = [index % ring.length, (index + 1) % ring.length];
  const [from, to] = [ring[a] as Point, ring[b] as Point];
  const share = (sides[a] ?? 0) / ((sides[a] ?? 0) - (sides[b] ?? 0));
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

function along([x, y]: Point, { from, to }: Line): number {
  return (x - from[0]) * (to[0] - from[0]) + (y - from[1]) * (to[1] - from[1]);
}

/** Along the cut, every second stretch between crossings lies inside: each end goes on at its partner's start. */
function joinChains(chains: readonly Chain[]): Ring[] {
  const ends = chains.flatMap((chain) => [
    { chain, at: chain.start, isStart: true },
    { chain, at: chain.end, isStart: false },
  ]);
  ends.sort((a, b) => a.at - b.at);
  const next = new Map<Chain, Chain>();
  for (let index = 0; index + 1 < ends.length; index += 2) {
    const [one, other] = [ends[index], ends[index + 1]];
    if (!one || !other) continue;
    next.set(one.isStart ? other.chain : one.chain, one.isStart ? one.chain : other.chain);
  }
  const left = new Set(chains);
  const rings: Ring[] = [];
  for (const first of chains) {
    const ring: Point[] = [];
    for (let chain: Chain | undefined = first; chain && left.delete(chain); chain = next.get(chain)) {
      ring.push(...chain.points);
    }
    if (ring.length > 2) rings.push(ring);
  }
  return rings;
}
