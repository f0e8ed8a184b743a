// @vitest-environment node
// Names on the map stand beside their cells and never on the mark of another: computed in px, as the chart lays the map out.

import { MapChart, ScatterChart } from 'echarts/charts';
import { GeoComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { findShippedThresholds } from '../../shared/thresholds.ts';
import { judgeCells } from '../../web/chart/cells.ts';
import { boxOfMark, overlaps, placeNames } from '../../web/chart/labels.ts';
import type { Look } from '../../web/chart/look.ts';
import { drawCells, layOut, type MapInput } from '../../web/chart/map-drawing.ts';
import { holdMap } from '../../web/chart/maps.ts';
import { projectionOf } from '../../web/chart/projection.ts';
import { drawMap } from '../../web/outline.ts';

use([MapChart, ScatterChart, GeoComponent, LabelLayout, SVGRenderer]);

const colours = Object.fromEntries(
  ['page', 'panel', 'line', 'lineStrong', 'text', 'textSoft', 'accent', 'accentText'].map((name) => [
    name,
    '#808080',
  ]),
);
const levels = {
  critical: '#ff453a',
  major: '#ffa033',
  warning: '#fff0a3',
  normal: '#7c8794',
  late: '#d6a3ff',
};
const lookOf = (size: number) => ({ font: 'sans-serif', size, ...colours, ...levels }) as Look;

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no ${id}`);
  return indicator;
}

/** A map of communes, crowded where towns are; `overdue` of each by its index. */
function inputOf(overdue: readonly number[]): MapInput {
  const places = overdue.map((_, index) => ({
    ...{ of: index + 1, unit: index + 1, name: { vi: '', en: '' } },
    lat: 21 + ((index * 7919) % 97) / (index % 3 === 0 ? 100 : 900),
    lon: 105 + ((index * 104_729) % 89) / (index % 3 === 0 ? 100 : 900),
  }));
  const figures = new Map(
    overdue.map((numerator, index): [number, Figure] => [
      index + 1,
      { value: numerator, numerator, denominator: 100 },
    ]),
  );
  return {
    drawn: drawMap({ places, boundaries: null }),
    cells: judgeCells(indicatorOf('TT04'), [...figures.keys()], {
      figures,
      thresholdsOf: () => findShippedThresholds('TT04', 'commune'),
    }),
    chosen: null,
    name: (unit) => ['Hy Cương', 'Yên Lạc', 'Tam Dương Bắc', 'Ea'][unit % 4] ?? '',
    tip: () => '',
  };
}

const sheets = fc.constantFrom(
  { width: 470, height: 590 },
  { width: 330, height: 416 },
  { width: 1200, height: 700 },
);

describe('names on the map', () => {
  it('cover no mark and no other name, and stay on the sheet, however many are critical', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 1, 7, 12, 40, 60), { minLength: 3, maxLength: 150 }),
        sheets,
        fc.constantFrom(13, 15, 20, 30),
        (overdue, sheet, size) => {
          const { marks, names } = layOut(inputOf(overdue), lookOf(size), sheet);
          const boxes = [...names.values()];
          for (const box of boxes) {
            expect(marks.filter((mark) => overlaps(box, boxOfMark(mark)))).toEqual([]);
            expect(boxes.filter((other) => other !== box && overlaps(box, other))).toEqual([]);
            expect([box.x - box.width / 2 >= 0, box.x + box.width / 2 <= sheet.width]).toEqual([true, true]);
            expect([box.y - box.height / 2 >= 0, box.y + box.height / 2 <= sheet.height]).toEqual([
              true,
              true,
            ]);
          }
        },
      ),
      { seed: 766, numRuns: 40 },
    );
  });

  it('are given to the worst first, beside the next worse cell where that is below', () => {
    const at = (unit: number, x: number, y: number) => ({
      unit,
      x,
      y,
      gap: 8,
      text: 'Vân Phú',
      canStandOn: false,
    });
    const marks = [
      { unit: 1, x: 100, y: 100, size: 10 },
      { unit: 2, x: 100, y: 118, size: 10 },
    ];
    const wishes = [at(1, 100, 100), at(2, 100, 118)];
    const names = placeNames({ wishes, marks, size: 18, sheet: { width: 300, height: 300 } });
    expect([...names.keys()]).toEqual([1, 2]);
    expect((names.get(1)?.y ?? 0) < 100).toBe(true);
    expect((names.get(2)?.y ?? 0) > 118).toBe(true);
  });

  it('lets a name that found no room choose first, where the others find theirs still', () => {
    const wishOf = (unit: number, x: number, y: number) => {
      return { unit, x, y, gap: 0, text: 'ten letter', canStandOn: true };
    };
    const wishes = [wishOf(1, 60, 12), wishOf(2, 90, 6)];
    const names = placeNames({ wishes, marks: [], size: 10, sheet: { width: 120, height: 18 } });
    expect([...names.keys()].sort()).toEqual([1, 2]);
    const narrow = placeNames({ wishes, marks: [], size: 10, sheet: { width: 100, height: 18 } });
    expect([...narrow.keys()]).toEqual([1]);
  });

  it('without room are left out', () => {
    const wish = { unit: 1, x: 20, y: 20, gap: 5, text: 'Sở Nông nghiệp', canStandOn: false };
    expect(placeNames({ wishes: [wish], marks: [], size: 18, sheet: { width: 40, height: 40 } }).size).toBe(
      0,
    );
  });

  it('are on the critical of a crowded map, at least the worst of them', () => {
    const overdue = Array.from({ length: 148 }, (_, index) => (index % 20 === 0 ? 60 + index : index % 2));
    const { names } = layOut(inputOf(overdue), lookOf(20), { width: 470, height: 590 });
    expect(names.has(141)).toBe(true);
    expect(names.size).toBeGreaterThan(3);
  });

  it('are where the chart itself puts the map', () => {
    const input = inputOf([60, 1, 0, 12, 0, 3, 70, 0, 0, 1]);
    for (const sheet of [
      { width: 470, height: 590 },
      { width: 900, height: 300 },
    ]) {
      const held = holdMap(input.drawn.shapes);
      const chart = init(null, null, { renderer: 'svg', ssr: true, ...sheet });
      const { tooltip: _, ...option } = drawCells(input)(lookOf(20), { ...sheet, map: held.name });
      chart.setOption({ ...option, animation: false });
      const project = projectionOf(input.drawn.shapes, sheet);
      for (const [x, y] of input.drawn.labels.values()) {
        const [left, top] = chart.convertToPixel('geo', [x, y]) as number[];
        const own = project([x, y]);
        expect(Math.hypot((left ?? 0) - own.x, (top ?? 0) - own.y)).toBeLessThan(1);
      }
      const texts = [...chart.renderToSVGString().matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(
        ([, text]) => text,
      );
      expect(texts.length).toBe(layOut(input, lookOf(20), sheet).names.size);
      chart.dispose();
      held.release();
    }
  });
});
