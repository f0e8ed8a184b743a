import { UnitTree } from '../../shared/unit.ts';
import type { FoldContext } from '../dossier/life.ts';
import type { Site } from '../site.ts';
import type { Reader } from '../store/store.ts';
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

/** What a fold needs, at an instant. */
export function foldContext(site: Site, tree: UnitTree, now: number): FoldContext {
  return { tree, calendar: site.calendar, zone: site.zone, procedures: site.procedures, now };
}
