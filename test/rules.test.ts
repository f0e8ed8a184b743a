/** Rules: saved as versions with a reason, by editors of their whole scope, with four eyes where an office wants them. */
import { afterEach, describe, expect, test } from 'vitest';
import type { PersonCaller } from '../server/people/caller.ts';
import { loadRuleBook } from '../server/store/rule-book.ts';
import { bookAt } from '../server/store/rule-past.ts';
import type { RuleView } from '../shared/rule-view.ts';
import {
  auditOf,
  bodyOf,
  decide,
  FOUR_EYES,
  levels,
  type Office,
  openOffice,
  readRule,
  readRules,
  readThresholds,
  save,
} from './server/editors.ts';
import { enter, statusOf, unitId } from './server/people.ts';
import { openHall, start, watch } from './server/viewers.ts';
import { at } from './server/world.ts';

let office: Office;
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const strict = bodyOf('TT02', { levels: levels(95, 85, 75) });

describe('a rule', () => {
  test('as it was shipped is in force, and judges every unit', async () => {
    office = await openOffice();
    const { rule, versions, overrides } = await readRule(office.chief, 'TT02');
    expect(rule).toMatchObject({
      ...{ id: 'TT02', isShipped: true, proposed: null, isIdle: true, open: 0, overrides: 0, rivals: [] },
      current: { version: 0, state: 'active', savedBy: null, activeFrom: null, body: bodyOf('TT02') },
      may: ['save', 'override', 'withdraw'],
    });
    expect([versions.length, overrides]).toEqual([1, []]);
  });

  test('saved anew judges from that instant on; what was is kept for ever', async () => {
    office = await openOffice();
    const { running, chief } = office;
    const saved = await save(chief, { id: 'TT02', base: 0, body: strict, reason: 'Chỉ tiêu năm 2027' });
    expect(saved.body).toMatchObject({
      current: {
        ...{ version: 1, state: 'active', reason: 'Chỉ tiêu năm 2027', savedBy: 'Title of chief' },
        ...{ savedAt: '2026-11-18T10:00:00+07:00', activeFrom: '2026-11-18T10:00:00+07:00', activeTo: null },
      },
      isIdle: false,
    });
    running.clock.set(at('2026-11-19 08:00'));
    const next = await enter(running, 'next', [['editor', '25']]);
    await save(next, { id: 'TT02', base: 1, body: bodyOf('TT02') });
    const { versions } = await readRule(next, 'TT02');
    expect(
      versions.map(({ version, state, activeFrom, activeTo }) => [version, state, activeFrom, activeTo]),
    ).toEqual([
      [2, 'active', '2026-11-19T08:00:00+07:00', null],
      [1, 'superseded', '2026-11-18T10:00:00+07:00', '2026-11-19T08:00:00+07:00'],
      [0, 'superseded', null, '2026-11-18T10:00:00+07:00'],
    ]);
    expect(versions[1]?.body.levels).toEqual(levels(95, 85, 75));
  });

  test('leaves in the audit who changed what into what, and why', async () => {
    office = await openOffice();
    await save(office.chief, { id: 'TT02', base: 0, body: strict, reason: 'Chỉ tiêu năm 2027' });
    expect(await auditOf(office.running, 'saveRule')).toEqual([
      {
        ...{ caller: 'person:chief', subject: 'rule:TT02', unit: null },
        before: { version: 0, state: 'active', body: bodyOf('TT02') },
        after: { version: 1, state: 'active', body: strict, reason: 'Chỉ tiêu năm 2027' },
      },
    ]);
  });

  test('that somebody else saved since is not written over', async () => {
    office = await openOffice();
    await save(office.chief, { id: 'TT02', base: 0, body: strict });
    const late = await save(office.second, { id: 'TT02', base: 0, body: bodyOf('TT02') });
    expect([statusOf(late), (late.body as { errors: object[] }).errors]).toEqual([
      '409 conflict',
      [{ field: 'base', reason: '1 is the newest' }],
    ]);
    expect((await readRule(office.chief, 'TT02')).versions.length).toBe(2);
  });

  test('withdrawn judges and colours no more, and may be brought back', async () => {
    office = await openOffice();
    const { chief } = office;
    const colours = async () =>
      (await readThresholds(chief, 'unit=25')).filter(({ indicator }) => indicator === 'TT02').length;
    expect(await colours()).toBe(1);
    expect((await decide(chief, 'TT02', 0, 'withdraw')).body).toMatchObject({
      current: { version: 1, state: 'withdrawn' },
      may: ['save'],
    });
    expect(await colours()).toBe(0);
    expect(statusOf(await decide(chief, 'TT02', 1, 'withdraw'))).toBe('409 conflict');
    await save(chief, { id: 'TT02', base: 1, body: bodyOf('TT02') });
    expect(await colours()).toBe(1);
    const { versions } = await readRule(chief, 'TT02');
    expect(versions.map(({ state }) => state)).toEqual(['active', 'withdrawn', 'superseded']);
  });

  test('nobody touched for 183 days is said to be', async () => {
    office = await openOffice();
    const { running, chief } = office;
    await save(chief, { id: 'TT02', base: 0, body: strict });
    const idle = async () => {
      const reader = await enter(running, `reader-${running.clock.now()}`, [['viewer', '25']]);
      return (await readRules(reader)).find(({ id }) => id === 'TT02')?.isIdle;
    };
    running.clock.set(at('2027-05-19 23:59'));
    expect(await idle()).toBe(false);
    running.clock.set(at('2027-05-20 00:00'));
    expect(await idle()).toBe(true);
  });
});

