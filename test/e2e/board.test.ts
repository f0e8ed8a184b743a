import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

let office: Office;
let browser: Browser;

/** Forty dossiers of one commune, received and all but one resolved the same morning. */
function tellMorning(unit: string, day: string): object[] {
  return Array.from({ length: 40 }, (_, index) => {
    const dossier = `${unit}-${day}-${index}`;
    const minute = String(index).padStart(2, '0');
    const received = tellStep({ dossier, unit, status: 2, at: `${day}T08:${minute}:00+07:00` });
    const resolved = tellStep({ dossier, unit, status: 9, at: `${day}T10:${minute}:00+07:00` });
    return index === 0 ? [received] : [received, resolved];
  }).flat();
}

const heroOf = (page: Page, title: string) =>
  page.locator('.tile', { hasText: title }).first().locator('.tile-hero');

/** The text of an element that is there. */
const textOf = async (locator: Locator) => (await locator.textContent()) ?? '';

/** The whole number an element shows. */
const countOf = async (locator: Locator) => Number((await textOf(locator)).replace(/\D/g, ''));

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: true });
  await office.post(tellMorning('08872', '2024-11-12'));
  await office.post(tellMorning('08872', '2026-10-13'));
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('the wall', () => {
  it('shows an event within two seconds of its being told, with a clean console', async () => {
    const { page, troubles, close } = await openPage(browser, office.url);
    const hero = heroOf(page, 'Tiếp nhận trong tháng');
    await hero.waitFor();
    const before = await countOf(hero);
    const at = new Date(Date.now() - 1000).toISOString();
    await office.post([tellStep({ dossier: `new-${at}`, unit: '08707', status: 2, at })]);
    const told = Date.now();
    await expect
      .poll(() => countOf(hero), {
        timeout: 10_000,
        interval: 20,
      })
      .toBe(before + 1);
    expect(Date.now() - told).toBeLessThan(2000);
    expect(await page.getByText('Phường Vĩnh Yên').count()).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
    await close();
  });

  it('fits its canvas at full HD and on a 4K wall without scrolling, and shows DEMO', async () => {
    for (const [width, height] of [
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      const { page, close } = await openPage(browser, office.url, { width, height });
      await heroOf(page, 'Tiếp nhận trong tháng').waitFor();
      const size = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return { scrollWidth, scrollHeight };
      });
      expect(size).toEqual({ scrollWidth: width, scrollHeight: height });
      await page.locator('.demo', { hasText: 'DEMO' }).waitFor();
      await close();
    }
  });

  it('drills down province, district, commune by the ranking, and Back leads all the way up', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/wall/25?period=2024-11`);
    const trail = [page.url()];
    for (const name of ['Tỉnh Vĩnh Phúc', 'Huyện Tam Dương', 'Xã Hoàng Hoa']) {
      await page.getByRole('link', { name }).first().click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      trail.push(page.url());
    }
    expect(trail.map((url) => new URL(url).pathname)).toEqual([
      '/wall/25',
      '/unit/26',
      '/unit/247',
      '/unit/08872@2025-06-30',
    ]);
    expect(trail.every((url) => new URL(url).searchParams.get('period') === '2024-11')).toBe(true);
    expect(await textOf(heroOf(page, 'Tiếp nhận trong tháng'))).toContain('40');
    for (const url of trail.slice(0, -1).reverse()) {
      await page.goBack();
      await expect.poll(() => page.url()).toBe(url);
    }
    await page.getByRole('link', { name: 'Tỉnh Vĩnh Phúc' }).first().waitFor();
    expect(troubles).toEqual([]);
    await close();
  });

  it('moves across the merger: three old provinces in June 2025, one with communes in July', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/wall/25?period=2025-07`);
    await page.getByText('148 xã, phường').first().waitFor();
    await page
      .getByRole('button', { name: /kỳ trước|lùi/i })
      .first()
      .click();
    await page.getByText('3 tỉnh').first().waitFor();
    expect(new URL(page.url()).searchParams.get('period')).toBe('2025-06');
    expect(await page.getByText(/Tỉnh Vĩnh Phúc/).count()).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
    await close();
  });

  it('says within twelve seconds that the server is lost, and heals by itself when it is back', async () => {
    const { page, close } = await openPage(browser, office.url);
    const hero = heroOf(page, 'Tiếp nhận trong tháng');
    await hero.waitFor();
    const before = await countOf(hero);
    const band = page.getByText(/MẤT KẾT NỐI/);
    expect(await band.count()).toBe(0);
    await page.locator('.connection[data-stage="live"]').waitFor();
    await office.stop();
    const lost = Date.now();
    // Looked for from outside: a page without a server draws no frames by which it could be watched.
    await expect.poll(() => band.count(), { timeout: 20_000, interval: 100 }).toBe(1);
    expect(Date.now() - lost).toBeLessThan(12_000);
    expect(await textOf(hero)).toMatch(/\d/);
    await office.start();
    await expect.poll(() => band.count(), { timeout: 30_000, interval: 100 }).toBe(0);
    const at = new Date(Date.now() - 1000).toISOString();
    await office.post([tellStep({ dossier: `healed-${at}`, unit: '08707', status: 2, at })]);
    await expect.poll(() => countOf(hero), { timeout: 10_000 }).toBe(before + 1);
    await close();
  });
});

