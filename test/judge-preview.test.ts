/**
 * A preview is what was judged: rules of hours and days over the log, with random restarts and downtime, events told twice and
 * late, feeds that fall silent, and a unit that goes over to another.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readPreview } from '../server/alerts/preview.ts';
import { createView } from '../server/figures/sums.ts';
import { readUnitFacts } from '../server/store/unit-store.ts';
import type { DossierEvent } from '../shared/event.ts';
import { addDays, startOfDay } from '../shared/period.ts';
import { PreviewOrder } from '../shared/preview.ts';
import { ALERT_SEVERITIES, type AlertSeverity, type RuleBody } from '../shared/rule.ts';
import { UnitTree } from '../shared/unit.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { forgetAlerts, listNotes, ruleBody, setRules } from './server/judging.ts';
import { createStores, forget, KINDS, type Kind, type Prepared } from './server/stores.ts';
import { at, iso, REFORM, SITE, SMALL, step, ZONE } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

const HOUR_MS = 3_600_000;
const FIRST = '2025-07-03';
const DAYS = 6;
const END = addDays(FIRST, DAYS);
const HOURS = DAYS * 24;

const SELECTION = {
  units: [
    ...SMALL.units,
    {
      ...({ code: 'E', name: { vi: 'E', en: 'E' }, level: 'commune', parent: '25' } as const),
      ...{ from: REFORM, to: '2025-07-06' },
    },
  ],
  lineage: [...SMALL.lineage, { from: 'E', to: 'A', on: '2025-07-06', share: 1 }],
};

const RULES: Record<string, RuleBody> = {
  busy: ruleBody({
    condition: { kind: 'level', indicator: 'HS01', window: 'last7' },
    ...{ direction: 'above', cadence: 'hour', deadband: 1 },
    levels: [
      { severity: 'major', raise: 5, count: null },
      { severity: 'warning', raise: 3, count: null },
    ],
    delay: { amount: 2, unit: 'hours' },
  }),
  open: ruleBody({
    condition: { kind: 'level', indicator: 'HS03', window: 'month' },
    ...{ direction: 'above', cadence: 'hour' },
    levels: [{ severity: 'warning', raise: 2, count: null }],
    clearDelay: { amount: 1, unit: 'workingHours' },
    votes: { of: 3, raise: 2, clear: 2 },
  }),
  overdue: ruleBody({
    condition: { kind: 'level', indicator: 'TT04', window: 'month' },
    ...{ direction: 'above', cadence: 'day' },
    levels: [{ severity: 'critical', raise: null, count: 1 }],
  }),
  early: ruleBody({
    condition: { kind: 'level', indicator: 'TT02', window: 'last7' },
    ...{ direction: 'below', cadence: 'day', minimum: 2 },
    levels: [{ severity: 'warning', raise: 90, count: null }],
  }),
};

type Draft = { dossier: number; hour: number; lag: number; status: number; unit: number; again: number };

const anyDraft: fc.Arbitrary<Draft> = fc.record({
  dossier: fc.nat({ max: 9 }),
  hour: fc.nat({ max: HOURS - 1 }),
  lag: fc.constantFrom(0, 0, 0, 1, 3, 9, 30),
  status: fc.constantFrom(1, 2, 2, 2, 4, 5, 9, 10, 7),
  unit: fc.nat({ max: 11 }),
  again: fc.constantFrom(0, 0, 2, 20),
});

/** How long the judge is away after each judgement, in hours: mostly it is there. */
const anyDowntimes = fc.array(fc.constantFrom(1, 1, 1, 2, 5, 14, 40), { minLength: 8, maxLength: 40 });

/** Events by the hour in which they are told; some are told again. */
function tell(drafts: readonly Draft[]): Map<number, DossierEvent[]> {
  const told = new Map<number, DossierEvent[]>();
  for (const [index, { dossier, hour, lag, status, unit, again }] of drafts.entries()) {
    const happened = at(FIRST) + hour * HOUR_MS + index * 1000;
    const seats = hour < 72 ? ['A', 'D', '25.SNV', 'E'] : ['A', 'D', '25.SNV'];
    const seat = seats[unit % seats.length] ?? 'A';
    const event = step({
      ...{ id: `e${index}`, dossier: `d${dossier}`, status, receiver: seat, resolver: seat },
      ...{ at: iso(happened), procedure: 'P.hours' },
    });
    for (const when of new Set([hour + lag, hour + lag + again]))
      told.set(when, [...(told.get(when) ?? []), event]);
  }
  return told;
}

type Stretch = { rule: string; unit: number; severity: AlertSeverity; from: number; to: number | null };

const worse = (a: AlertSeverity, b: AlertSeverity) =>
  ALERT_SEVERITIES.indexOf(a) < ALERT_SEVERITIES.indexOf(b) ? a : b;

