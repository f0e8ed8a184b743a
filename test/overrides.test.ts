/** Overrides: thresholds of a unit's own until a day, tighter only where the rule says so, with four eyes where wanted. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OverrideView } from '../shared/rule-view.ts';
import {
  auditOf,
  bodyOf,
  FOUR_EYES,
  type Office,
  openOffice,
  override,
  readOverrides,
  readThresholds,
  save,
  settleOverride,
} from './server/editors.ts';
import { enter, statusOf, unitId } from './server/people.ts';
import { createStores } from './server/stores.ts';
import { at } from './server/world.ts';

let office: Office;
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const strict = { raise: { warning: 96 } };
const reasonOf = ({ body }: { body: unknown }) =>
  (body as { errors?: { field: string; reason: string }[] }).errors?.map(
    ({ field, reason }) => `${field} ${reason}`,
  );
/** From which value on a unit is warned. */
async function warningOf(who: Office['chief'], unit: string): Promise<number | null | undefined> {
  const told = (await readThresholds(who, `unit=${unit}`)).filter(({ indicator }) => indicator === 'TT02');
  return (told.find((one) => one.unit !== null) ?? told[0])?.bands?.warning;
}

describe('an override', () => {
  beforeEach(async () => {
    office = await openOffice();
  });

  test('holds in the subtree of its unit from today, 90 days unless somebody says another', async () => {
    const { commune, running } = office;
    const made = await override(commune, { values: strict, reason: 'Đợt cao điểm' });
    expect(made.body).toEqual({
      ...{ id: 1, rule: 'TT02', ruleName: bodyOf('TT02').name, unit: 'A', unitName: { vi: 'A', en: 'A' } },
      ...{ level: null, values: strict, overruled: [], from: '2026-11-18', to: '2027-02-16' },
      ...{ reason: 'Đợt cao điểm', by: 'Title of commune', state: 'active', approvedBy: null, may: ['end'] },
      savedAt: '2026-11-18T10:00:00+07:00',
    });
    expect(await auditOf(running, 'addOverride')).toEqual([
      {
        ...{ caller: 'person:commune', subject: 'override:1', unit: unitId(running, 'A'), before: null },
        after: {
          ...{ rule: 'TT02', level: null, values: strict, from: '2026-11-18', to: '2027-02-16' },
          ...{ state: 'active', reason: 'Đợt cao điểm' },
        },
      },
    ]);
  });

  test.each([
    [{ from: '2026-11-17' }, 'from lies before today, 2026-11-18'],
    [{ to: '2026-11-18' }, 'to is not after its first day'],
    [{ from: '2026-12-01', to: '2026-11-30' }, 'to is not after its first day'],
    [{ to: '2027-11-20' }, 'to is more than a year after its first day'],
  ])('is refused for days that are none: %o', async (days, reason) => {
    const refused = await override(office.commune, { values: strict, ...days });
    expect([statusOf(refused), reasonOf(refused)]).toEqual(['422 unprocessable', [reason]]);
    expect(await readOverrides(office.commune)).toEqual([]);
  });

  test.each([{}, { raise: {} }, { raise: {}, count: {} }])(
    'is refused that changes nothing: %o',
    async (values) => {
      const refused = await override(office.commune, { values });
      expect([statusOf(refused), reasonOf(refused)]).toEqual([
        '422 unprocessable',
        ['values changes nothing'],
      ]);
    },
  );

  test('is for editors of the unit; others are told what they lack, or that there is no such unit', async () => {
    const { commune, operator, running } = office;
    const ask = async (who: typeof commune, unit: string) =>
      statusOf(await override(who, { unit, values: strict }));
    expect([await ask(operator, 'A'), await ask(commune, '25'), await ask(commune, 'D')]).toEqual([
      '403 forbidden',
      '403 forbidden',
      '404 notFound',
    ]);
    expect(statusOf(await override(commune, { rule: 'none', values: strict }))).toBe('404 notFound');
    expect([await readOverrides(office.chief), await auditOf(running, 'addOverride')]).toEqual([[], []]);
  });

  test('judges on its last day and no more on the day after', async () => {
    const { running, commune } = office;
    await override(commune, { values: strict, to: '2026-11-20' });
    const warning = async (local: string) => {
      running.clock.set(at(local));
      const who = await enter(running, `reader${running.clock.now()}`, [['editor', 'A']]);
      return [await warningOf(who, 'A'), (await readOverrides(who))[0]?.state];
    };
    expect(await warning('2026-11-19 23:59')).toEqual([96, 'active']);
    expect(await warning('2026-11-20 00:00')).toEqual([90, 'ended']);
  });

  test('that is to come is ahead, and judges from its first day on', async () => {
    const { running, commune } = office;
    const made = await override(commune, { values: strict, from: '2026-11-20' });
    expect((made.body as OverrideView).state).toBe('ahead');
    expect(await warningOf(commune, 'A')).toBe(90);
    running.clock.set(at('2026-11-20 00:00'));
    const who = await enter(running, 'later', [['editor', 'A']]);
    expect(await warningOf(who, 'A')).toBe(96);
  });

  test('takes the place of the one before of the same rule and unit; ended, the rule holds again', async () => {
    const { commune, running } = office;
    await override(commune, { values: strict });
    const second = (await override(commune, { values: { raise: { warning: 93 } } })).body as OverrideView;
    expect((await readOverrides(commune)).map(({ id, state }) => [id, state])).toEqual([
      [2, 'active'],
      [1, 'ended'],
    ]);
    expect((await auditOf(running, 'addOverride'))[1]?.before.replaced).toEqual([
      expect.objectContaining({ id: 1, values: strict }),
    ]);
    expect(await warningOf(commune, 'A')).toBe(93);
    expect((await settleOverride(commune, second.id, 'end')).body).toMatchObject({ state: 'ended', may: [] });
    expect(await warningOf(commune, 'A')).toBe(90);
    expect(statusOf(await settleOverride(commune, second.id, 'end'))).toBe('409 conflict');
    expect((await auditOf(running, 'decideOverride'))[0]).toMatchObject({
      ...{ caller: 'person:commune', subject: 'override:2', before: { values: { raise: { warning: 93 } } } },
      after: { decision: 'end', state: 'ended', reason: 'as agreed' },
    });
  });

  test('may not turn the levels round', async () => {
    const refused = await override(office.commune, { values: { raise: { warning: 75 } } });
    expect([statusOf(refused), reasonOf(refused)]).toEqual([
      '422 unprocessable',
      ['values a worse level lies further in the direction of the rule'],
    ]);
  });

  test('is seen by whoever sees its unit, or stands below it; ended by editors there alone', async () => {
    const { chief, commune, operator } = office;
    await override(chief, { unit: '25', values: strict });
    await override(commune, { values: { minimum: 10 } });
    await override(chief, { unit: 'D', values: { minimum: 10 } });
    const seen = async (who: typeof chief, query = '') =>
      (await readOverrides(who, query)).map(({ unit, may }) => `${unit} ${may.join()}`);
    expect(await seen(chief)).toEqual(['D end', 'A end', '25 end']);
    expect(await seen(chief, '?unit=A')).toEqual(['A end', '25 end']);
    expect(await seen(commune)).toEqual(['A end', '25 ']);
    expect(await seen(operator)).toEqual(['D ', 'A ', '25 ']);
    expect(statusOf(await settleOverride(commune, 1, 'end'))).toBe('404 notFound');
    expect(statusOf(await settleOverride(commune, 3, 'end'))).toBe('404 notFound');
    expect(statusOf(await settleOverride(operator, 2, 'end'))).toBe('403 forbidden');
  });
});

