import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../shared/period.ts';
import { openBrowser } from './browser.ts';
import { type Office, openOffice } from './office.ts';
import { openProvince } from './province.ts';
import { findViolations } from './sweep/axe.ts';
import { OFFICE_PAGES, PLAIN_PAGES, type PlainPage } from './sweep/pages.ts';
import { openPeople, PATIENT, type Sites } from './sweep/people.ts';
import { listScreens, type Screen, screenOf } from './sweep/screens.ts';
import { openWatched, sweep, visit, wordFault } from './sweep.ts';

let browser: Browser;
let province: Office;
let closed: Office;
let sites: Sites;

beforeAll(async () => {
  [browser, province, closed] = [
    await openBrowser(),
    await openProvince({ sampling: 300, kinds: 'all' }),
    await openOffice({ isDemo: false, site: PATIENT }),
  ];
  sites = await openPeople(closed, province.url);
});

afterAll(async () => {
  await browser?.close();
  await province?.close();
  await closed?.close();
});

describe('every kind of screen', () => {
  it('shows nothing over another, cut, outside, too small or blank, and says nothing to the console', async () => {
    const { screens } = listScreens('short', dayOf(Date.now(), 'Asia/Ho_Chi_Minh'));
    const faults = await sweep({ browser, sites, screens, pictures: process.env.SWEEP_PICTURES });
    expect(faults.map(wordFault)).toEqual([]);
  }, 480_000);

  it('has no fault of accessibility in either theme', async () => {
    const found: string[] = [];
    for (const [who, own] of Map.groupBy(listKinds(), (screen) => screen.who)) {
      const { page, close } = await openWatched(browser, sites[who]);
      for (const screen of own) {
        expect(await visit(page, screen)).toBe(null);
        const only = screen.theme === 'light' ? undefined : ['color-contrast'];
        const violations = await findViolations(page, { within: screen.layer, only });
        found.push(...violations.map((violation) => `${screen.page}, ${screen.theme}: ${violation}`));
      }
      await close();
    }
    expect(found).toEqual([]);
  }, 400_000);
});

/** Boards by what is special about them, and every other page; each in both themes. */
function listKinds(): Screen[] {
  const board = (path: string): PlainPage => ({ who: 'visitor', path });
  const pages = {
    'a wall with a map': board('/wall/25'),
    'a wall of one commune': board('/wall/08872'),
    'a wall of a unit that ended': board('/wall/247'),
    'a desk': board('/unit/25'),
    'a desk of a unit that ended': board('/unit/247'),
    ...PLAIN_PAGES,
    ...OFFICE_PAGES,
  };
  const themes = ['light', 'dark'] as const;
  return Object.entries(pages).flatMap(([page, plain], index) =>
    themes.map((theme) => {
      const lang = index % 2 === 0 ? 'vi' : 'en';
      const { steps, ...rest } = screenOf({ page, lang, theme, size: '1440x900' }, plain);
      // A theme changes colours and nothing else: what was opened in the first stays open in the second.
      return steps && theme === 'light' ? { ...rest, steps } : rest;
    }),
  );
}
