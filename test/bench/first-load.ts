/**
 * Bytes of the first page load: what index.html asks for at once (scripts with all they import, styles), what only the
 * charts add (scripts and styles behind dynamic imports), by file and gzip; and what a real Chromium was sent for the
 * wall, as the server packs it. Reference: the same files unpacked.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildWeb } from '../../web/build.ts';
import { openBrowser } from '../e2e/browser.ts';
import type { HistoryStore } from './history.ts';
import { startServer } from './server-process.ts';
import { bytes, printTable, times } from './table.ts';
import { ROOT, type Workspace } from './workspace.ts';

const WEB = join(ROOT, 'dist/web');
const SETTLE_MS = 4000;

type Packed = { raw: number; gzip: number };

async function pack(names: Iterable<string>): Promise<Packed> {
  const sum = { raw: 0, gzip: 0 };
  for (const name of names) {
    const content = await readFile(join(WEB, name));
    sum.raw += content.length;
    sum.gzip += /\.woff2?$/.test(name) ? content.length : gzipSync(content).length;
  }
  return sum;
}

/** What a script imports as it is loaded: the files after `from` or a bare `import`, none of those behind `import()`. */
async function followImports(name: string, found: Set<string>): Promise<void> {
  if (found.has(name)) return;
  found.add(name);
  const text = await readFile(join(WEB, name), 'utf8');
  for (const [, file] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    if (file) await followImports(`assets/${file}`, found);
  }
}

/** The files a browser asks for before any script has run its course. */
async function listAtOnce(): Promise<Set<string>> {
  const page = await readFile(join(WEB, 'index.html'), 'utf8');
  const found = new Set(['index.html']);
  for (const [, file] of page.matchAll(/(?:src|href)="\/?((?:\.\/)?assets\/[\w.-]+\.(?:js|css))"/g)) {
    if (file?.endsWith('.js')) await followImports(file, found);
    else if (file) found.add(file);
  }
  return found;
}

type Sent = { name: string; size: number };

/** What the wall made a real browser fetch, with bytes as they came over the wire. */
async function watchBrowser(url: string): Promise<Sent[]> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const names = new Map<string, string>();
    const sent: Sent[] = [];
    session.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, response.url));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength: size }) => {
      const path = names.get(requestId);
      if (path?.startsWith(url)) sent.push({ name: path.slice(url.length + 1) || 'index.html', size });
    });
    await page.goto(url);
    await page.waitForTimeout(SETTLE_MS);
    return sent;
  } finally {
    await browser.close();
  }
}

const sumOf = (sent: readonly Sent[]) => sent.reduce((sum, { size }) => sum + size, 0);

/** Prints the bytes of the first page load. */
export async function runFirstLoad(workspace: Workspace, histories: HistoryStore): Promise<void> {
  await buildWeb({ quiet: true });
  const { folder } = await histories.take();
  const server = await startServer(workspace, folder);
  const sent = await watchBrowser(server.url);
  await server.stop();
  const atOnce = await listAtOnce();
  const isCode = (name: string) => /\.(js|css)$/.test(name);
  const built = (await readdir(join(WEB, 'assets'))).map((name) => `assets/${name}`);
  const fetched = new Set(sent.map(({ name }) => name));
  const later = built.filter((name) => isCode(name) && !atOnce.has(name) && fetched.has(name));
  const fonts = built.filter((name) => /\.woff2?$/.test(name) && fetched.has(name));
  const wireOf = (names: Iterable<string>) => {
    const wanted = new Set(names);
    return sumOf(sent.filter(({ name }) => wanted.has(name)));
  };
  const row = (name: string, packed: Packed, wire: number, count: number) => [
    ...[
      name,
      String(count),
      bytes(packed.raw),
      bytes(packed.gzip),
      times(packed.gzip, packed.raw),
      bytes(wire),
    ],
  ];
  const first = [...atOnce, ...fonts];
  const all = [...first, ...later];
  const figures = sent.filter(({ name }) => !all.includes(name));
  const parts = [
    { name: 'page, scripts, styles', files: [...atOnce] },
    { name: 'fonts', files: fonts },
    { name: 'before charts', files: first },
    { name: 'charts and map', files: later },
    { name: 'with charts', files: all },
  ];
  const rows: string[][] = [];
  for (const { name, files } of parts) rows.push(row(name, await pack(files), wireOf(files), files.length));
  rows.push(['figures (API)', String(figures.length), '-', '-', '-', bytes(sumOf(figures))]);
  printTable({
    title: 'Web: bytes of the first page load, the wall',
    head: ['part', 'files', 'unpacked', 'gzip', 'to unpacked', 'sent to Chromium'],
    rows,
    notes: ['goals, gzip: under 250 kB before charts, under 500 kB with them; what was sent counts headers'],
  });
}
