import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, type WatchedPage } from './browser.ts';
import type { Finding } from './eyes/box.ts';
import type { Allowance } from './eyes/texts.ts';
import { countCovered, coverAll, groupsOf } from './sweep/covering.ts';
import { OFFICE_PAGES, PLAIN_PAGES } from './sweep/pages.ts';
import { listScreens } from './sweep/screens.ts';
import { bundleEyes, lookAt, settlePage } from './sweep.ts';

let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  browser = await openBrowser();
  const script = await bundleEyes();
  watched = await openPage(browser, 'about:blank', { width: 800, height: 600, script });
});

afterAll(async () => {
  await browser?.close();
});

type Words = { isTouched?: boolean; allowed?: readonly Allowance[] };

async function lookAtBody(body: string, { isTouched = false, allowed = [] }: Words = {}): Promise<Finding[]> {
  const style = 'body { margin: 20px; font: 16px/1.5 sans-serif } div { position: relative }';
  await watched.page.setContent(
    `<!doctype html><html lang="en"><style>${style}</style><body>${body}</body></html>`,
  );
  expect(await settlePage(watched.page)).toBe(null);
  return lookAt(watched.page, { isTouched, allowed });
}

const namesOf = (found: readonly Finding[]) => found.map(({ kind, element }) => `${kind} ${element}`);

const LONG = 'A name much longer than its place';
const wallOf = (inside: string) =>
  `<div class="wall" style="position:absolute;left:0;top:0;width:1400px;height:1000px;font-size:20px;transform:scale(.5);transform-origin:0 0">${inside}</div>`;

