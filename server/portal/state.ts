/** What the connector keeps between runs: what is done of a run that broke off, and what it last told. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const State = z.object({
  /** When the run under way began, and which of its questions are done; null between runs. */
  run: z.object({ at: z.number(), done: z.array(z.string()) }).nullable(),
  /** When the next run begins. */
  nextAt: z.number().nullable(),
  /** The code of each department by the portal's id of it. */
  codes: z.record(z.string(), z.string()),
  /** The value last told of a unit, measure and period. */
  told: z.record(z.string(), z.number()),
  /** How the portal named pages whose figures were all taken, so that it need not tell them again. */
  tags: z.record(z.string(), z.object({ tag: z.string(), pages: z.int() })).default({}),
});
export type PortalState = z.infer<typeof State>;

/** Reads what is kept in a file; nothing, where there is no file or nobody can read it. */
export function readState(path: string): PortalState {
  try {
    return State.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { run: null, nextAt: null, codes: {}, told: {}, tags: {} };
  }
}

/** Keeps it: whole, or not at all. */
export function writeState(path: string, state: PortalState): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.new`;
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
  renameSync(draft, path);
}
