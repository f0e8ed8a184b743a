import type { DeskBoard, Panel, PanelOf, Tile, WallBoard } from './board.ts';

/** The boards as shipped. */

/** The indicator that is looked at where the address names none, or none that is known. */
export const FIRST_INDICATOR = 'TT02';

const KEY_INDICATORS = ['HS01', 'ON01', 'TT02', 'TT01', 'HS03', 'TT04', 'TT05', 'TT07'];

const online: Tile['part'] = {
  indicator: 'ON01',
  reads: 'numerator',
  words: { vi: 'trực tuyến', en: 'online' },
};

/** In reading order. Of a running day what came in has a tile already, and its pace is not known: both tell the month. */
const TILES: Tile[] = [
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
    onDay: { over: 'month', title: { vi: 'Hệ số ùn tắc (tháng)', en: 'Congestion (month)' } },
  },
];

const BY_FIELD = {
  kind: 'breakdown',
  by: 'field',
  columns: ['HS01', 'ON01', 'HS02', 'TT01', 'TT02', 'HS03', 'TT04'],
  busiestBy: ['HS01', 'HS02', 'HS03'],
} satisfies PanelOf<'breakdown'>;

const COURSE: Panel = { kind: 'trend', chooser: 'title', steps: 'chosen', height: 'fill' };

/** The wall: key figures, then the units below on a map and in their order; of a leaf its course and areas of work. */
export const WALL: WallBoard = {
  id: 'wall',
  words: { vi: 'Màn hình lớn', en: 'Wall' },
  canvas: 'wall',
  columns: [876, 'rest', 474],
  areas: [
    {
      column: 1,
      span: 1,
      gap: 18,
      panels: [
        { kind: 'ended', when: ['ended'] },
        { kind: 'keyFigures', tiles: TILES, unless: ['ended'], height: 'fill' },
      ],
    },
    {
      column: 2,
      span: 2,
      gap: 14,
      panels: [
        { ...COURSE, when: ['isLeaf'], atLeast: 320 },
        { ...BY_FIELD, rows: 8, when: ['isLeaf'], unless: ['ended'] },
      ],
    },
    {
      column: 2,
      span: 1,
      gap: 22,
      panels: [
        { kind: 'map', chooser: 'title', unless: ['isLeaf', 'isPlaceless'], height: 'fill' },
        { ...COURSE, when: ['isPlaceless'] },
      ],
    },
    {
      column: 3,
      span: 1,
      gap: 22,
      panels: [
        { kind: 'ranking', unless: ['isLeaf'] },
        { kind: 'trend', steps: 'fixed', when: ['hasFewPlaces'], height: 'fill' },
      ],
    },
  ],
  foot: [{ kind: 'strip', own: KEY_INDICATORS }],
};

/** The desk's page of any unit: the same panels for a province, a district, a commune or a department. */
export const UNIT_DESK: DeskBoard = {
  id: 'unit',
  words: { vi: 'Đơn vị', en: 'Unit' },
  canvas: 'desk',
  rows: [
    {
      columns: 'one',
      panels: [
        { kind: 'ended', when: ['ended'] },
        { kind: 'keyFigures', tiles: TILES, unless: ['ended', 'hasField'] },
        { kind: 'fieldFigures', indicators: KEY_INDICATORS, when: ['hasField'], unless: ['ended'] },
      ],
    },
    {
      columns: 'wideFirst',
      panels: [
        { kind: 'trend', steps: 'chosen', rem: 17 },
        { kind: 'dossiers', unless: ['endedByNow'] },
        { kind: 'passedOn', when: ['endedByNow'], unless: ['ended'] },
      ],
    },
    {
      columns: 'even',
      panels: [
        {
          kind: 'map',
          title: { vi: 'Đơn vị trực thuộc', en: 'Units below' },
          chooser: 'aside',
          rem: 26,
          when: ['hasChildren'],
          unless: ['ended', 'hasField'],
        },
        { kind: 'ranking', when: ['hasChildren'], unless: ['ended', 'hasField'] },
      ],
    },
    {
      columns: 'one',
      panels: [
        { kind: 'form', unless: ['ended'] },
        { ...BY_FIELD, unless: ['ended', 'hasField'] },
        { ...BY_FIELD, by: 'procedure', unless: ['ended'] },
        { kind: 'origin', versions: ['TT01', 'TT02', 'ON01', 'TT04'], unless: ['ended'] },
      ],
    },
  ],
};