describe('what a sweep sees', () => {
  it('finds nothing on a page that is well', async () => {
    const body = `<div class="panel" style="border:1px solid;padding:4px;width:400px"><p class="a">One line</p><p class="b">Another</p>
      <button style="width:100px;height:30px">Press</button></div>`;
    expect(await lookAtBody(body, { isTouched: true })).toEqual([]);
  });

  it.each([
    [
      'text over text',
      '<p class="a">First text</p><p class="b" style="margin-top:-34px">Other text</p>',
      ['text-overlap .a × .b'],
    ],
    [
      'a text that an ellipsis shortens',
      `<p class="a" style="width:90px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">${LONG}</p>`,
      ['text-cut .a'],
    ],
    [
      'a text cut at the side by what holds it',
      `<div class="box" style="width:90px;overflow:clip"><span class="a" style="white-space:nowrap">${LONG}</span></div>`,
      ['text-cut .box .a'],
    ],
    [
      'a line cut below',
      `<div class="box" style="width:300px;height:30px;overflow:hidden"><p class="a" style="margin:0">One<br>Two</p></div>`,
      ['text-cut .box .a'],
    ],
    [
      'a text out of its box',
      `<div class="box" style="width:90px;border:1px solid"><span class="a" style="white-space:nowrap">${LONG}</span></div>`,
      ['text-sticks-out .box .a'],
    ],
    [
      'what is hidden and no text',
      '<div class="box" style="height:30px;overflow:hidden"><div class="a" style="height:60px;width:50px"></div></div>',
      ['hidden-overflow .box'],
    ],
    ['a text too small', '<p class="a" style="font-size:11px">Small</p>', ['text-small .a']],
    [
      'a box over a box',
      `<div class="a" style="height:50px;background:#ddd"></div><div class="b" style="height:50px;margin-top:-10px;background:#aaa"></div>`,
      ['box-overlap .a × .b'],
    ],
    ['a page wider than its screen', '<div class="a" style="width:900px">Wide</div>', ['page-scrolls .a']],
    ['a chart with nothing on it', '<canvas class="a" width="80" height="40"></canvas>', ['blank-chart .a']],
  ])('finds %s', async (_name, body, expected) => {
    expect(namesOf(await lookAtBody(body)).map((name) => name.replace(/\s+/g, ' '))).toEqual(expected);
  });

  it('finds on the wall small text, what must be scrolled, what leaves the canvas or lies under the strip', async () => {
    const inside = `<p class="small" style="font-size:17px">Small</p>
      <div class="scroller" style="width:200px;height:40px;overflow:auto"><p class="far" style="margin:60px 0 0">Far</p></div>
      <p class="out" style="position:absolute;left:1390px;top:300px;margin:0;white-space:nowrap">Out of it</p>
      <div class="wall-body" style="position:static"><p class="low" style="position:absolute;top:925px;margin:0">Low</p></div>
      <div class="strip" style="position:absolute;left:0;right:0;top:940px;height:60px"></div>`;
    expect(namesOf(await lookAtBody(wallOf(inside)))).toEqual([
      'wall-scrolls .scroller .far',
      'text-small .wall .small',
      'outside-canvas .wall .out',
      'under-strip .wall-body .low',
    ]);
  });

  it('finds targets too small for a finger, but not those that stand apart or in a sentence', async () => {
    const small = 'display:inline-block;width:20px;height:20px;padding:0;border:0';
    const body = `<div><button class="a" style="${small}">a</button><button class="b" style="${small}">b</button></div>
      <div style="margin-top:60px"><button class="c" style="${small}">c</button></div>
      <p style="margin-top:60px">Read <a href="#x" class="d">this</a> first.</p>`;
    const found = await lookAtBody(body, { isTouched: true });
    expect(namesOf(found)).toEqual(['target-small .a', 'target-small .b']);
  });

  it('finds what a chart writes over its own words, beyond its edge, or too small', async () => {
    await lookAtBody('<canvas class="a" width="300" height="100"></canvas>');
    await watched.page.evaluate(() => {
      const context = document.querySelector('canvas')?.getContext('2d');
      if (!context) return;
      context.font = '16px sans-serif';
      context.fillText('Forgotten', 150, 20);
      context.clearRect(0, 0, 300, 100);
      context.fillText('First', 10, 40);
      context.fillText('Other', 14, 44);
      context.fillText('Beyond', 280, 80);
      context.font = '9px sans-serif';
      context.fillText('Tiny', 150, 80);
    });
    const found = await lookAt(watched.page, { isTouched: false, allowed: [] });
    expect(found.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'text-overlap: First × Other',
      'text-cut: Beyond',
      'text-small: 9.0 px: Tiny',
    ]);
  });

  it('bears a cut that is allowed only where the whole stands in a title', async () => {
    const style = 'width:90px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis';
    const allowed = [{ element: '.a', reason: 'planted' }];
    const bodyOf = (title: string) => `<p class="a" ${title} style="${style}">${LONG}</p>`;
    expect(await lookAtBody(bodyOf(`title="${LONG}"`), { allowed })).toEqual([]);
    expect(namesOf(await lookAtBody(bodyOf('title="A name"'), { allowed }))[0]).toBe('text-cut .a');
    expect(namesOf(await lookAtBody(bodyOf(`title="${LONG}"`)))[0]).toBe('text-cut .a');
  });

  it('does not take for overlaps lines that are set close, columns, or texts for screen readers', async () => {
    const body = `<p style="line-height:1.25">Ợ close g<br>Ẫ lines</p><div style="display:flex;gap:2px"><span>a</span><span>b</span></div>
      <span style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap">${LONG}</span>`;
    expect(await lookAtBody(body)).toEqual([]);
  });

  it('takes what a menu covers for covered, but sees what is wrong within it and where it leaves the screen', async () => {
    const menuOf = (place: string, inside: string) =>
      `<p class="a">Under it</p><div class="menu" style="position:absolute;z-index:40;${place};background:#eee">${inside}</div>`;
    const plain = '<p class="b" style="margin:0">Over it</p>';
    expect(await lookAtBody(menuOf('left:20px;top:20px', plain))).toEqual([]);
    const heaped = `${plain}<p class="c" style="margin:-20px 0 0">Heaped</p>`;
    expect(namesOf(await lookAtBody(menuOf('left:20px;top:20px', heaped)))).toEqual([
      'text-overlap .menu .b × .menu .c',
    ]);
    const lost = await lookAtBody(menuOf('left:-20px;top:200px', plain));
    expect(namesOf(lost)).toContain('layer-lost .menu');
  });

  it('waits for what loads, and says what it waited for in vain', async () => {
    await lookAtBody('<p>Ready</p>');
    await watched.page.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<i class="skeleton"></i>'),
    );
    expect(await settlePage(watched.page, 300)).toBe('skeleton');
  });
});

describe('which screens a sweep opens', () => {
  const axes = { a: ['1', '2', '3'], b: ['x', 'y'], c: ['p', 'q', 'r', 's'] };

  it('covers every pair in fewer rows than there are combinations, the same ones each time', () => {
    const groups = groupsOf(Object.keys(axes), 2);
    const rows = coverAll({ axes, groups, seed: 7 });
    expect(countCovered({ axes, groups }, rows)).toEqual({ all: 26, covered: 26 });
    expect(rows.length).toBeLessThan(24);
    expect(coverAll({ axes, groups, seed: 7 })).toEqual(rows);
    expect(countCovered({ axes, groups }, rows.slice(1)).covered).toBeLessThan(26);
  });

  it('covers every triple when asked', () => {
    const groups = [['a', 'b', 'c']];
    expect(coverAll({ axes, groups, seed: 1 })).toHaveLength(24);
  });

  it.each(['short', 'all'] as const)('leaves no combination of the %s sweep out', (depth) => {
    const { screens, combinations } = listScreens(depth, '2026-11-27');
    expect(combinations.covered).toBe(combinations.all);
    expect(new Set(screens.map(({ page }) => page))).toEqual(
      new Set(['wall', 'unit', ...Object.keys(PLAIN_PAGES), ...Object.keys(OFFICE_PAGES)]),
    );
  });
});
