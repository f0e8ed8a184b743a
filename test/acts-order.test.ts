import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, actsOf, type Deed } from './server/acts.ts';
import { anyScript, type Script } from './server/scripts.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { dumpFolds } from './server.ts';

const stores = createStores();
let reference: Prepared;
beforeAll(async () => {
  reference = await stores.open('memory');
});
afterAll(() => stores.close());

async function perform({ store, tree }: Prepared, deeds: readonly Deed[]): Promise<void> {
  await forget(store);
  const acts = actsOf(store);
  for (const deed of deeds) await act(acts, tree, deed);
}

/** What the events come to when told in order, at once, after all of them happened. */
async function expectedOf({ straight }: Script) {
  await perform(reference, straight);
  return dumpFolds(reference.store);
}

/** Patience of a property on a busy machine. */
const PATIENT_MS = 60_000;

const RUNS = { memory: 40, file: 12, postgres: 10 } as const;

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await stores.open(kind);
  });

  test(
    'any order, batches, repeats, late and corrected events and ticks end in the rows of the ordered log',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyScript, async (script) => {
          const expected = await expectedOf(script);
          await perform(prepared, script.crooked);
          expect(await dumpFolds(prepared.store)).toEqual(expected);
          const { differences } = await actsOf(prepared.store).verify(script.end);
          expect(differences).toEqual([]);
        }),
        { seed: 20_250_701, numRuns: RUNS[kind] },
      );
    },
    PATIENT_MS,
  );

  test(
    'a rebuild gives what stood there, and says that nothing differed',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyScript, async (script) => {
          await perform(prepared, script.crooked);
          const live = await dumpFolds(prepared.store);
          const { differences } = await actsOf(prepared.store).rebuild(script.end);
          expect(differences).toEqual([]);
          expect(await dumpFolds(prepared.store)).toEqual(live);
        }),
        { seed: 4, numRuns: 3 },
      );
    },
    PATIENT_MS,
  );
});
