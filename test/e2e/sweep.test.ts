import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../shared/period.ts';
import { openBrowser } from './browser.ts';
import { type Office, openOffice } from './office.ts';
import { openProvince } from './province.ts';
import { findViolations } from './sweep/axe.ts';
import { listScreens, type Screen } from './sweep/screens.ts';
import { openWatched, sweep, visit, wordFault } from './sweep.ts';

let browser: Browser;
let province: Office;
let closed: Office;

beforeAll(async () => {
  [browser, province, closed] = [
    await openBrowser(),
    await openProvince({ sampling: 300 }),
    await openOffice({ isDemo: false }),
  ];
});

afterAll(async () => {
  await browser?.close();
  await province?.close();
  await closed?.close();
});

describe('every kind of screen', () => {
  it('shows nothing over another, cut, outside, too small or blank, and says nothing to the console', async () => {
    const { screens } = listScreens('short', dayOf(Date.now(), 'Asia/Ho_Chi_Minh'));
    const sites = { open: province.url, closed: closed.url };
    const faults = await sweep({ browser, sites, screens, pictures: process.env.SWEEP_PICTURES });
    expect(faults.map(wordFault)).toEqual([]);
  }, 300_000);

  it('has no fault of accessibility in either theme', async () => {
    const kinds = [
      ['a wall with a map', '/wall/25?'],
      ['a wall of one commune', '/wall/08872?'],
      ['a wall of a unit that ended', '/wall/247?'],
      ['a desk', '/unit/25?lang=en&'],
      ['a desk of a unit that ended', '/unit/247?'],
      ['a wall without a unit', '/wall/99999?'],
      ['a desk without a unit', '/unit/99999?'],
    ];
    const found: string[] = [];
    for (const [site, paths] of [
      [province.url, kinds],
      [closed.url, [['the door', '/?']]],
    ] as const) {
      const { page, close } = await openWatched(browser, site);
      for (const [name, path] of paths) {
        for (const theme of ['dark', 'light'] as const) {
          const lang = path?.includes('lang=en') ? 'en' : 'vi';
          const screen: Screen = {
            ...{ page: name ?? '', isOpen: true, address: `${path}theme=${theme}`, theme, lang },
            ...{ width: 1440, height: 900 },
          };
          expect(await visit(page, screen)).toBe(null);
          found.push(...(await findViolations(page)).map((violation) => `${name}, ${theme}: ${violation}`));
        }
      }
      await close();
    }
    expect(found).toEqual([]);
  }, 120_000);
});
