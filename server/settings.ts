import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSite, type Site } from './site.ts';

/** What the environment says, read once. Paths are absolute. */
export type Settings = {
  dataDir: string;
  databaseUrl: string;
  port: number;
  host: string;
  configPath: string;
  demoUnit: string | null;
  logLevel: string;
};

/** The file named, else the one in the working folder, else the one that lies with the data. */
function findConfig(named: string | undefined, cwd: string, dataDir: string): string {
  const here = resolve(cwd, named ?? 'ioc.config.json');
  const beside = join(dataDir, 'ioc.config.json');
  return named === undefined && !existsSync(here) && existsSync(beside) ? beside : here;
}

/** Reads the environment; RangeError names a variable that makes no sense. */
export function readSettings(env: Record<string, string | undefined>, cwd: string): Settings {
  const dataDir = resolve(cwd, env.DATA_DIR ?? 'data');
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError(`PORT is no port: ${env.PORT}`);
  return {
    dataDir,
    databaseUrl: env.DATABASE_URL ?? join(dataDir, 'ioc.db'),
    port,
    host: env.HOST ?? '127.0.0.1',
    configPath: findConfig(env.IOC_CONFIG, cwd, dataDir),
    demoUnit: env.IOC_DEMO ?? null,
    logLevel: env.LOG_LEVEL ?? 'info',
  };
}

/** The site of a configuration file; all defaults where there is no file. Throws Error that says what is wrong in it. */
export function readSite(configPath: string): Site {
  if (!existsSync(configPath)) return createSite({});
  try {
    return createSite(JSON.parse(readFileSync(configPath, 'utf8')));
  } catch (error) {
    throw new Error(`${configPath}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