describe('who may', () => {
  test('change a rule of every unit: editors of all that stands at the top; refused ones change nothing', async () => {
    office = await openOffice();
    const { running, commune, operator } = office;
    const before = await running.store.readClock();
    for (const who of [commune, operator])
      expect(statusOf(await save(who, { id: 'TT02', base: 0, body: strict }))).toBe('403 forbidden');
    expect(statusOf(await decide(commune, 'TT02', 0, 'withdraw'))).toBe('403 forbidden');
    const after = await running.store.readClock();
    expect([after.rulesSeq, await auditOf(running, 'saveRule')]).toEqual([before.rulesSeq, []]);
    expect((await readRule(commune, 'TT02')).rule.may).toEqual(['override']);
    expect((await readRule(operator, 'TT02')).rule.may).toEqual([]);
  });

  test('make one for a commune: its editor; move it to another: editors of both', async () => {
    office = await openOffice();
    const { running, commune, chief } = office;
    const own = { ...strict, scope: { unit: 'A', levels: [] } };
    const made = (await save(commune, { id: null, base: null, body: own })).body as RuleView;
    expect([made.isShipped, made.current.version, made.current.body.scope.unit]).toEqual([false, 1, 'A']);
    const away = { ...strict, scope: { unit: 'D', levels: [] } };
    const both = await enter(running, 'both', [
      ['editor', 'A'],
      ['viewer', '25'],
    ]);
    expect(statusOf(await save(both, { id: made.id, base: 1, body: away }))).toBe('403 forbidden');
    expect(statusOf(await save(commune, { id: made.id, base: 1, body: away }))).toBe('404 notFound');
    const neighbour = await enter(running, 'neighbour', [['editor', 'D']]);
    expect(statusOf(await save(neighbour, { id: made.id, base: 1, body: away }))).toBe('404 notFound');
    expect(statusOf(await save(chief, { id: made.id, base: 1, body: away }))).toBe(200);
    expect((await readRule(chief, made.id)).rule.current.body.scope.unit).toBe('D');
  });

  test('see a rule: whoever sees a unit that it judges', async () => {
    office = await openOffice();
    const { running, chief, commune } = office;
    const ids = async (who: typeof chief, query = '') =>
      (await readRules(who, query)).flatMap(({ id, isShipped }) => (isShipped ? [] : id));
    const made: string[] = [];
    for (const unit of ['A', 'D', '25']) {
      const body = { ...strict, scope: { unit, levels: [] } };
      made.push(((await save(chief, { id: null, base: null, body })).body as RuleView).id);
    }
    const [ofA, ofD, ofAll] = made;
    expect(await ids(chief)).toEqual([ofA, ofD, ofAll]);
    expect(await ids(chief, '?unit=A')).toEqual([ofA, ofAll]);
    expect(await ids(commune)).toEqual([ofA, ofAll]);
    expect(statusOf(await commune.ask('GET', `/api/rules/${ofD}`))).toBe('404 notFound');
    expect(statusOf(await commune.ask('GET', '/api/rules/nothing'))).toBe('404 notFound');
    const far = await enter(running, 'far', [['viewer', 'D']]);
    expect(await ids(far)).toEqual([ofD, ofAll]);
  });

  test('no longer act: whose grant has ended since, at the very commit', async () => {
    office = await openOffice();
    const { running, chief } = office;
    const caller: PersonCaller = {
      ...{ kind: 'person', account: chief.id, login: 'chief', title: 'x', session: 'none', how: 'password' },
      ...{ isLocked: false, idleMs: 900_000, isCookieOld: false, address: null, validUntil: null },
      grants: [{ role: 'editor', unit: unitId(running, '25') }],
    };
    const input = { id: 'TT02', base: 0, body: strict, unit: null, reason: 'tried' };
    const order = { name: 'saveRule', caller, input, now: running.clock.now() } as const;
    await expect(running.acts.writer.run(order)).rejects.toThrow('session has ended');
  });
});

