// Connected systems as a browser shows them: from the strip of the wall to the page, on a phone too.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../web/build.ts';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice } from './office.ts';

const MINUTE = 60_000;

let browser: Browser;
let office: Office;

/** Readings of a system every five minutes for two hours, the newest now or some minutes ago. */
function readings(system: string, { until = 0, downFor = 0 }: { until?: number; downFor?: number }) {
  const now = Date.now();
  return Array.from({ length: 24 }, (_, index) => {
    const age = until + index * 5;
    const up = age >= downFor;
    return {
      ...{
        kind: 'probe',
        id: `${system} ${index}`,
        at: new Date(now - age * MINUTE).toISOString(),
        system,
        up,
      },
      ...{ latencyMs: 240, calls: 20, failed: up ? 0 : 20, queued: up ? 0 : 12 },
      certificateUntil: new Date(now + 100 * 86_400_000).toISOString(),
    };
  });
}

beforeAll(async () => {
  await buildWeb({ quiet: true });
  [browser, office] = await Promise.all([openBrowser(), openOffice({ isDemo: true })]);
  await office.post([
    ...readings('LGSP', {}),
    ...readings('Trục văn bản', { downFor: 32 }),
    ...readings('Cổng thanh toán', { until: 50 }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

it('the wall names the systems that are down or silent, and leads to the page that shows all', async () => {
  const { page, troubles, close } = await openPage(browser, office.url);
  const strip = page.locator('.systems-strip');
  await strip.locator('li').nth(1).waitFor();
  const lines = await strip.locator('li').allInnerTexts();
  expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/^Trục văn bản ▲2 Mất kết nối từ \d\d:\d\d \(\d+ phút\)$/),
    expect.stringMatching(/^Cổng thanh toán ▢\? Mất tín hiệu lần kiểm tra cuối /),
  ]);
  expect(await strip.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true);
  await strip.locator('a').click();
  const rows = page.locator('.systems-table tbody tr');
  await rows.first().waitFor();
  expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-state')))).toEqual([
    ...['down', 'silent', 'up'],
  ]);
  expect(await page.locator('.system-band').first().getAttribute('aria-label')).toContain('mất kết nối');
  expect(troubles).toEqual([]);
  await close();
});

it('a day before is told as one without readings; on a phone nothing runs out of the page', async () => {
  const day = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
  const { page, troubles, close } = await openPage(browser, `${office.url}/systems`, {
    width: 390,
    height: 844,
  });
  await page.locator('.systems-table tbody tr').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.locator('#systems-day').fill(day);
  await page.locator('.panel-empty').waitFor();
  expect(page.url()).toContain(`day=${day}`);
  await page.locator('.office-tools .button').click();
  await page.locator('.systems-table tbody tr').first().waitFor();
  expect(troubles).toEqual([]);
  await close();
});
