import type { TallBoard } from '../board.ts';
import { BY_FIELD, INDEX, KEY_INDICATORS, RETURN_AFTER_MS, TILES } from './common.ts';

/** The wall on a phone, and on any screen so enlarged that its canvas would be a miniature: the same, one below the other. */
export const WALL_TALL: TallBoard = {
  id: 'wall-tall',
  words: { vi: 'Màn hình lớn, khổ đứng', en: 'Tall wall' },
  canvas: 'tall',
  returnAfterMs: RETURN_AFTER_MS,
  rows: [
    { columns: 'one', panels: [{ kind: 'alerts', units: 12, steps: 'calm' }] },
    { columns: 'one', panels: [{ kind: 'systems', rows: 6 }] },
    {
      columns: 'one',
      panels: [
        { kind: 'absent', when: ['hasNoFigures'] },
        { kind: 'keyFigures', tiles: TILES, unless: ['hasNoFigures'] },
        INDEX,
      ],
    },
    {
      columns: 'even',
      panels: [
        { kind: 'map', chooser: 'title', rem: 26, unless: ['isLeaf', 'isPlaceless'] },
        { kind: 'ranking', rows: 10, unless: ['isLeaf'] },
      ],
    },
    {
      columns: 'one',
      panels: [
        { kind: 'trend', chooser: 'title', steps: 'chosen', rem: 17 },
        { ...BY_FIELD, rows: 8, when: ['isLeaf'], unless: ['hasNoFigures'] },
        { kind: 'strip', own: KEY_INDICATORS },
      ],
    },
  ],
};
