// A click while the server is away, in a real browser with a real server that goes and comes back.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

let office: Office;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: true });
  const at = new Date(Date.now() - 60_000).toISOString();
  await office.post(
    Array.from({ length: 3 }, (_, index) =>
      tellStep({ dossier: `kept-${index}`, unit: '08707', status: 2, at }),
    ),
  );
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('a click while the server is away', () => {
  it('shows the unit by name with its last figures, the wall again on the way back, and all when it is back', async () => {
    const { page, close } = await openPage(browser, `${office.url}/wall/25?indicator=HS01`);
    const unit = page.getByRole('link', { name: /Vĩnh Yên/ }).first();
    await unit.waitFor();
    const wall = page.locator('.wall .tile-hero').nth(1);
    const before = await wall.textContent();
    await page.locator('.connection[data-stage="live"]').waitFor();
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => /\/unit-[^/]*\.js$/.test(name)),
    );
    await office.stop();
    const band = page.getByText(/MẤT KẾT NỐI/);
    await expect.poll(() => band.count(), { timeout: 20_000, interval: 100 }).toBe(1);
    await unit.click();
    const title = page.getByRole('heading', { level: 1 });
    await expect.poll(() => title.textContent(), { timeout: 5_000 }).toBe('Phường Vĩnh Yên');
    const hero = page.locator('.desk .tile', { hasText: 'Tiếp nhận trong tháng' }).locator('.tile-hero');
    expect(await hero.textContent()).toContain('3');
    expect(await page.locator('.crumbs').textContent()).toContain('Tỉnh Phú Thọ');
    expect(await band.count()).toBe(1);
    await page.goBack();
    await expect.poll(() => wall.textContent()).toBe(before);
    await page.goForward();
    await office.start();
    await expect.poll(() => band.count(), { timeout: 30_000, interval: 100 }).toBe(0);
    await page.locator('.form-table').waitFor({ timeout: 15_000 });
    expect(await page.locator('.panel[data-state="offline"]').count()).toBe(0);
    expect(await hero.textContent()).toContain('3');
    await close();
  });
});
