/**
 * The schematic map: cells around label points inside a soft outline, as GeoJSON for the chart.
 * Pure; the same places in any order give the same map.
 */
import { Delaunay } from 'd3-delaunay';
import type { AnswerOf } from '../shared/wire.ts';
import { drawOutline, type Patch } from './outline/field.ts';
import { areaOf, clipToConvex, contains, type Point, type Ring } from './outline/rings.ts';
import { SEAMS } from './outline/seams.ts';
import { spread } from './outline/spread.ts';

type Geometry =
  | { type: 'MultiPolygon'; coordinates: Point[][][] }
  | { type: 'MultiLineString'; coordinates: Point[][] };

/** One drawn shape; shapes with the same name are one region: a unit's id, or `SEAMS`. */
export type Shape = { type: 'Feature'; properties: { name: string; unit: string }; geometry: Geometry };

/** A drawn map: GeoJSON in a flat projection, and where to put each child's label. */
export type DrawnMap = {
  shapes: { type: 'FeatureCollection'; features: Shape[] };
  labels: ReadonlyMap<number, Point>;
};

type Place = AnswerOf<'getMap'>['places'][number];
type Site = { place: Place; at: Point };
type Cell = { site: Site; rings: Ring[] };

/** The map of an answer: the office's boundaries where it has loaded them, else cells around label points. */
export function drawMap(map: Pick<AnswerOf<'getMap'>, 'places' | 'boundaries'>): DrawnMap {
  if (map.boundaries && map.boundaries.length > 0) return drawBoundaries(map.boundaries);
  const sites = layOut(map.places);
  const cells = drawCells(sites);
  const features = cells.map(({ site, rings }) => shapeOf(site.place, polygonsOf(rings)));
  const seams = listSeams(cells);
  if (seams.length > 0) features.push(lineShape(seams));
  return { shapes: { type: 'FeatureCollection', features }, labels: listLabels(cells) };
}

/** Degrees to the plane: longitudes shrunk by the cosine of the mean latitude, so that shapes look as on a globe. */
function layOut(places: readonly Place[]): Site[] {
  const sorted = [...places].sort((a, b) => a.unit - b.unit);
  const scale = scaleOf(sorted.map((place) => place.lat));
  const points = sorted.map((place): Point => [place.lon * scale, place.lat]);
  const spreadPoints = spread(
    points,
    sorted.map((place) => place.of),
  );
  return sorted.map((place, index) => ({ place, at: spreadPoints[index] ?? [0, 0] }));
}

function scaleOf(latitudes: readonly number[]): number {
  const mean = latitudes.reduce((sum, latitude) => sum + latitude, 0) / Math.max(1, latitudes.length);
  return Math.cos((mean * Math.PI) / 180);
}

function drawCells(sites: readonly Site[]): Cell[] {
  if (sites.length === 0) return [];
  const points = sites.map((site) => site.at);
  const delaunay = new Delaunay(Float64Array.from(points.flat()));
  const outline = drawOutline(patchesOf(points, delaunay));
  const voronoi = delaunay.voronoi(boundsOf(outline));
  return sites.map((site, index) => {
    const cell = voronoi.cellPolygon(index);
    return { site, rings: cell ? clipToConvex(outline, cell.slice(0, -1)) : [] };
  });
}

/** Land around each point as wide as its neighbours are far, within bounds, so that sparse hills leave no gaps. */
function patchesOf(points: readonly Point[], delaunay: Delaunay<ArrayLike<number>>): Patch[] {
  const distances = points.map((point, index) => {
    const near = [...delaunay.neighbors(index)].flatMap((other) => {
      const neighbour = points[other];
      return neighbour ? [Math.hypot(point[0] - neighbour[0], point[1] - neighbour[1])] : [];
    });
    return medianOf(near);
  });
  const usual = medianOf(distances.filter((distance) => distance > 0)) || 0.05;
  return points.map((at, index) => {
    const distance = Math.min(1.7 * usual, Math.max(usual, distances[index] || usual));
    return { at, radius: 0.85 * distance };
  });
}

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function boundsOf(rings: readonly Ring[]): [number, number, number, number] {
  const [x, y] = [rings.flat().map((point) => point[0]), rings.flat().map((point) => point[1])];
  return [Math.min(...x) - 1, Math.min(...y) - 1, Math.max(...x) + 1, Math.max(...y) + 1];
}

function polygonsOf(rings: readonly Ring[]): Point[][][] {
  return rings.map((ring) => [closed(ring)]);
}

function closed(ring: Ring): Point[] {
  const [first] = ring;
  return first ? [...ring, first] : [];
}

