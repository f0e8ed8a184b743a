// The ladder of explanations as people see it: a real browser before the real app, whose clock is turned by hand.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAJOR, type Office, openOffice, raise } from '../server/alerting.ts';
import type { Browser as Signed } from '../server/people.ts';
import { pass } from '../server/viewers.ts';
import { at } from '../server/world.ts';
import { openBrowser, openPage } from './browser.ts';

/** When something comes by the clock, where an explanation is on the ladder then, and who is told. */
const CLIMBS = [
  ['2026-11-18 13:30', 'Đã chuyển lên bậc 1: Người đứng đầu đơn vị'],
  ['2026-11-19 08:00', 'Đã chuyển lên bậc 2: Văn phòng UBND tỉnh'],
  ['2026-11-19 13:30', 'Đã chuyển lên bậc 3: Chủ tịch UBND tỉnh'],
] as const;

let office: Office;
let browser: Browser;
let alert: number;

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ webFolder: join(import.meta.dirname, '../../dist/web') });
  alert = await raise(office.running, office.a, MAJOR);
});

afterAll(async () => {
  await browser?.close();
  await office?.running.close();
});

/** Turns the clock, lets the judge look, and those be told who watch. */
async function turnTo(local: string): Promise<void> {
  const { running } = office;
  running.clock.set(at(local));
  const now = running.clock.now();
  await running.acts.writer.run({ name: 'judge', caller: { kind: 'clock' }, input: null, now });
  await pass(running, 200);
}

/** A page of somebody who has signed in already, live. */
async function openAs(signed: Signed, path: string) {
  const { url } = office.running;
  const opened = await openPage(browser, `${url}/robots.txt`);
  const [name = '', value = ''] = signed.cookie().split('=');
  await opened.page.context().addCookies([{ name, value, url }]);
  await opened.page.goto(url + path);
  await opened.page.locator('.connection[data-stage="live"]').waitFor({ timeout: 20_000 });
  return opened;
}

const card = (page: Page, state: string) => page.locator(`.explanation[data-state="${state}"]`);

async function urge(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Đôn đốc', exact: true }).click();
  await page.locator('.ask-box textarea').fill(note);
  await page.locator('.ask-box button[type="submit"]').click();
  await page.locator('.ask-box').waitFor({ state: 'detached' });
  await page.locator('.alert-note').filter({ hasText: note }).waitFor();
}

describe('an explanation that nobody gives', () => {
  it('goes up the ladder by the clock before the eyes of who asked, and is urgent once urged twice', async () => {
    const { page, close } = await openAs(office.operator, `/alerts/${alert}`);
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    await page.keyboard.press('e');
    await page.getByLabel('Nội dung yêu cầu').fill('Vì sao hồ sơ quá hạn?');
    await page.getByLabel('Hạn trả lời').selectOption('2 workingHours');
    await page.locator('.ask-box button[type="submit"]').click();
    await card(page, 'asked').waitFor();
    await turnTo('2026-11-18 13:29');
    await urge(page, 'gọi lần một');
    expect(await card(page, 'asked').locator('.explanation-step').count()).toBe(0);
    expect(await page.locator('.explanation-urgent').count()).toBe(0);
    await urge(page, 'gọi lần hai');
    await page.locator('.explanation-urgent').waitFor();
    for (const [when, words] of CLIMBS) {
      await turnTo(when);
      await card(page, 'late').locator('.explanation-step', { hasText: words }).waitFor({ timeout: 5_000 });
    }
    const escalated = page.locator('.alert-note').filter({ hasText: 'Chuyển cấp trên' });
    expect(await escalated.count()).toBe(CLIMBS.length);
    await close();
  });

  it('is answered late all the same, and its promise comes up on its day and is checked', async () => {
    const { page, close } = await openAs(office.operator, `/alerts/${alert}`);
    const head = await openAs(office.head, '/explanations');
    await head.page.getByRole('button', { name: 'Giải trình', exact: true }).click();
    await head.page.getByLabel('Việc gì đã xảy ra, vì sao').fill('Thiếu một người ở quầy');
    await head.page.getByLabel('Việc sẽ làm').fill('Điều thêm người từ thứ Hai');
    await head.page.locator('input[type="date"]').fill('2026-11-23');
    await head.page.getByRole('button', { name: 'Gửi giải trình' }).click();
    await card(head.page, 'promised').waitFor();
    await pass(office.running, 200);
    await card(page, 'promised').waitFor({ timeout: 5_000 });
    const escalated = page.locator('.alert-note').filter({ hasText: 'Chuyển cấp trên' });
    await turnTo('2026-11-23 08:29');
    expect(await escalated.count()).toBe(CLIMBS.length);
    await turnTo('2026-11-23 08:30');
    await expect.poll(() => escalated.count()).toBe(CLIMBS.length + 1);
    await page.getByRole('button', { name: 'Kiểm tra lời hứa', exact: true }).click();
    await page.getByLabel('Không làm đúng hẹn').check();
    await page.locator('.ask-box button[type="submit"]').click();
    await card(page, 'broken').waitFor();
    await pass(office.running, 200);
    await card(head.page, 'broken').waitFor({ timeout: 5_000 });
    await head.close();
    await close();
  });
});
