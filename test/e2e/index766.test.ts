// The index of Decision 766 in a real browser: as the server tells it, where points are lost, ranks, the gap to the portal, and a sealed month.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { dayOf, periodOf, previousPeriod } from '../../shared/period.ts';
import { openBrowser, type Screen } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';
import { crowdOf } from './sign-in.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const MONTH = previousPeriod(periodOf(dayOf(Date.now(), ZONE), 'month')).key;

let office: Office;
let browser: Browser;
let count = 0;

/** Dossiers of a unit in the month before this one, so many of them late. */
function handle(unit: string, size: number, late: number): object[] {
  return Array.from({ length: size }, (_, index) => {
    count += 1;
    const end = index < late ? '28' : '05';
    const told = (status: number, day: string) =>
      tellStep({ dossier: `d${count}`, unit, status, at: `${MONTH}-${day}T09:00:00+07:00` });
    return [told(2, '04'), told(9, end)];
  }).flat();
}

const report = (unit: string, values: Record<string, number>): object[] =>
  Object.entries(values).map(([measure, value]) => ({
    ...{
      id: `r${++count}`,
      kind: 'report',
      at: `${MONTH}-28T09:00:00+07:00`,
      unit,
      measure,
      period: MONTH,
      value,
    },
  }));

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: false, site: { people: { idleMinutes: 60, adminIdleMinutes: 60 } } });
  await office.post([
    ...handle('08707', 10, 2),
    ...handle('07900', 10, 5),
    ...report('08707', { portalReceived: 12, portalOnTime: 6, portalOnlinePoints: 9 }),
    ...report('25', { portalTransparencyPoints: 7.96, portalPublic: 89, portalComplete: 87 }),
  ]);
  await crowdOf(office, browser).makeAccount('soan', 'editor', '25');
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

const enter = (path: string, screen: Screen = {}) => crowdOf(office, browser).enter('soan', path, screen);

const answerOf = (page: Page, unit: string) =>
  page.evaluate(
    async (address) => (await fetch(address)).json(),
    `/api/index766?unit=${unit}&period=${MONTH}`,
  ) as Promise<IndexAnswer>;

const comma = (value: number) => value.toFixed(2).replace('.', ',');
const regionOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('the page of the index', () => {
  it('shows the total, the groups and the components that the server tells', async () => {
    const { page, troubles, close } = await enter(`/index766?unit=08707&period=${MONTH}`);
    const total = regionOf(page, 'Tổng điểm');
    await total.getByText('/100').waitFor();
    const { score } = await answerOf(page, '08707');
    expect(await total.locator('strong').textContent()).toBe(comma(score.value ?? 0));
    const groups = regionOf(page, 'Sáu nhóm').getByRole('listitem');
    expect(await groups.count()).toBe(6);
    expect(await groups.nth(1).textContent()).toContain('16,00/20');
    expect(await groups.nth(2).textContent()).toContain('lấy từ Cổng');
    const row = page.getByRole('row', { name: /^Hồ sơ đúng hạn/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['8 / 10', '80,00 %', '16,00/20', '−4,00']);
    expect(await page.getByRole('row', { name: /^Công bố TTHC đúng hạn/ }).textContent()).toContain(
      'chưa có nguồn số liệu',
    );
    expect(troubles).toEqual([]);
    await close();
  });

  it('says what would raise it most, and by how many cases', async () => {
    const { page, close } = await enter(`/index766?unit=08707&period=${MONTH}`);
    const gains = regionOf(page, 'Tăng điểm nhiều nhất ở đâu').getByRole('listitem');
    await gains.first().waitFor();
    const { gains: told } = await answerOf(page, '08707');
    expect(await gains.count()).toBe(Math.min(8, told.length));
    expect(await gains.filter({ hasText: 'Hồ sơ đúng hạn' }).textContent()).toContain('cần thêm 2 hồ sơ');
    await close();
  });

  it('ranks units below within their class, and leads to one of them by the keyboard', async () => {
    const { page, troubles, close } = await enter(`/index766?period=${MONTH}`);
    await page.getByRole('button', { name: 'Đơn vị', exact: true }).press('Enter');
    const units = regionOf(page, 'Các đơn vị trực thuộc');
    const rows = units.getByRole('row').filter({ has: page.getByRole('link') });
    await rows.first().waitFor();
    expect((await rows.nth(0).textContent())?.startsWith('1Phường Vĩnh Yên')).toBe(true);
    expect((await rows.nth(1).textContent())?.startsWith('2Phường Việt Trì')).toBe(true);
    await rows.nth(0).getByRole('link').press('Enter');
    await page.getByRole('heading', { name: /Phường Vĩnh Yên$/ }).waitFor();
    expect(page.url()).toContain('unit=08707');
    expect(troubles).toEqual([]);
    await close();
  });

  it('puts the portal’s figures beside ours, by component and by unit', async () => {
    const { page, close } = await enter(`/index766?unit=08707&period=${MONTH}&view=gap`);
    const row = page.getByRole('row', { name: /^Hồ sơ đúng hạn.*10,00/ });
    await row.waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['16,00 8/10', '10,00 6/12', '+6,00']);
    await page.goto(`${office.url}/index766?period=${MONTH}&view=gap`);
    const byUnit = regionOf(page, 'Theo đơn vị: Hồ sơ đúng hạn');
    expect(await byUnit.getByRole('row').nth(1).textContent()).toContain('Phường Vĩnh Yên');
    await page.getByRole('button', { name: 'Kết quả điện tử' }).click();
    await regionOf(page, 'Theo đơn vị: Kết quả điện tử').waitFor();
    await close();
  });

  it('stays within a phone, in English too, and says why there is nothing of a month to come', async () => {
    const phone = { width: 390, height: 844 };
    const { page, close } = await enter(`/index766?unit=08707&period=${MONTH}&lang=en`, phone);
    await regionOf(page, 'Total').getByText('/100').waitFor();
    for (const view of ['Units', 'Gap to the portal', 'Where points are lost']) {
      await page.getByRole('button', { name: view, exact: true }).click();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, view).toBeLessThanOrEqual(390);
    }
    await page.goto(`${office.url}/index766?unit=08707&period=2099-01&lang=en`);
    await page.getByText('No figures yet').waitFor();
    expect(await page.getByRole('row', { name: /^Dossiers on time/ }).textContent()).toContain(
      'has not begun',
    );
    await close();
  });

  it('is sealed by an editor, and tells what came later beside what was sealed', async () => {
    const { page, troubles, close } = await enter(`/index766?unit=08707&period=${MONTH}`);
    const total = regionOf(page, 'Tổng điểm');
    const sealed = await total.locator('strong').textContent();
    await total.getByText('Chốt số liệu tháng').first().click();
    await total.getByLabel('Lý do').fill('Chốt theo lịch báo cáo');
    await total.getByRole('button', { name: 'Chốt số liệu tháng' }).click();
    await total.getByText('Đã chốt').waitFor();
    expect(await total.textContent()).toContain('bởi soan: Chốt theo lịch báo cáo');
    expect(await total.textContent()).toContain('Từ đó số liệu không thay đổi.');
    await office.post(handle('08707', 10, 0));
    await page.reload();
    await total.getByText('Hồ sơ đúng hạn: chốt 16,00, nay 18,00').waitFor();
    expect(await total.locator('strong').textContent()).toBe(sealed);
    expect(troubles).toEqual([]);
    await close();
  });
});