describe('a link that seems open', () => {
  it('is said to be lost when the server stands still, hides no choice, and is whole again when it goes on', async () => {
    const { page, close } = await openPage(browser, `${office.url}/unit/25`);
    const hero = heroOf(page, 'Tiếp nhận trong tháng');
    await hero.waitFor();
    const before = await countOf(hero);
    await page.locator('.connection[data-stage="live"]').waitFor();
    office.freeze();
    const band = page.getByText(/MẤT KẾT NỐI/);
    await expect.poll(() => band.count(), { timeout: 15_000, interval: 100 }).toBe(1);
    const [side, top] = await Promise.all([page.locator('.desk-state').boundingBox(), band.boundingBox()]);
    expect((side?.y ?? 0) + (side?.height ?? 0)).toBeLessThanOrEqual(top?.y ?? 0);
    office.thaw();
    await expect.poll(() => band.count(), { timeout: 30_000, interval: 100 }).toBe(0);
    const at = new Date(Date.now() - 1000).toISOString();
    await office.post([tellStep({ dossier: `thawed-${at}`, unit: '08707', status: 2, at })]);
    await expect.poll(() => countOf(hero), { timeout: 10_000 }).toBe(before + 1);
    await close();
  });
});

describe('a part of the page that does not come', () => {
  it('costs only its own place, and comes when it can be had', async () => {
    const { page, close } = await openPage(browser, 'about:blank');
    await page.route(/canvas-[^/]*\.js$/, (route) => route.abort());
    await page.goto(`${office.url}/wall/25`);
    await heroOf(page, 'Tiếp nhận trong tháng').waitFor();
    await page.locator('.chart-wait').first().waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    await page.unroute(/canvas-[^/]*\.js$/);
    await page.locator('canvas').first().waitFor({ timeout: 20_000 });
    await close();
  });
});

describe('a screen in another zone', () => {
  it('shows the day and the month of the site', async () => {
    const timezoneId = 'America/Los_Angeles';
    const { page, troubles, close } = await openPage(browser, `${office.url}/wall/25?lang=en`, {
      timezoneId,
    });
    await page.locator('.connection[data-stage="live"]').waitFor();
    const today = new Date().toLocaleDateString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' });
    const month = new Date().toLocaleDateString('en-US', { timeZone: 'Asia/Ho_Chi_Minh', month: 'short' });
    expect(await textOf(page.locator('.day'))).toContain(today);
    expect(await textOf(page.locator('.picker-grain').nth(1))).toBe(month);
    expect(troubles).toEqual([]);
    await close();
  });
});

