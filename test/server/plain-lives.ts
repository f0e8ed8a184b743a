/** Events of the kinds that are no dossiers at random, across 1 July 2025, in the small world. Shrinks to few and early ones. */
import fc from 'fast-check';
import type { OpsEvent } from '../../shared/event.ts';
import { dayOf } from '../../shared/period.ts';
import { LIVES_FROM, LIVES_TO } from './lives.ts';
import { anyTold, type Told } from './scripts.ts';
import { iso, REFORM, ZONE } from './world.ts';

const MINUTE = 60_000;
const SPAN = (LIVES_TO - LIVES_FROM) / MINUTE - 1;

/** Units with none below them, and heirs of that kind, before and after the reform. */
const LEAVES = { old: ['A', 'B', 'C', 'D', '26.SNV'], new: ['A', 'D', '25.SNV'] };

const anyPlace = fc.record({ minute: fc.integer({ min: 0, max: SPAN }), unit: fc.nat({ max: 14 }) });
const anyHours = fc.option(fc.integer({ min: -30, max: 400 }), { nil: undefined });
const anyCode = fc.constantFrom('x', 'y', 'z');

type Facts = Record<string, unknown>;

const anyFacts: fc.Arbitrary<Facts> = fc.oneof(
  fc.record({
    kind: fc.constant('document'),
    document: fc.option(anyCode, { nil: undefined }),
    direction: fc.constantFrom('in', 'in', 'out'),
    ...{ electronic: fc.boolean(), signed: fc.boolean(), dueHours: anyHours, doneHours: anyHours },
  }),
  fc.record({
    ...{ kind: fc.constant('petition'), petition: anyCode, dueHours: anyHours },
    state: fc.constantFrom('received', 'received', 'answered', 'refused'),
    satisfied: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('rating'), score: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    ...{ kind: fc.constant('probe'), system: fc.constantFrom('LGSP', 'Trục'), up: fc.boolean() },
    ...{ latencyMs: fc.option(fc.nat({ max: 12_000 }), { nil: undefined }), calls: fc.nat({ max: 90 }) },
    failed: fc.nat({ max: 90 }),
  }),
  fc.record({
    kind: fc.constant('report'),
    measure: fc.constantFrom('officials', 'officials', 'meetings', 'meetings', 'procTotal', 'procPublished'),
    period: fc.constantFrom('2025-05', '2025-06', '2025-07', '2025-08', '2025-Q2', '2025-Q3', '2025'),
    value: fc.nat({ max: 50 }),
  }),
  fc.record({
    ...{ kind: fc.constant('task'), task: anyCode, dueHours: fc.integer({ min: -30, max: 400 }) },
    state: fc.constantFrom('assigned', 'inProgress', 'met', 'exceeded', 'blocked'),
    title: fc.constant({ vi: 'Việc', en: 'Task' }),
  }),
);

/** The event that some facts make at a place of a time, undefined ones left out. */
function eventOf({ minute, unit }: { minute: number; unit: number }, facts: Facts, id: string): OpsEvent {
  const happened = LIVES_FROM + minute * MINUTE;
  const leaves = dayOf(happened, ZONE) < REFORM ? LEAVES.old : LEAVES.new;
  const { dueHours, doneHours, ...rest } = facts;
  const later = (hours: unknown) =>
    typeof hours === 'number' ? iso(happened + hours * 60 * MINUTE) : undefined;
  const all = { ...rest, due: later(dueHours), done: later(doneHours) };
  const said = Object.entries(all).filter(([, value]) => value !== undefined);
  return {
    ...{ id, at: iso(happened), unit: leaves[unit % leaves.length] },
    ...Object.fromEntries(said),
  } as unknown as OpsEvent;
}

const anyEvents: fc.Arbitrary<OpsEvent[]> = fc
  .array(fc.tuple(anyPlace, anyFacts), { minLength: 1, maxLength: 24 })
  .map((drafts) => drafts.map(([place, facts], index) => eventOf(place, facts, `p${100 + index}`)));

const isNew = ({ at }: OpsEvent) => dayOf(Date.parse(at), ZONE) >= REFORM;
const unitOf = (event: OpsEvent) => ('unit' in event ? event.unit : undefined);

/** The events of one subject: of one kind and code; of reports and readings of one unit, too. */
export const anySubject: fc.Arbitrary<OpsEvent[]> = fc
  .tuple(fc.constantFrom('document', 'petition', 'task', 'report', 'probe'), anyEvents, anyEvents, anyEvents)
  .map(([kind, ...logs]) => {
    const [first, ...others] = logs.flat().filter((event) => event.kind === kind);
    if (!first) return [];
    const isOwn = first.kind === 'report' || first.kind === 'probe';
    const fits = (event: OpsEvent) => unitOf(event) === unitOf(first) && isNew(event) === isNew(first);
    const same = first.kind === 'report' ? { measure: first.measure } : {};
    return [first, ...others.filter((event) => !isOwn || fits(event))].map(
      (event, index) => ({ ...event, ...same, id: `p${100 + index}` }) as OpsEvent,
    );
  })
  .filter((events) => events.length > 0);

/** Told by two feeds: the office tells some things a second later again, in other words, and knows the same codes. */
export const anyPlainTold: fc.Arbitrary<Told[]> = fc
  .tuple(anyEvents, fc.array(fc.tuple(anyPlace, anyFacts), { maxLength: 6 }))
  .map(([events, others]) => [
    ...events.map((event): Told => ({ feed: 'portal', event })),
    ...others.map(([place, facts], index): Told => {
      const event = eventOf(place, facts, `q${100 + index}`);
      return { feed: 'office', event: { ...event, at: iso(Date.parse(event.at) + (index + 1) * 1000) } };
    }),
  ]);

/** Of seats that have units below them, or whose work the reform leaves to the unit above, a leaf instead. */
const LEAF: Readonly<Record<string, string>> = { '26M': 'A', '26N': 'C', '26.SXD': '26.SNV' };

/** Dossiers too, each at leaves. */
export const anyMixedTold: fc.Arbitrary<Told[]> = fc.tuple(anyPlainTold, anyTold).map(([plain, dossiers]) => [
  ...plain,
  ...dossiers.map(({ feed, event }) => {
    if (event.kind !== 'dossier') return { feed, event };
    const [receiver, resolver] = [event.receiver, event.resolver].map((unit) => LEAF[unit] ?? unit);
    return { feed, event: { ...event, receiver, resolver } as OpsEvent };
  }),
]);
