import { describe, expect, test } from 'vitest';
import { listAskedPeriods, nextRunAfter } from '../server/portal/portal.ts';
import { createSite } from '../server/site.ts';
import { answerOf, send } from './server/fake-portal.ts';
import {
  componentOf,
  fake,
  index,
  open,
  runFirst,
  running,
  standPortal,
  turnTo,
  waits,
} from './server/portal-stand.ts';
import { at, ZONE } from './server/world.ts';

standPortal();

test('it is off unless the configuration names a portal', () => {
  expect(createSite({}).portal).toBeNull();
});

describe('when it asks', () => {
  test('of the month that is over, the running quarter and the running year', () => {
    expect(listAskedPeriods('2026-11-19').map(({ key }) => key)).toEqual(['2026-10', '2026-Q4', '2026']);
    expect(listAskedPeriods('2027-01-05').map(({ key }) => key)).toEqual(['2026-12', '2027-Q1', '2027']);
  });

  test.each([
    [24, '2026-11-18 10:00', '2026-11-19 02:00'],
    [24, '2026-11-18 01:00', '2026-11-18 02:00'],
    [24, '2026-11-18 02:00', '2026-11-19 02:00'],
    [6, '2026-11-18 10:00', '2026-11-18 14:00'],
  ])('every %d hours, after %s at %s', (everyHours, after, next) => {
    expect(nextRunAfter(at(after), { everyHours, startAt: '02:00' }, ZONE)).toBe(at(next));
  });

  test('not before its hour, once, and then on the next day', async () => {
    const portal = open();
    const first = await runFirst(portal);
    expect(first).toMatchObject({ failed: [], refused: 0, unreadable: 0 });
    expect(await portal.runDue()).toBeNull();
    turnTo('2026-11-20 02:00');
    expect(await portal.runDue()).toMatchObject({ told: 0, unchanged: first?.told });
  });
});

describe('what it files', () => {
  test('figures of every department and of the province, null left out, as any feed does', async () => {
    await runFirst(open());
    const own = await index('A');
    expect(componentOf(own, 'progress')).toMatchObject({ numerator: 8, denominator: 10, points: 16 });
    expect(componentOf(own, 'dossierSatisfaction')).toMatchObject({
      numerator: 9,
      denominator: 10,
      points: 6,
    });
    expect(componentOf(own, 'online')).toMatchObject({ points: 4.5, isTaken: true });
    const other = await index('D');
    expect(componentOf(other, 'progress')).toMatchObject({ points: null, reason: 'notReported' });
    expect(componentOf(await index('25', '2026-Q4'), 'progress')).toMatchObject({ denominator: 30 });
  });

  test('asks for each period in its way, one question after the other with a pause before each', async () => {
    await runFirst(open());
    expect(fake.asked).toHaveLength(18);
    expect(waits).toEqual(Array.from({ length: 18 }, () => 250));
    expect(fake.asked[0]).toEqual({
      path: '/evaluation/dvc-progress-tree',
      body: {
        ...{ timeType: 'month', year: 2026, month: 10 },
        ...{ rootDepartmentId: 'root', currentPage: 1, pageSize: 100 },
      },
    });
    expect(fake.asked.find(({ path }) => path.endsWith('handling-satisfaction'))?.body).toEqual({
      ...{ fromDate: '2026-10-01', toDate: '2026-10-31' },
      ...{ rootDepartmentId: 'root', currentPage: 1, pageSize: 200 },
    });
  });

  test('only what changed since it told it last', async () => {
    const portal = open();
    await runFirst(portal);
    fake.reply(({ path }, response) => send(response, answerOf(path, 9)));
    turnTo('2026-11-20 02:00');
    expect(await portal.runDue()).toMatchObject({ told: 3 });
    expect(componentOf(await index('A'), 'progress')).toMatchObject({ numerator: 9 });
    const rows = await running.store.reader.db
      .selectFrom('event')
      .select('body')
      .where('kind', '=', 'report')
      .execute();
    expect(
      rows.filter(({ body }) => body.includes('"portalOnTime"') && body.includes('2026-10')),
    ).toHaveLength(3);
  });

  test('a page that the portal says has not changed is not told again; one with another tag is', async () => {
    let version = 'one';
    const asked: (string | undefined)[] = [];
    fake.reply(({ path, tag }, response) => {
      asked.push(tag);
      if (tag === `"${version}"`) {
        response.writeHead(304).end();
        return;
      }
      response.setHeader('etag', `"${version}"`);
      send(response, answerOf(path, version === 'one' ? 8 : 9));
    });
    await runFirst(open());
    expect(new Set(asked)).toEqual(new Set([undefined]));
    asked.length = 0;
    turnTo('2026-11-20 02:00');
    // Another process, by what was kept.
    expect(await open().runDue()).toMatchObject({ told: 0, unchanged: 0, failed: [] });
    expect(asked).toEqual(Array.from({ length: 18 }, () => '"one"'));
    version = 'two';
    turnTo('2026-11-21 02:00');
    expect(await open().runDue()).toMatchObject({ told: 3, failed: [] });
    expect(componentOf(await index('A'), 'progress')).toMatchObject({ numerator: 9 });
  });

  test('a page of which something was left out is asked for whole again', async () => {
    const stranger = { departmentId: 's', departmentCode: 'H99.9', totalReceived: 5, totalOnTime: 5 };
    const tags: (string | undefined)[] = [];
    fake.reply(({ path, tag }, response) => {
      if (path.endsWith('dvc-progress-tree')) tags.push(tag);
      response.setHeader('etag', '"same"');
      const whole = answerOf(path) as { children?: object[] };
      send(response, whole.children ? { ...whole, children: [...whole.children, stranger] } : whole);
    });
    await runFirst(open());
    turnTo('2026-11-20 02:00');
    await open().runDue();
    expect(tags).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  test('every page there is', async () => {
    fake.reply(({ path, body }, response) => {
      const whole = answerOf(path) as { evaluation?: unknown[]; overview?: unknown };
      if (!whole.evaluation) return send(response, whole);
      const page = Number(body.currentPage);
      send(response, { ...whole, evaluation: [whole.evaluation[page - 1]], pagination: { totalPages: 2 } });
    });
    await runFirst(open());
    expect(componentOf(await index('D'), 'dossierSatisfaction')).toMatchObject({ points: 6 });
  });
});
