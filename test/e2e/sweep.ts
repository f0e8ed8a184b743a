/** A sweep: opens screen after screen in one browser and says what is broken on each. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { build } from 'vite';
import { openPage, type WatchedPage } from './browser.ts';
import type { Finding } from './eyes/box.ts';
import type { Looking } from './eyes/eyes.ts';
import type { Allowance } from './eyes/texts.ts';
import type { Step } from './sweep/pages.ts';
import type { Site, Sites } from './sweep/people.ts';
import type { Screen } from './sweep/screens.ts';

/** A fault of one kind at one element: on how many screens, and where first. */
export type Fault = Finding & { screens: number; first: Screen };

/** `pictures`: a folder for one picture of each fault. */
export type Sweep = {
  browser: Browser;
  sites: Sites;
  screens: readonly Screen[];
  pictures?: string | undefined;
  onScreen?: (done: number, screen: Screen) => void;
};

type Eyes = { look: (looking: Looking) => Finding[]; settle: (patienceMs: number) => Promise<string | null> };

/** Texts that may be cut, because the whole stands in a title and there is a reason. */
const ALLOWED: readonly Allowance[] = [
  {
    element: '.strip-about',
    reason:
      'the name of a procedure may be longer than any line; the unit and the step stand whole before it',
  },
  {
    element: '.alert-line',
    reason:
      'a department may be named longer than its third of the strip; its first words tell it from others',
  },
  {
    element: '.strip-feeds li',
    reason: 'a feed is named as its office likes; how it stands is never cut',
  },
];

const PATIENCE_MS = 15_000;

/** The script that gives a page its eyes; to be run before the page's own. */
export async function bundleEyes(): Promise<string> {
  const entry = join(import.meta.dirname, 'eyes/eyes.ts');
  const lib = { entry, formats: ['iife' as const], name: 'sweepModule', fileName: 'eyes' };
  const made = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, minify: false, lib },
  });
  const [first] = Array.isArray(made) ? made : [made];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (!chunk) throw new Error('the eyes were not built');
  return chunk.code;
}

/** Waits until a page is at rest; what it still waits for when patience ends, else null. */
export function settlePage(page: Page, patienceMs = PATIENCE_MS): Promise<string | null> {
  return page.evaluate((ms) => (window as unknown as { sweepEyes: Eyes }).sweepEyes.settle(ms), patienceMs);
}

/** Every fault that a page with eyes shows now. */
export function lookAt(page: Page, looking: Looking): Promise<Finding[]> {
  return page.evaluate((words) => (window as unknown as { sweepEyes: Eyes }).sweepEyes.look(words), looking);
}

async function take(page: Page, [what, selector, text = '']: Step): Promise<void> {
  const element = page.locator(selector).first();
  if (what === 'press') await element.click();
  else if (what === 'rest') await element.hover();
  else if (what === 'fill') await element.fill(text);
  else await element.waitFor();
}

/**
 * Goes to an address within a page, as a link of it does, and waits until it is at rest there. Where something is to be
 * opened on it, the page is loaded anew: nothing that another screen opened is left.
 */
export async function visit(
  page: Page,
  { address, steps, width, height, lang, theme }: Screen,
): Promise<string | null> {
  const size = page.viewportSize();
  if (size?.width !== width || size.height !== height) await page.setViewportSize({ width, height });
  if (steps) {
    await page.mouse.move(0, 0);
    await page.goto(new URL(address, page.url()).href);
    await settlePage(page);
    for (const step of steps) await take(page, step);
  } else await page.evaluate((url) => history.pushState(null, '', url), address);
  await page.waitForFunction(
    (wanted) =>
      document.documentElement.lang === wanted.lang &&
      document.documentElement.dataset.theme === wanted.theme,
    { lang, theme },
  );
  return settlePage(page);
}

async function inspect({ page, messages }: Watched, screen: Screen): Promise<Finding[]> {
  messages.length = 0;
  const awaited = await visit(page, screen);
  const isTouched = screen.width < 500 && !screen.address.startsWith('/wall');
  const found = await lookAt(page, { isTouched, allowed: ALLOWED });
  if (awaited) found.push({ kind: 'restless', element: 'page', text: awaited, boxes: [] });
  for (const text of messages) {
    if (screen.refusals?.includes(text)) continue;
    found.push({ kind: 'console', element: 'page', text, boxes: [] });
  }
  return found;
}

