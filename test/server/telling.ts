/** Events of all kinds in the small world, and what their folds make of them. */
import { readLogged } from '../../server/acts/admit.ts';
import { getFold } from '../../server/acts/folding.ts';
import type { SubjectState } from '../../server/kinds/kind.ts';
import { KINDS } from '../../server/kinds/kinds.ts';
import type { Site } from '../../server/site.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { type Move, TREE } from './folding.ts';
import { at, iso, SITE, TODAY, ZONE } from './world.ts';

type EventOf<K extends OpsEvent['kind']> = Extract<OpsEvent, { kind: K }>;
/** What a test says of an event: when, and whatever is not ordinary. */
export type Said<K extends OpsEvent['kind']> = [local: string, more?: Partial<EventOf<K>>];

const ORDINARY: { [K in OpsEvent['kind']]: object } = {
  dossier: {
    dossier: 'one',
    status: 2,
    procedure: 'P.days',
    receiver: 'A',
    resolver: 'A',
    channel: 'online',
    level: 'full',
  },
  document: { document: 'one', unit: 'A', direction: 'in', electronic: true, signed: true },
  petition: { petition: 'one', unit: 'A', state: 'received' },
  rating: { unit: 'A', satisfied: true },
  probe: { unit: 'A', system: 'LGSP', up: true },
  report: { unit: 'A', measure: 'officials', period: '2026-10', value: 1 },
  task: {
    task: 'one',
    unit: 'A',
    title: { vi: 'Việc', en: 'Task' },
    state: 'assigned',
    due: '2026-11-20T17:00:00+07:00',
  },
};

/** Events of a kind, ordinary but for what is said, with ids in their order. */
export function tell<K extends OpsEvent['kind']>(kind: K, ...said: Said<K>[]): EventOf<K>[] {
  return said.map(
    ([local, more], index) =>
      ({ ...ORDINARY[kind], kind, id: `s${index}`, at: iso(at(local)), ...more }) as unknown as EventOf<K>,
  );
}

/** A subject as it stands at an instant, and everything it added to any unit by then. */
export function foldKind(
  events: readonly OpsEvent[],
  now: number,
  { site = SITE, key = 'key', tree = TREE }: { site?: Site; key?: string; tree?: typeof TREE } = {},
): { state: SubjectState; moves: Move[] } {
  const [first] = events;
  if (!first) throw new RangeError('tell something');
  const { kind } = first;
  const fold = getFold(KINDS, kind);
  const steps = events.map((event) =>
    readLogged(
      { kind, feed: 'f', id: event.id, at: Date.parse(event.at), body: JSON.stringify(event) },
      { kinds: KINDS, tree, zone: ZONE },
    ),
  );
  const context = { tree, zone: ZONE, calendar: site.calendar, procedures: site.procedures, now };
  const moves: Move[] = [];
  const kept = fold.unpack(fold.pack(steps));
  const state = fold.fold({ key, steps: kept }, context, (path, instant, measure, amount) => {
    for (const id of path)
      moves.push({ unit: tree.referenceOf(tree.get(id), TODAY), at: instant, measure, amount });
  });
  return { state, moves };
}
