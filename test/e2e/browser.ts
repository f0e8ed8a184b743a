// The one way tests reach a real browser: hides where Chromium comes from. Its law: a fresh profile each time, no network
// but the page's own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A page under test. `troubles` grows with every console warning, console error and uncaught exception, in order. */
export type WatchedPage = { page: Page; troubles: string[]; close(): Promise<void> };

/** How the page is shown: CSS pixels, theme, device pixels to a CSS pixel, and the machine's time zone. */
export type Screen = {
  width?: number;
  height?: number;
  colorScheme?: 'dark' | 'light';
  deviceScaleFactor?: number;
  timezoneId?: string;
  /** Run in every page before the page's own scripts. */
  script?: string;
};

/**
 * A headless Chromium with a fresh profile; the caller closes it. Takes the one named in CHROMIUM, else the machine's, else
 * Playwright's, else installs one (Debian's as root, Playwright's otherwise), which may take minutes. Throws with what to do
 * when none can be had.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium() ?? installChromium();
  return chromium.launch({ executablePath, args: flags });
}

/**
 * The page at `url`, loaded, in a browser context of its own: 1920x1080, dark, one device pixel to a CSS pixel unless told
 * otherwise. `close` ends the context. Rejects when the server does not answer.
 */
export async function openPage(browser: Browser, url: string, screen: Screen = {}): Promise<WatchedPage> {
  const {
    width = 1920,
    height = 1080,
    colorScheme = 'dark',
    deviceScaleFactor = 1,
    script,
    ...rest
  } = screen;
  const viewport = { width, height };
  const context = await browser.newContext({
    locale: 'vi-VN',
    viewport,
    colorScheme,
    deviceScaleFactor,
    ...rest,
  });
  if (script !== undefined) await context.addInitScript(script);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') troubles.push(`${said.type()}: ${said.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  await page.goto(url);
  return { page, troubles, close: () => context.close() };
}

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist.`);
  return named || [...places, chromium.executablePath()].find((place) => existsSync(place));
}

function installChromium(): string {
  const asDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  process.stderr.write(
    `No Chromium on this machine: installing ${asDebian ? "Debian's" : "Playwright's"}.\n`,
  );
  if (asDebian) installFromDebian();
  const found = findChromium() ?? installFromPlaywright();
  if (found) return found;
  throw new Error(
    'No Chromium was found and none could be installed. Install one (Debian: apt-get install chromium; ' +
      'elsewhere: npx playwright-core install chromium) or name one in the environment variable CHROMIUM.',
  );
}

function installFromDebian(): void {
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (words: string[]) =>
    spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env }).status;
  if (run(install) !== 0 && run(['update']) === 0) run(install);
}

function installFromPlaywright(): string | undefined {
  const cli = join(dirname(fileURLToPath(import.meta.resolve('playwright-core/package.json'))), 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return findChromium();
}
