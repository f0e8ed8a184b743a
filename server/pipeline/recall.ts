import type { Folded } from './refold.ts';

/** The most dossiers kept in mind: those a province works on in a day or two; some 3 kB each. */
const MOST = 8_000;

/** What is in mind, and how often everything has been forgotten before: a look that is older is worth nothing. */
export type Look = { age: number; dossiers: ReadonlyMap<string, Folded> };

/** Which commit something was foreseen for. */
export type Mark = { age: number; seq: number };

/**
 * Dossiers as this process last folded them, so that the next step of one is not read and folded back from its row, and
 * a batch can be folded while the one before it is still being written. Law: it is what the store will hold once all that
 * was foreseen is written; whenever a commit turns out to be another than the one expected, everything is forgotten.
 */
export type Recall = {
  /** What is in mind when the next commit can be foreseen: no commit is open whose outcome nobody knows yet. */
  look: () => Look | undefined;
  /** Notes what the next commit will write; undefined when the look it was made from has grown stale. */
  foresee: (look: Look, folded: readonly Folded[]) => Mark | undefined;
  /** Whether commit `seq` is the one that a mark was made for. */
  holds: (mark: Mark, seq: number) => boolean;
  /** A commit begins that nobody has foreseen. */
  begin: () => void;
  /** What is in mind within commit `seq`: nothing, when another process has committed since. */
  within: (seq: number) => ReadonlyMap<string, Folded>;
  /** Notes what commit `seq`, which nobody had foreseen, has written. */
  note: (seq: number, folded: readonly Folded[]) => void;
  forget: () => void;
};

/** An empty mind. */
export function createRecall(): Recall {
  const dossiers = new Map<string, Folded>();
  let age = 0;
  let last = Number.NaN;
  let isOpen = true;

  const forget = (): void => {
    dossiers.clear();
    age += 1;
    last = Number.NaN;
    isOpen = true;
  };
  const keep = (folded: readonly Folded[]): void => {
    for (const dossier of folded) {
      dossiers.delete(dossier.key);
      dossiers.set(dossier.key, dossier);
    }
    for (const key of dossiers.keys()) {
      if (dossiers.size <= MOST) break;
      dossiers.delete(key);
    }
  };
  return {
    look: () => (isOpen ? undefined : { age, dossiers }),
    foresee(look, folded) {
      if (isOpen || look.age !== age) return undefined;
      keep(folded);
      last += 1;
      return { age, seq: last };
    },
    holds: (mark, seq) => mark.age === age && mark.seq === seq,
    begin() {
      isOpen = true;
    },
    within(seq) {
      if (seq !== last + 1) forget();
      return dossiers;
    },
    note(seq, folded) {
      keep(folded);
      last = seq;
      isOpen = false;
    },
    forget,
  };
}
