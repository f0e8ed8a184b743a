// The wall on every screen: two screens side by side, a phone, a zoomed page; its text and its way back.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RETURN_AFTER_MS } from '../../shared/boards/common.ts';
import { COUNTED_S } from '../../web/return.tsx';
import { openBrowser, openPage } from './browser.ts';
import type { Office } from './office.ts';
import { openProvince } from './province.ts';
import { findViolations } from './sweep/axe.ts';
import type { Screen } from './sweep/screens.ts';
import { sweep, wordFault } from './sweep.ts';

let browser: Browser;
let province: Office;

beforeAll(async () => {
  [browser, province] = [await openBrowser(), await openProvince({ sampling: 300 })];
});

afterAll(async () => {
  await browser?.close();
  await province?.close();
});

const UNITS = [
  '25',
  '25?period=2025-06',
  '26?period=2025-06',
  '08872',
  '25.SNNMT',
  '25.SNGV',
  '247?period=2025-06',
  '247',
] as const;
const SIZES = [
  [3840, 1080],
  [390, 844],
  [320, 640],
  [960, 540],
] as const;

/** Every kind of unit on every size, with language and theme in turn; each with a screen of which the wall has to warn. */
function listWalls(): Screen[] {
  return SIZES.flatMap(([width, height], size) =>
    UNITS.map((unit, index): Screen => {
      const lang = (size + index) % 2 === 0 ? 'vi' : 'en';
      const theme = (size + index) % 4 < 2 ? 'dark' : 'light';
      const query = `lang=${lang}&theme=${theme}&screen=55x4`;
      const address = `/wall/${unit}${unit.includes('?') ? '&' : '?'}${query}`;
      return { page: 'wall', who: 'visitor', address, width, height, lang, theme };
    }),
  );
}

describe('the wall', () => {
  it('shows nothing over another, cut, outside or too small on a wide screen, a phone and a zoomed page', async () => {
    const open = { url: province.url };
    const sites = { visitor: open, stranger: open, administrator: open, viewer: open, locked: open };
    const pictures = process.env.SWEEP_PICTURES;
    const faults = await sweep({ browser, sites, screens: listWalls(), pictures });
    expect(faults.map(wordFault)).toEqual([]);
  });

  it('is the one for the screen, also when that changes', async () => {
    const { page, troubles, close } = await openPage(browser, `${province.url}/wall/25`);
    const board = () => page.locator('[data-board]').getAttribute('data-board');
    for (const [width, height, id] of [
      [1366, 768, 'wall'],
      [7680, 2160, 'wall-wide'],
      [960, 540, 'wall-tall'],
      [1920, 1080, 'wall'],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect.poll(board).toBe(id);
    }
    expect(troubles).toEqual([]);
    await close();
  });

  it('is larger at a zoom of 200 %', async () => {
    const sizes: number[] = [];
    for (const deviceScaleFactor of [1, 2]) {
      const [width, height] = [1920 / deviceScaleFactor, 1080 / deviceScaleFactor];
      const { page, close } = await openPage(browser, `${province.url}/wall/25`, {
        ...{ width, height, deviceScaleFactor },
      });
      const title = page.locator('.tile-title').first();
      await title.waitFor();
      const heightPx = await title.evaluate((element) => {
        const scale = element.getBoundingClientRect().height / (element as HTMLElement).offsetHeight;
        return Number.parseFloat(getComputedStyle(element).fontSize) * scale;
      });
      sizes.push(heightPx * deviceScaleFactor);
      await close();
    }
    expect((sizes[1] ?? 0) / (sizes[0] ?? 1)).toBeGreaterThan(1.5);
  });

  it('stands at the front door of a zoomed page, too', async () => {
    const { page, close } = await openPage(browser, province.url, { width: 960, height: 540 });
    await page.locator('[data-board="wall-tall"] .tile').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    await close();
  });

  it('has no fault of accessibility where it is wide or flows', async () => {
    const found: string[] = [];
    for (const [width, height, theme] of [
      [3840, 1080, 'dark'],
      [960, 540, 'light'],
      [390, 844, 'dark'],
    ] as const) {
      const address = `${province.url}/wall/25?theme=${theme}&screen=55x4&lang=en`;
      const { page, close } = await openPage(browser, address, { width, height });
      await page.locator('.chart-canvas canvas').first().waitFor();
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('button', { name: 'Screen size' }).click();
      found.push(...(await findViolations(page)).map((violation) => `${width} x ${height}: ${violation}`));
      await close();
    }
    expect(found).toEqual([]);
  });

  it('takes the size of the screen from a person at the keyboard, and warns by it', async () => {
    const { page, troubles, close } = await openPage(browser, `${province.url}/wall/25?lang=en`);
    await page.getByRole('button', { name: /^Account/ }).press('Enter');
    await page.getByRole('button', { name: 'Screen size' }).press('Enter');
    await page.getByLabel('Diagonal (inches)').fill('55');
    await page.getByLabel('Farthest viewer (m)').fill('4');
    await page.getByLabel('Farthest viewer (m)').press('Enter');
    await page.getByRole('alert').filter({ hasText: 'only 6.8′' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByLabel('Diagonal (inches)').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Account/);
    await page.reload();
    await page.getByRole('alert').filter({ hasText: 'only 6.8′' }).waitFor();
    expect(troubles).toEqual([]);
    await close();
  });

  it('shows what it was opened with again, also where it was loaded anew meanwhile', async () => {
    // A unit that is no more has no alerts: the first judgement of the province is a flood, in which nothing moves by itself.
    const path = '/wall/247?period=2025-06&lang=en';
    const { page, close } = await openPage(browser, `${province.url}${path}`);
    await page.locator('.ranking-row').first().click();
    await page.waitForURL(/\/unit\//);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    // From here on time is in our hands; the next input begins the wait by it.
    await page.clock.install();
    await page.keyboard.press('Shift');
    await page.clock.fastForward(RETURN_AFTER_MS - 5000);
    await page.getByRole('timer').waitFor();
    for (let second = 0; second < COUNTED_S; second++) await page.clock.fastForward(1000);
    await page.waitForURL((url) => url.pathname + url.search === path);
    await page.locator('.wall .tile').first().waitFor();
    await close();
  });
});
