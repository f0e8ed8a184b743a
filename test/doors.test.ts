// The proof that the linter holds the doors of the house: every zone is planted with every import it could be tempted
// by, every law with one violation, in a scratch tree under the real biome.json. What Biome then says is the whole answer.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = dirname(import.meta.dirname);

const sql = ['better-sqlite3', 'kysely', 'kysely/helpers/sqlite', 'pg', 'pg/lib/client.js'];
const http = ['compression', 'express', 'express-rate-limit', 'helmet'];
const socket = ['socket.io', '@socket.io/redis-streams-adapter'];
const react = ['react', 'react/jsx-runtime', 'react-dom/client', 'react-i18next', '@tanstack/react-query'];
const charts = ['echarts', 'echarts/core', 'zrender/lib/zrender.js'];
const client = ['socket.io-client'];
const mail = ['nodemailer'];
const books = ['hucre', 'hucre/xlsx'];
const node = ['node:fs', 'node:fs/promises'];
const process = ['node:process', 'process'];
const rooms = [
  'shared/event.ts',
  'server/app.ts',
  'server/store/store.ts',
  'web/live.ts',
  'seed/demo.ts',
  'test/probe.ts',
];
const near = ['./near.ts', './deep/near.ts'];
const tempting = [
  'zod',
  ...sql,
  ...http,
  ...socket,
  ...react,
  ...charts,
  ...client,
  ...mail,
  ...books,
  ...node,
  ...process,
  ...rooms,
  ...near,
];

const inServer = ['zod', ...node, 'shared/event.ts', 'server/app.ts', 'server/store/store.ts', ...near];
const inWeb = ['zod', ...react, 'shared/event.ts', 'web/live.ts', ...near];
const inSeed = ['zod', ...node, 'shared/event.ts', 'seed/demo.ts', ...near];

/** What each zone may import of everything tempting; whatever is not named must be refused. */
const allowed: Record<string, string[]> = {
  'shared/probe.ts': ['zod', 'shared/event.ts', ...near],
  'shared/calendar/probe.ts': ['zod', 'shared/event.ts', ...near],
  'server/kinds/probe.ts': ['shared/event.ts', ...near],
  'server/kinds/dossier/probe.ts': ['shared/event.ts', ...near],
  'server/rules/probe.ts': ['shared/event.ts', ...near],
  'server/store/probe.ts': [...inServer.filter((source) => source !== 'server/app.ts'), ...sql],
  'server/store/deep/probe.ts': [...inServer, ...sql],
  'server/stream/stream.ts': [...inServer, ...socket],
  'server/http.ts': [...inServer, ...http],
  'server/app.ts': [...inServer, ...http],
  'server/routes.ts': [...inServer, ...http],
  'server/main.ts': [...inServer, ...process],
  'server/ioc.ts': [...inServer, ...process],
  'server/pipeline.ts': inServer,
  'server/intake/probe.ts': inServer,
  'server/acts/probe.ts': inServer.filter((source) => source !== 'server/app.ts'),
  'server/notify/probe.ts': [...inServer, ...mail],
  'server/report/probe.ts': [...inServer, ...books],
  'web/build.ts': ['zod', ...node, ...process, 'shared/event.ts', 'web/live.ts', ...near],
  'web/live.ts': [...inWeb, ...client],
  'web/chart.tsx': [...inWeb, ...charts],
  'web/chart/probe.ts': [...inWeb, ...charts],
  'web/probe.tsx': inWeb,
  'web/panels/probe.tsx': inWeb,
  'seed/demo.ts': [...inSeed, ...process, 'server/app.ts', 'server/store/store.ts', 'web/live.ts'],
  'seed/probe.ts': inSeed,
  'seed/gazetteer/probe.ts': inSeed,
  'elsewhere/probe.ts': [],
  'test/probe.ts': tempting,
  'test/web/probe.tsx': tempting,
  'vite.config.ts': tempting,
};

const long = (lines: number, line: (n: number) => string) =>
  Array.from({ length: lines }, (_, n) => line(n)).join('\n');
const branches = (depth: number): string =>
  depth === 0 ? 'n += 1;' : `if (n > ${depth}) { ${branches(depth - 1)} } else { n -= 1; }`;

