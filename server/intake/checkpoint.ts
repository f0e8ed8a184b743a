import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What an import has counted so far; `refusedByServer` are rows that the mapping could read. */
export const Tally = z.strictObject({
  rows: z.int(),
  events: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  repeated: z.int(),
  refusedRows: z.int(),
  refusedByServer: z.int(),
  emptyRows: z.int(),
  leftRows: z.int(),
});
export type Tally = z.infer<typeof Tally>;

/** How far an import got: everything up to `line` is acknowledged. */
const Checkpoint = z.strictObject({ line: z.int(), tally: Tally });
export type Checkpoint = z.infer<typeof Checkpoint>;

/** The file of the checkpoint of importing one file, as it stands, by one mapping into one server. Reads it whole. */
export async function nameCheckpoint(
  dataDir: string,
  parts: { file: string; map: string; url: string },
): Promise<string> {
  const hash = createHash('sha256').update(`${parts.url}\n${parts.map}\n`);
  for await (const bytes of createReadStream(parts.file)) hash.update(bytes as Buffer);
  return join(dataDir, 'imports', `${hash.digest('hex').slice(0, 32)}.json`);
}

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return {
    rows: 0,
    events: 0,
    accepted: 0,
    duplicates: 0,
    repeated: 0,
    refusedRows: 0,
    refusedByServer: 0,
    emptyRows: 0,
    leftRows: 0,
  };
}

/** The checkpoint an interrupted import left; undefined when there is none that can be used. */
export async function findCheckpoint(path: string): Promise<Checkpoint | undefined> {
  try {
    return Checkpoint.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes a checkpoint so that a crash leaves the old or the new one, never half of it. */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(checkpoint));
  await rename(`${path}.new`, path);
}

/** Forgets a checkpoint: the import is whole. */
export async function dropCheckpoint(path: string): Promise<void> {
  await rm(path, { force: true });
}
