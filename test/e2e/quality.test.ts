// Data quality in a real browser: what was refused and who is missing, as the server tells it; by keyboard, on a phone and on a wall's screen.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf, periodOf, previousPeriod } from '../../shared/period.ts';
import type { QualityAnswer } from '../../shared/quality-wire.ts';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
/** What was refused is told of the month in which it came: the running one. */
const RUNNING = periodOf(dayOf(Date.now(), ZONE), 'month');
const MONTH = RUNNING.key;
const AT = new Date(Date.now() - 60_000).toISOString();
let browser: Browser;
let office: Office;

const told = (dossier: string, unit: string) => tellStep({ dossier, unit, status: 2, at: AT });

const answerOf = async (unit: string): Promise<QualityAnswer> =>
  (await fetch(`${office.url}/api/quality?unit=${unit}&period=${MONTH}`)).json() as Promise<QualityAnswer>;

beforeAll(async () => {
  [browser, office] = await Promise.all([openBrowser(), openOffice({ isDemo: true })]);
  await office.post([told('a', '08707'), told('b', '07900')]);
  await office.post([told('a', '08707')]);
  await expect(office.post([{ ...told('c', '08707'), phone: '0912' }])).rejects.toThrow('422');
  const report = (measure: string, value: number) => ({
    ...{ id: measure, kind: 'report', at: AT, unit: '08707', period: MONTH },
    ...{ measure, value },
  });
  await office.post([report('syncDue', 100), report('synced', 120)]);
});
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

it('names what was refused of a feed, how many units a total is built of, and which identity fails', async () => {
  const { page, troubles, close } = await openPage(browser, `${office.url}/quality?period=${MONTH}`);
  await page.locator('.quality-sum').first().waitFor();
  const { feeds, units } = await answerOf('25');
  expect(await page.locator('.quality-sum').first().textContent()).toContain(
    `${units[0]?.told}/${units[0]?.reporting}`,
  );
  const feed = page.getByRole('row', { name: /^Một cửa điện tử/ });
  const [one] = feeds;
  expect(await feed.textContent()).toContain(`${one?.grade?.grade} `);
  await feed.locator('summary').first().press('Enter');
  expect(await feed.locator('details li').first().textContent()).toContain('trường phone');
  const failed = page.getByRole('row', { name: /^Phường Vĩnh Yên phần không quá toàn bộ/ });
  expect(await failed.textContent()).toMatch(/^Phường Vĩnh Yên.*: 120.*: 100$/);
  expect(troubles).toEqual([]);
  await close();
});

it('leads by keyboard to a unit below and back in time, and keeps both in its address', async () => {
  const { page, troubles, close } = await openPage(browser, `${office.url}/quality?period=${MONTH}`);
  await page.getByRole('link', { name: 'Phường Vĩnh Yên' }).press('Enter');
  await page.getByText('Phường Vĩnh Yên: cả 1 đơn vị').waitFor();
  await page.getByRole('button', { name: 'Kỳ trước' }).press('Enter');
  const before = previousPeriod(RUNNING).key;
  const [year, month] = before.split('-');
  await page.getByText(`Tháng ${Number(month)}/${year}`, { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe(`?period=${before}&unit=08707`);
  expect(troubles).toEqual([]);
  await close();
});

it('fills a wall’s screen with larger type, and stays within a phone', async () => {
  const { page, close } = await openPage(browser, `${office.url}/quality?period=${MONTH}&lang=en`, {
    ...{ width: 3840, height: 2160 },
  });
  const table = page.locator('.quality-table').first();
  await table.waitFor();
  expect((await table.boundingBox())?.width ?? 0).toBeGreaterThan(3000);
  expect(await table.evaluate((box) => Number.parseFloat(getComputedStyle(box).fontSize))).toBeGreaterThan(
    24,
  );
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await close();
});
