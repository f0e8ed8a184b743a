import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGazetteer, selectProvince } from '../../seed/gazetteer/gazetteer.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { areaOf, clipToConvex, contains, type Point, type Ring } from '../../web/outline/rings.ts';
import { SEAMS } from '../../web/outline/seams.ts';
import { type DrawnMap, drawMap } from '../../web/outline.ts';

type Place = AnswerOf<'getMap'>['places'][number];

const name = { vi: 'Xã', en: 'Commune' };

function placeOf(unit: number, at: Point, of = unit): Place {
  return { of, unit, name, lat: at[1], lon: at[0] };
}

function listCells(map: DrawnMap): Map<string, Ring[]> {
  const cells = new Map<string, Ring[]>();
  for (const { properties, geometry } of map.shapes.features) {
    if (geometry.type === 'MultiPolygon')
      cells.set(
        properties.unit,
        geometry.coordinates.flat().map((ring) => ring.slice(1)),
      );
  }
  return cells;
}

function totalArea(rings: Iterable<Ring>): number {
  let total = 0;
  for (const ring of rings) total += Math.abs(areaOf(ring));
  return total;
}

function listCommunes(province: string): Place[] {
  return selectProvince(readGazetteer(), province).units.flatMap((unit, index) =>
    unit.lat !== undefined && unit.lon !== undefined && unit.level === 'commune'
      ? [placeOf(index + 1, [unit.lon, unit.lat])]
      : [],
  );
}

const lands = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 })), {
    minLength: 1,
    maxLength: 40,
    selector: ([x, y]) => `${x} ${y}`,
  })
  .map((points) => points.map(([x, y], index) => placeOf(index + 1, [105 + x / 500, 21 + y / 500])));

describe('the schematic map', () => {
  it('gives every commune of Phú Thọ a cell with its own label point inside', () => {
    const map = drawMap({ places: listCommunes('25'), boundaries: null });
    const cells = listCells(map);
    expect(cells.size).toBe(148);
    for (const [unit, rings] of cells) {
      const label = map.labels.get(Number(unit));
      expect(label && contains(rings, label), `unit ${unit}`).toBe(true);
    }
  });

  it('gives every place of any land its own cell, the same in any order', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(lands, (places) => {
        const map = drawMap({ places, boundaries: null });
        const cells = listCells(map);
        for (const place of places) {
          const [rings, label] = [cells.get(String(place.unit)) ?? [], map.labels.get(place.unit)];
          expect(label && contains(rings, label)).toBe(true);
        }
        expect(drawMap({ places: places.toReversed(), boundaries: null }).shapes).toEqual(map.shapes);
      }),
      { numRuns: 20, seed: 20250701 },
    );
  });

  it('covers with its cells exactly the land of the outline', () => {
    const places = listCommunes('91');
    const cells = totalArea([...listCells(drawMap({ places, boundaries: null })).values()].flat());
    const one = drawMap({ places: places.map((place) => ({ ...place, of: 1 })), boundaries: null });
    expect(totalArea([...listCells(one).values()].flat())).toBeCloseTo(cells, 9);
    expect(cells).toBeGreaterThan(0);
  });

  it('draws one place as a round land and none as nothing', () => {
    const [shape] = drawMap({ places: [placeOf(7, [105, 21])], boundaries: null }).shapes.features;
    expect(shape?.properties).toEqual({ name: '7', unit: '7' });
    expect(drawMap({ places: [], boundaries: null }).shapes.features).toEqual([]);
  });

  it('spreads places that share a point, and draws the seams between their districts', () => {
    const shared: Point = [105, 21];
    const places = [1, 2, 3, 4].map((unit) => placeOf(unit, shared, unit <= 2 ? 10 : 20));
    const map = drawMap({ places: [...places, placeOf(5, [105.2, 21], 20)], boundaries: null });
    expect(listCells(map).size).toBe(5);
    for (const rings of listCells(map).values()) expect(totalArea(rings)).toBeGreaterThan(0);
    expect(map.shapes.features.at(-1)?.properties.name).toBe(SEAMS);
    expect([...map.labels.keys()]).toEqual([10, 20]);
  });

  it("uses the office's own boundaries where it has loaded some", () => {
    const square = [
      [105, 20],
      [106, 20],
      [106, 21],
      [105, 21],
      [105, 20],
    ];
    const boundary = { of: 3, unit: 3, geometry: { type: 'Polygon', coordinates: [square] } };
    const map = drawMap({ places: [placeOf(9, [1, 1])], boundaries: [boundary] });
    expect(map.shapes.features.map((shape) => shape.properties.name)).toEqual(['3']);
    expect(map.labels.get(3)?.[1]).toBeCloseTo(20.5);
  });
});

describe('clipping to a convex ring', () => {
  const cup: Ring = [
    [0, 0],
    [5, 0],
    [5, 5],
    [4, 5],
    [4, 1],
    [1, 1],
    [1, 5],
    [0, 5],
  ];

  it('leaves separate pieces separate', () => {
    const band: Ring = [
      [-1, 3],
      [6, 3],
      [6, 4],
      [-1, 4],
    ];
    const pieces = clipToConvex([cup], band);
    expect(pieces.length).toBe(2);
    expect(totalArea(pieces)).toBeCloseTo(2);
  });

  it('takes a convex ring in either direction, and keeps what lies wholly inside', () => {
    const around: Ring = [
      [-1, -1],
      [-1, 9],
      [9, 9],
      [9, -1],
    ];
    expect(clipToConvex([cup], around)).toEqual([cup]);
    expect(clipToConvex([cup], around.toReversed())).toEqual([cup]);
  });
});
