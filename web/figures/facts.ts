/** What is known of a unit in a period that decides which panels of a board stand. Pure. */
import type { Absence, UnitView } from '../../shared/answers.ts';
import type { Fact, Panel } from '../../shared/board.ts';
import { hasEndedBy } from '../../shared/period.ts';
import { hasPlaces } from './levels.ts';

type Known = {
  unit: UnitView | null;
  children: readonly UnitView[];
  /** Whether the figures are there too: before, nobody knows that there are no children. */
  isReady: boolean;
  /** Why the unit has no figures in the period, where it has none. */
  absence: Absence | undefined;
  today: string;
  field: string | null;
  /** Whether nobody knows the area of work, or ever told of it. */
  isFieldUnknown: boolean;
};

/** What is so; what is not known yet is not. */
export function factsOf(known: Known): ReadonlySet<Fact> {
  const { unit, children, isReady, absence, today, field, isFieldUnknown } = known;
  const hasAny = children.length > 0;
  const isKnown = isReady && unit !== null;
  const holds: Record<Fact, boolean> = {
    hasNoFigures: absence !== undefined || isFieldUnknown,
    endedByNow: unit !== null && hasEndedBy(unit, today),
    hasChildren: hasAny,
    isLeaf: isKnown && !hasAny,
    isPlaceless: isKnown && hasAny && !hasPlaces(children),
    hasField: field !== null,
    hasUnknownField: isFieldUnknown,
  };
  return new Set((Object.keys(holds) as Fact[]).filter((fact) => holds[fact]));
}

/** Whether a panel stands: all of its `when` is so, and nothing of its `unless`. */
export function stands(
  { when = [], unless = [] }: Pick<Panel, 'when' | 'unless'>,
  facts: ReadonlySet<Fact>,
): boolean {
  return when.every((fact) => facts.has(fact)) && !unless.some((fact) => facts.has(fact));
}
