import { UnitTree } from '../../shared/unit.ts';
import type { FoldContext, Kinds } from '../kinds/kind.ts';
import type { Site } from '../site.ts';
import type { RuleCache } from '../store/rule-book.ts';
import type { Reader, Tx } from '../store/store.ts';
import { readUnitFacts } from '../store/unit-store.ts';

/** The unit tree of the newest units, read again only when they changed. */
export type TreeCache = { load: (reader: Reader, unitSeq: number) => Promise<UnitTree> };

/** A cache of one tree, keyed by the commit that last changed the units. */
export function createTreeCache(): TreeCache {
  let known: { unitSeq: number; tree: UnitTree } | undefined;
  return {
    async load(reader, unitSeq) {
      if (known?.unitSeq !== unitSeq) known = { unitSeq, tree: new UnitTree(await readUnitFacts(reader)) };
      return known.tree;
    },
  };
}

/** What an act works in: its transaction, and what is known of the site. `onProgress` hears of subjects folded. */
export type Work = {
  tx: Tx;
  site: Site;
  kinds: Kinds;
  hashKey: string;
  trees: TreeCache;
  rules: RuleCache;
  onProgress: (subjects: number) => void;
};

/** What a fold needs, as of the commit or another instant. */
export async function openContext({ tx, site, trees }: Work, now = tx.at): Promise<FoldContext> {
  const tree = await trees.load(tx, tx.unitSeq);
  return { tree, calendar: site.calendar, zone: site.zone, procedures: site.procedures, now };
}
