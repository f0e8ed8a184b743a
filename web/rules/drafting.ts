import { createContext, useContext } from 'react';
import type { RuleBody } from '../../shared/rule.ts';
import type { RuleView } from '../../shared/rule-view.ts';
import type { UnitChoice } from '../people/grant-fields.tsx';
import type { Faults } from './draft.ts';
import type { Telling } from './sentence.ts';

/** A rule while it is written, and what its fields need: how it changes, what is wrong, whom it may speak of. */
export type Drafting = {
  draft: RuleBody;
  change: (part: Partial<RuleBody>) => void;
  faults: Faults;
  /** Whether what is left empty at a place is said to be wrong: once a hand was in it, or saving was tried. */
  isShown: (path: string) => boolean;
  touch: (path: string) => void;
  telling: Telling;
  units: UnitChoice;
  rules: readonly RuleView[];
  /** The day at the site. */
  today: string;
};

/** The place that stands for saving: whoever tried it is told of everything. */
export const TRIED = 'save';

const DraftContext = createContext<Drafting | null>(null);

/** Gives a draft to the fields below. */
export const DraftProvider = DraftContext.Provider;

/** The draft that is written here. */
export function useDraft(): Drafting {
  const drafting = useContext(DraftContext);
  if (!drafting) throw new Error('no rule is being written here');
  return drafting;
}
