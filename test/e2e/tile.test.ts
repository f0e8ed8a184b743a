// A tile, the clock and the columns of numbers as a browser lays them out: digits of one width, nothing over anything else.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWeb } from '../../web/build.ts';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

let browser: Browser;
let office: Office;

beforeAll(async () => {
  await buildWeb({ quiet: true });
  [browser, office] = await Promise.all([openBrowser(), openOffice({ isDemo: true })]);
  const at = new Date(Date.now() - 60_000).toISOString();
  const taken = Array.from({ length: 40 }, (_, index) => {
    const step = { dossier: `d${index}`, at, unit: index % 2 === 0 ? '08707' : '08872' };
    return [1, 2].map((status) => tellStep({ ...step, status }));
  });
  // Long ago something was told, so that a month without anything is one in which nothing occurred.
  const past = [2, 9].map((status) =>
    tellStep({ dossier: 'past', unit: '08872', status, at: `2024-11-12T0${status}:00:00+07:00` }),
  );
  await office.post([...past, ...taken.flat()]);
});
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

/** The widths of each digit, ten in a row, in the very place where numbers stand. */
function measureDigits(page: Page, selector: string): Promise<number[]> {
  return page
    .locator(selector)
    .first()
    .evaluate((place) => {
      const probe = document.createElement('span');
      probe.style.cssText = 'position:absolute;white-space:nowrap';
      place.append(probe);
      const widths = [...'0123456789'].map((digit) => {
        probe.textContent = digit.repeat(10);
        return probe.getBoundingClientRect().width;
      });
      probe.remove();
      return widths;
    });
}

async function openReady(path: string, screen = {}) {
  const opened = await openPage(browser, `${office.url}${path}`, screen);
  await opened.page.locator('.tile-hero').first().waitFor();
  await opened.page.evaluate(() => document.fonts.ready);
  return opened;
}

describe('digits', () => {
  const places = [
    ['/', '.clock'],
    ['/', '.tile-hero'],
    ['/', '.tile-detail'],
    ['/', '.ranking-value'],
    ['/', '.ranking-cases'],
    ['/', '.alert-count'],
    ['/', '.strip-alerts time'],
    ['/unit/25', '.form-table tbody td'],
    ['/unit/25', '.form-table tfoot td'],
  ] as const;

  it('are all as wide as each other wherever a number stands, in every weight', async () => {
    const { page, close } = await openReady('/');
    const seen: [string, number[]][] = [];
    for (const [path, selector] of places) {
      if (!page.url().endsWith(path)) await page.goto(`${office.url}${path}`);
      await page.locator(selector).first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      seen.push([selector, await measureDigits(page, selector)]);
    }
    const spread = seen.map(([selector, widths]) => [selector, Math.max(...widths) - Math.min(...widths)]);
    expect(spread).toEqual(places.map(([, selector]) => [selector, 0]));
    expect(await page.evaluate(() => document.fonts.check('600 20px Digits', '0123456789'))).toBe(true);
    await close();
  });

  it('move no clock and no column when they change', async () => {
    const { page, close } = await openReady('/');
    const measure = (text: string) =>
      page.evaluate((digits) => {
        const read = (selector: string) => {
          const place = document.querySelector(selector);
          if (!place) throw new Error(`no ${selector}`);
          place.textContent = (place.textContent ?? '').replace(/\d/g, digits);
          const range = document.createRange();
          range.selectNodeContents(place);
          return range.getBoundingClientRect().toJSON() as object;
        };
        return ['.clock', '.ranking-value', '.ranking-cases', '.tile-detail'].map(read);
      }, text);
    const ones = await measure('1');
    expect(await measure('4')).toEqual(ones);
    await close();
  });
});

/** What in a tile lies over something else of it, leaves it, or is cut. */
function findClashes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Part = { element: Element; box: DOMRect };
    const name = ({ element }: Part) => `${element.className}: ${element.textContent}`;
    // Of text where its letters are, of a line its whole place.
    const boxOf = (element: Element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return (element.matches('.spark, .explain-mark') ? element : range).getBoundingClientRect();
    };
    const partsOf = (face: Element): Part[] =>
      [...face.querySelectorAll('.tile-face > *, .tile-foot > *')]
        // What stands on the border is no part of the face.
        .filter((element) => !element.matches('.severity-chip, .tile-marks'))
        .map((element) => ({ element, box: boxOf(element) }))
        .filter(({ box }) => box.width > 0 && box.height > 0);
    // Lines of text share the space between them: only letters over letters count.
    const isOver = (a: DOMRect, b: DOMRect) =>
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6 &&
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1;
    const isCut = (element: Element) =>
      !element.matches('.spark, .explain-mark') &&
      element.clientWidth > 0 &&
      element.scrollWidth > element.clientWidth + 1;
    const findIn = (face: Element): string[] => {
      const outer = face.getBoundingClientRect();
      const parts = partsOf(face);
      return parts.flatMap((part, index) => [
        ...(part.box.right > outer.right + 1 || part.box.bottom > outer.bottom + 1
          ? [`out ${name(part)}`]
          : []),
        ...(isCut(part.element) ? [`cut ${name(part)}`] : []),
        ...parts
          .slice(index + 1)
          .filter(({ box }) => isOver(part.box, box))
          .map((other) => `${name(part)} over ${name(other)}`),
      ]);
    };
    // Nor may tiles lie over each other or what stands below them.
    const below = document.querySelector('.strip')?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
    return [...document.querySelectorAll('.tile')].flatMap((face) => [
      ...findIn(face),
      ...(face.getBoundingClientRect().bottom > below ? [`under the strip: ${face.textContent}`] : []),
    ]);
  });
}

