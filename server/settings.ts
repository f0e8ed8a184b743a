import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { createSite, type Site } from './site.ts';

/** What the environment says, read once. Paths are absolute. */
export type Settings = {
  dataDir: string;
  databaseUrl: string;
  port: number;
  host: string;
  configPath: string;
  /** Whether the environment names the file: then it must be there. */
  isConfigNamed: boolean;
  demoUnit: string | null;
  logLevel: string;
  /** Whose word on a caller's address and scheme is taken: so many proxies, or those at addresses and subnets. */
  trustProxy: number | readonly string[];
};

/** The file named, else the one in the working folder, else the one that lies with the data. */
function findConfig(named: string | undefined, cwd: string, dataDir: string): string {
  const here = resolve(cwd, named ?? 'ioc.config.json');
  const beside = join(dataDir, 'ioc.config.json');
  return named === undefined && !existsSync(here) && existsSync(beside) ? beside : here;
}

const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return NAMED_NETWORKS.includes(text);
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function readProxies(text = ''): Settings['trustProxy'] {
  if (/^\d$/.test(text.trim())) return Number(text);
  const networks = text.split(',').flatMap((part) => part.trim() || []);
  if (networks.every(isNetwork)) return networks;
  throw new RangeError(`TRUST_PROXY is no count of proxies and no list of addresses or subnets: ${text}`);
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
    isConfigNamed: env.IOC_CONFIG !== undefined,
    demoUnit: env.IOC_DEMO ?? null,
    logLevel: env.LOG_LEVEL ?? 'info',
    trustProxy: readProxies(env.TRUST_PROXY),
  };
}

/** The site of a configuration file; all defaults where there is no file. Throws Error that says what is wrong in it. */
export function readSite({
  configPath,
  isConfigNamed,
}: Pick<Settings, 'configPath' | 'isConfigNamed'>): Site {
  if (!existsSync(configPath)) {
    if (isConfigNamed) throw new Error(`IOC_CONFIG names a file that is not there: ${configPath}`);
    return createSite({});
  }
  try {
    return createSite(JSON.parse(readFileSync(configPath, 'utf8')));
  } catch (error) {
    const isFault = error instanceof z.ZodError;
    const words = isFault ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new Error(`${configPath}: ${words}`, { cause: error });
  }
}
