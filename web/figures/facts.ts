/** What is known of a unit in a period that decides which panels of a board stand. Pure. */
import type { UnitView } from '../../shared/answers.ts';
import type { Fact, Panel } from '../../shared/board.ts';
import { hasEndedBy } from '../../shared/period.ts';
import { hasPlaces, levelsOf } from './levels.ts';

/** Units whose ranking leaves half of its place free. */
const FEW = 9;

type Known = {
  unit: UnitView | null;
  children: readonly UnitView[];
  /** Whether the figures are there too: before, nobody knows that there are no children. */
  isReady: boolean;
  /** First day of the period. */
  from: string;
  today: string;
  field: string | null;
};

/** What is so; what is not known yet is not. */
export function factsOf({ unit, children, isReady, from, today, field }: Known): ReadonlySet<Fact> {
  const [level] = levelsOf(children);
  const hasAny = children.length > 0;
  const isKnown = isReady && unit !== null;
  const isPlaced = hasPlaces(children);
  const holds: Record<Fact, boolean> = {
    ended: unit !== null && hasEndedBy(unit, from),
    endedByNow: unit !== null && hasEndedBy(unit, today),
    hasChildren: hasAny,
    isLeaf: isKnown && !hasAny,
    isPlaceless: isKnown && hasAny && !isPlaced,
    hasFewPlaces: isKnown && isPlaced && children.filter((child) => child.level === level).length <= FEW,
    hasField: field !== null,
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
