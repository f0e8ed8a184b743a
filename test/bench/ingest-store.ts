/** The store that every way of taking events starts from, and the events that come after it. */
import { cp } from 'node:fs/promises';
import type { FeedCaller } from '../../server/people/caller.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { actsOf } from '../server/acts.ts';
import { createBenchStore, drawEvents, inBatches, openFeed, SITE } from './bench-store.ts';
import type { Workspace } from './workspace.ts';

/** Events in the store before the first round: what comes then is new dossiers and steps of known ones. */
export const KNOWN_EVENTS = 20_000;
/** The province's last days at its real volume. */
const RECENT = { days: 7, sampling: 1 };

/** A closed store to copy, who speaks to it, and what it has not heard yet. */
export class IngestStore {
  readonly #workspace: Workspace;
  readonly #folder: string;
  readonly #fresh: OpsEvent[];
  readonly token: string;
  readonly caller: FeedCaller;

  constructor(
    workspace: Workspace,
    made: { folder: string; fresh: OpsEvent[]; token: string; caller: FeedCaller },
  ) {
    this.#workspace = workspace;
    this.#folder = made.folder;
    this.#fresh = made.fresh;
    this.token = made.token;
    this.caller = made.caller;
  }

  /** A folder with a copy of the store. */
  async copy(): Promise<string> {
    const folder = await this.#workspace.makeFolder();
    await cp(this.#folder, folder, { recursive: true });
    return folder;
  }

  /** The next events nobody was told of, in batches. */
  take(count: number, batch: number): OpsEvent[][] {
    if (this.#fresh.length < count) throw new Error('the province told too little');
    return [...inBatches(this.#fresh.splice(0, count), batch)];
  }
}

/** Makes the office with `most` events to come. */
export async function openIngestStore(workspace: Workspace, most: number): Promise<IngestStore> {
  const events = drawEvents({ ...RECENT, most: KNOWN_EVENTS + most });
  const folder = await workspace.makeFolder();
  const store = await createBenchStore(folder);
  const { token, caller } = await openFeed(store);
  const acts = actsOf(store, { site: SITE });
  for (const batch of inBatches(events.splice(0, KNOWN_EVENTS), 5000)) {
    await acts.ingest(batch, caller, Date.now());
  }
  await store.close();
  return new IngestStore(workspace, { folder, fresh: events, token, caller });
}
