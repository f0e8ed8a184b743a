/** Previews as they are asked for over HTTP: the days they may cover, and suggested lines against what these then show. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RuleBody } from '../shared/rule.ts';
import type { AnswerOf } from '../shared/wire.ts';
import { speakerOf } from './server/acts.ts';
import { bodyOf, type Office, openOffice } from './server/editors.ts';
import { statusOf } from './server/people.ts';
import { at, iso, step } from './server/world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const DAILY: RuleBody = {
  ...bodyOf('TT02'),
  ...{ cadence: 'day', minimum: 1, levels: bodyOf('TT02').levels.slice(-1) },
};
const preview = (order: object) =>
  office.chief.ask('POST', '/api/rules/preview', { body: DAILY, rule: 'TT02', ...order });

test.each([
  [{ from: '2026-11-01', to: '2026-11-01' }, 'to', 'is not after from'],
  [{ from: '2026-11-19', to: '2026-12-01' }, 'from', 'lies after today, 2026-11-18'],
  [{ from: '2027-01-01', to: '2027-02-01' }, 'from', 'lies after today, 2026-11-18'],
  [{ from: '0001-01-01', to: '9999-12-31' }, 'from', 'covers more than 400 days'],
])('a preview of %o is refused by name', async (days, field, reason) => {
  const refused = await preview(days);
  expect(statusOf(refused)).toBe('400 badInput');
  expect(refused.body).toMatchObject({ errors: [{ field, reason }] });
});

test('a suggested line brings what it says, once it is tried', async () => {
  const { running } = office;
  // Each day six dossiers end: of A and D more and more of them late, in waves.
  const events = Array.from({ length: 60 }, (_, day) => {
    const local = at('2026-09-10 09:00') + day * 86_400_000;
    return ['A', 'D'].flatMap((seat, one) =>
      Array.from({ length: 6 }, (_, n) => {
        const isLate = n < 3 + 3 * Math.sin(day / 5 + one);
        const facts = { dossier: `${seat}${day}-${n}`, receiver: seat, resolver: seat };
        const due = iso(local + (isLate ? -1 : 9) * 3_600_000);
        return [
          step({ ...facts, id: `${seat}${day}-${n}t`, at: iso(local - 7_200_000), status: 2, due }),
          step({ ...facts, id: `${seat}${day}-${n}e`, at: iso(local), status: 9, due }),
        ];
      }).flat(),
    );
  }).flat();
  await running.acts.ingest(events, speakerOf(running.tree, 'f'), running.clock.now());
  const span = { from: '2026-09-12', to: '2026-11-10', mode: 'asRevised', rule: null };
  const told = (await preview(span)).body as AnswerOf<'previewRule'>;
  expect(told.suggestions.length).toBe(3);
  // The strictest comes first; the loosest may be beyond every figure.
  expect(told.suggestions[0]?.load.episodes).toBeGreaterThan(0);
  for (const { severity, raise, load } of told.suggestions) {
    const levels = DAILY.levels.map((level) => (level.severity === severity ? { ...level, raise } : level));
    const tried = (await preview({ ...span, body: { ...DAILY, levels } })).body as AnswerOf<'previewRule'>;
    const off = Math.abs(load.perOperatorDay - tried.load.perOperatorDay);
    expect(off).toBeLessThanOrEqual(tried.load.perOperatorDay / 10);
  }
});
