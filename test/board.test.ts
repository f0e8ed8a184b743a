// Boards as data: what the shipped ones say, and what is refused.
import { describe, expect, it } from 'vitest';
import { Board } from '../shared/board.ts';
import { FIRST_INDICATOR } from '../shared/boards/common.ts';
import { LEADERS_DESK } from '../shared/boards/leaders-desk.ts';
import { UNIT_DESK } from '../shared/boards/unit-desk.ts';
import { WALL } from '../shared/boards/wall.ts';
import { WALL_TALL } from '../shared/boards/wall-tall.ts';
import { WALL_WIDE } from '../shared/boards/wall-wide.ts';
import { findIndicator, INDICATORS } from '../shared/catalogue.ts';
import type { Group } from '../shared/indicator.ts';
import { titlesOf } from '../shared/titles.ts';

const desk = (panel: object): object => ({ ...UNIT_DESK, rows: [{ columns: 'one', panels: [panel] }] });
const wall = (changes: object): object => ({ ...WALL, ...changes });
const troubles = (board: object): string[] => {
  const { error } = Board.safeParse(board);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('a board', () => {
  it.each<[string, Board]>([
    ['wall', WALL],
    ['wall-wide', WALL_WIDE],
    ['wall-tall', WALL_TALL],
    ['unit', UNIT_DESK],
    ['leaders', LEADERS_DESK],
  ])('is accepted as shipped, whole and unchanged: %s', (id, board) => {
    expect(Board.parse(board)).toEqual(board);
    expect(board.id).toBe(id);
  });

  it('starts with an indicator of the catalogue', () => {
    expect(findIndicator(FIRST_INDICATOR)?.id).toBe(FIRST_INDICATOR);
  });

  it.each<[string, object]>([
    ['a kind that nobody knows', desk({ kind: 'gauge' })],
    ['an option of another kind', desk({ kind: 'dossiers', columns: ['HS01'] })],
    ['an option that nobody declared', desk({ kind: 'form', colour: 'red' })],
    ['a kind without what it needs', desk({ kind: 'breakdown', by: 'field' })],
    ['an indicator outside the catalogue', desk({ kind: 'fieldFigures', indicators: ['XX01'] })],
    ['a condition that nobody knows', desk({ kind: 'form', when: ['isMonday'] })],
    ['a canvas that nobody knows', { ...UNIT_DESK, canvas: 'phone' }],
    ['rows on a canvas', wall({ rows: UNIT_DESK.rows })],
    ['a canvas without a size', wall({ size: undefined })],
    ['a return that leaves no time to read', wall({ returnAfterMs: 1000 })],
    ['an area beyond the columns', wall({ columns: [876, 'rest'] })],
    ['a word in one language', { ...UNIT_DESK, words: { vi: 'Đơn vị' } }],
  ])('refuses %s', (_, board) => {
    expect(troubles(board)).not.toEqual([]);
  });

  it('names the place of what it refuses', () => {
    expect(troubles(desk({ kind: 'fieldFigures', indicators: ['HS01', 'XX01'] }))).toEqual([
      'rows.0.panels.0.indicators.1: no such indicator',
    ]);
  });
});

describe("the leaders' board", () => {
  const ids = LEADERS_DESK.rows
    .flatMap(({ panels }) => panels.flatMap((panel) => (panel.kind === 'keyFigures' ? panel.tiles : [])))
    .map(({ indicator }) => indicator);

  it('has a place for every figure beside those of dossiers, each once', () => {
    const groups: readonly Group[] = ['DG', 'SAT', 'TR', 'DOC', 'SYS', 'DX', 'SOC'];
    const expected = INDICATORS.filter(({ group }) => groups.includes(group)).map(({ id }) => id);
    // What is left of the plan is told by its phases.
    expect(expected.filter((id) => !ids.includes(id))).toEqual(['DX02']);
    expect(ids.length).toBe(new Set(ids).size);
  });

  it('has the services that are counted, what is paid online, the index, the phases of the plan and the systems', () => {
    const services = ['ON02', 'ON03', 'ON04', 'ON05', 'ON06', 'ON07', 'PAY01'];
    expect(services.filter((id) => !ids.includes(id))).toEqual([]);
    const kinds = LEADERS_DESK.rows.flatMap(({ panels }) => panels.map(({ kind }) => kind));
    expect(['index766', 'phases', 'systems'].filter((kind) => !kinds.some((one) => one === kind))).toEqual(
      [],
    );
  });
});

describe('the catalogue', () => {
  it('says of every indicator what it counts, in both languages', () => {
    expect(INDICATORS.filter(({ noun }) => noun.vi === '' || noun.en === '')).toEqual([]);
  });

  it('calls levels otherwise once a period is over, and receipts by the length of the period', () => {
    expect(['HS03', 'TT04', 'TT05'].map((id) => titlesOf(id).past?.vi)).toEqual([
      'Chưa giải quyết cuối kỳ',
      'Quá hạn cuối kỳ',
      'Sắp đến hạn cuối kỳ',
    ]);
    expect(titlesOf('HS01').over?.quarter).toEqual({
      vi: 'Tiếp nhận trong quý',
      en: 'Received in the quarter',
    });
    expect(titlesOf('TT01')).toEqual({});
  });
});
