import type { Panel, WallBoard } from '../board.ts';
import { BY_FIELD, INDEX, KEY_AREA, RETURN_AFTER_MS } from './common.ts';

const COURSE: Panel = { kind: 'trend', chooser: 'title', steps: 'chosen', height: 'fill', atLeast: 300 };

/** The wall of two screens side by side: what the wall shows, and the course, the areas of work and what is urgent beside it. */
export const WALL_WIDE: WallBoard = {
  id: 'wall-wide',
  words: { vi: 'Màn hình lớn, khổ rộng', en: 'Wide wall' },
  canvas: 'wall',
  size: { width: 3840, height: 1080 },
  returnAfterMs: RETURN_AFTER_MS,
  columns: [876, 'rest', 640, 900, 500],
  areas: [
    KEY_AREA,
    { column: 2, span: 4, gap: 22, panels: [{ ...COURSE, when: ['hasNoFigures', 'isLeaf'] }] },
    {
      column: 2,
      span: 2,
      gap: 22,
      panels: [
        { ...COURSE, when: ['isLeaf'], unless: ['hasNoFigures'] },
        { ...INDEX, when: ['isLeaf'], unless: ['hasNoFigures'] },
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
        { kind: 'ranking', rows: 7, unless: ['isLeaf'], height: 'fill' },
        { ...INDEX, unless: ['isLeaf'] },
      ],
    },
    {
      column: 4,
      span: 1,
      gap: 22,
      panels: [
        { kind: 'trend', steps: 'chosen', height: 'fill', atLeast: 240, unless: ['isLeaf', 'isPlaceless'] },
        { ...BY_FIELD, rows: 7, unless: ['hasNoFigures', 'isLeaf', 'isPlaceless'] },
        { ...BY_FIELD, rows: 14, when: ['isLeaf'], unless: ['hasNoFigures'] },
        { ...BY_FIELD, rows: 14, when: ['isPlaceless'], unless: ['hasNoFigures'] },
      ],
    },
    {
      column: 5,
      span: 1,
      gap: 22,
      panels: [
        { kind: 'due', rows: 0, unless: ['endedByNow', 'hasNoFigures', 'hasField'] },
        { kind: 'dossiers', rows: 4, unless: ['endedByNow', 'hasNoFigures'] },
        { kind: 'passedOn', when: ['endedByNow'], unless: ['hasNoFigures'] },
      ],
    },
  ],
  foot: [
    { kind: 'systems', rows: 6 },
    { kind: 'alerts', feeds: 6, units: 10, steps: 'beside' },
  ],
};
