// The public ranking: a count is ranked whatever its size, a rate of few cases stands apart, and each says what was judged.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RankingAnswer } from '../shared/answers.ts';
import { openHall } from './server/viewers.ts';
import { type Selection, step } from './server/world.ts';
import type { Running } from './server.ts';

const UNITS = ['A', 'B', 'C', 'D', 'E'].map((code) => ({ code, level: 'commune', parent: '25' }) as const);
const PROVINCE: Selection = {
  units: [
    { code: '25', level: 'province', parent: null } as const,
    ...UNITS,
    { code: '25.SNV', level: 'department', parent: '25' } as const,
  ].map((row) => ({ ...row, name: { vi: row.code, en: row.code }, from: '2025-07-01', to: null })),
  lineage: [],
};

/** Open dossiers of a unit, the first of them overdue. */
function tell(unit: string, overdue: number, open: number) {
  return Array.from({ length: open }, (_, index) =>
    step({
      ...{ id: `${unit}-${index}`, dossier: `${unit}-${index}`, receiver: unit, resolver: unit, status: 2 },
      ...{ at: '2026-11-02T09:00:00+07:00', procedure: 'P.none' },
      due: index < overdue ? '2026-11-10T17:00:00+07:00' : '2027-03-01T17:00:00+07:00',
    }),
  );
}

const hall = openHall();
let running: Running;
let token: string;

beforeAll(async () => {
  running = await hall.run({ selection: PROVINCE });
  const events = [
    ...tell('A', 11, 28),
    ...tell('B', 3, 90),
    ...tell('C', 0, 40),
    ...tell('D', 20, 46),
    ...tell('25.SNV', 3, 4),
  ];
  const feed = await running.token('feed', '25');
  expect((await running.post(events, feed)).status).toBe(200);
  token = await running.token('display', '25');
});
afterAll(async () => {
  expect(await hall.close()).toEqual([]);
});

const read = async (query: string) =>
  (await running.ask(`/api/ranking?unit=25&period=2026-11&${query}`, { token })).body as RankingAnswer;

const show = ({ ranked, guarded }: RankingAnswer) => [
  ranked.map(({ rank, unit, judgement }) => [rank, unit.code, judgement.figure, judgement.severity]),
  guarded.map(({ unit, judgement }) => [unit.code, judgement.standing, judgement.apparent]),
];

describe('a ranking', () => {
  test('of overdue dossiers ranks counts whatever their size, and sets apart only of whom nothing is known', async () => {
    const answer = await read('indicator=TT04');
    expect(show(answer)).toEqual([
      [
        [1, 'C', 0, 'normal'],
        [2, '25.SNV', 3, 'normal'],
        [2, 'B', 3, 'normal'],
        [4, 'A', 11, 'warning'],
        [5, 'D', 20, 'critical'],
      ],
      [['E', 'unknown', 'normal']],
    ]);
    expect(answer.isSparse).toBe(false);
  });

  test('of a rate sets apart who has few cases, with the level it appears to have', async () => {
    expect(show(await read('indicator=TT02'))).toEqual([
      [
        [1, 'C', 100, 'normal'],
        [2, 'B', 96.67, 'normal'],
        [3, 'D', 56.52, 'critical'],
      ],
      [
        ['25.SNV', 'few', 'critical'],
        ['A', 'few', 'critical'],
        ['E', 'unknown', 'normal'],
      ],
    ]);
  });

  test('of so few that their ranks say nothing says so', async () => {
    const answer = await read('indicator=TT04&level=department');
    expect([answer.isSparse, answer.ranked.map(({ rank }) => rank)]).toEqual([true, [1]]);
  });

  test('goes by the rule that judges each unit, and says by which', async () => {
    const { ranked } = await read('indicator=TT04');
    const told = ranked.map(({ unit, figure: { threshold } }) => [unit.level, threshold?.rule]);
    expect(new Set(told.map(([, rule]) => rule))).toEqual(new Set(['TT04']));
    expect(ranked[0]?.figure.threshold).toEqual({
      ...{ direction: 'above', minimum: 30, rule: 'TT04', version: 0, override: null },
      bands: { warning: 5, major: 10, critical: 20 },
      countBands: { warning: 5, major: 20, critical: 50 },
      ...{ since: null, until: null, by: null },
    });
  });
});
