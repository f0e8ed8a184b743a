import type { Folded } from './refold.ts';

/** The most dossiers kept in mind: those of the last days of a province; some 2 kB each. */
const MOST = 20_000;

/**
 * Dossiers as this process last folded them, so that the next step of one is not read and folded back from its row.
 * Law: what is recalled stands in the store. A commit that is not the next after the last one noted here was somebody
 * else's, and everything is forgotten.
 */
export type Recall = {
  /** What is in mind at the beginning of commit `seq`, by key. */
  at: (seq: number) => ReadonlyMap<string, Folded>;
  /** Notes what commit `seq` wrote, once it is safe. */
  note: (seq: number, folded: readonly Folded[]) => void;
};

/** An empty mind. */
export function createRecall(): Recall {
  const known = new Map<string, Folded>();
  let last = Number.NaN;
  return {
    at(seq) {
      if (seq !== last + 1) known.clear();
      return known;
    },
    note(seq, folded) {
      if (seq !== last + 1) known.clear();
      last = seq;
      for (const dossier of folded) {
        known.delete(dossier.key);
        known.set(dossier.key, dossier);
      }
      for (const key of known.keys()) {
        if (known.size <= MOST) break;
        known.delete(key);
      }
    },
  };
}
