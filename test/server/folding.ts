/** Dossiers folded by themselves, in the small world, without a store. */
import { readLogged } from '../../server/acts/admit.ts';
import { dossierKind } from '../../server/kinds/dossier/dossier.ts';
import type { SubjectState } from '../../server/kinds/kind.ts';
import { KINDS } from '../../server/kinds/kinds.ts';
import type { Site } from '../../server/site.ts';
import type { DossierEvent } from '../../shared/event.ts';
import type { MeasureId } from '../../shared/measure.ts';
import { isoOf } from '../../shared/period.ts';
import { UnitTree } from '../../shared/unit.ts';
import { at, factsOf, iso, SITE, SMALL, step, TODAY, ZONE } from './world.ts';

/** Units of the small world. */
export const FACTS = factsOf(SMALL);
export const TREE = new UnitTree(FACTS);

/** What a fold emitted for one unit. */
export type Move = { unit: string; at: number; measure: MeasureId; amount: number };
type Folded = { state: SubjectState; moves: Move[] };

/** A dossier as it stands at an instant, and everything it added to any unit by then. */
export function fold(
  events: readonly DossierEvent[],
  now: number,
  order: { tree?: UnitTree; key?: string; site?: Site } = {},
): Folded {
  const { tree = TREE, key = 'key', site = SITE } = order;
  const moves: Move[] = [];
  const steps = events.map((event) =>
    readLogged(
      { kind: 'dossier', feed: 'f', id: event.id, at: Date.parse(event.at), body: JSON.stringify(event) },
      { kinds: KINDS, tree, zone: ZONE },
    ),
  );
  const context = { tree, zone: ZONE, calendar: site.calendar, procedures: site.procedures, now };
  const { fold: rule } = dossierKind;
  if (!rule) throw new Error('dossiers are folded');
  const state = rule.fold({ key, steps: steps as never }, context, (path, instant, measure, amount) => {
    for (const id of path) {
      const unit = tree.referenceOf(tree.get(id), TODAY);
      moves.push({ unit, at: instant, measure, amount });
    }
  });
  return { state, moves };
}

/** What `sum` leaves to the tests that are about it. */
const APART: ReadonlySet<MeasureId> = new Set(['steps', 'timed', 'workedMinutes']);

/** What a unit counts, without zeros, without the number of steps and the time they took. */
export function sum(
  moves: readonly Move[],
  unit: string,
  until = Number.POSITIVE_INFINITY,
): Partial<Record<MeasureId, number>> {
  const sums: Partial<Record<MeasureId, number>> = {};
  for (const move of moves) {
    if (move.unit !== unit || move.at > until || APART.has(move.measure)) continue;
    sums[move.measure] = (sums[move.measure] ?? 0) + move.amount;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}

/** An instant as local time. */
export const show = (instant: number | null) =>
  instant === null ? null : isoOf(instant, ZONE).slice(0, 19).replace('T', ' ');

/** Steps of one dossier: local time and status, and whatever else they say. */
export function life(
  ...steps: [local: string, status: number, more?: Partial<DossierEvent>][]
): DossierEvent[] {
  return steps.map(([local, status, more], index) =>
    step({ id: `s${index}`, at: iso(at(local)), status, procedure: 'P.hours', ...more }),
  );
}