/** One file for each law, with the rules that must refuse it: exactly those, nothing else. */
const planted: Record<string, { source: string; refusedBy: string[] }> = {
  'server/any.ts': {
    source: 'export function read(input: any): string { return String(input); }',
    refusedBy: ['noExplicitAny'],
  },
  'server/bang.ts': {
    source: 'export function first(list: string[]): number { return list[0]!.length; }',
    refusedBy: ['noNonNullAssertion'],
  },
  'server/enumeration.ts': { source: 'export enum Colour { Red, Green }', refusedBy: ['noEnum'] },
  'server/default.ts': { source: 'export default function name(): void {}', refusedBy: ['noDefaultExport'] },
  'server/barrel.ts': { source: "export { clean } from './clean.ts';", refusedBy: ['noBarrelFile'] },
  'server/star.ts': { source: "export * from './clean.ts';", refusedBy: ['noBarrelFile', 'noReExportAll'] },
  'server/circle-a.ts': {
    source: "import { b } from './circle-b.ts';\nexport const a = (): number => b() + 1;",
    refusedBy: ['noImportCycles'],
  },
  'server/circle-b.ts': {
    source: "import { a } from './circle-a.ts';\nexport const b = (): number => a() + 1;",
    refusedBy: ['noImportCycles'],
  },
  'server/undeclared.ts': {
    source: "import { pad } from 'not-in-package-json';\nexport const padded = pad(1);",
    refusedBy: ['noUndeclaredDependencies'],
  },
  'server/tool.ts': {
    source: "import { assert } from 'fast-check';\nexport const check = assert;",
    refusedBy: ['noUndeclaredDependencies'],
  },
  'server/unused-import.ts': {
    source: "import { readFileSync, statSync } from 'node:fs';\nexport const read = readFileSync;",
    refusedBy: ['noUnusedImports'],
  },
  'server/unused-variable.ts': { source: 'const left = 1;\nexport {};', refusedBy: ['noUnusedVariables'] },
  'server/type-import.ts': {
    source: "import { Stats } from 'node:fs';\nexport const size = (stats: Stats): number => stats.size;",
    refusedBy: ['useImportType'],
  },
  'server/long-function.ts': {
    source: `export function add(n: number): number {\nlet sum = 0;\n${long(50, (line) => `sum += n * ${line};`)}\nreturn sum;\n}`,
    refusedBy: ['noExcessiveLinesPerFunction'],
  },
  'server/long-file.ts': {
    source: long(301, (line) => `export const n${line} = ${line};`),
    refusedBy: ['noExcessiveLinesPerFile'],
  },
  'server/tangle.ts': {
    source: `export function walk(start: number): number { let n = start; ${branches(6)} return n; }`,
    refusedBy: ['noExcessiveCognitiveComplexity'],
  },
  'server/loose-promise.ts': {
    source:
      'async function store(): Promise<number> { return await Promise.resolve(1); }\nexport function run(): void { store(); }',
    refusedBy: ['noFloatingPromises'],
  },
  'server/misused-promise.ts': {
    source: 'export async function ask(): Promise<string> { return ask() ? await ask() : "no"; }',
    refusedBy: ['noMisusedPromises'],
  },
  'server/CamelCase.ts': { source: 'export const one = 1;', refusedBy: ['useFilenamingConvention'] },
  'server/console.ts': { source: "console.log('here');\nexport {};", refusedBy: ['noConsole'] },
  'shared/console.ts': { source: "console.log('here');\nexport {};", refusedBy: ['noConsole'] },
  'web/console.tsx': { source: "console.log('here');\nexport {};", refusedBy: ['noConsole'] },
  'server/process.ts': { source: 'export const home = process.env.HOME;', refusedBy: ['noProcessGlobal'] },
  'shared/process.ts': {
    source: 'export const home = globalThis.process.env.HOME;',
    refusedBy: ['noProcessGlobal'],
  },
  'seed/process.ts': { source: 'export const home = process.env.HOME;', refusedBy: ['noProcessGlobal'] },
  'seed/pure.ts': { source: "const pg = require('pg');\nexport { pg };", refusedBy: ['noCommonJs'] },
  'server/lazy.ts': { source: "export const load = () => import('pg');", refusedBy: ['noRestrictedImports'] },
  'server/kind.ts': {
    source:
      "import type { Pool } from 'pg';\nexport const close = (pool: Pool): Promise<void> => pool.end();",
    refusedBy: ['noRestrictedImports'],
  },
  'test/undeclared.ts': {
    source: "import { pad } from 'not-in-package-json';\nexport const padded = pad(1);",
    refusedBy: ['noUndeclaredDependencies'],
  },
  'test/skip.test.ts': {
    source: "import { it } from 'vitest';\nit.skip('works', () => {});",
    refusedBy: ['noSkippedTests'],
  },
  'server/clean.ts': { source: 'export const clean = 1;', refusedBy: [] },
  'test/clean.test.ts': {
    source:
      "import { cpus } from 'node:os';\nimport { expect, it } from 'vitest';\nconsole.info(process.pid);\nit('counts', () => { expect(cpus()).toEqual([]); });",
    refusedBy: [],
  },
  'test/bench/clean.ts': { source: 'console.log(process.pid);\nexport {};', refusedBy: [] },
};

