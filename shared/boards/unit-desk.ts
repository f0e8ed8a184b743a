import type { DeskBoard } from '../board.ts';
import { BY_FIELD, KEY_INDICATORS, TILES } from './common.ts';

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
