/** Yearly targets: set, signed by another where two must agree, handed down the tree, told with figures and with their pace. */
import { afterEach, describe, expect, test } from 'vitest';
import type { FiguresAnswer } from '../shared/answers.ts';
import type { DossierEvent } from '../shared/event.ts';
import type { ExplainAnswer } from '../shared/explain.ts';
import type { TargetRow, TargetsAnswer, TargetVersion } from '../shared/target-wire.ts';
import { speakerOf } from './server/acts.ts';
import { auditOf, FOUR_EYES, type Office, openOffice } from './server/editors.ts';
import { type Browser, PASSWORD, statusOf, unitId } from './server/people.ts';
import { at, iso, SITE, step } from './server/world.ts';

let office: Office;
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const DECISION = { office: 'UBND tỉnh', paper: 'Quyết định 45/QĐ-UBND' };
const aim = (order: object = {}) => ({
  ...{ unit: '25', indicator: 'ON02', year: 2026, value: 80, ...DECISION, reason: 'giao chỉ tiêu năm' },
  ...order,
});
const set = (who: Browser, order: object = {}) => who.ask('PUT', '/api/targets', aim(order));
const sign = (who: Browser, ids: number[], decision = 'sign') =>
  who.ask('POST', '/api/targets/sign', { ids, decision, reason: 'đã ký' });
const list = async (who: Browser, query: string) =>
  (await who.ask('GET', `/api/targets?${query}`)).body as TargetsAnswer;
const idOf = ({ body }: { body: unknown }) => (body as TargetVersion).id;
const reasons = ({ body }: { body: unknown }) =>
  (body as { errors?: { field: string; reason: string }[] }).errors?.map(
    (one) => `${one.field} ${one.reason}`,
  );

async function settle(who: Browser, order: object = {}): Promise<number> {
  const id = idOf(await set(who, order));
  expect(statusOf(await sign(who, [id]))).toBe(200);
  return id;
}
const heldOf = ({ rows }: TargetsAnswer, indicator = 'ON02') =>
  rows
    .map(({ unit, indicator: id, target }) => [unit.ref, id, target?.value, target?.source, target?.unit])
    .filter(([, id]) => id === indicator);

/** Dossiers received in a unit this year, so many of them fully online. */
function receive(unit: string, all: number, full: number): DossierEvent[] {
  return Array.from({ length: all }, (_, index) =>
    step({
      ...{ id: `${unit}${index}`, dossier: `${unit}${index}`, receiver: unit, resolver: unit, status: 2 },
      ...{ at: iso(at('2026-03-02 09:00') + index * 60_000), procedure: 'P.none' },
      ...{ channel: 'online', level: index < full ? 'full' : 'partial' },
    }),
  );
}

