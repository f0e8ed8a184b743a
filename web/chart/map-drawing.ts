import type { GeoComponentOption } from 'echarts/components';
import { SEAMS } from '../outline/seams.ts';
import type { DrawnMap } from '../outline.ts';
import { type CellKind, type Cells, FILL_SHARES, isStep, shareOfStep } from './cells.ts';
import type { ChartOption, Drawing, Sheet } from './drawing.ts';
import { type Box, type Mark, placeNames, type Wish } from './labels.ts';
import { type Look, mix } from './look.ts';
import { type AlertCells, alertSize, drawAlerts, NO_ALERTS } from './map-alerts.ts';
import { MARGIN, projectionOf } from './projection.ts';

const MAJOR_SHOWN = 16;
const NAMES_SHOWN = 8;
const ALL_NAMED = 24;

/** What a map needs to be drawn; `name` and `tip` (markup) by unit id, `chosen` the unit under the keyboard. */
export type MapInput = {
  drawn: DrawnMap;
  cells: Cells;
  chosen: number | null;
  /** The units in alert: their mark stands in the stead of that of their level. */
  alerts?: AlertCells;
  name: (unit: number) => string;
  tip: (unit: number) => string;
};

type Region = NonNullable<GeoComponentOption['regions']>[number];

/** The colour of a kind of cell; `none` has the hatch of `hatchOf` besides. */
export function fillOf(kind: CellKind, look: Look): string {
  if (kind === 'none') return look.page;
  if (kind === 'few' || kind === 'nothing') return mix(look.page, look.normal, FILL_SHARES[kind]);
  if (isStep(kind)) return mix(look.page, look.accent, shareOfStep(kind));
  return mix(look.page, look[kind], FILL_SHARES[kind]);
}

/** A pattern over the colour, so that a kind is known without it; null where the colour stands alone. */
export function hatchOf(kind: CellKind, look: Look): object | null {
  const lines = { symbol: 'rect', dashArrayX: [1, 0], symbolSize: 1 };
  if (kind === 'none') {
    const dashArrayY = [2, 5];
    return { ...lines, dashArrayY, rotation: Math.PI / 4, color: mix(look.page, look.late, 0.6) };
  }
  if (kind === 'few') {
    const color = mix(fillOf(kind, look), look.text, 0.3);
    return { ...lines, symbol: 'circle', symbolSize: 0.5, dashArrayX: [3, 5], dashArrayY: [3, 5], color };
  }
  if (kind === 'major') {
    const color = mix(fillOf(kind, look), look.page, 0.2);
    return { ...lines, dashArrayY: [1.5, 6], rotation: -Math.PI / 4, color };
  }
  return null;
}

/** A map: regions by kind, shapes on the worst, names on the critical. */
export function drawCells(input: MapInput): Drawing {
  return (look, sheet) => ({
    textStyle: { fontFamily: look.font },
    tooltip: {
      trigger: 'item',
      confine: true,
      enterable: true,
      className: 'chart-tip',
      backgroundColor: look.panel,
      borderColor: look.lineStrong,
      textStyle: { color: look.text, fontSize: look.size * 0.9 },
      formatter: (params) => {
        const name = Array.isArray(params) ? undefined : params.name;
        return name && name !== SEAMS ? input.tip(Number(name)) : '';
      },
    },
    geo: geoOf(input, look, sheet.map),
    series: [dataOf(input, look), ...symbolsOf(input, look, layOut(input, look, sheet))],
  });
}

type Geo = NonNullable<ChartOption['geo']>;

function geoOf({ cells, drawn }: MapInput, look: Look, map: string | undefined): Geo {
  const hasSeams = drawn.shapes.features.some(({ properties }) => properties.name === SEAMS);
  const regions: Region[] = [...cells.kinds].map(([unit, kind]) => ({
    name: String(unit),
    itemStyle: {
      areaColor: fillOf(kind, look),
      borderColor: look.page,
      borderWidth: hasSeams ? 0.5 : 1.2,
    },
    emphasis: { itemStyle: { areaColor: mix(fillOf(kind, look), look.text, 0.18) } },
  }));
  regions.push({
    name: SEAMS,
    silent: true,
    itemStyle: { areaColor: 'transparent', borderColor: look.page, borderWidth: 3 },
  });
  return {
    id: 'geo',
    ...(map !== undefined && { map }),
    roam: false,
    aspectScale: 1,
    preserveAspect: 'contain',
    left: MARGIN,
    right: MARGIN,
    top: MARGIN,
    bottom: MARGIN,
    selectedMode: false,
    label: { show: false },
    emphasis: { label: { show: false }, itemStyle: { borderColor: look.text, borderWidth: 2 } },
    itemStyle: { areaColor: look.page, borderColor: look.line },
    regions,
  };
}

/** The series exists for its names and patterns: the regions take their colours from the component. */
function dataOf({ cells }: MapInput, look: Look) {
  return {
    id: 'cells',
    type: 'map' as const,
    geoIndex: 0,
    data: [...cells.kinds].map(([unit, kind]) => {
      const decal = hatchOf(kind, look);
      return { name: String(unit), value: 0, ...(decal && { itemStyle: { decal } }) };
    }),
  };
}

/** Which marks stand on the map, the worst first, and where which names have room. */
export type MapLayout = {
  marks: MapMark[];
  /** By unit; `dx` and `dy` are px from the middle of its cell to that of the box. */
  names: ReadonlyMap<number, Box & { dx: number; dy: number }>;
};

