/** The acts of a store as tests ask for them, by a writer in line. */

import type { InputOf } from '../../server/acts/acts.ts';
import type { Receipt } from '../../server/acts/ingest.ts';
import type { Judgement } from '../../server/acts/judge.ts';
import type { RebuildResult } from '../../server/acts/rebuild.ts';
import { DUE_AT_ONCE } from '../../server/acts/tick.ts';
import type { LoadedUnits, UnitSelection } from '../../server/acts/units.ts';
import type { Kinds } from '../../server/kinds/kind.ts';
import { KINDS } from '../../server/kinds/kinds.ts';
import type { FeedCaller } from '../../server/people/caller.ts';
import type { Site } from '../../server/site.ts';
import type { Store } from '../../server/store/store.ts';
import type { Change } from '../../server/writer/order.ts';
import { createWriter, type Writer } from '../../server/writer/writer.ts';
import type { OpsEvent } from '../../shared/event.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { SITE, TODAY } from './world.ts';

/** A feed that may speak of everything. Its codes count within the first namespace, whatever it is called. */
export const speakerOf = (tree: UnitTree, feed: string, unit = '25'): FeedCaller => ({
  ...{ kind: 'feed', feed, namespace: '' },
  unit: tree.findByReference(unit, TODAY)?.id ?? 0,
});

/** The acts of a store, as tests ask for them. */
export type Acting = {
  writer: Writer;
  ingest: (events: readonly OpsEvent[], caller: FeedCaller, now: number) => Promise<Receipt>;
  tick: (now: number) => Promise<number>;
  judge: (now: number) => Promise<Judgement>;
  rebuild: (now: number) => Promise<RebuildResult>;
  verify: (now: number) => Promise<RebuildResult>;
  loadUnits: (selection: UnitSelection, now: number) => Promise<LoadedUnits>;
  createToken: (order: InputOf<'createToken'>, now: number) => Promise<string>;
  revokeToken: (id: string, now: number) => Promise<boolean>;
};

const CLOCK = { kind: 'clock' } as const;
const COMMAND = { kind: 'command' } as const;

/** Acts by a writer of a store; nobody watches unless `publish` does. */
export function actsOf(
  store: Store,
  parts: { site?: Site; kinds?: Kinds; publish?: (change: Change) => void } = {},
): Acting {
  const { site = SITE, kinds = KINDS, publish = () => undefined } = parts;
  const writer = createWriter({ store, site, kinds, publish, onProgress: () => undefined });
  return {
    writer,
    ingest: (events, caller, now) => writer.run({ name: 'ingest', caller, input: { events }, now }),
    async tick(now) {
      const moved = await writer.run({ name: 'tick', caller: CLOCK, input: null, now });
      return moved + (moved === DUE_AT_ONCE ? await this.tick(now) : 0);
    },
    async judge(now) {
      const done = await writer.run({ name: 'judge', caller: CLOCK, input: null, now });
      return done.isMore ? this.judge(now) : done;
    },
    rebuild: (now) => writer.run({ name: 'rebuild', caller: COMMAND, input: null, now }),
    verify: (now) => writer.run({ name: 'verify', caller: COMMAND, input: null, now }),
    loadUnits: (input, now) => writer.run({ name: 'loadUnits', caller: COMMAND, input, now }),
    revokeToken: (id, now) => writer.run({ name: 'revokeToken', caller: COMMAND, input: { id }, now }),
    createToken: (input, now) => writer.run({ name: 'createToken', caller: COMMAND, input, now }),
  };
}

/** What to do: batches of a feed and ticks, each at its instant; instants never go back. */
export type Deed =
  | { kind: 'ingest'; feed: string; events: OpsEvent[]; now: number }
  | { kind: 'tick'; now: number };

export async function act(acting: Acting, tree: UnitTree, deed: Deed): Promise<void> {
  if (deed.kind === 'tick') await acting.tick(deed.now);
  else await acting.ingest(deed.events, speakerOf(tree, deed.feed), deed.now);
}
