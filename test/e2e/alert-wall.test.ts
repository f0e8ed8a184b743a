// Alerts on walls in a real browser: warned, flooded, seen from four metres, without motion, and where their marks lead.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD_ARC_MINUTES, pitchOf, textPxOf } from '../../shared/legibility.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';
import type { Screen } from './sweep/screens.ts';
import { sweep, wordFault } from './sweep.ts';

const DAY_MS = 86_400_000;
const SIZES = [
  [1920, 1080],
  [3840, 1080],
  [390, 844],
] as const;

let office: Office;
let browser: Browser;
let communes: string[];

/** So many dossiers of a unit that are overdue raise an alert. */
const MANY = 6;

/** Dossiers of each unit, received so long ago that they are overdue. */
const post = (name: string, units: readonly string[]) => {
  const at = new Date(Date.now() - 30 * DAY_MS).toISOString();
  return office.post(
    units.flatMap((unit) =>
      Array.from({ length: MANY }, (_, n) =>
        tellStep({ dossier: `${name} ${unit} ${n}`, unit, status: 2, at }),
      ),
    ),
  );
};

async function openWall(size: { width: number; height: number }, path = '/wall/25') {
  const opened = await openPage(browser, `${office.url}${path}`);
  await opened.page.setViewportSize(size);
  await opened.page.locator('.alert-counts li').first().waitFor({ timeout: 20_000 });
  return opened;
}

const flashing = (page: Page) => page.locator('.alert-strip [data-flash]').count();

/** A page at every size in both languages and themes in turn. */
function listScreens(page: string, path: string): Screen[] {
  return SIZES.flatMap(([width, height], index) =>
    (['vi', 'en'] as const).map((lang, turn): Screen => {
      const theme = (index + turn) % 2 === 0 ? 'dark' : 'light';
      const address = `${path}?lang=${lang}&theme=${theme}`;
      return { page, who: 'visitor', address, width, height, lang, theme };
    }),
  );
}

async function findFaults(screens = listScreens('wall', '/wall/25')): Promise<string[]> {
  const open = { url: office.url };
  const sites = { visitor: open, stranger: open, administrator: open, viewer: open, locked: open };
  const pictures = process.env.SWEEP_PICTURES;
  return (await sweep({ browser, sites, screens, pictures })).map(wordFault);
}

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: true });
  const told = (await (await fetch(`${office.url}/api/units`)).json()) as AnswerOf<'listUnits'>;
  communes = told.units.flatMap(({ code, level }) => (level === 'commune' ? code : []));
  await post('first', communes.slice(0, 3));
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('a wall that is warned', () => {
  it('shows nothing over another, cut or too small, at any size, language and theme', async () => {
    const { close } = await openWall({ width: 1920, height: 1080 });
    await close();
    expect(await findFaults()).toEqual([]);
  });

  it('has counts that can be read from four metres on a screen of 55 inches', async () => {
    const { page, close } = await openWall({ width: 1920, height: 1080 });
    const px = await page
      .locator('.alert-count')
      .first()
      .evaluate((count) => {
        const scale = count.getBoundingClientRect().height / (count as HTMLElement).offsetHeight;
        return Number.parseFloat(getComputedStyle(count).fontSize) * scale;
      });
    const pitchMm = pitchOf(55, { width: 1920, height: 1080 });
    expect(px).toBeGreaterThanOrEqual(textPxOf(GOOD_ARC_MINUTES, { pitchMm, distanceM: 4 }));
    await close();
  });

  it('flashes one symbol of the strip once a second, half of it in sight; for who wants no motion it stands, thickly bordered', async () => {
    const { page, close } = await openWall({ width: 1920, height: 1080 });
    expect(await flashing(page)).toBe(1);
    const look = () =>
      page.locator('.alert-strip [data-flash]').evaluate((mark) => {
        const shape = getComputedStyle(mark.querySelector('.mark-shape') ?? mark);
        const { outlineStyle, animationName: own } = getComputedStyle(mark);
        const { animationName, animationDuration, animationTimingFunction } = shape;
        return { own, outlineStyle, animationName, animationDuration, animationTimingFunction };
      });
    expect(await look()).toEqual({
      ...{ own: 'none', outlineStyle: 'none', animationName: 'alert-flash', animationDuration: '1s' },
      animationTimingFunction: 'steps(1)',
    });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await look()).toMatchObject({ animationName: 'none', outlineStyle: 'solid' });
    await close();
  });

  it('leads from the mark of a unit in the ranking to its alerts', async () => {
    const { page, close } = await openWall({ width: 1920, height: 1080 });
    const mark = page.locator('.ranking .alert-link').first();
    const href = await mark.getAttribute('href');
    expect(href).toMatch(/^\/alerts(\/\d+|\?unit=)/);
    await mark.click();
    await page.locator('.alerts').waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(href);
    await close();
  });
});

describe.each(['health', 'handover'])('the page of %s', (page) => {
  it('shows nothing over another, cut or too small, at any size, language and theme', async () => {
    expect(await findFaults(listScreens(page, `/${page}`))).toEqual([]);
  });
});

describe('a wall in a flood', () => {
  it('turns by itself to one roll-up by unit with the first of all, which fits every size', async () => {
    const { page, close } = await openWall({ width: 1920, height: 1080 });
    await page.locator('.alert-line').first().waitFor();
    await post('more', communes.slice(10, 26));
    await page.locator('.flood-first').waitFor({ timeout: 20_000 });
    expect(await page.locator('.alert-line').count()).toBe(0);
    expect(await page.locator('.flood-units li').count()).toBeGreaterThan(5);
    expect(await flashing(page)).toBe(1);
    await close();
    expect(await findFaults()).toEqual([]);
  });
});