describe('a target', () => {
  test('waits until it is signed, then holds for the unit and all below it', async () => {
    office = await openOffice();
    const { chief, commune } = office;
    const made = await set(chief);
    expect(made.body).toEqual({
      ...{ id: 1, unit: expect.objectContaining({ ref: '25' }), indicator: 'ON02', year: 2026, value: 80 },
      ...{ ...DECISION, reason: 'giao chỉ tiêu năm', state: 'proposed', savedBy: 'Title of chief' },
      ...{ savedAt: '2026-11-18T10:00:00+07:00', signedAt: null, signedBy: null, endedAt: null },
      may: ['sign', 'reject'],
    });
    expect(heldOf(await list(commune, 'unit=A'))).toEqual([['A', 'ON02', 85, 'catalogue', null]]);
    expect((await list(chief, 'unit=25')).waiting.map(({ id }) => id)).toEqual([1]);
    expect((await sign(chief, [1])).body).toEqual({ signed: 1, rejected: 0 });
    expect(heldOf(await list(commune, 'unit=A'))).toEqual([['A', 'ON02', 80, 'above', '25']]);
    const { rows, waiting } = await list(chief, 'unit=25&indicator=ON02');
    expect(rows[0]?.target).toEqual({
      ...{ value: 80, source: 'own', unit: '25', unitName: { vi: '25', en: '25' }, ...DECISION },
      ...{ signedAt: '2026-11-18T10:00:00+07:00', signedBy: 'Title of chief' },
    });
    expect([waiting, rows.map(({ unit }) => unit.ref)]).toEqual([[], ['25', '25.SNV', 'A', 'D']]);
  });

  test('of the nearest unit holds: a commune of its own beside one that inherits; taken back, it inherits again', async () => {
    office = await openOffice();
    const { chief, commune } = office;
    await settle(chief);
    await settle(commune, { unit: 'A', value: 90 });
    expect(heldOf(await list(chief, 'unit=25&indicator=ON02'))).toEqual([
      ['25', 'ON02', 80, 'own', '25'],
      ['25.SNV', 'ON02', 80, 'above', '25'],
      ['A', 'ON02', 90, 'own', 'A'],
      ['D', 'ON02', 80, 'above', '25'],
    ]);
    await settle(commune, { unit: 'A', value: null });
    const [row] = (await list(commune, 'unit=A&indicator=ON02')).rows;
    expect([row?.target?.value, row?.versions.map(({ value, state }) => [value, state])]).toEqual([
      80,
      [
        [null, 'signed'],
        [90, 'superseded'],
      ],
    ]);
    expect(heldOf(await list(commune, 'unit=A&year=2027'))).toEqual([['A', 'ON02', 85, 'catalogue', null]]);
  });

  test('that is a count to rise is shared out, not handed down; one to fall is', async () => {
    office = await openOffice();
    const { chief } = office;
    await settle(chief, { indicator: 'ON05', value: 900 });
    await settle(chief, { indicator: 'TT04', value: 5 });
    expect(heldOf(await list(chief, 'unit=25&indicator=ON05'), 'ON05').slice(0, 2)).toEqual([
      ['25', 'ON05', 900, 'own', '25'],
      ['25.SNV', 'ON05', undefined, undefined, undefined],
    ]);
    expect(heldOf(await list(chief, 'unit=25&indicator=TT04'), 'TT04')[1]).toEqual([
      '25.SNV',
      'TT04',
      5,
      'above',
      '25',
    ]);
  });

  test('keeps its versions: a later one takes the place of what held, and of what waited', async () => {
    office = await openOffice();
    const { chief } = office;
    await settle(chief);
    await set(chief, { value: 82 });
    await set(chief, { value: 83 });
    office.running.clock.advance(600_000);
    expect((await sign(chief, [3])).body).toEqual({ signed: 1, rejected: 0 });
    const [row] = (await list(chief, 'unit=25&indicator=ON02')).rows;
    expect(row?.versions.map(({ id, value, state, endedAt }) => [id, value, state, endedAt])).toEqual([
      [3, 83, 'signed', null],
      [2, 82, 'superseded', '2026-11-18T10:00:00+07:00'],
      [1, 80, 'superseded', '2026-11-18T10:10:00+07:00'],
    ]);
    expect([statusOf(await sign(chief, [2])), statusOf(await sign(chief, [99]))]).toEqual([
      '409 conflict',
      '404 notFound',
    ]);
  });

  test('is audited with what held before, who decided it and why', async () => {
    office = await openOffice();
    const { chief, running } = office;
    const first = await settle(chief);
    await set(chief, { value: 82 });
    const unit = unitId(running, '25');
    const facts = { indicator: 'ON02', year: 2026, ...DECISION, reason: 'giao chỉ tiêu năm' };
    expect((await auditOf(running, 'setTarget'))[1]).toEqual({
      ...{ caller: 'person:chief', subject: 'target:2', unit, before: { ...facts, value: 80 } },
      after: { ...facts, value: 82, state: 'proposed' },
    });
    expect(await auditOf(running, 'signTargets')).toEqual([
      {
        ...{ caller: 'person:chief', subject: `target:${first}`, unit },
        before: { ...facts, value: 80, state: 'proposed' },
        after: { decision: 'sign', reason: 'đã ký' },
      },
    ]);
  });

  test('needs another editor to sign it where two must agree; all of a list or none', async () => {
    office = await openOffice({ site: FOUR_EYES });
    const { chief, second, commune } = office;
    const own = idOf(await set(chief));
    const other = idOf(await set(second, { indicator: 'ON01', value: 60 }));
    expect((await list(chief, 'unit=25')).waiting.map(({ may }) => may)).toEqual([
      ['reject'],
      ['sign', 'reject'],
    ]);
    expect(statusOf(await sign(chief, [other, own]))).toBe('403 forbidden');
    expect((await list(chief, 'unit=25')).waiting).toHaveLength(2);
    expect(statusOf(await sign(commune, [own]))).toBe('404 notFound');
    expect((await sign(second, [own])).body).toEqual({ signed: 1, rejected: 0 });
    expect((await sign(second, [other], 'reject')).body).toEqual({ signed: 0, rejected: 1 });
    expect(heldOf(await list(chief, 'unit=25'), 'ON01')).toEqual([['25', 'ON01', 50, 'catalogue', null]]);
  });

  test.each([
    [{ indicator: 'ZZ01' }, 'indicator ZZ01 is not in the catalogue'],
    [{ indicator: 'HS01' }, 'indicator has no good direction, so no target'],
    [{ year: 2025 }, 'year is over: this is 2026'],
    [{ year: 2037 }, 'year lies too far ahead'],
    [{ value: 101 }, 'value is over 100'],
  ])('is refused for what can be none: %o', async (order, reason) => {
    office = await openOffice();
    const refused = await set(office.chief, order);
    expect([statusOf(refused), reasons(refused)]).toEqual(['422 unprocessable', [reason]]);
    expect((await list(office.chief, 'unit=25')).waiting).toEqual([]);
  });

  test('is for editors of the unit, and can be taken back only where there is one', async () => {
    office = await openOffice();
    const { chief, commune, operator } = office;
    expect(statusOf(await set(operator))).toBe('403 forbidden');
    expect(statusOf(await set(commune))).toBe('403 forbidden');
    expect(statusOf(await set(commune, { unit: 'D' }))).toBe('404 notFound');
    expect(statusOf(await set(chief, { value: null }))).toBe('409 conflict');
  });
});

