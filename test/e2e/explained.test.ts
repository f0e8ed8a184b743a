/** Law: any figure on any page opens its story, by pointer and by keyboard, from a target of 24 px at least. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

let office: Office;
let browser: Browser;

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Dossiers of a commune, most of them resolved, as far back as this month reaches. */
function tellDossiers(unit: string, count: number): object[] {
  return Array.from({ length: count }, (_, index) => {
    const dossier = `${unit}-${index}`;
    const steps = [tellStep({ dossier, unit, status: 2, at: ago(40 + index) })];
    return index % 4 === 0 ? steps : [...steps, tellStep({ dossier, unit, status: 9, at: ago(20 + index) })];
  }).flat();
}

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: true });
  const probe = { kind: 'probe', system: 'LGSP', up: true, latencyMs: 240, calls: 20, failed: 1, queued: 3 };
  const task = {
    kind: 'task',
    task: 'plan 1',
    unit: '08707',
    title: { vi: 'Việc', en: 'Task' },
    due: ago(-9000),
  };
  await office.post([
    ...tellDossiers('08872', 40),
    ...tellDossiers('08707', 36),
    ...Array.from({ length: 6 }, (_, index) => ({ ...probe, id: `p${index}`, at: ago(5 + index * 5) })),
    { ...task, id: 't1', state: 'assigned', at: ago(60) },
  ]);
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

/** Where figures of the catalogue stand: each, and the box in which the way to its story is. */
type Places = Readonly<Record<string, string>>;
const BOARD: Places = { '.tile-hero': '.tile', '.ranking-value': '.ranking-value' };
const TABLES: Places = {
  '.form-table tbody td': 'td',
  '.form-table tfoot td': 'td',
  '.breakdown td:not(.nothing)': 'td',
};

const PAGES: readonly { path: string; figures: Places; steps?: (page: Page) => Promise<void> }[] = [
  { path: '/wall/25', figures: BOARD },
  { path: '/unit/25', figures: { ...BOARD, ...TABLES } },
  { path: '/unit/25?field=HT', figures: { '.tile-hero': '.tile', ...TABLES } },
  {
    path: '/unit/08872',
    figures: { '.trend .chart-table td': 'td' },
    steps: (page) => page.locator('.trend .chart-switch').last().click(),
  },
  { path: '/catalogue?unit=25', figures: { '.catalogue-now strong': '.catalogue-now' } },
  {
    path: '/index766?unit=25',
    figures: {
      '.index-value strong': 'strong',
      '.index-points': '.index-points',
      '.index-gains li strong': 'strong',
    },
  },
  {
    path: '/index766?unit=25&view=units',
    figures: { '.index-table tbody tr:not(.index-group) td:nth-child(3)': 'td' },
  },
  {
    path: '/systems?unit=25',
    figures: { '.systems-table td:nth-child(4)': 'td', '.systems-table td:nth-child(7)': 'td' },
  },
  { path: '/tasks/25', figures: { '.task-totals b': 'b', '.plan-phase:first-child b': 'b' } },
  { path: '/targets/25', figures: { '.target-figures div:first-child dd': 'dd' } },
];

type Seen = { figure: string; way: { width: number; height: number; tabIndex: number } | null };

/** The figures that a page shows, each with the way to its story that is within reach. */
function listFigures(places: Places): Seen[] {
  return Object.entries(places).flatMap(([selector, box]) =>
    [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((figure) => /\d/.test(figure.textContent ?? '') && figure.checkVisibility())
      .map((figure) => {
        const way = figure.closest(box)?.querySelector<HTMLElement>('[data-explains]');
        const { width = 0, height = 0 } = way?.getBoundingClientRect() ?? {};
        return {
          figure: `${selector}: ${figure.textContent?.trim()}`,
          way: way ? { width, height, tabIndex: way.tabIndex } : null,
        };
      }),
  );
}

const SMALLEST = 23.9;
const isFault = ({ way }: Seen) =>
  way === null || way.width < SMALLEST || way.height < SMALLEST || way.tabIndex < 0;

describe('any figure opens its story', () => {
  it.each(PAGES)('$path', async ({ path, figures, steps }) => {
    const { page, troubles, close } = await openPage(browser, `${office.url}${path}`);
    const [first = ''] = Object.keys(figures);
    await page
      .locator(steps ? '.trend .chart-switch' : first)
      .first()
      .waitFor();
    await steps?.(page);
    for (const selector of Object.keys(figures)) await page.locator(selector).first().waitFor();
    const seen = await page.evaluate(listFigures, figures);
    expect(seen.filter(isFault)).toEqual([]);
    expect(seen.length).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
    await close();
  });

  it('from a row of the wall by keyboard, and the story is of that unit', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/wall/25`);
    const figure = page.locator('.ranking-value [data-explains]').first();
    await figure.waitFor();
    await page.locator('.ranking-row a').first().focus();
    await page.keyboard.press('Tab');
    expect(await figure.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const name = (await page.locator('.ranking-name').first().textContent()) ?? '?';
    await page.locator('.explain-foot', { hasText: name }).waitFor();
    expect(new URL(page.url()).searchParams.get('explainUnit')).not.toBeNull();
    expect(troubles).toEqual([]);
    await close();
  });

  it('of the index by the groups and components it is made of', async () => {
    const { page, troubles, close } = await openPage(browser, `${office.url}/index766?unit=25&lang=en`);
    await page.locator('.index-value [data-explains]').click();
    const panel = page.getByRole('dialog');
    await panel.locator('.explain-group').first().waitFor();
    expect(await panel.locator('.explain-group').count()).toBe(6);
    const shown = await page.locator('.index-value strong').textContent();
    expect(await panel.locator('.explain-hero strong').textContent()).toBe(shown);
    await panel.locator('.explain-table [data-explains="TT02"]').first().click();
    await panel.getByRole('heading', { level: 2, name: 'On time (Decision 766)' }).waitFor();
    expect(troubles).toEqual([]);
    await close();
  });
});
