/** A supplement that is told afterwards: the breach it undoes was none, and the alert's history shows its figure coming back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { speakerOf } from './server/acts.ts';
import { detailOf, listAlerts, openOffice } from './server/alerting.ts';
import type { Browser } from './server/people.ts';
import { at, iso, step } from './server/world.ts';
import type { Running } from './server.ts';

let running: Running;
let operator: Browser;

beforeEach(async () => {
  ({ running, operator } = await openOffice({ start: at('2026-11-18 07:00') }));
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

const judge = () =>
  running.acts.writer.run({
    name: 'judge',
    caller: { kind: 'clock' },
    input: null,
    now: running.clock.now(),
  });

/** Forty dossiers of commune A, due at ten on the 18th. */
const COUNT = 40;
const of = (n: number, id: string, local: string, status: number) =>
  step({ id: `${id}${n}`, dossier: `d${n}`, at: iso(at(local)), status, due: iso(at('2026-11-18 10:00')) });
const tell = (make: (n: number) => ReturnType<typeof step>) =>
  running.acts.ingest(
    Array.from({ length: COUNT }, (_, n) => make(n)),
    speakerOf(running.tree, 'f'),
    running.clock.now(),
  );

test('a pause told late undoes a false breach: the figure returns, and the notes show it', async () => {
  await tell((n) => of(n, 'taken', '2026-11-16 08:00', 2));
  await judge();
  expect((await listAlerts(operator, 'rule=TT02')).alerts).toEqual([]);
  running.clock.set(at('2026-11-18 10:01'));
  await running.acts.tick(running.clock.now());
  await judge();
  const { alerts } = await listAlerts(operator, 'rule=TT02');
  expect(alerts).toMatchObject([{ rule: 'TT02', severity: 'critical', figure: 0, label: 'new' }]);
  const id = alerts[0]?.id ?? 0;
  // The one-stop shop had asked for papers the day before: nobody was late.
  running.clock.set(at('2026-11-18 10:30'));
  await tell((n) => of(n, 'asked', '2026-11-17 09:00', 5));
  await judge();
  const shown = await detailOf(operator, id);
  expect(shown.notes.map(({ kind, figure }) => [kind, figure])).toEqual([
    ['raised', 0],
    ['recovering', 100],
  ]);
  expect(shown.alert).toMatchObject({ figure: 100, label: 'new' });
  // Four working hours later it is over, and still waits to be acknowledged.
  running.clock.set(at('2026-11-18 16:01'));
  await judge();
  expect((await detailOf(operator, id)).alert).toMatchObject({ label: 'gone' });
});
