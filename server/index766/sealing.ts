/** How what is told of a unit is kept with a seal, and read back. Pure. */
import type { Absence } from '../../shared/answers.ts';
import type { Facts, FormulaVersion, Told } from '../../shared/index766.ts';
import { COMPONENTS, INDEX_GROUP_IDS, type IndexGroupId } from '../../shared/index766-components.ts';
import type { InputError } from '../errors.ts';
import type { UnitFacts } from './facts.ts';

type Kept = {
  dossiers: number | null;
  told: Record<string, Told>;
  published: Partial<Record<IndexGroupId, number>>;
};

/** What is told of a unit, as text. */
export function packFacts({ facts, dossiers }: UnitFacts): string {
  const told = Object.fromEntries(COMPONENTS.map((one) => [one.id, facts.told(one)]));
  const published = Object.fromEntries(
    INDEX_GROUP_IDS.flatMap((group) => {
      const points = facts.published(group);
      return points === null ? [] : [[group, points]];
    }),
  );
  return JSON.stringify({ dossiers, told, published } satisfies Kept);
}

/** The same read back; of a component that came later nothing had been told. */
export function unpackFacts(text: string): UnitFacts {
  const kept = JSON.parse(text) as Kept;
  const facts: Facts = {
    told: ({ id }) => kept.told[id] ?? { kind: 'notTold' },
    published: (group) => kept.published[group] ?? null,
  };
  return { facts, dossiers: kept.dossiers };
}

const isKnown = ({ facts }: UnitFacts) =>
  COMPONENTS.some((one) => ['share', 'rate', 'points'].includes(facts.told(one).kind)) ||
  INDEX_GROUP_IDS.some((group) => facts.published(group) !== null);

/**
 * Why a month of a unit is not to be sealed, by why our feeds tell nothing of it and what the portal does; undefined where it
 * is. A month yet to begin is one that is not over, which the act says.
 */
export function findSealFault(
  absence: Absence | undefined,
  portal: { absence: Absence | undefined; facts: UnitFacts },
): Pick<InputError, 'reason' | 'code' | 'params'> | undefined {
  if (!absence || absence.noData === 'notBegun') return undefined;
  if (absence.ended) {
    const params = { day: absence.ended };
    return { reason: `the unit had ended by ${params.day}`, code: 'unitEnded', params };
  }
  if (absence.begins) {
    const params = { day: absence.begins };
    return { reason: `the unit began on ${params.day}`, code: 'unitBegins', params };
  }
  if (isKnown(portal.facts)) return undefined;
  return { reason: 'nothing was ever told of it', code: 'neverTold' };
}

type KeptFormula = { number: number; from: string; reason: string; constants: Record<string, unknown> };

/** The constants of a version, as text. */
export function packFormula({ number, from, reason, components }: FormulaVersion): string {
  const constants = components.map(({ id, max, full, whenNone }) => [id, { max, full, whenNone }]);
  return JSON.stringify({ number, from, reason, constants: Object.fromEntries(constants) });
}

/** The version a period was sealed by, whatever the configuration says since. */
export function unpackFormula(text: string): FormulaVersion {
  const { constants, ...version } = JSON.parse(text) as KeptFormula;
  return { ...version, components: COMPONENTS.map((one) => ({ ...one, ...(constants[one.id] ?? {}) })) };
}
