/** What is told of the components of the index, by our own measures or by the portal's. Law: what is not told is never 0. */
import type { Facts, Told } from '../../shared/index766.ts';
import { COMPONENTS, type Component, GROUP_POINTS } from '../../shared/index766-components.ts';
import { listMeasures, type Terms, weigh } from '../../shared/indicator.ts';
import { emptySums, type MeasureId, type Sums } from '../../shared/measure.ts';
import type { Period } from '../../shared/period.ts';
import { REPORT_MEASURES } from '../../shared/report-measures.ts';
import type { TakenId } from '../../shared/taken-measures.ts';
import type { UnitMap } from '../../shared/unit.ts';
import { readPeriodSums, treeDayOf, type View } from '../figures/sums.ts';
import { nearestDay } from '../people/scope.ts';
import { sumRanges } from '../store/sum-store.ts';
import { type FindReported, readReported, readToldBefore } from './reported.ts';

/** By whose figures units are judged: our own, or those that the portal publishes. */
export type IndexBasis = 'own' | 'portal';

/** Of which units and days facts are wanted; `to` ends a running period's comparison early. */
export type FactsOrder = { units: readonly number[]; period: Period; to: string; map?: UnitMap };

/** The facts of each unit, and how many dossiers it was judged by. */
export type UnitFacts = { facts: Facts; dossiers: number | null };

const measuresIn = (terms: Terms) => Object.keys(terms) as MeasureId[];
/** The measures that components count. */
const OWN_IDS = listMeasures(COMPONENTS.flatMap(({ own }) => own ?? []));
const isOwnReport = (id: MeasureId) =>
  Object.hasOwn(REPORT_MEASURES, id) && REPORT_MEASURES[id as keyof typeof REPORT_MEASURES].isOwn;

/** What the portal told of a component. */
function tellPortal({ portal }: Component, find: (id: TakenId) => number | undefined): Told {
  if (portal.kind === 'share') {
    const numerator = find(portal.numerator);
    const denominator = find(portal.denominator);
    if (numerator === undefined || denominator === undefined) return { kind: 'notReported' };
    return { kind: 'share', numerator, denominator };
  }
  const told = find(portal.kind === 'rate' ? portal.rate : portal.points);
  if (told === undefined) return { kind: 'notReported' };
  return portal.kind === 'rate' ? { kind: 'rate', rate: told } : { kind: 'points', points: told };
}

const NOT_BEGUN: UnitFacts = {
  facts: { told: () => ({ kind: 'notBegun' }), published: () => null },
  dossiers: null,
};

async function readPortalFacts(view: View, { units, period }: FactsOrder): Promise<Map<number, UnitFacts>> {
  const find = await readReported(view, { units, period });
  return new Map(
    units.map((unit) => {
      const told = (id: TakenId) => find(unit, id);
      const facts: Facts = {
        told: (component) => tellPortal(component, told),
        published: (group) => told(GROUP_POINTS[group]) ?? null,
      };
      return [unit, { facts, dossiers: told('portalReceived') ?? null }];
    }),
  );
}

/** Says whether our feeds tell at all of what a component counts: of the unit where units report of themselves, else anywhere. */
type IsTold = (unit: number, denominator: Terms, sums: Sums) => boolean;

async function readIsTold(view: View, { units, period }: FactsOrder): Promise<IsTold> {
  const day = treeDayOf(period, view.today);
  const topOf = (unit: number) => view.tree.pathOn(unit, nearestDay(view.tree.get(unit), day)).at(-1) ?? unit;
  const tops = new Map(units.map((unit) => [unit, topOf(unit)]));
  const ever = await sumRanges(
    view.reader,
    [...new Set(tops.values())],
    [{ grain: 'ever', from: '', to: '0' }],
    OWN_IDS,
  );
  const isReported = await readToldBefore(view, { units, to: period.to });
  return (unit, denominator, sums) =>
    measuresIn(denominator).some((id) => {
      if (sums[id] !== 0) return true;
      if (isOwnReport(id)) return isReported(unit, id);
      return (ever.get(tops.get(unit) ?? unit)?.[id] ?? 0) !== 0;
    });
}

type OwnParts = { sums: Sums; isTold: IsTold; find: FindReported };

const round = (value: number) => Math.round(value * 100) / 100;

/** What our own measures tell of a component; of one whose law is not known, what the portal gives. */
function tellOwn(unit: number, component: Component, { sums, isTold, find }: OwnParts): Told {
  if (component.own === null) return tellPortal(component, (id) => find(unit, id));
  const { numerator, denominator } = component.own;
  if (!isTold(unit, denominator, sums)) return { kind: 'notTold' };
  return {
    kind: 'share',
    numerator: round(weigh(numerator, sums)),
    denominator: round(weigh(denominator, sums)),
  };
}

const PROGRESS = COMPONENTS.find(({ id }) => id === 'progress')?.own?.denominator ?? {};

async function readOwnFacts(view: View, order: FactsOrder): Promise<Map<number, UnitFacts>> {
  const { units, period, to } = order;
  const range = { from: period.from, to, ids: OWN_IDS, ...(order.map ? { map: order.map } : {}) };
  const read = await readPeriodSums(view, units, range);
  const isTold = await readIsTold(view, order);
  const find = await readReported(view, { units, period });
  return new Map(
    units.map((unit) => {
      const sums = read.get(unit)?.sums ?? emptySums();
      const facts: Facts = {
        told: (component) => tellOwn(unit, component, { sums, isTold, find }),
        published: () => null,
      };
      return [unit, { facts, dossiers: isTold(unit, PROGRESS, sums) ? weigh(PROGRESS, sums) : null }];
    }),
  );
}

/** The facts of units over a period; of one that has not begun there are none. */
export async function readFacts(
  view: View,
  basis: IndexBasis,
  order: FactsOrder,
): Promise<Map<number, UnitFacts>> {
  if (order.period.from > view.today) return new Map(order.units.map((unit) => [unit, NOT_BEGUN]));
  return basis === 'portal' ? readPortalFacts(view, order) : readOwnFacts(view, order);
}