function shapeOf(place: Pick<Place, 'of' | 'unit'>, coordinates: Point[][][]): Shape {
  const properties = { name: String(place.of), unit: String(place.unit) };
  return { type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates } };
}

function lineShape(coordinates: Point[][]): Shape {
  return {
    type: 'Feature',
    properties: { name: SEAMS, unit: SEAMS },
    geometry: { type: 'MultiLineString', coordinates },
  };
}

/** The edges shared by cells of different children; none where every child is one cell. */
function listSeams(cells: readonly Cell[]): Point[][] {
  const children = new Set(cells.map((cell) => cell.site.place.of));
  if (children.size === cells.length || children.size < 2) return [];
  const owners = new Map<string, number>();
  const seams: Point[][] = [];
  for (const { site, rings } of cells) {
    for (const [from, to] of rings.flatMap(listEdges)) {
      const owner = owners.get(edgeKey(to, from));
      if (owner === undefined) owners.set(edgeKey(from, to), site.place.of);
      else if (owner !== site.place.of) seams.push([from, to]);
    }
  }
  return seams;
}

function listEdges(ring: Ring): [Point, Point][] {
  return ring.map((to, index) => [ring.at(index - 1) ?? to, to]);
}

function edgeKey(from: Point, to: Point): string {
  return `${from[0].toFixed(7)} ${from[1].toFixed(7)} ${to[0].toFixed(7)} ${to[1].toFixed(7)}`;
}

/** A child's label stands in the middle of its cell, or of the one nearest to the middle of them: on its own land. */
function listLabels(cells: readonly Cell[]): Map<number, Point> {
  const labels = new Map<number, Point>();
  const groups = new Map<number, Cell[]>();
  for (const cell of cells) {
    const { of } = cell.site.place;
    groups.set(of, [...(groups.get(of) ?? []), cell]);
  }
  for (const [of, own] of groups) {
    const middle: Point = [
      own.reduce((sum, { site }) => sum + site.at[0], 0) / own.length,
      own.reduce((sum, { site }) => sum + site.at[1], 0) / own.length,
    ];
    const far = ({ site }: Cell) => Math.hypot(site.at[0] - middle[0], site.at[1] - middle[1]);
    labels.set(of, middleOf(own.reduce((best, cell) => (far(cell) < far(best) ? cell : best))));
  }
  return labels;
}

/** The centre of a cell's largest piece; its label point where that centre lies outside, in a bend of the land. */
function middleOf({ site, rings }: Cell): Point {
  const [largest] = [...rings].sort((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)));
  const centre = largest && centreOf(largest);
  return centre && contains(rings, centre) ? centre : site.at;
}

type Boundary = NonNullable<AnswerOf<'getMap'>['boundaries']>[number];

function drawBoundaries(boundaries: readonly Boundary[]): DrawnMap {
  const read = boundaries.map((boundary) => ({ boundary, polygons: readPolygons(boundary.geometry) }));
  const scale = scaleOf(read.flatMap(({ polygons }) => polygons.flat(2).map((point) => point[1])));
  const labels = new Map<number, Point>();
  const largest = new Map<number, number>();
  const features = read.map(({ boundary, polygons }) => {
    const placed = polygons.map((rings) => rings.map((ring) => ring.map(([x, y]): Point => [x * scale, y])));
    for (const [exterior] of placed) {
      if (!exterior) continue;
      const area = Math.abs(areaOf(exterior));
      if (area <= (largest.get(boundary.of) ?? 0)) continue;
      largest.set(boundary.of, area);
      labels.set(boundary.of, centreOf(exterior));
    }
    return shapeOf(boundary, placed);
  });
  return { shapes: { type: 'FeatureCollection', features }, labels };
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';
}

/** The polygons of a GeoJSON geometry; anything else in it is left out. */
function readPolygons(geometry: Record<string, unknown>): Point[][][] {
  const { type, coordinates } = geometry;
  const polygons: unknown[] =
    type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? list(coordinates) : [];
  return polygons.map((rings) => list(rings).map((ring) => list(ring).filter(isPoint)));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function centreOf(ring: Ring): Point {
  const area = areaOf(ring) || 1;
  let [x, y] = [0, 0];
  let before = ring.at(-1);
  for (const point of ring) {
    if (before) {
      const cross = before[0] * point[1] - point[0] * before[1];
      x += (before[0] + point[0]) * cross;
      y += (before[1] + point[1]) * cross;
    }
    before = point;
  }
  return [x / (6 * area), y / (6 * area)];
}
