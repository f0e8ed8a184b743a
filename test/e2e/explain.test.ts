/** A figure explains itself: from the desk in a panel, from the wall in a foot; what it says is what figures say. */
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

const MONTH = '2026-09';
let office: Office;
let browser: Browser;

/** Dossiers of a commune, received on a day and all but some resolved an hour later. */
function tellDay(unit: string, day: string, { count, open }: { count: number; open: number }): object[] {
  return Array.from({ length: count }, (_, index) => {
    const dossier = `${unit}-${day}-${count}-${index}`;
    const minute = String(index).padStart(2, '0');
    const received = tellStep({ dossier, unit, status: 2, at: `${day}T08:${minute}:00+07:00` });
    const resolved = tellStep({ dossier, unit, status: 9, at: `${day}T09:${minute}:00+07:00` });
    return index < open ? [received] : [received, resolved];
  }).flat();
}

const figureOf = async (query: string) => {
  const response = await fetch(`${office.url}/api/figures?${query}`);
  const { units } = (await response.json()) as {
    units: { figures: Record<string, { value: number; numerator: number; denominator: number | null }> }[];
  };
  const [figure] = Object.values(units[0]?.figures ?? {});
  if (!figure) throw new Error(`no figure for ${query}`);
  return figure;
};

const write = (value: number, digits = 0) =>
  new Intl.NumberFormat('vi-VN', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits || 1,
  }).format(value);

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: true });
  await office.post(tellDay('08872', `${MONTH}-08`, { count: 40, open: 4 }));
  await office.post(tellDay('08707', `${MONTH}-09`, { count: 20, open: 0 }));
  // The feed goes live, and days later it corrects the month that is over: its first load is no correction.
  await office.post([
    tellStep({ dossier: 'live', unit: '08707', status: 2, at: new Date(Date.now() - 1000).toISOString() }),
  ]);
  await office.stop();
  const store = new Database(office.database);
  store.prepare('update "feed" set "liveAt" = "liveAt" - ?').run(2 * 86_400_000);
  store.close();
  await office.start();
  await office.post(tellDay('08707', `${MONTH}-10`, { count: 10, open: 0 }));
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('at the desk', () => {
  it('a tile opens its story by keyboard, with the figures of the server, and gets the focus back', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/unit/25?period=${MONTH}`);
    const opener = page.locator('.tile[data-indicator="HS01"] .explain-mark');
    await opener.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Tiếp nhận' });
    await panel.waitFor();
    expect(new URL(page.url()).searchParams.get('explain')).toBe('HS01');
    const told = await figureOf(`unit=25&period=${MONTH}&indicators=HS01`);
    const hero = panel.locator('.explain-hero strong');
    await expect.poll(() => hero.textContent()).toBe(write(told.value));
    expect(told.value).toBe(70);
    const sums = await panel
      .locator('.explain-table')
      .first()
      .locator('tbody td:last-child')
      .allTextContents();
    expect(sums.map(Number)).toEqual([told.numerator]);
    const corrected = await panel.locator('.explain-corrections li strong').allTextContents();
    expect(corrected).toEqual([expect.stringMatching(/^sửa .+: 60 → 70$/)]);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('explain')).toBeNull();
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(troubles).toEqual([]);
    await close();
  });

  it('the address of a story opens it, and a unit below leads on with it', async () => {
    const { page, close } = await openPage(
      browser,
      `${office.url}/unit/25?period=${MONTH}&explain=TT02&lang=en`,
    );
    const panel = page.getByRole('dialog');
    const told = await figureOf(`unit=25&period=${MONTH}&indicators=TT02`);
    await panel.getByText(`${told.numerator} / ${told.denominator}`).first().waitFor();
    const child = panel.locator('.explain-table tbody a').first();
    const name = (await child.textContent()) ?? '';
    await child.click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await panel.locator('.explain-head', { hasText: name }).waitFor();
    expect(new URL(page.url()).searchParams.get('explain')).toBe('TT02');
    await close();
  });

  it('follows the figure live', async () => {
    const { page, close } = await openPage(browser, `${office.url}/unit/25?explain=HS01`);
    const hero = page.locator('.explain .explain-hero strong');
    await hero.waitFor();
    const before = Number((await hero.textContent())?.replace(/\D/g, ''));
    await office.post([
      tellStep({ dossier: 'more', unit: '08707', status: 2, at: new Date(Date.now() - 500).toISOString() }),
    ]);
    await expect
      .poll(async () => Number((await hero.textContent())?.replace(/\D/g, '')), { timeout: 10_000 })
      .toBe(before + 1);
    await close();
  });

  it('a tile shows a correction of the last day, and opens its story by it', async () => {
    const { page, close } = await openPage(browser, `${office.url}/unit/25?period=${MONTH}`);
    const badge = page.locator('.tile[data-indicator="HS01"] .tile-corrected button');
    await badge.click();
    await page.locator('.explain-corrections li', { hasText: '60 → 70' }).waitFor();
    await close();
  });

  it('fills a phone, and nothing of it is cut', async () => {
    const size = { width: 390, height: 844 };
    const { page, close } = await openPage(
      browser,
      `${office.url}/unit/25?period=${MONTH}&explain=TT02`,
      size,
    );
    const panel = page.getByRole('dialog');
    await panel.locator('.explain-table').first().waitFor();
    expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, ...size });
    const width = await panel
      .locator('.explain-body')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(width).toBe(0);
    await close();
  });
});

describe('on the wall', () => {
  it('a tile tells formula, source and completeness at the foot when it is chosen, and Escape ends it', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/wall/25?period=${MONTH}`);
    await page.locator('.tile[data-indicator="TT02"] .explain-mark').click();
    const foot = page.locator('.explain-foot');
    const told = await figureOf(`unit=25&period=${MONTH}&indicators=TT02`);
    await foot.getByText(write(told.value, 1), { exact: false }).first().waitFor();
    const answer = await fetch(`${office.url}/api/explain?unit=25&indicator=TT02&period=${MONTH}`);
    const story = (await answer.json()) as {
      indicator: { source: string };
      completeness: { told: number; reporting: number };
    };
    await foot.getByText(story.indicator.source).waitFor();
    const { told: heard, reporting } = story.completeness;
    await foot.getByText(`${heard}/${reporting} đơn vị`, { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await foot.waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
    await close();
  });

  it('the focus alone shows it, and the page scrolls no further for it', async () => {
    const { page, close } = await openPage(browser, `${office.url}/wall/25?period=${MONTH}`);
    const mark = page.locator('.tile[data-indicator="HS01"] .explain-mark');
    await mark.waitFor();
    await page.locator('.tile[data-indicator="HS01"] .tile-face').focus();
    await page.keyboard.press('Tab');
    await page.locator('.explain-foot').waitFor();
    const { scrollHeight } = await page.evaluate(() => ({
      scrollHeight: document.documentElement.scrollHeight,
    }));
    expect(scrollHeight).toBe(1080);
    await close();
  });
});