describe('inheritance', () => {
  beforeEach(async () => {
    office = await openOffice();
  });

  test('that allows tighter ones only refuses looser values with the one that holds', async () => {
    const { chief, commune } = office;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { inherit: 'tighten' }) });
    await override(chief, { unit: '25', values: { raise: { warning: 94 } } });
    const loose = await override(commune, { values: { raise: { warning: 93, major: 75 }, minimum: 40 } });
    expect([statusOf(loose), reasonOf(loose)]).toEqual([
      '422 unprocessable',
      [
        'values.raise.major may only be tightened: 75 is looser than 80, which holds',
        'values.raise.warning may only be tightened: 93 is looser than 94, which holds',
        'values.minimum may only be tightened: 40 is looser than 30, which holds',
      ],
    ]);
    expect(statusOf(await override(commune, { values: { isOff: true } }))).toBe('422 unprocessable');
    expect(statusOf(await override(commune, { values: { raise: { warning: 96 }, minimum: 20 } }))).toBe(200);
    expect(await warningOf(commune, 'A')).toBe(96);
  });

  test('overrules a looser one below that stands already, until what is stricter above ends', async () => {
    const { chief, commune } = office;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { inherit: 'tighten' }) });
    await override(commune, { values: { raise: { warning: 93, major: 88 } } });
    expect(await warningOf(commune, 'A')).toBe(93);
    const wide = (await override(chief, { unit: '25', values: { raise: { warning: 95 } } })).body;
    expect(await warningOf(commune, 'A')).toBe(95);
    const overruled = [{ field: 'raise.warning', value: 93, holds: 95, unit: '25' }];
    expect(await readOverrides(commune)).toMatchObject([
      { unit: '25', state: 'active', overruled: [] },
      { unit: 'A', state: 'active', overruled },
    ]);
    const own = (await readThresholds(commune, 'unit=A')).findLast(({ indicator }) => indicator === 'TT02');
    expect(own?.limits.find(({ severity }) => severity === 'warning')?.raise).toMatchObject({
      ...{ value: 95, unit: '25', hides: [{ value: 90, unit: null }] },
      overruled: [{ value: 93, unit: 'A' }],
    });
    await settleOverride(chief, (wide as OverrideView).id, 'end');
    expect(await warningOf(commune, 'A')).toBe(93);
    expect((await readOverrides(commune)).map((one) => one.overruled)).toEqual([[], []]);
  });

  test('by a table overrules the looser ones below as well, and tells whose thresholds become others', async () => {
    const { chief, commune } = office;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { inherit: 'tighten' }) });
    await override(commune, { values: { raise: { warning: 93 } } });
    const take = async (isDryRun: boolean) =>
      (
        await chief.ask('POST', '/api/thresholds/table', {
          ...{ format: 'csv', text: 'rule,unit,raise.warning\nTT02,25,95\n', reason: 'Cả tỉnh', isDryRun },
        })
      ).body;
    // 25 itself, its department, A and D: that of A was 93.
    expect(await take(true)).toMatchObject({ units: 4, differences: [{ before: 90, after: 95 }] });
    expect(await warningOf(commune, 'A')).toBe(93);
    await take(false);
    expect(await warningOf(commune, 'A')).toBe(95);
  });

  test('that becomes stricter, or is locked, by a version of the rule overrules what stands below', async () => {
    const { chief, commune } = office;
    await override(commune, { values: { raise: { warning: 85 }, minimum: 20 } });
    expect(await warningOf(commune, 'A')).toBe(85);
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { inherit: 'tighten' }) });
    const fields = async () => (await readOverrides(commune))[0]?.overruled.map(({ field }) => field);
    expect([await warningOf(commune, 'A'), await fields()]).toEqual([90, ['raise.warning']]);
    await save(chief, { id: 'TT02', base: 1, body: bodyOf('TT02', { inherit: 'locked' }) });
    expect([await warningOf(commune, 'A'), await fields()]).toEqual([90, ['raise.warning', 'minimum']]);
    await save(chief, { id: 'TT02', base: 2, body: bodyOf('TT02') });
    expect([await warningOf(commune, 'A'), await fields()]).toEqual([85, []]);
  });

  test('that is locked refuses all', async () => {
    const { chief } = office;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { inherit: 'locked' }) });
    const refused = await override(chief, { values: strict });
    expect([statusOf(refused), reasonOf(refused)]).toEqual([
      '422 unprocessable',
      ['values.raise.warning may not be changed here: 90 holds'],
    ]);
  });
});

