import type { LineSeriesOption, MapSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GeoComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { DrawnMap } from '../outline.ts';
import type { Look } from './look.ts';

/** What a chart of ours may be made of. */
export type ChartOption = ComposeOption<
  | LineSeriesOption
  | MapSeriesOption
  | ScatterSeriesOption
  | GeoComponentOption
  | GridComponentOption
  | TooltipComponentOption
>;

/** Where a chart is drawn: its size in px, and the name of its map. */
export type Sheet = { width: number; height: number; map?: string };

/** A chart, given the look of the page and its sheet. Pure; keep it the same object while nothing changed. */
export type Drawing = (look: Look, sheet: Sheet) => ChartOption;

/** Shapes for a map; keep them the same object while nothing changed. */
export type MapShapes = DrawnMap['shapes'];

/** A text made safe to stand in a tooltip's markup. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
