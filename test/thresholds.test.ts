/** What colours figures: of each unit the thresholds that hold there, with where they come from. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Provenance } from '../shared/alert.ts';
import type { RankingAnswer } from '../shared/answers.ts';
import { speakerOf } from './server/acts.ts';
import { bodyOf, type Office, openOffice, override, readThresholds, save } from './server/editors.ts';
import type { Browser } from './server/people.ts';
import { at, iso, step } from './server/world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const of = async (who: Browser, unit: string, indicator = 'TT02') =>
  (await readThresholds(who, `unit=${unit}`)).filter((one) => one.indicator === indicator);

describe('thresholds', () => {
  test('are told once for all units, by level where they differ', async () => {
    const told = await of(office.chief, '25', 'TT04');
    expect(
      told.map(({ rule, unit, levels, bands, countBands }) => ({ rule, unit, levels, bands, countBands })),
    ).toEqual([
      {
        ...{ rule: 'TT04P', unit: null, levels: ['province', 'district'], countBands: null },
        bands: { warning: 1, major: 5, critical: 15 },
      },
      {
        ...{ rule: 'TT04', unit: null, levels: ['commune', 'department', 'office'] },
        bands: { warning: 5, major: 10, critical: 20 },
        countBands: { warning: 5, major: 20, critical: 50 },
      },
    ]);
    const [rate] = await of(office.chief, '25');
    expect([rate?.levels, rate?.source.reason]).toEqual([
      [],
      'QĐ 766/QĐ-TTg, 2.1: chỉ tiêu 90 %; 80 % và 70 % là mặc định của phần mềm',
    ]);
  });

  test('of a unit that has others say of each limit where it comes from and what it hides', async () => {
    const { chief, commune } = office;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02'), reason: 'Rà soát' });
    await override(chief, { unit: '25', values: { raise: { warning: 92, major: 85 } }, reason: 'Cả tỉnh' });
    await override(commune, { values: { raise: { warning: 96 } }, reason: 'Cao điểm' });
    const told = await of(chief, '25');
    expect(told.map(({ unit }) => unit !== null && office.running.tree.get(unit).code)).toEqual([
      ...[false, '25', '25.SNV', 'A', 'D'],
    ]);
    const own = (await of(commune, 'A')).find(({ unit }) => unit !== null);
    const [critical, major, warning] = own?.limits ?? [];
    const brief = (one: Provenance | null | undefined) =>
      one && [one.value, one.source, one.version, one.unit, one.until, one.by, one.reason];
    expect([critical, major, warning].map((limit) => brief(limit?.raise))).toEqual([
      [70, 'rule', 1, null, null, 'Title of chief', 'Rà soát'],
      [85, 'override', 1, '25', '2027-02-16', 'Title of chief', 'Cả tỉnh'],
      [96, 'override', 1, 'A', '2027-02-16', 'Title of commune', 'Cao điểm'],
    ]);
    expect(warning?.raise?.hides).toEqual([
      { value: 92, unit: '25', unitName: { vi: '25', en: '25' } },
      { value: 90, unit: null, unitName: null },
    ]);
  });

  test('of a unit that is switched off are none, and say who did it', async () => {
    await override(office.commune, { values: { isOff: true } });
    const own = (await of(office.commune, 'A')).find(({ unit }) => unit !== null);
    expect(own).toMatchObject({ bands: null, countBands: null, by: 'Title of commune', limits: [] });
  });

  test('of a level below a unit reach units of that level alone', async () => {
    await override(office.chief, { unit: '25', level: 'department', values: { raise: { warning: 99 } } });
    const told = await of(office.chief, '25');
    expect(told.flatMap(({ unit }) => (unit === null ? [] : office.running.tree.get(unit).code))).toEqual([
      '25.SNV',
    ]);
  });

  test('of a rule nearer than that of all units are the nearer one’s', async () => {
    const scope = { unit: 'A', levels: [] };
    await save(office.chief, { id: null, base: null, body: bodyOf('TT02', { scope, minimum: 5 }) });
    const own = (await of(office.commune, 'A')).find(({ unit }) => unit !== null);
    expect([own?.minimum, own?.source.source, own?.source.unit]).toEqual([5, 'rule', 'A']);
  });

  test('judge a ranking each unit by its own', async () => {
    const { running, chief } = office;
    const tell = (unit: string) =>
      Array.from({ length: 40 }, (_, index) => {
        const parts = { dossier: `${unit}${index}`, receiver: unit, resolver: unit };
        const end = index < 2 ? '2026-11-16 09:00' : '2026-11-03 09:00';
        return [
          step({ ...parts, id: `${unit}${index}-2`, status: 2, at: iso(at('2026-11-02 09:00')) }),
          step({ ...parts, id: `${unit}${index}-9`, status: 9, at: iso(at(end)) }),
        ];
      }).flat();
    await running.acts.ingest(
      [...tell('A'), ...tell('D')],
      speakerOf(running.tree, 'f'),
      running.clock.now(),
    );
    const read = async () => {
      const path = '/api/ranking?unit=25&period=2026-11&indicator=TT02&level=commune';
      const { ranked } = (await chief.ask('GET', path)).body as RankingAnswer;
      return ranked.map(({ unit, rank, judgement, figure }) => [
        ...[unit.code, rank, judgement.severity, figure.threshold?.override],
      ]);
    };
    expect(await read()).toEqual([
      ['A', 1, 'normal', null],
      ['D', 1, 'normal', null],
    ]);
    await override(office.commune, { values: { raise: { critical: 97, major: 98, warning: 99 } } });
    expect(await read()).toEqual([
      ['D', 1, 'normal', null],
      ['A', 2, 'critical', 1],
    ]);
  });
});
