/** Scores of units over a period, sealed ones as they were sealed. Hides whence facts come. */
import type { Absence } from '../../shared/answers.ts';
import {
  type FormulaVersion,
  type Score,
  scoreIndex,
  type VolumeClass,
  versionOn,
  volumeClassOf,
} from '../../shared/index766.ts';
import { addDays, listPeriods, type Period } from '../../shared/period.ts';
import { readAbsences } from '../figures/absence.ts';
import type { View } from '../figures/sums.ts';
import { readSealed, type StoredSeal } from '../store/seal-store.ts';
import { type FactsOrder, type IndexBasis, readFacts, type UnitFacts } from './facts.ts';
import { unpackFacts, unpackFormula } from './sealing.ts';

/** How a unit stands: its score, its dossiers a month, the version it was judged by, and what seals it. */
export type Judged = {
  absence: Absence | undefined;
  score: Score;
  monthly: number | null;
  volume: VolumeClass | null;
  version: FormulaVersion;
  seal: StoredSeal | null;
  /** What is known by now, where a seal says what was. */
  now: Score;
};

/** Of which units and days scores are wanted, by whose figures. */
export type ScoreOrder = FactsOrder & { basis: IndexBasis };

/** The months of a period that have begun. */
function countMonths({ period, to }: FactsOrder, today: string): number {
  const tomorrow = addDays(today, 1);
  const end = to < tomorrow ? to : tomorrow;
  return Math.max(1, listPeriods({ from: period.from, to: end }, 'month').length);
}

const NOT_TOLD: UnitFacts = {
  facts: { told: () => ({ kind: 'notTold' }), published: () => null },
  dossiers: null,
};

/** Why a unit has no index. What the portal tells of units needs no word of theirs. */
async function readAbsence(view: View, { units, period, basis }: ScoreOrder) {
  const find = await readAbsences(view, units);
  return (unit: number): Absence | undefined => {
    const absence = find(unit, period);
    const isOfFeeds = absence?.noData === 'neverTold' || absence?.noData === 'beforeData';
    return basis === 'portal' && isOfFeeds ? undefined : absence;
  };
}

/** What is known of units by now, and why of some there is nothing. */
export async function readKnown(view: View, order: ScoreOrder) {
  const absenceOf = await readAbsence(view, order);
  const facts = await readFacts(view, order.basis, order);
  return (unit: number): { absence: Absence | undefined; facts: UnitFacts } => {
    const absence = absenceOf(unit);
    const isUnknown = absence !== undefined && absence.noData !== 'notBegun';
    return { absence, facts: isUnknown ? NOT_TOLD : (facts.get(unit) ?? NOT_TOLD) };
  };
}

/** Whether an order is of a whole month, of which there may be a seal. */
const isWhole = ({ period, to }: FactsOrder) => period.grain === 'month' && to === period.to;

/** How units stand in a period. */
export async function readJudged(view: View, order: ScoreOrder): Promise<Map<number, Judged>> {
  const { units, period, basis } = order;
  const version = versionOn(view.site.index766, period.from);
  const known = await readKnown(view, order);
  const sealed = isWhole(order)
    ? await readSealed(view.reader, units, { period: period.key, basis })
    : { told: new Map(), seals: new Map<number, StoredSeal>() };
  const months = countMonths(order, view.today);
  return new Map(
    units.map((unit) => {
      const { absence, facts: current } = known(unit);
      const kept = sealed.told.get(unit);
      const seal = kept ? (sealed.seals.get(kept.seal) ?? null) : null;
      const own = kept ? unpackFacts(kept.told) : current;
      const formula = seal ? unpackFormula(seal.formula) : version;
      const monthly = own.dossiers === null ? null : Math.round(own.dossiers / months);
      const score = scoreIndex(formula, own.facts);
      const judged: Judged = {
        ...{ absence, monthly, seal, version: formula },
        score,
        volume: monthly === null ? null : volumeClassOf(monthly),
        now: kept ? scoreIndex(formula, current.facts) : score,
      };
      return [unit, judged];
    }),
  );
}

/** Whether anything of ours is known in a score: cases that occurred, not points taken from elsewhere. */
export function knowsOwn({ groups }: Score): boolean {
  return groups.some(({ components }) =>
    components.some(({ numerator, reason }) => numerator !== null && reason === null),
  );
}

/** By whose figures a unit is judged where nobody said: by ours, or the portal's where we know nothing. */
export async function chooseBasis(view: View, unit: number, period: Period): Promise<IndexBasis> {
  const own = await readJudged(view, { units: [unit], period, to: period.to, basis: 'own' });
  const score = own.get(unit)?.score;
  return score && knowsOwn(score) ? 'own' : 'portal';
}