describe('the unit page', () => {
  it('shows a commune with form II.06a, its areas of work and its open dossiers', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/unit/08872?period=2026-10`, {
      colorScheme: 'light',
    });
    await page.getByRole('heading', { level: 1, name: 'Xã Tam Dương Bắc' }).waitFor();
    await page.getByRole('heading', { name: 'Biểu II.06a' }).waitFor();
    await page.getByText('Hộ tịch').first().waitFor();
    await page
      .getByText(/quá hạn \d+ ngày/)
      .first()
      .waitFor();
    expect(troubles).toEqual([]);
    await close();
  });

  it('says of a unit that ended who took over, and leads there and to its last month', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/unit/08875`);
    await page.getByRole('heading', { name: 'Xã Đồng Tĩnh không còn từ 01/07/2025' }).waitFor();
    expect(await page.locator('.tile').count()).toBe(0);
    await page.locator('.heirs').getByRole('link', { name: 'Xã Tam Dương Bắc' }).click();
    await page.getByRole('heading', { level: 1, name: 'Xã Tam Dương Bắc' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: /Tháng 6\/2025/ }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('period')).toBe('2025-06');
    await page.getByRole('heading', { name: 'Xã Đồng Tĩnh chưa gửi số liệu lần nào' }).waitFor();
    expect(await page.locator('.tile').count()).toBe(0);
    expect(troubles).toEqual([]);
    await close();
  });

  it('jumps to its parts and leaves the address as it is', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/unit/08872?period=2026-10`);
    await page.getByRole('button', { name: 'Theo thủ tục' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('part-procedure');
    expect(new URL(page.url()).search).toBe('?period=2026-10');
    expect(troubles).toEqual([]);
    await close();
  });

  it('keeps within a phone without scrolling sideways', async () => {
    const { page, troubles, close } = await openPage(browser, office.url, { width: 390, height: 844 });
    await page.getByRole('heading', { name: 'Biểu II.06a' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(troubles).toEqual([]);
    await close();
  });

  it('speaks English when asked, and has no serious fault of accessibility in either theme', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const colorScheme of ['dark', 'light'] as const) {
      const { page, close } = await openPage(browser, `${office.url}/unit/25?lang=en`, {
        width: 1440,
        height: 900,
        colorScheme,
      });
      await page.getByRole('heading', { level: 1, name: 'Phu Tho Province' }).waitFor();
      await page.getByText('Civil status').first().waitFor();
      await page.evaluate(axe);
      const faults = await page.evaluate(async () => {
        const { axe: runner } = window as unknown as {
          axe: { run: () => Promise<{ violations: Violation[] }> };
        };
        type Violation = { id: string; impact: string; nodes: { html: string }[] };
        const { violations } = await runner.run();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(faults).toEqual([]);
      await close();
    }
  });
});

describe('an office that is not a demo', () => {
  let closed: Office;
  beforeAll(async () => {
    closed = await openOffice({ isDemo: false });
  });
  afterAll(async () => {
    await closed?.close();
  });

  it('shows a stranger only where to ask', async () => {
    const { page, close } = await openPage(browser, closed.url);
    await page.locator('main.enter').waitFor();
    expect(await textOf(page.locator('body'))).not.toContain('Phú Thọ');
    await close();
  });

  it('lets in whoever opens a link with a display token, and takes the token out of the address', async () => {
    const { page, close } = await openPage(browser, `${closed.url}/#token=${closed.displayToken}`);
    const silent = page.getByRole('heading', { name: 'Tỉnh Phú Thọ chưa gửi số liệu lần nào' });
    await silent.waitFor();
    expect(page.url()).not.toContain(closed.displayToken);
    await page.reload();
    await silent.waitFor();
    expect(await page.getByText('DEMO', { exact: true }).count()).toBe(0);
    await close();
  });
});
