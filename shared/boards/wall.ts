import type { Panel, WallBoard } from '../board.ts';
import { BY_FIELD, INDEX, KEY_AREA, RETURN_AFTER_MS } from './common.ts';

const COURSE: Panel = { kind: 'trend', chooser: 'title', steps: 'chosen', height: 'fill' };

/** The wall: key figures, the units below on a map and in their order, the index; of a leaf its course and areas of work. */
export const WALL: WallBoard = {
  id: 'wall',
  words: { vi: 'Màn hình lớn', en: 'Wall' },
  canvas: 'wall',
  size: { width: 1920, height: 1080 },
  returnAfterMs: RETURN_AFTER_MS,
  columns: [876, 'rest', 474],
  areas: [
    KEY_AREA,
    {
      column: 2,
      span: 2,
      gap: 14,
      panels: [
        { ...COURSE, when: ['isLeaf'], atLeast: 240 },
        { ...BY_FIELD, rows: 3, when: ['isLeaf'], unless: ['hasNoFigures'] },
        { ...INDEX, when: ['isLeaf'] },
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
        { kind: 'ranking', rows: 6, unless: ['isLeaf'], height: 'fill' },
        { ...INDEX, unless: ['isLeaf'] },
      ],
    },
  ],
  foot: [
    { kind: 'systems', rows: 3 },
    { kind: 'alerts', feeds: 3, units: 6, steps: 'calm' },
  ],
};
