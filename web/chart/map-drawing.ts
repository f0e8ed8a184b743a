import type { GeoComponentOption } from 'echarts/components';
import { SEAMS } from '../outline/seams.ts';
import type { DrawnMap } from '../outline.ts';
import { type CellKind, type Cells, FILL_SHARES, isStep, shareOfStep } from './cells.ts';
import type { ChartOption, Drawing } from './drawing.ts';
import { type Look, mix } from './look.ts';

const MAJOR_SHOWN = 16;
const NAMES_SHOWN = 8;
const ALL_NAMED = 24;

/** What a map needs to be drawn; `name` and `tip` (markup) by unit id, `chosen` the unit under the keyboard. */
export type MapInput = {
  labels: DrawnMap['labels'];
  cells: Cells;
  hasSeams: boolean;
  chosen: number | null;
  name: (unit: number) => string;
  tip: (unit: number) => string;
};

type Region = NonNullable<GeoComponentOption['regions']>[number];

/** The colour of a kind of cell; `none` has the hatch of `hatchOf` besides. */
export function fillOf(kind: CellKind, look: Look): string {
  if (kind === 'none') return look.page;
  if (kind === 'few') return mix(look.page, look.normal, FILL_SHARES.few);
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
  if (kind === 'major') {
    const color = mix(fillOf(kind, look), look.page, 0.2);
    return { ...lines, dashArrayY: [1.5, 6], rotation: -Math.PI / 4, color };
  }
  return null;
}

/** A map: regions by kind, shapes on the worst, names on the critical. */
export function drawCells(input: MapInput): Drawing {
  return (look, map) => ({
    textStyle: { fontFamily: look.font },
    tooltip: {
      trigger: 'item',
      confine: true,
      className: 'chart-tip',
      backgroundColor: look.panel,
      borderColor: look.lineStrong,
      textStyle: { color: look.text, fontSize: look.size * 0.9 },
      formatter: (params) => {
        const name = Array.isArray(params) ? undefined : params.name;
        return name && name !== SEAMS ? input.tip(Number(name)) : '';
      },
    },
    geo: geoOf(input, look, map),
    series: [dataOf(input, look), ...symbolsOf(input, look)],
  });
}

type Geo = NonNullable<ChartOption['geo']>;

function geoOf({ cells, hasSeams }: MapInput, look: Look, map: string | undefined): Geo {
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
    left: 4,
    right: 4,
    top: 4,
    bottom: 4,
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

/** Shapes on all that is critical and the worst of the rest; names on the worst, and on all where there is room. */
function symbolsOf(input: MapInput, look: Look) {
  const { cells } = input;
  const critical = cells.worst.filter((unit) => cells.kinds.get(unit) === 'critical');
  const major = cells.worst.filter((unit) => cells.kinds.get(unit) === 'major').slice(0, MAJOR_SHOWN);
  const shown = [...critical, ...major];
  const isSmall = cells.kinds.size <= ALL_NAMED;
  const rest = isSmall ? [...cells.kinds.keys()].filter((unit) => !shown.includes(unit)) : [];
  const common = {
    type: 'scatter' as const,
    coordinateSystem: 'geo' as const,
    silent: true,
    labelLayout: { hideOverlap: true },
  };
  const named = (unit: number, index: number) =>
    isSmall || (index < NAMES_SHOWN && cells.kinds.get(unit) === 'critical');
  const points = (units: readonly number[], isNamed = false) =>
    units.flatMap((unit, index) => {
      const at = input.labels.get(unit);
      const isShown = isNamed || named(unit, index);
      const position = rest.includes(unit) ? ('inside' as const) : ('bottom' as const);
      const label = { ...labelOf(isShown, input.name(unit), look), position };
      return at ? [{ name: String(unit), value: [at[0], at[1]], label }] : [];
    });
  return [
    {
      ...common,
      id: 'chosen',
      z: 7,
      symbol: 'circle',
      symbolSize: look.size * 1.7,
      itemStyle: { color: 'transparent', borderColor: look.text, borderWidth: 3 },
      data: input.chosen === null ? [] : points([input.chosen], true),
    },
    {
      ...common,
      id: 'names',
      z: 4,
      symbolSize: 0,
      data: points(rest),
    },
    {
      ...common,
      id: 'major',
      z: 5,
      symbol: 'triangle',
      symbolSize: look.size * 0.65,
      itemStyle: { color: '#000000' },
      data: points(major),
    },
    {
      ...common,
      id: 'critical',
      z: 6,
      symbol: 'diamond',
      symbolSize: look.size * (critical.length > NAMES_SHOWN ? 0.7 : 0.95),
      itemStyle: { color: '#000000', borderColor: '#ffffff', borderWidth: 1.5 },
      data: points(critical),
    },
  ];
}

function labelOf(isShown: boolean, text: string, look: Look) {
  return {
    show: isShown,
    formatter: () => text,
    color: look.text,
    fontSize: look.size * 0.85,
    fontWeight: 600,
    textBorderColor: look.page,
    textBorderWidth: 3,
    // Marks above and below a letter leave its line.
    minMargin: look.size * 0.15,
  };
}
