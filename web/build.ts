// Builds the web into dist/web, and hides when that is needed: its law is that the same inputs are never built twice.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = dirname(import.meta.dirname);
const stampFile = join(root, 'dist/web/.inputs');
const inputs = ['web', 'shared', 'package-lock.json', 'vite.config.ts'];

/**
 * The screens, built in dist/web: `built` is false when they already were, from the same inputs; `ms` is the time it took.
 * Vite runs in a process of its own, so its memory and NODE_ENV are not the caller's. Rejects with Vite's own words when
 * the build fails. Prints one line on standard error unless `quiet`; `force` builds in any case.
 */
export async function buildWeb(options: { force?: boolean; quiet?: boolean } = {}): Promise<{
  built: boolean;
  ms: number;
}> {
  const start = performance.now();
  const stamp = await hashInputs();
  const built = options.force === true || (await readStamp()) !== stamp;
  if (built) {
    await runVite();
    await writeFile(stampFile, stamp);
  }
  const ms = Math.round(performance.now() - start);
  if (!options.quiet) process.stderr.write(`web: ${built ? `built in ${ms} ms` : 'up to date'}\n`);
  return { built, ms };
}

async function hashInputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await listFiles(input)) {
      const content = await readFile(join(root, file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

async function listFiles(input: string): Promise<string[]> {
  if (input.includes('.')) return [input];
  const entries = await readdir(join(root, input), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

async function readStamp(): Promise<string | undefined> {
  try {
    return await readFile(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

function runVite(): Promise<void> {
  const vite = join(dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The web could not be built.\n${Buffer.concat(said).toString('utf8').trim()}`));
    });
  });
}

if (import.meta.main) {
  try {
    await buildWeb({ force: process.argv.includes('--force') });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
