// What comes out of the printer, and that the screen is afterwards what it was. A page of A4 in Chromium.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

let office: Office;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: true });
  const at = new Date(Date.now() - 60_000).toISOString();
  await office.post([
    tellStep({ dossier: 'printed', unit: '08707', status: 2, at }),
    tellStep({ dossier: 'elsewhere', unit: '08872', status: 2, at }),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

/** What stands on paper: told by the page while it is laid out for it. */
type Laid = {
  wide: string[];
  pictures: number[];
  rows: number;
  buttons: string[];
  background: string;
  text: string;
};

/** Has the page measure itself at the moment it is laid out for paper. */
async function watchPrint(page: Page): Promise<void> {
  await page.evaluate(() => {
    const measure = (): Laid => {
      const room = document.documentElement.clientWidth + 1;
      const seen = [...document.querySelectorAll<HTMLElement>('#root *')].filter(
        (element) =>
          element.checkVisibility({ visibilityProperty: true }) && !element.closest('.hidden, .wall'),
      );
      const isCut = (element: HTMLElement) =>
        getComputedStyle(element).overflow !== 'visible' && element.scrollHeight > element.clientHeight + 1;
      return {
        wide: seen
          .filter((element) => element.getBoundingClientRect().right > room || isCut(element))
          .map((element) => `${element.tagName}.${element.className}`),
        pictures: [...document.querySelectorAll('.paper-picture')].map((picture) =>
          Math.round(picture.getBoundingClientRect().height),
        ),
        rows: document.querySelectorAll('.ranking-table tbody tr').length,
        buttons: seen
          .filter((element) =>
            element.matches('button:not(.tile-face, .explain-figure, .silent-open, thead button)'),
          )
          .map((element) => element.className),
        background: getComputedStyle(document.body).backgroundColor,
        // biome-ignore lint/performance/useDomNodeTextContent: only what is seen counts
        text: document.body.innerText,
      };
    };
    matchMedia('print').addEventListener('change', ({ matches }) => {
      if (matches) Object.assign(globalThis, { laid: measure() });
    });
  });
}

async function print(page: Page): Promise<Laid & { sheets: number }> {
  await watchPrint(page);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const laid = await page.evaluate(() => (globalThis as unknown as { laid: Laid }).laid);
  return { ...laid, sheets: pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0 };
}

/** The size of a chart on the screen, whose letters may still be on the way, in tens of px. */
async function sizeOf(page: Page): Promise<number[]> {
  const { width = 0, height = 0 } = (await chartOf(page).boundingBox()) ?? {};
  return [width, height].map((length) => Math.round(length / 10));
}

const chartOf = (page: Page) => page.locator('.chart-canvas canvas').first();

describe('printing', () => {
  it('puts a wall on one page, light, with what it is of, and leaves the wall on the screen', async () => {
    const { page, troubles, close } = await openPage(browser, office.url);
    await chartOf(page).waitFor();
    await page.evaluate(() => document.fonts.ready);
    const [address, size] = [page.url(), await sizeOf(page)];
    const laid = await print(page);
    expect(laid.sheets).toBe(1);
    expect(laid.background).toBe('rgb(255, 255, 255)');
    expect(laid.pictures.length).toBeGreaterThan(0);
    expect(Math.min(...laid.pictures)).toBeGreaterThan(50);
    for (const words of ['DEMO', 'Tỉnh Phú Thọ', 'Tháng', 'số liệu đến', 'in lúc'])
      expect(laid.text).toContain(words);
    expect(laid.buttons).toEqual([]);
    expect(page.url()).toBe(address);
    await page.locator('.wall').waitFor();
    await expect.poll(() => sizeOf(page)).toEqual(size);
    expect(await page.locator('.paper-picture').count()).toBe(0);
    expect(troubles).toEqual([]);
    await close();
  });

  it('puts a desk on as many pages as it takes, whole: every unit of the ranking, no column cut', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/unit/25`, {
      ...{ width: 1366, height: 900 },
    });
    await chartOf(page).waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.locator('.ranking-table tbody tr').first().waitFor();
    const [address, size] = [page.url(), await sizeOf(page)];
    const laid = await print(page);
    expect(laid.sheets).toBeGreaterThan(2);
    expect(laid.wide).toEqual([]);
    expect(laid.rows).toBe(163);
    expect(Math.min(...laid.pictures)).toBeGreaterThan(150);
    expect(laid.buttons).toEqual([]);
    for (const words of ['DEMO', 'số liệu đến', 'in lúc', 'Xếp hạng']) expect(laid.text).toContain(words);
    expect(page.url()).toBe(address);
    await expect.poll(() => sizeOf(page)).toEqual(size);
    expect(troubles).toEqual([]);
    await close();
  });
});

describe('a desk on a wide screen', () => {
  it('fills it, at 1366 as at 3840 px', async () => {
    for (const width of [1366, 1920, 2560, 3840]) {
      const { page, close } = await openPage(browser, `${office.url}/unit/25`, { width, height: 1080 });
      await page.locator('.ranking-table tbody tr').first().waitFor();
      const right = await page
        .locator('.ranking')
        .evaluate((panel) => panel.getBoundingClientRect().right / innerWidth);
      expect(right).toBeGreaterThan(0.96);
      await close();
    }
  });
});
