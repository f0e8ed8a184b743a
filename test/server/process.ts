/** The server as people run it: a process of its own on a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPort } from './ports.ts';

/** A running process: its address, what it logged, how it ended (null: it was killed). */
export type ServerProcess = {
  url: string;
  child: ChildProcess;
  lines: string[];
  ended: Promise<number | null>;
  kill: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Waits for an answer of /readyz; throws after 20 s. */
  untilReady: (status?: number) => Promise<void>;
  post: (events: readonly object[], token: string) => Promise<{ status: number; body: unknown }>;
};

/** `site` null: a configuration is named that is not there. `port`: this one, taken or not. */
export type ProcessOptions = {
  folder: string;
  site?: unknown;
  databaseUrl?: string;
  preload?: string;
  port?: number;
};

const LONGEST_MS = 20_000;

async function readStatus(url: string): Promise<number> {
  return fetch(`${url}/readyz`).then(
    ({ status }) => status,
    () => 0,
  );
}

/** Starts the server; it need not be ready yet. */
export async function startProcess(options: ProcessOptions): Promise<ServerProcess> {
  const { folder, site = {}, databaseUrl, preload } = options;
  const port = options.port ?? (await findPort(4500, 4799));
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, `site-${port}-${Date.now()}.json`);
  if (site !== null) writeFileSync(config, JSON.stringify(site));
  const { DATABASE_URL: _, ...rest } = process.env;
  const env = {
    ...rest,
    ...{ DATA_DIR: folder, PORT: String(port), HOST: '127.0.0.1', IOC_CONFIG: config, LOG_LEVEL: 'info' },
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const flags = preload === undefined ? [] : ['--import', preload];
  const child = spawn(process.execPath, [...flags, 'server/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout
    ?.setEncoding('utf8')
    .on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    ...{ url, child, lines, ended },
    kill(signal) {
      child.kill(signal);
      return ended;
    },
    async untilReady(status = 200) {
      for (const end = Date.now() + LONGEST_MS; Date.now() < end; ) {
        if ((await readStatus(url)) === status) return;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      throw new Error(`/readyz does not answer ${status}: ${lines.join('\n')}`);
    },
    async post(events, token) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const response = await fetch(`${url}/api/events`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ events }),
      });
      return { status: response.status, body: await response.json() };
    },
  };
}