/** Times in alert by the lines that the judge wrote: one nobody acknowledged returns where a new one would be raised. */
async function listJudged({ store }: Prepared): Promise<Stretch[]> {
  const open = new Map<string, Stretch>();
  const stretches: Stretch[] = [];
  const notes = (await listNotes(store)).sort((a, b) => a.at - b.at || a.n - b.n);
  for (const { rule, unit, kind, at: when, severity } of notes) {
    if (!(rule in RULES)) continue;
    const name = `${rule} ${unit}`;
    const known = open.get(name);
    if ((kind === 'raised' || kind === 'returned') && !known) {
      const stretch = { rule, unit, severity: severity ?? 'advisory', from: when, to: null };
      open.set(name, stretch);
      stretches.push(stretch);
    }
    if (kind === 'worsened' && known && severity) known.severity = worse(severity, known.severity);
    if ((kind === 'cleared' || kind === 'closed') && known) {
      known.to = when;
      open.delete(name);
    }
  }
  return stretches;
}

async function listPreviewed({ store, tree }: Prepared, now: number): Promise<Stretch[]> {
  const clock = await store.readClock();
  const root = tree.findByReference('25', END)?.id ?? 0;
  const view = createView({ reader: store.reader, site: SITE, tree, clock, units: [root], now });
  const stretches: Stretch[] = [];
  for (const [rule, body] of Object.entries(RULES)) {
    const order = PreviewOrder.parse({ body, rule, from: FIRST, to: END });
    const { episodes, isExact, line } = await readPreview(view, order);
    expect(isExact).toBe(true);
    const decider = { overdue: 'count', early: 'figure' }[rule];
    if (decider) expect(line.episodes.map(({ by }) => by)).toEqual(line.episodes.map(() => decider));
    if (decider === 'count') decided += line.episodes.length;
    for (const { unit, severity, from, to } of episodes)
      stretches.push({
        rule,
        unit,
        severity,
        from: Date.parse(from),
        to: to === null ? null : Date.parse(to),
      });
  }
  return stretches;
}

/** Episodes of the drawn unit that a count decided. */
let decided = 0;

const byText = (a: Stretch, b: Stretch) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

async function goLive({ store }: Prepared, now: number): Promise<void> {
  await store.commit(now, async ({ db, seq }) => {
    const heard = { lastAt: now, heardAt: now, events: 0, liveAt: now };
    const rhythm = { cadenceMs: HOUR_MS, dueTime: null, usualGapMs: null };
    await db
      .insertInto('feed')
      .values({ id: 'f', name: 'f', unit: 12, namespace: '', ...rhythm, ...heard, seq })
      .execute();
    await db.updateTable('clock').set({ tickedTo: now }).execute();
  });
}

/** Lets the hours go by: what is told comes in, the clock ticks, and the judge looks when it is not away. */
async function live(
  prepared: Prepared,
  { told, downtimes }: { told: Map<number, DossierEvent[]>; downtimes: readonly number[] },
): Promise<number> {
  const { store, tree } = prepared;
  const away = [...downtimes];
  let acts = actsOf(store);
  let nextLook = 1;
  for (let hour = 0; hour < HOURS; hour++) {
    const now = at(FIRST) + hour * HOUR_MS + 1_800_000;
    const due = told.get(hour) ?? [];
    if (due.length > 0) await acts.ingest(due, speakerOf(tree, 'f'), now);
    await acts.tick(now);
    if (hour < nextLook) continue;
    acts = actsOf(store);
    await acts.judge(now + 60_000);
    nextLook = hour + (away.shift() ?? 1);
  }
  const end = startOfDay(END, ZONE);
  await acts.tick(end);
  await acts.judge(end);
  return end;
}

async function open(kind: Kind): Promise<Prepared> {
  const prepared = await stores.open(kind);
  await actsOf(prepared.store).loadUnits(SELECTION, at('2024-01-02'));
  return { ...prepared, tree: new UnitTree(await readUnitFacts(prepared.store.reader)) };
}

describe.each(KINDS)('on %s', (kind) => {
  test('the preview of a rule of hours or days is what was judged', async () => {
    const prepared = await open(kind);
    let compared = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyDraft, { minLength: 12, maxLength: 40 }),
        anyDowntimes,
        async (drafts, downtimes) => {
          await forget(prepared.store);
          await forgetAlerts(prepared.store);
          await setRules(prepared.store, RULES, { now: at(FIRST) });
          await goLive(prepared, at(FIRST));
          await actsOf(prepared.store).judge(at(FIRST));
          const end = await live(prepared, { told: tell(drafts), downtimes });
          const judged = await listJudged(prepared);
          // Samples of the run before would be kept for half a minute.
          const later = end + ++runs * 60_000;
          compared += judged.length;
          expect((await listPreviewed(prepared, later)).sort(byText)).toEqual(judged.sort(byText));
        },
      ),
      { seed: 21, endOnFailure: true, numRuns: kind === 'memory' ? 12 : 2 },
    );
    expect(decided).toBeGreaterThan(0);
    expect(compared).toBeGreaterThan(kind === 'memory' ? 60 : 5);
  }, 240_000);
});
