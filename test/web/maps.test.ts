// @vitest-environment node
// ECharts keeps every map it was ever given: a wall that goes round for months must not give it a new one each time.
import { MapChart } from 'echarts/charts';
import { GeoComponent } from 'echarts/components';
import { getMap, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { expect, it } from 'vitest';
import { countMaps, type HeldMap, holdMap } from '../../web/chart/maps.ts';
import type { DrawnMap } from '../../web/outline.ts';

use([MapChart, GeoComponent, SVGRenderer]);

/** A rectangle of one region, as wide as told. */
const shapesOf = (width: number): DrawnMap['shapes'] => ({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: '1', unit: 'A' },
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [width, 0],
              [width, 10],
              [0, 10],
              [0, 0],
            ],
          ],
        ],
      },
    },
  ],
});

/** The corners of the map that ECharts knows by a name. */
const cornersOf = (name: string) => {
  const json = getMap(name)?.geoJson as unknown as DrawnMap['shapes'] | undefined;
  return json?.features[0]?.geometry.coordinates[0]?.[0];
};

it('registers the same content once, whoever drew it', () => {
  const [first, second] = [holdMap(shapesOf(20)), holdMap(shapesOf(20))];
  expect([second.name, countMaps()]).toEqual([first.name, 1]);
  first.release();
  second.release();
});

it('has few maps after a thousand drawings, each under its name while it is held', () => {
  const longHeld = holdMap(shapesOf(5000));
  const names = new Set<string>();
  let before: HeldMap | null = null;
  for (let width = 1; width <= 1000; width++) {
    const held = holdMap(shapesOf(width));
    names.add(held.name);
    expect(cornersOf(held.name)?.[1]).toEqual([width, 0]);
    before?.release();
    before = held;
  }
  before?.release();
  expect([countMaps(), names.has(longHeld.name)]).toEqual([6, false]);
  expect(cornersOf(longHeld.name)?.[1]).toEqual([5000, 0]);
  longHeld.release();
});

it('never takes the name of a map that is being drawn, and may then have more of them', () => {
  const held = Array.from({ length: 9 }, (_, index) => holdMap(shapesOf(7000 + index)));
  expect(held.map(({ name }) => cornersOf(name)?.[1])).toEqual(held.map((_, index) => [7000 + index, 0]));
  for (const map of held) map.release();
  held[0]?.release();
  for (let width = 1; width <= 50; width++) holdMap(shapesOf(8000 + width)).release();
  expect(countMaps()).toBe(9);
});

it('is drawn anew by a chart whose map got other content under the same name', () => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 200 });
  const draw = (map: HeldMap) => {
    chart.setOption(
      { geo: { id: 'geo', map: map.name, aspectScale: 1 }, animation: false },
      { notMerge: false, replaceMerge: ['series', 'geo'] },
    );
    return chart
      .renderToSVGString()
      .match(/ d="[^"]+"/g)
      ?.join();
  };
  const first = holdMap(shapesOf(9000));
  const before = draw(first);
  first.release();
  let again = holdMap(shapesOf(10));
  for (let width = 11; again.name !== first.name; width++) {
    again.release();
    again = holdMap(shapesOf(width));
  }
  expect(draw(again)).not.toBe(before);
  again.release();
  chart.dispose();
});
