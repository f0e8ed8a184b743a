// @vitest-environment node
// One order of units, on the server and on the screen: the same rule, and the same answer for the same events.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { RankingAnswer, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { evaluate, type Figure, type Indicator } from '../../shared/indicator.ts';
import { compareJudgements, judge } from '../../shared/judgement.ts';
import { emptySums } from '../../shared/measure.ts';
import { periodOf } from '../../shared/period.ts';
import { rankUnits } from '../../shared/ranking.ts';
import { findShippedThresholds } from '../../shared/thresholds.ts';
import { judgeCells } from '../../web/chart/cells.ts';
import { liveFigure } from '../../web/figures/live-figures.ts';
import { startState } from '../../web/live/fold.ts';
import { openHall, start } from '../server/viewers.ts';
import { type Selection, step } from '../server/world.ts';

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

const unit = (code: string, ref = code) => ({ code, ref });
const rate = (value: number | null, denominator: number): Figure => ({ value, numerator: 0, denominator });

/** What a ranking says: rank and code, and the codes of those apart. */
const show = ({ ranked, guarded }: ReturnType<typeof rankUnits>) => [
  ranked.map((row) => [row.rank, row.unit.code]),
  guarded.map((row) => row.unit.code),
];

/** What ranks by a value alone. */
const plain = (direction: Indicator['direction']) => ({
  indicator: { direction, hero: 'value' as const },
  thresholdsOf: () => null,
});

/** By what communes are ranked as it is shipped. */
const shipped = (indicator: Indicator) => ({
  indicator,
  thresholdsOf: () => findShippedThresholds(indicator.id, 'commune'),
});

const FEW = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;

describe('the order of units', () => {
  const entries = [
    { unit: unit('F'), figure: rate(70, 500) },
    { unit: unit('B'), figure: rate(98, 40) },
    { unit: unit('G'), figure: rate(100, 29) },
    { unit: unit('A'), figure: rate(98, 900) },
    { unit: unit('C'), figure: rate(100, 30) },
    { unit: unit('E'), figure: rate(null, 0) },
  ];

  it('has the best first, shares ranks as 1, 2, 2, 4, and sets apart who has few cases or none', () => {
    expect(show(rankUnits(entries, plain('up')))).toEqual([
      [
        [1, 'C'],
        [2, 'A'],
        [2, 'B'],
        [4, 'F'],
      ],
      ['E', 'G'],
    ]);
  });

  it('has the smallest first where less is better, the largest where nothing is', () => {
    const firsts = (['down', 'none'] as const).map(
      (direction) => rankUnits(entries, plain(direction)).ranked[0]?.unit.code,
    );
    expect(firsts).toEqual(['F', 'C']);
  });

  it('ranks counts whatever their size', () => {
    const counts = [0, 3, 7].map((value, index) => ({
      unit: unit(FEW[index] ?? ''),
      figure: { value, numerator: value, denominator: null },
    }));
    expect(show(rankUnits(counts, plain('none')))).toEqual([
      [
        [1, 'C'],
        [2, 'B'],
        [3, 'A'],
      ],
      [],
    ]);
  });

  const figures = fc.record({
    value: fc.option(fc.constantFrom(0, 50, 50.01, 98, 100)),
    numerator: fc.constant(1),
    denominator: fc.option(fc.constantFrom(0, 29, 30, 31, 900)),
  });
  const rows = fc.uniqueArray(
    fc.record({
      unit: fc.record({ code: fc.constantFrom(...FEW), ref: fc.constantFrom('1', '2', '3') }),
      figure: figures,
    }),
    { selector: ({ unit: { code, ref } }) => code + ref, maxLength: 15 },
  );
  const directions = fc.constantFrom('up' as const, 'down' as const, 'none' as const);

  it('loses nobody, gives each the number of those better than it, and does not depend on how they came', () => {
    fc.assert(
      fc.property(rows, directions, fc.infiniteStream(fc.nat()), (list, direction, luck) => {
        const { ranked, guarded, isSparse } = rankUnits(list, plain(direction));
        expect(isSparse).toBe(ranked.length < 3);
        expect(ranked.length + guarded.length).toBe(list.length);
        const standings = guarded.map(
          ({ figure }) => judge(plain(direction).indicator, figure, null).standing,
        );
        expect(standings).not.toContain('judged');
        for (const row of ranked) {
          const better = ranked.filter(
            ({ judgement }) => compareJudgements({ direction }, judgement, row.judgement) < 0,
          );
          expect([row.rank, row.judgement.standing]).toEqual([better.length + 1, 'judged']);
        }
        const shuffled = list.map((row) => ({ row, at: luck.next().value })).sort((a, b) => a.at - b.at);
        expect(
          rankUnits(
            shuffled.map(({ row }) => row),
            plain(direction),
          ),
        ).toEqual({ ranked, guarded, isSparse });
      }),
      { seed: 766, numRuns: 500 },
    );
  });
});

