import type { DeskBoard } from '../board.ts';
import { BY_FIELD, INDEX, KEY_INDICATORS, TILES } from './common.ts';

/** The desk's page of any unit: the same panels for a province, a district, a commune or a department. */
export const UNIT_DESK: DeskBoard = {
  id: 'unit',
  words: { vi: 'Đơn vị', en: 'Unit' },
  canvas: 'desk',
  rows: [
    {
      columns: 'one',
      panels: [
        { kind: 'absent', when: ['hasNoFigures'] },
        { kind: 'keyFigures', tiles: TILES, unless: ['hasNoFigures', 'hasField'] },
        { kind: 'fieldFigures', indicators: KEY_INDICATORS, when: ['hasField'], unless: ['hasNoFigures'] },
      ],
    },
    { columns: 'one', panels: [{ kind: 'systems', rows: 8, unless: ['endedByNow', 'hasField'] }] },
    { columns: 'one', panels: [{ ...INDEX, unless: ['hasField'] }] },
    {
      columns: 'wideFirst',
      panels: [
        { kind: 'trend', steps: 'chosen', rem: 17, unless: ['hasUnknownField'] },
        { kind: 'dossiers', unless: ['endedByNow', 'hasNoFigures'] },
        { kind: 'passedOn', when: ['endedByNow'], unless: ['hasNoFigures'] },
      ],
    },
    {
      columns: 'one',
      panels: [{ kind: 'due', unless: ['endedByNow', 'hasNoFigures', 'hasField'] }],
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
          unless: ['hasNoFigures', 'hasField'],
        },
        { kind: 'ranking', when: ['hasChildren'], unless: ['hasNoFigures', 'hasField'] },
      ],
    },
    {
      columns: 'one',
      panels: [
        { kind: 'form', unless: ['hasNoFigures'] },
        { ...BY_FIELD, unless: ['hasNoFigures', 'hasField'] },
        { ...BY_FIELD, by: 'procedure', unless: ['hasNoFigures'] },
        { kind: 'origin', versions: ['TT01', 'TT02', 'ON01', 'TT04'], unless: ['hasNoFigures'] },
      ],
    },
  ],
};
