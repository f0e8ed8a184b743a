import type { Area, Panel, PanelOf, Tile } from '../board.ts';

/** What the shipped boards have in common. */

/** The indicator that is looked at where the address names none, or none that is known. */
export const FIRST_INDICATOR = 'TT02';

/** The indicators by which a unit is known at a glance. */
export const KEY_INDICATORS = ['HS01', 'ON01', 'TT02', 'TT01', 'HS03', 'TT04', 'TT05', 'TT07'];

const online: Tile['part'] = {
  indicator: 'ON01',
  reads: 'numerator',
  words: { vi: 'trực tuyến', en: 'online' },
};

/** The key figures in reading order. Of a running day what came in has a tile already, and its pace is not known: both tell the month. */
export const TILES: Tile[] = [
  {
    indicator: 'HS01',
    over: 'today',
    title: { vi: 'Tiếp nhận hôm nay', en: 'Received today' },
    past: 'HS02',
    part: online,
  },
  { indicator: 'HS01', onDay: { over: 'month' }, part: online },
  { indicator: 'ON01' },
  { indicator: 'TT02' },
  { indicator: 'TT01' },
  {
    indicator: 'HS03',
    part: { indicator: 'TT04', reads: 'rest', words: { vi: 'trong hạn', en: 'in time' } },
  },
  { indicator: 'TT04' },
  { indicator: 'TT05' },
  {
    indicator: 'TT07',
    onDay: { over: 'month', title: { vi: 'Giải quyết hết (tháng)', en: 'Days to clear all (month)' } },
  },
];

/** Counts, rates and what is open, the busiest area of work first. */
export const BY_FIELD = {
  kind: 'breakdown',
  by: 'field',
  columns: ['HS01', 'ON01', 'HS02', 'TT01', 'TT02', 'HS03', 'TT04'],
  busiestBy: ['HS01', 'HS02', 'HS03'],
} satisfies PanelOf<'breakdown'>;

/** The official index of the unit, with what it lost where. */
export const INDEX: Panel = { kind: 'index766' };

/** How long a wall that was touched waits for the next touch before it shows its overview again. */
export const RETURN_AFTER_MS = 120_000;

/** The first column of a canvas: the key figures, or why there are none. */
export const KEY_AREA: Area = {
  column: 1,
  span: 1,
  gap: 18,
  panels: [
    { kind: 'absent', when: ['hasNoFigures'] },
    { kind: 'keyFigures', tiles: TILES, unless: ['hasNoFigures'], height: 'fill' },
  ],
};
