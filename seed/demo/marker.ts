/** What a demo's folder says of itself, so that a later start goes on where the last one stopped. */
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LiveState } from '../province/live.ts';

/** Changes when a history told before no longer continues the one told now. */
const VERSION = 4;

/**
 * `demo.json`: `anchor` is when the demo was first made, `officesLoaded` how many offices have handed over their past
 * before it, `loadedUntil` up to when its history is in the store (instants in epoch ms), `tokens` those of its feeds, null until its units are loaded,
 * `hasRoles` whether the accounts are made that visitors step into,
 * `hasScene` whether people of the demo have done what they had to about its alerts.
 */
const Marker = z.strictObject({
  version: z.literal(VERSION),
  anchor: z.int(),
  sampling: z.number().positive(),
  officesLoaded: z.int(),
  loadedUntil: z.int(),
  tokens: z.record(z.string(), z.string()).nullable(),
  hasRoles: z.boolean().default(false),
  hasScene: z.boolean().default(false),
});
export type Marker = z.infer<typeof Marker>;

/** What stops a demo from starting, in words for the person who started it. */
export class DemoRefused extends Error {
  override name = 'DemoRefused';
}

const markerFile = (folder: string) => join(folder, 'demo.json');
const liveFile = (folder: string) => join(folder, 'live.json');

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file whole or not at all; only its owner can read it. */
async function writeWhole(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The marker of a folder, undefined in an empty one; DemoRefused where something else than this demo lives. */
export async function readMarker(folder: string): Promise<Marker | undefined> {
  const text = await readText(markerFile(folder));
  if (text === undefined) {
    const others = await readdir(folder);
    if (others.length === 0) return undefined;
    throw new DemoRefused(`${folder} holds something that is not a demo: choose another DATA_DIR.`);
  }
  try {
    return Marker.parse(JSON.parse(text));
  } catch {
    throw new DemoRefused(
      `${folder} was made by another version of the demo: delete that folder to make it anew.`,
    );
  }
}

/** A marker of a demo first made now. */
export function createMarker({
  now,
  begin,
  sampling,
}: {
  now: number;
  begin: number;
  sampling: number;
}): Marker {
  return {
    version: VERSION,
    anchor: now,
    sampling,
    officesLoaded: 0,
    loadedUntil: begin,
    tokens: null,
    hasRoles: false,
    hasScene: false,
  };
}

/** Keeps a marker. */
export async function writeMarker(folder: string, marker: Marker): Promise<void> {
  await writeWhole(markerFile(folder), marker);
}

/** The live traffic's open dossiers; none when nothing readable was kept. */
export async function readLiveState(folder: string): Promise<LiveState> {
  try {
    return LiveState.parse(JSON.parse((await readText(liveFile(folder))) ?? ''));
  } catch {
    return { begun: 0, open: [] };
  }
}

/** Keeps the live traffic's open dossiers. */
export async function writeLiveState(folder: string, state: LiveState): Promise<void> {
  await writeWhole(liveFile(folder), state);
}