type Watched = WatchedPage & { messages: string[] };

/** What the console says; of an answer that was an error, which the browser itself notes, its status and path alone. */
function wordMessage(said: ConsoleMessage): string {
  const status = /^Failed to load resource: the server responded with a status of (\d+)/.exec(
    said.text(),
  )?.[1];
  if (!status) return `${said.type()}: ${said.text()}`;
  return `${status} ${new URL(said.location().url).pathname}`;
}

/** A page with eyes at a site, at rest; `messages` grows with all it says to the console. */
export async function openWatched(browser: Browser, { url, cookie }: Site): Promise<Watched> {
  const script = await bundleEyes();
  const watched = await openPage(browser, 'about:blank', { script });
  const messages: string[] = [];
  watched.page.on('console', (said) => messages.push(wordMessage(said)));
  watched.page.on('pageerror', (error) => messages.push(`exception: ${error.message}`));
  await watched.page.emulateMedia({ reducedMotion: 'reduce' });
  if (cookie !== undefined) {
    await watched.page.context().addCookies([{ name: 'ioc_session', value: cookie, url }]);
  }
  await watched.page.goto(url);
  await settlePage(watched.page);
  return { ...watched, messages };
}

/** Faults by kind and element, each with a picture of the first one. */
class Faults {
  readonly #known = new Map<string, Fault>();
  readonly #pictures: string | undefined;

  constructor(pictures: string | undefined) {
    this.#pictures = pictures;
    if (pictures) mkdirSync(pictures, { recursive: true });
  }

  async add(page: Page, screen: Screen, findings: readonly Finding[]): Promise<void> {
    const first = new Map(
      findings.map((finding) => [`${finding.kind} ${finding.element}`, finding] as const).reverse(),
    );
    for (const [key, finding] of first) {
      const known = this.#known.get(key);
      if (known) known.screens += 1;
      else {
        this.#known.set(key, { ...finding, screens: 1, first: screen });
        if (this.#pictures) await picture(page, finding, join(this.#pictures, `${nameFile(key)}.png`));
      }
    }
  }

  list(): Fault[] {
    return [...this.#known.values()].sort((a, b) => a.kind.localeCompare(b.kind) || b.screens - a.screens);
  }
}

/** Looks at every screen; faults by kind, the most frequent first. */
export async function sweep({ browser, sites, screens, pictures, onScreen }: Sweep): Promise<Fault[]> {
  const faults = new Faults(pictures);
  let done = 0;
  for (const [who, own] of Map.groupBy(screens, (screen) => screen.who)) {
    const watched = await openWatched(browser, sites[who]);
    for (const screen of own) {
      await faults.add(watched.page, screen, await inspect(watched, screen));
      done += 1;
      onScreen?.(done, screen);
    }
    await watched.close();
  }
  return faults.list();
}

const nameFile = (key: string) => key.replace(/[^\w-]+/g, '_').slice(0, 120);

/** A picture of the page with the fault's boxes outlined. */
async function picture(page: Page, { boxes }: Finding, path: string): Promise<void> {
  await page.evaluate((places) => {
    const layer = document.createElement('div');
    layer.id = 'sweep-boxes';
    for (const { left, top, right, bottom } of places) {
      const mark = document.createElement('div');
      mark.style.cssText = `position:absolute;z-index:99;outline:2px solid magenta;left:${left + scrollX}px;top:${top + scrollY}px;width:${right - left}px;height:${bottom - top}px`;
      layer.append(mark);
    }
    document.body.append(layer);
  }, boxes);
  await page.screenshot({ path, fullPage: (page.viewportSize()?.width ?? 0) < 3000 });
  await page.evaluate(() => document.getElementById('sweep-boxes')?.remove());
}

/** A fault in one line: kind, element, text, on how many screens, and the first of them. */
export function wordFault({ kind, element, text, boxes, screens, first }: Fault): string {
  const places = boxes.map(({ left, top, right, bottom }) =>
    [left, top, right, bottom].map(Math.round).join(','),
  );
  const where = `${first.address} ${first.width}x${first.height}`;
  return `${kind} · ${element} · ${JSON.stringify(text)} · ${screens} screens · first ${where} · ${places.join(' / ')}`;
}