describe('figures', () => {
  test('say what they are to reach, by whose decision, as it was known then', async () => {
    office = await openOffice();
    const { chief, running } = office;
    await running.acts.ingest(receive('A', 10, 7), speakerOf(running.tree, 'f'), running.clock.now());
    await settle(chief);
    const figure = async (query: string) => {
      const { body } = await chief.ask('GET', `/api/figures?unit=A&indicators=ON02,HS01&${query}`);
      return (body as FiguresAnswer).units[0]?.figures;
    };
    const now = await figure('period=2026-11');
    expect(now?.ON02?.target).toEqual({
      ...{ value: 80, source: 'above', unit: '25', unitName: { vi: '25', en: '25' }, ...DECISION },
      ...{ signedAt: '2026-11-18T10:00:00+07:00', signedBy: 'Title of chief' },
    });
    expect(now?.HS01).not.toHaveProperty('target');
    const live = { dossier: 'live', receiver: 'A', resolver: 'A', status: 2, at: iso(running.clock.now()) };
    await running.post([step({ ...live, id: 'live' })], await running.token('feed', '25'));
    running.clock.advance(26 * 3_600_000);
    expect(statusOf(await chief.ask('POST', '/api/session/unlock', { password: PASSWORD }))).toBe(200);
    await settle(chief, { value: 88 });
    expect((await figure('period=2026&asKnown=2026-11-18'))?.ON02?.target?.value).toBe(80);
    expect((await figure('period=2026'))?.ON02?.target?.value).toBe(88);
    expect((await figure('period=2025'))?.ON02?.target).toMatchObject({ value: 85, source: 'catalogue' });
  });
});

describe('the story of a figure', () => {
  test('tells what is to be reached in its year, beside the target of the catalogue, and what waits', async () => {
    office = await openOffice();
    const { chief, commune } = office;
    await settle(chief);
    await set(commune, { unit: 'A', value: 90 });
    const story = async (query: string) => {
      const { body } = await chief.ask('GET', `/api/explain?unit=A&indicator=${query}`);
      const { target, yearly } = body as ExplainAnswer;
      return [target?.value, yearly?.year, yearly?.held?.value, yearly?.held?.source, yearly?.waiting];
    };
    const waiting = { value: 90, ...DECISION, savedAt: '2026-11-18T10:00:00+07:00' };
    expect(await story('ON02&period=2026-11')).toEqual([85, 2026, 80, 'above', waiting]);
    expect(await story('ON02&period=2025')).toEqual([85, 2025, 85, 'catalogue', null]);
    expect(await story('HS01&period=2026-11')).toEqual(Array(5).fill(undefined));
  });
});

describe('the pace to a target', () => {
  test('is told of a unit and of each below it, from the figures so far and the working days left', async () => {
    office = await openOffice();
    const { chief, running } = office;
    const told = [...receive('A', 100, 60), ...receive('D', 100, 90), ...receive('25.SNV', 100, 20)];
    await running.acts.ingest(told, speakerOf(running.tree, 'f'), running.clock.now());
    await settle(chief);
    const { rows, daysGone, daysLeft, until } = await list(chief, 'unit=25&indicator=ON02');
    expect(until).toBe('2026-12-31');
    // 18 November: 31 working days are left of 2026, none of them a holiday.
    expect(daysLeft).toBe(31);
    const paces = new Map(rows.map((row): [string, TargetRow] => [row.unit.ref, row]));
    expect(paces.get('D')?.pace).toMatchObject({ state: 'reached' });
    expect(paces.get('25.SNV')?.pace.state).toBe('outOfReach');
    expect(paces.get('25')).toMatchObject({ now: 56.67, numerator: 170, denominator: 300, motion: 'rate' });
    expect((daysGone ?? 0) + (daysLeft ?? 0)).toBe(
      SITE.calendar.workingDaysBetween('2026-01-01', '2027-01-01'),
    );
  });

  test('begins with the first month that a unit told of, and is unknown where the calendar has no year', async () => {
    office = await openOffice();
    const { chief, running } = office;
    await running.acts.ingest(receive('A', 400, 335), speakerOf(running.tree, 'f'), running.clock.now());
    const [row] = (await list(chief, 'unit=A&indicator=ON02')).rows;
    const days = SITE.calendar.workingDaysBetween('2026-03-01', '2026-11-19');
    expect(row?.pace).toMatchObject({ state: 'running', now: Math.round((100 * 335) / days) / 100 });
    const ahead = await list(chief, 'unit=A&indicator=ON02&year=2031');
    expect([ahead.daysGone, ahead.rows[0]?.pace]).toEqual([null, { state: 'unknown' }]);
  });
});
