import { isVoid } from '../dossier/step.ts';
import type { Site } from '../site.ts';
import { readNewestSteps } from '../store/log-store.ts';
import type { Store } from '../store/store.ts';
import type { ChangedStep } from './commits.ts';
import { readLoggedStep } from './door.ts';
import type { TreeCache } from './world.ts';

/** The newest steps of the log, latest to happen first: what a live strip shows after a restart. */
export async function readRecentSteps(
  { store, site, trees }: { store: Store; site: Site; trees: TreeCache },
  limit: number,
): Promise<ChangedStep[]> {
  const { unitSeq } = await store.readClock();
  const tree = await trees.load(store.reader, unitSeq);
  const logged = await readNewestSteps(store.reader, limit);
  return logged
    .flatMap((row): ChangedStep[] => {
      const step = readLoggedStep(row, { tree, zone: site.zone });
      const { at, status, procedure, channel, resolver } = step;
      if (isVoid(step)) return [];
      return [{ seq: row.seq, at, status, procedure, channel, unit: resolver, outcome: null }];
    })
    .sort((a, b) => b.at - a.at);
}