describe('rules about the same', () => {
  test('are told of when one is saved, with the one that wins', async () => {
    office = await openOffice();
    const body = { ...strict, scope: { unit: 'A', levels: [] } };
    const near = (await save(office.chief, { id: null, base: null, body })).body as RuleView;
    expect(near.rivals).toEqual([{ id: 'TT02', name: bodyOf('TT02').name, wins: false }]);
    const wide = (await save(office.chief, { id: 'TT02', base: 0, body: strict })).body as RuleView;
    expect(wide.rivals.map(({ id, wins }) => [id, wins])).toEqual([[near.id, true]]);
  });

  test('may not count themselves', async () => {
    office = await openOffice();
    const condition = { kind: 'repeated', rule: 'no such', days: 30 } as const;
    const refused = await save(office.chief, { id: null, base: null, body: { ...strict, condition } });
    expect([statusOf(refused), (refused.body as { errors: { field: string }[] }).errors[0]?.field]).toEqual([
      '422 unprocessable',
      'body.condition.rule',
    ]);
  });
});

describe('four eyes', () => {
  test('let a version wait for another editor; whoever saved it cannot approve it', async () => {
    office = await openOffice({ site: FOUR_EYES });
    const { chief, second, commune } = office;
    const saved = (await save(chief, { id: 'TT02', base: 0, body: strict })).body as RuleView;
    expect([saved.current.version, saved.proposed?.version, saved.may]).toEqual([
      0,
      1,
      ['save', 'override', 'withdraw'],
    ]);
    expect((await readRule(second, 'TT02')).rule.may).toEqual(['save', 'approve', 'override', 'withdraw']);
    const limit = async () => (await readThresholds(chief, 'unit=25')).find(({ rule }) => rule === 'TT02');
    expect((await limit())?.bands?.warning).toBe(90);
    for (const who of [chief, commune])
      expect(statusOf(await decide(who, 'TT02', 1, 'approve'))).toBe('403 forbidden');
    expect((await decide(second, 'TT02', 1, 'approve')).body).toMatchObject({
      current: { version: 1, state: 'active', savedBy: 'Title of chief', approvedBy: 'Title of second' },
      proposed: null,
    });
    expect((await limit())?.bands?.warning).toBe(95);
    expect(statusOf(await decide(second, 'TT02', 1, 'approve'))).toBe('409 conflict');
    expect((await auditOf(office.running, 'decideRule'))[0]).toMatchObject({
      ...{ caller: 'person:second', subject: 'rule:TT02', before: { version: 1, state: 'proposed' } },
      after: { decision: 'approve', version: 1, state: 'active', reason: 'as agreed' },
    });
  });

  test('let it be rejected, and saved again from what is in force', async () => {
    office = await openOffice({ site: FOUR_EYES });
    const { chief, second } = office;
    await save(chief, { id: 'TT02', base: 0, body: strict });
    expect(statusOf(await save(second, { id: 'TT02', base: 0, body: strict }))).toBe('409 conflict');
    await decide(second, 'TT02', 1, 'reject');
    expect((await readRule(chief, 'TT02')).rule).toMatchObject({ current: { version: 0 }, proposed: null });
    const again = (await save(chief, { id: 'TT02', base: 0, body: strict })).body as RuleView;
    expect(again.proposed?.version).toBe(2);
  });

  test('are not got round by withdrawing: it is proposed that the rule be switched off', async () => {
    office = await openOffice({ site: FOUR_EYES });
    const { chief, second } = office;
    expect((await decide(chief, 'TT02', 0, 'withdraw')).body).toMatchObject({
      current: { version: 0, state: 'active' },
      proposed: { version: 1, body: { isEnabled: false } },
    });
    expect(statusOf(await decide(chief, 'TT02', 1, 'approve'))).toBe('403 forbidden');
    await decide(second, 'TT02', 1, 'approve');
    const colours = await readThresholds(chief, 'unit=25');
    expect(colours.some(({ indicator }) => indicator === 'TT02')).toBe(false);
  });

  test('at midnight the old version judges at 23:59:59 and the new one at 00:00', async () => {
    office = await openOffice({ site: FOUR_EYES, start: at('2026-11-18 23:50') });
    const { running, chief, second } = office;
    await save(chief, { id: 'TT02', base: 0, body: strict });
    const midnight = at('2026-11-19');
    running.clock.set(midnight);
    await decide(second, 'TT02', 1, 'approve');
    const { reader } = running.store;
    const book = await loadRuleBook(reader, (await running.store.readClock()).rulesSeq);
    const judge = (instant: number) => bookAt(book, instant).rules.get('TT02')?.version;
    expect([midnight - 1000, midnight - 1, midnight, midnight + 1000].map(judge)).toEqual([0, 0, 1, 1]);
  });
});

describe('viewers', () => {
  const hall = openHall();
  test('hear by the number of the rules that thresholds have changed', async () => {
    office = await openOffice();
    const { running, chief } = office;
    const link = await hall.link(running);
    const { rulesSeq } = await start(link, '25');
    const heard = Promise.withResolvers<number>();
    link.on('frame', (frame) => frame.rulesSeq !== rulesSeq && heard.resolve(frame.rulesSeq));
    await save(chief, { id: 'TT02', base: 0, body: strict });
    await running.app.pulse();
    expect(await heard.promise).toBe((await running.store.readClock()).rulesSeq);
    const again = await watch(link, { unit: '25' });
    expect(again.type === 'snapshot' && again.rulesSeq).toBe(await heard.promise);
    await hall.close();
  });
});