describe('the panel of the index', () => {
  const bars = (page: Page) => page.locator('.index-panel li a');

  it('stands on the wall, the wide wall and the phone as the server tells it, and leads to the page', async () => {
    const { page, troubles, close } = await enter(`/wall/08707?period=${MONTH}`, {
      width: 1920,
      height: 1080,
    });
    const panel = page.locator('.index-panel');
    for (const [width, height] of [
      [1920, 1080],
      [3840, 1080],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await panel.locator('strong').waitFor();
      const { score } = await answerOf(page, '08707');
      expect(await panel.locator('strong').textContent()).toBe(comma(score.value ?? 0));
      const points = score.groups.map(({ points: own, outOf }) => (outOf === 0 ? '–' : comma(own)));
      const written = await bars(page).locator('.index-panel-points').allTextContents();
      expect(written.map((told) => told.split('/')[0])).toEqual(points);
      const known = score.groups.filter(({ outOf }) => outOf > 0).length;
      expect(await panel.textContent()).toContain(`${known} trên 6 nhóm có số liệu`);
    }
    await page.setViewportSize({ width: 1920, height: 1080 });
    await bars(page).nth(1).press('Enter');
    await regionOf(page, 'Tổng điểm').getByText('/100').waitFor();
    expect(new URL(page.url()).search).toBe(`?unit=08707&view=points&period=${MONTH}`);
    expect(troubles).toEqual([]);
    await close();
  });

  it('of the running month moves by itself when dossiers come in', async () => {
    const { page, troubles, close } = await enter('/unit/08707');
    const panel = page.locator('.index-panel');
    await panel.getByText('tạm tính').waitFor();
    const before = await panel.textContent();
    const now = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const told = (index: number, status: number, at: string) =>
      tellStep({ dossier: `now${index}`, unit: '08707', status, at });
    await office.post([0, 1, 2].flatMap((index) => [told(index, 2, now(3)), told(index, 9, now(1))]));
    await expect.poll(() => panel.textContent(), { timeout: 20_000 }).not.toBe(before);
    expect(troubles).toEqual([]);
    await close();
  });

  it('opens the story of its total on the desk', async () => {
    const { page, close } = await enter(`/unit/08707?period=${MONTH}`);
    await page.locator('.index-panel [data-explains="IDX"]').press('Enter');
    const story = page.getByRole('dialog', { name: 'Điểm QĐ 766' });
    await story.waitFor();
    expect(await story.locator('.explain-hero strong').textContent()).toMatch(/^\d/);
    await close();
  });
});