type MarkKind = 'critical' | 'major' | 'doubtful' | 'alert';
type MapMark = Mark & { kind: MarkKind };

/** Marks on all that is critical and on the worst of the rest; names on the worst, and on all where there are few cells. */
export function layOut(input: MapInput, look: Look, sheet: Sheet): MapLayout {
  const { cells, drawn } = input;
  const project = projectionOf(drawn.shapes, sheet);
  const critical = cells.worst.filter((unit) => cells.kinds.get(unit) === 'critical');
  const major = cells.worst.filter((unit) => cells.kinds.get(unit) === 'major').slice(0, MAJOR_SHOWN);
  const doubtful = cells.doubtful.slice(0, MAJOR_SHOWN);
  const criticalSize = look.size * (critical.length > NAMES_SHOWN ? 0.7 : 0.95);
  const alerts = input.alerts ?? NO_ALERTS;
  const marksOf = (units: readonly number[], kind: MarkKind, size: number) =>
    units.flatMap((unit): MapMark[] => {
      const at = drawn.labels.get(unit);
      return at && (kind === 'alert' || !alerts.has(unit)) ? [{ unit, kind, size, ...project(at) }] : [];
    });
  const marks = [
    ...marksOf([...alerts.keys()], 'alert', look.size * alertSize(alerts)),
    ...marksOf(critical, 'critical', criticalSize),
    ...marksOf(major, 'major', look.size * 0.65),
    ...marksOf(doubtful, 'doubtful', look.size * 0.5),
  ];
  const wishOf = (unit: number): Wish[] => {
    const at = drawn.labels.get(unit);
    const mark = marks.find((known) => known.unit === unit);
    const gap = mark ? mark.size / 2 + 3 : 0;
    return at ? [{ unit, ...project(at), gap, text: input.name(unit), canStandOn: !mark }] : [];
  };
  const named =
    cells.kinds.size <= ALL_NAMED
      ? allByWorst(cells)
      : [...new Set([...critical, ...alerts.keys()])].slice(0, NAMES_SHOWN);
  const chosen = input.chosen === null ? undefined : wishOf(input.chosen)[0];
  const around = chosen && { ...chosen, gap: 0.85 * look.size + 3, canStandOn: false };
  const wishes = [
    ...(around ? [around] : []),
    ...named.filter((unit) => unit !== input.chosen).flatMap(wishOf),
  ];
  const placed = placeNames({ wishes, marks, size: look.size * 0.9, sheet });
  const names = wishes.flatMap(({ unit, x, y }) => {
    const box = placed.get(unit);
    return box ? [[unit, { ...box, dx: box.x - x, dy: box.y - y }] as const] : [];
  });
  return { marks, names: new Map(names) };
}

/** Every cell, those with a mark first, the worst of them before all. */
function allByWorst({ kinds, worst, doubtful }: Cells): number[] {
  return [...new Set([...worst, ...doubtful, ...kinds.keys()])];
}

function symbolsOf(input: MapInput, look: Look, { marks, names }: MapLayout) {
  const at = (unit: number) => {
    const point = input.drawn.labels.get(unit);
    return point ? [{ name: String(unit), value: [point[0], point[1]] }] : [];
  };
  const series = (kind: MarkKind, drawing: object) => ({
    ...MARKS,
    id: kind,
    symbolSize: marks.find((mark) => mark.kind === kind)?.size ?? 0,
    data: marks.flatMap((mark) => (mark.kind === kind ? at(mark.unit) : [])),
    ...drawing,
  });
  const hollow = { color: 'transparent', borderColor: look.text, borderWidth: 1.2 };
  return [
    ...drawAlerts({ drawn: input.drawn, alerts: input.alerts ?? NO_ALERTS }, look),
    series('doubtful', { z: 4, symbol: 'diamond', itemStyle: hollow }),
    series('major', { z: 5, symbol: 'triangle', itemStyle: { color: '#000000' } }),
    series('critical', {
      z: 6,
      symbol: 'diamond',
      itemStyle: { color: '#000000', borderColor: '#ffffff', borderWidth: 1.5 },
    }),
    {
      ...MARKS,
      id: 'names',
      z: 7,
      symbolSize: 0,
      data: [...names].flatMap(([unit, { dx, dy }]) =>
        at(unit).map((point) => ({ ...point, label: labelOf(input.name(unit), look, [dx, dy]) })),
      ),
    },
    {
      ...MARKS,
      id: 'chosen',
      z: 8,
      symbol: 'circle',
      symbolSize: look.size * 1.7,
      itemStyle: { color: 'transparent', borderColor: look.text, borderWidth: 3 },
      data: input.chosen === null ? [] : at(input.chosen),
    },
  ];
}

const MARKS = { type: 'scatter' as const, coordinateSystem: 'geo' as const, silent: true };

function labelOf(text: string, look: Look, offset: [x: number, y: number]) {
  return {
    show: true,
    formatter: () => text,
    position: 'inside' as const,
    align: 'center' as const,
    verticalAlign: 'middle' as const,
    offset,
    color: look.text,
    fontSize: look.size * 0.85,
    fontWeight: 600 as const,
    textBorderColor: look.page,
    textBorderWidth: 3,
    // Marks above and below a letter leave its line.
    minMargin: look.size * 0.15,
  };
}