describe('a tile', () => {
  const screens = [
    ['/', 1920, 1080],
    ['/', 3840, 2160],
    ['/unit/25', 1920, 1080],
    ['/unit/25', 1440, 900],
    ['/unit/25', 390, 844],
    ['/unit/08707', 390, 844],
  ] as const;

  it.each(['vi', 'en'])('lies over nothing and is not cut, with and without figures, in %s', async (lang) => {
    const { page, close } = await openReady(`/?lang=${lang}`);
    const clashes: string[] = [];
    for (const [path, width, height] of screens) {
      await page.setViewportSize({ width, height });
      for (const period of ['day', 'month', '2026-01', '2025']) {
        await page.goto(`${office.url}${path}?lang=${lang}&period=${period}`);
        await page.locator('.tile-hero, .ended').first().waitFor();
        await page.evaluate(() => document.fonts.ready);
        const found = await findClashes(page);
        clashes.push(...found.map((clash) => `${path} ${width} ${period} ${clash}`));
      }
    }
    expect(clashes).toEqual([]);
    await close();
  });

  it('has no line through the words that stand where a number would', async () => {
    const { page, close } = await openReady('/unit/08872?period=2026-01', { width: 1440, height: 900 });
    const words = page.locator('.tile:has([data-words="true"])');
    await words.first().waitFor();
    expect(await words.locator('.spark:visible').count()).toBe(0);
    await close();
  });

  it.each([
    [1920, 1080, '/'],
    [390, 844, '/unit/25'],
  ])(
    'is explained within the screen of %i x %i, by keyboard too, until Escape',
    async (width, height, path) => {
      const { page, close } = await openReady(path, { width, height });
      const faces = page.locator('.tile-face');
      await page.keyboard.press('Tab');
      for (let index = 0; index < (await faces.count()); index += 1) {
        await faces.nth(index).focus();
        const tip = page.getByRole('tooltip');
        const box = await tip.boundingBox();
        const { x, y, width: wide, height: high } = box ?? { x: -1, y: -1, width: 0, height: 0 };
        expect([x >= 0, y >= 0, x + wide <= width, y + high <= height]).toEqual([true, true, true, true]);
        expect(await tip.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
        await page.keyboard.press('Escape');
        await tip.waitFor({ state: 'detached' });
      }
      await close();
    },
  );
});

it('says at the form why it and the key figure of what was received differ, with that figure', async () => {
  const { page, close } = await openReady('/unit/25?lang=en');
  await page.locator('.form-note', { hasText: '(HS01: 40)' }).waitFor();
  await close();
});

it('names unit, period, page and site in the tab', async () => {
  const { page, close } = await openReady('/unit/25?period=2026-11');
  expect(await page.title()).toBe('Tỉnh Phú Thọ · Tháng 11/2026 · Đơn vị – Trung tâm điều hành thông minh');
  await page.goto(`${office.url}/?period=2026&lang=en`);
  await expect
    .poll(() => page.title())
    .toBe('Phu Tho Province · 2026 · Wall – Intelligent Operations Center');
  await page.getByText('Intelligent Operations Center').waitFor();
  await close();
});

it('says of a unit that is no more that it is, where another has its name', async () => {
  const { page, close } = await openPage(browser, `${office.url}/unit/25@2025-01-01?period=2025-05`);
  await page.getByRole('heading', { level: 1, name: 'Tỉnh Phú Thọ (cũ)' }).waitFor();
  expect(await page.title()).toContain('Tỉnh Phú Thọ (cũ)');
  expect(await page.locator('.crumbs').textContent()).toBe('Tỉnh Phú Thọ (cũ)');
  await page.goto(`${office.url}/unit/25`);
  await page.getByRole('link', { name: 'Tỉnh Phú Thọ (cũ)' }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Tỉnh Phú Thọ');
  await close();
});

it('ends a desk where its last panel does: nothing unseen makes the page longer', async () => {
  const { page, close } = await openPage(browser, `${office.url}/unit/25`);
  await page.locator('.ranking-table tbody tr').nth(100).waitFor({ state: 'attached' });
  const below = () =>
    page.evaluate(() => {
      const last =
        document.querySelector('.desk-main')?.lastElementChild?.getBoundingClientRect().bottom ?? 0;
      return document.documentElement.scrollHeight - (last + scrollY);
    });
  await expect.poll(below).toBeLessThan(120);
  await close();
});