describe('four eyes', () => {
  test('let an override wait; whoever saved it cannot approve it, another editor of the unit can', async () => {
    office = await openOffice({ site: FOUR_EYES });
    const { chief, commune, operator } = office;
    const made = (await override(commune, { values: strict })).body as OverrideView;
    expect([made.state, made.may, await warningOf(commune, 'A')]).toEqual(['proposed', [], 90]);
    for (const who of [commune, operator])
      expect(statusOf(await settleOverride(who, made.id, 'approve'))).toBe('403 forbidden');
    expect((await readOverrides(chief))[0]?.may).toEqual(['approve']);
    expect((await settleOverride(chief, made.id, 'approve')).body).toMatchObject({
      ...{ state: 'active', by: 'Title of commune', approvedBy: 'Title of chief' },
    });
    expect(await warningOf(commune, 'A')).toBe(96);
    expect(statusOf(await settleOverride(chief, made.id, 'approve'))).toBe('409 conflict');
  });

  test('look again at what holds when they approve', async () => {
    office = await openOffice({ site: FOUR_EYES });
    const { chief, second, commune } = office;
    const loose = (await override(commune, { values: { raise: { warning: 85 } } })).body as OverrideView;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { inherit: 'tighten' }) });
    await second.ask('PUT', '/api/rules', { id: 'TT02', version: 1, decision: 'approve', reason: 'agreed' });
    const refused = await settleOverride(chief, loose.id, 'approve');
    const reasons = ['values.raise.warning may only be tightened: 85 is looser than 90, which holds'];
    expect([statusOf(refused), reasonOf(refused)]).toEqual(['422 unprocessable', reasons]);
    expect((await settleOverride(chief, loose.id, 'reject')).body).toMatchObject({ state: 'rejected' });
    expect(await warningOf(commune, 'A')).toBe(90);
  });
});

describe('on PostgreSQL', () => {
  const stores = createStores();
  afterAll(() => stores.close());

  test('the same way is gone: a rule saved, a unit with thresholds of its own, what colours it, its end', async () => {
    office = await openOffice({ url: await stores.address('postgres') });
    const { chief, commune } = office;
    await save(chief, { id: 'TT02', base: 0, body: bodyOf('TT02', { minimum: 12 }) });
    const made = (await override(commune, { values: strict })).body as OverrideView;
    const all = await readThresholds(commune, 'unit=A');
    const own = all.find(({ indicator, unit }) => indicator === 'TT02' && unit !== null);
    expect(own).toMatchObject({
      ...{ version: 1, minimum: 12, override: made.id, by: 'Title of commune' },
      bands: { warning: 96, major: 80, critical: 70 },
    });
    await settleOverride(commune, made.id, 'end');
    expect(await warningOf(commune, 'A')).toBe(90);
  });
});
