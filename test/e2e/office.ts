/** An office for browser tests: the real server as a process of its own, with Phú Thọ's units and feeds that tell. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readGazetteer, selectProvince } from '../../seed/gazetteer/gazetteer.ts';
import type { UnitSelection } from '../../server/acts/units.ts';
import { createSite } from '../../server/site.ts';
import { openStore } from '../../server/store/store.ts';
import { readUnitFacts } from '../../server/store/unit-store.ts';
import { UnitTree } from '../../shared/unit.ts';
import { actsOf } from '../server/acts.ts';
import { findPort } from '../server/ports.ts';
import { TODAY } from '../server/world.ts';

/** What the office's site says of itself. */
export const SITE = {
  fields: [{ code: 'HT', name: { vi: 'Hộ tịch', en: 'Civil status' } }],
  procedures: [
    {
      code: '1.001193',
      name: { vi: 'Đăng ký khai sinh', en: 'Birth registration' },
      field: 'HT',
      norm: { amount: 3, unit: 'workingDays' },
    },
  ],
};

export type Office = {
  url: string;
  /** Where its database lies. */
  database: string;
  displayToken: string;
  /** Tokens of its feeds by their ids. */
  feedTokens: Readonly<Record<string, string>>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
  /** The server stands still with its connections open, until it is thawed. */
  freeze: () => void;
  thaw: () => void;
  /** Runs `ioc` on the office's store, beside the server; gives what it prints. Rejects when it is refused. */
  command: (...args: string[]) => Promise<string>;
  post: (events: readonly object[]) => Promise<{ accepted: number }>;
  close: () => Promise<void>;
};

/** What an office is made of: its site, units beside those of the province, its feeds, the first of which `post` speaks for. */
export type Plan = {
  site: object;
  units: readonly UnitSelection[];
  namespace: string | null;
  feeds: readonly { id: string; unit: string; name: string }[];
};

const SMALL: Plan = {
  site: SITE,
  units: [],
  namespace: null,
  feeds: [{ id: 'desk', unit: '25', name: 'Một cửa điện tử' }],
};

type Tokens = { feeds: Record<string, string>; display: string };

async function settle(path: string, plan: Plan): Promise<Tokens> {
  const store = await openStore(path);
  const now = Date.now();
  const site = createSite(plan.site);
  const acts = actsOf(store, { site });
  for (const units of [selectProvince(readGazetteer(), '25'), ...plan.units])
    await acts.loadUnits(units, now);
  const tree = new UnitTree(await readUnitFacts(store.reader));
  const orderOf = (code: string, name: string) => ({
    ...{ unit: tree.findAsOf(code, TODAY)?.id ?? 0, name, days: null },
    feed: { namespace: plan.namespace, cadenceMs: null, dueTime: null },
  });
  const feeds: Record<string, string> = {};
  for (const { id, unit, name } of plan.feeds) {
    feeds[id] = await acts.createToken({ ...orderOf(unit, name), kind: 'feed' }, now);
  }
  const display = await acts.createToken({ ...orderOf('25', 'wall'), kind: 'display' }, now);
  await store.close();
  return { feeds, display };
}

async function waitReady(url: string, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server is not ready after 20 s');
}

/**
 * What an office is like: `isDemo` lets visitors in without a token; `plan` says its units, feeds and site, `site` what its
 * configuration says beside that.
 */
export type OfficeOptions = { isDemo: boolean; plan?: Plan; site?: object };

/** Opens an office. */
export async function openOffice({ isDemo, plan = SMALL, site = {} }: OfficeOptions): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-office-'));
  const { feeds, display } = await settle(join(folder, 'ioc.db'), plan);
  const port = await findPort(4450, 4499);
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...plan.site, ...site }));
  const env = {
    ...process.env,
    DATA_DIR: folder,
    PORT: String(port),
    HOST: '127.0.0.1',
    IOC_CONFIG: join(folder, 'config.json'),
    LOG_LEVEL: 'error',
    ...(isDemo ? { IOC_DEMO: '25' } : {}),
  };
  let server: ChildProcess | undefined;
  const office: Office = {
    url,
    database: join(folder, 'ioc.db'),
    displayToken: display,
    feedTokens: feeds,
    async start() {
      server = spawn(process.execPath, ['server/main.ts'], { env, stdio: 'inherit' });
      await waitReady(url, server);
    },
    async stop() {
      const running = server;
      server = undefined;
      if (!running || running.exitCode !== null) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    async command(...args) {
      const { stdout } = await promisify(execFile)(process.execPath, ['server/ioc.ts', ...args], { env });
      return stdout.trim();
    },
    async post(events) {
      const headers = {
        Authorization: `Bearer ${feeds[plan.feeds[0]?.id ?? '']}`,
        'Content-Type': 'application/json',
      };
      const response = await fetch(`${url}/api/events`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ events }),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
      return (await response.json()) as { accepted: number };
    },
    async close() {
      await office.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await office.start();
  return office;
}

let count = 0;

/** A step of a dossier as a feed tells it. */
export function tellStep(step: { dossier: string; status: number; at: string; unit: string }): object {
  const { unit, ...rest } = step;
  const facts = { procedure: '1.001193', channel: 'online', level: 'full' };
  return { kind: 'dossier', id: `e${++count}`, ...rest, ...facts, receiver: unit, resolver: unit };
}