type Finding = { category: string; location: { path: string; start: { line: number } } };

const scratch = mkdtempSync(join(tmpdir(), 'doors-'));
let findings: Finding[] = [];

function plant(file: string, source: string): void {
  mkdirSync(dirname(join(scratch, file)), { recursive: true });
  writeFileSync(join(scratch, file), `${source}\n`);
}

function specifierFrom(file: string, target: string): string {
  if (!rooms.includes(target)) return target;
  const way = posix.relative(posix.dirname(file), target);
  return way.startsWith('.') ? way : `./${way}`;
}

function runBiome(): Finding[] {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const options = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  try {
    execFileSync(globalThis.process.execPath, [biome, ...options], {
      cwd: scratch,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return [];
  } catch (failure) {
    return JSON.parse((failure as { stdout: string }).stdout).diagnostics;
  }
}

function rulesAgainst(file: string, said: Finding[]): string[] {
  const own = said.filter(({ location }) => location.path === file);
  return [...new Set(own.map(({ category }) => category.split('/').at(-1) ?? category))].sort();
}

function importsLetThrough(file: string): string[] {
  const refused = findings
    .filter(
      ({ category, location }) => location.path === file && category === 'lint/style/noRestrictedImports',
    )
    .map(({ location }) => location.start.line);
  return tempting.filter((_, index) => !refused.includes(index + 1)).sort();
}

const allowedFiles = Object.keys(allowed);
const clashing = allowedFiles.filter((file) => planted[file]);

beforeAll(() => {
  for (const file of ['biome.json', 'package.json', '.gitignore'])
    copyFileSync(join(root, file), join(scratch, file));
  for (const file of allowedFiles)
    plant(file, tempting.map((target) => `import '${specifierFrom(file, target)}';`).join('\n'));
  for (const [file, { source }] of Object.entries(planted)) plant(file, source);
  findings = runBiome();
}, 60_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the doors between the rooms', () => {
  it('asks each question in a file of its own', () => {
    expect(clashing).toEqual([]);
  });

  it.each(allowedFiles)('%s imports what its zone may, and nothing else', (file) => {
    expect(importsLetThrough(file)).toEqual([...(allowed[file] ?? [])].sort());
  });
});

describe('the laws of the house', () => {
  it.each(Object.entries(planted))('%s is refused by its law alone', (file, { refusedBy }) => {
    expect(rulesAgainst(file, findings)).toEqual(refusedBy);
  });

  it('lets the doors of the process touch it, and the build its one default export', () => {
    const doors = ['server/main.ts', 'server/ioc.ts', 'seed/demo.ts', 'web/build.ts', 'vite.config.ts'];
    for (const file of doors)
      plant(file, 'globalThis.process.exitCode = 0;\nexport const here = process.pid;');
    plant('vite.config.ts', 'export default {};');
    const said = runBiome();
    expect(doors.map((file) => ({ file, rules: rulesAgainst(file, said) }))).toEqual(
      doors.map((file) => ({ file, rules: [] })),
    );
  });

  it('is silenced nowhere at a door', () => {
    const silencer =
      /biome-ignore\S*\s+lint(?=[:\s]|\/style\/noRestrictedImports|\/\w+\/no(ImportCycles|ProcessGlobal))/;
    const files = ['server', 'shared', 'seed', 'web'].flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => join(room, file)),
    );
    expect(files.filter((file) => silencer.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});