it('colours no cell of the map by a figure that stands apart in the ranking', () => {
  const told = [
    rate(null, 900),
    rate(100, 29),
    { value: null, numerator: 0, denominator: null },
    rate(null, 0),
  ];
  for (const id of ['TT02', 'TT04', 'TT07']) {
    const { indicator, thresholdsOf } = shipped(indicatorOf(id));
    const cells = judgeCells(indicator, [0, 1, 2, 3], { figures: new Map(told.entries()), thresholdsOf });
    const few = id === 'TT04' ? 'normal' : 'few';
    expect([...cells.kinds.values()]).toEqual(['none', few, 'none', 'nothing']);
    expect(cells.worst).toEqual([]);
  }
  expect(evaluate(indicatorOf('TT02'), emptySums(), null).value).toBeNull();
});

const COMMUNES = ['10', '2', '31', 'A', 'Đ', 'b'];
const PROVINCE: Selection = {
  units: [
    { code: '25', level: 'province', parent: null },
    ...COMMUNES.map((code) => ({ code, level: 'commune' as const, parent: '25' })),
  ].map((row) => ({
    ...row,
    name: { vi: row.code, en: row.code },
    from: '2025-07-01',
    to: null,
  })) as Selection['units'],
  lineage: [],
};

/** Dossiers of one commune: how many came, how many of them were resolved, how many of those too late. */
type Work = { received: number; resolved: number; late: number };

function tell(commune: string, { received, resolved, late }: Work) {
  return Array.from({ length: received }, (_, index) => {
    const dossier = `${commune}-${index}`;
    const parts = { dossier, receiver: commune, resolver: commune };
    const end = index < late ? '2026-11-16T09:00:00+07:00' : '2026-11-03T09:00:00+07:00';
    const taken = step({ ...parts, id: `${dossier}-2`, status: 2, at: '2026-11-02T09:00:00+07:00' });
    return index < resolved ? [taken, step({ ...parts, id: `${dossier}-9`, status: 9, at: end })] : [taken];
  }).flat();
}

describe('the server and the screen', () => {
  const hall = openHall();
  afterEach(async () => {
    expect(await hall.close()).toEqual([]);
  });

  /** The ranking as the wall makes it, from its live state. */
  function rankOnScreen(state: ReturnType<typeof startState>, indicator: Indicator) {
    const period = periodOf(state.day, 'month');
    const entries = state.children.map((child: UnitView) => ({
      unit: child,
      figure: liveFigure(state, { unit: child.id, period, indicator }),
    }));
    return show(rankUnits(entries, shipped(indicator)));
  }

  const work = fc.constantFrom<Work>(
    { received: 0, resolved: 0, late: 0 },
    { received: 31, resolved: 29, late: 0 },
    { received: 40, resolved: 30, late: 3 },
    { received: 40, resolved: 40, late: 4 },
    { received: 60, resolved: 32, late: 8 },
  );

  it('rank alike, whatever was told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(work, { minLength: 6, maxLength: 6 }), async (works) => {
        const running = await hall.run({ selection: PROVINCE });
        const token = await running.token('feed', '25');
        const events = works.flatMap((one, index) => tell(COMMUNES[index] ?? '', one));
        if (events.length > 0) expect((await running.post(events, token)).status).toBe(200);
        const viewer = await running.token('display', '25');
        const state = startState(await start(await hall.link(running), '25'));
        for (const id of ['HS01', 'HS03', 'TT01', 'TT02', 'TT04', 'TT07']) {
          const path = `/api/ranking?unit=25&period=2026-11&indicator=${id}`;
          const answer = (await running.ask(path, { token: viewer })).body as RankingAnswer;
          expect(rankOnScreen(state, indicatorOf(id))).toEqual(show(answer));
        }
        expect(await hall.close()).toEqual([]);
      }),
      { seed: 766, numRuns: 8 },
    );
  }, 60_000);
});
