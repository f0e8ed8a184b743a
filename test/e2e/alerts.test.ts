// Alerts in a real browser, with a real server beside it: raised live, acknowledged from the keyboard, explained, refused.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';
import { crowdOf } from './sign-in.ts';

/** A ward, and its name. */
const UNIT = { code: '08707', name: 'Phường Vĩnh Yên' };
const DAY_MS = 86_400_000;
/** What the early warning promises from an event to what is seen of it, and the way of a busy machine beside it. */
const SEEN_MS = 2_000;

/** So many overdue dossiers are more than a message. */
const ENOUGH = 6;

let office: Office;
let browser: Browser;

/** A page of somebody signed in, live. */
async function openAs(login: string, path: string) {
  const opened = await crowdOf(office, browser).enter(login, path);
  await opened.page.locator('.connection[data-stage="live"]').waitFor({ timeout: 20_000 });
  return opened;
}

const row = (page: Page) => page.locator('.alert-row[data-alert]').filter({ hasText: UNIT.name });

/** A dossier received so long ago that it is overdue. */
const overdue = (dossier: string) =>
  tellStep({ dossier, unit: UNIT.code, status: 2, at: new Date(Date.now() - 30 * DAY_MS).toISOString() });

/** Asks from within a page, as its own scripts would; gives the status. */
const ask = (page: Page, path: string, body: object) =>
  page.evaluate(
    async ([address, text]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(address, { method: 'POST', headers, body: text })).status;
    },
    [path, JSON.stringify(body)] as const,
  );

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: false });
  const { makeAccount } = crowdOf(office, browser);
  await makeAccount('operator', 'operator', '25');
  await makeAccount('head', 'head', UNIT.code);
  await makeAccount('viewer', 'viewer', '25');
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('an alert', () => {
  it('is seen within two seconds of the event that raised it, and acknowledged from the keyboard alone', async () => {
    const { page, troubles, close } = await openAs('operator', '/alerts?state=new');
    await page.getByText('Không có cảnh báo').waitFor();
    const since = Date.now();
    await office.post(Array.from({ length: ENOUGH }, (_, one) => overdue(`d${one}`)));
    await row(page).first().waitFor({ timeout: 10_000 });
    expect(Date.now() - since).toBeLessThan(SEEN_MS);
    await page.keyboard.press('Home');
    const id = await page.locator('.alert-row:focus').getAttribute('data-alert');
    await page.keyboard.press('a');
    await page.locator('.ask-box textarea:focus').waitFor();
    await page.keyboard.type('Đã gọi bộ phận một cửa');
    await page.keyboard.press('Control+Enter');
    await page.locator(`.alert-row[data-alert="${id}"]`).waitFor({ state: 'detached' });
    await page.goto(`${office.url}/alerts/${id}`);
    await page.locator('.alert-note').filter({ hasText: 'Đã gọi bộ phận một cửa' }).waitFor();
    expect(troubles.filter((trouble) => !trouble.includes('401'))).toEqual([]);
    await close();
  });

  it('is commented, shelved and found on the shelf by others at once', async () => {
    const other = await openAs('viewer', '/alerts?state=shelved');
    const { page, close } = await openAs('operator', '/alerts');
    await row(page).first().waitFor();
    await row(page).first().locator('a').click();
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    await page.keyboard.press('s');
    await page.getByLabel('Lý do').fill('Chờ liên thông dữ liệu');
    await page.getByLabel('Số giờ').fill('2');
    await page.keyboard.press('Control+Enter');
    await page.locator('.alert-label[data-label="shelved"]').waitFor();
    await row(other.page).first().waitFor();
    await page.getByRole('button', { name: 'Thôi gác' }).click();
    await row(other.page).first().waitFor({ state: 'detached' });
    await other.close();
    await close();
  });
});

describe('an explanation', () => {
  it('is asked by an operator, answered by the head of the unit, and seen answered', async () => {
    const { page, close } = await openAs('operator', '/alerts');
    await row(page).first().locator('a').click();
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    await page.keyboard.press('e');
    await page.getByLabel('Nội dung yêu cầu').fill('Vì sao hồ sơ quá hạn?');
    await page.getByLabel('Hạn trả lời').selectOption({ index: 2 });
    await page.locator('.ask-box button[type="submit"]').click();
    await page.locator('.explanation[data-state="asked"]').waitFor();
    const head = await openAs('head', '/explanations');
    await head.page.getByRole('button', { name: 'Giải trình', exact: true }).click();
    await head.page.getByLabel('Việc gì đã xảy ra, vì sao').fill('Thiếu một người ở quầy');
    await head.page.getByLabel('Việc sẽ làm').fill('Điều thêm người từ thứ Hai');
    await head.page.getByRole('button', { name: 'Gửi giải trình' }).click();
    await head.page.locator('.explanation[data-state="answered"]').waitFor();
    await page
      .locator('.explanation[data-state="answered"]')
      .filter({ hasText: 'Thiếu một người' })
      .waitFor();
    await head.close();
    await close();
  });

  it('is asked by a slip that prints on one page', async () => {
    const { page, close } = await openAs('operator', '/alerts');
    await row(page).first().locator('a').click();
    await page.getByRole('link', { name: 'Phiếu in' }).first().click();
    await page.getByRole('heading', { name: 'PHIẾU YÊU CẦU GIẢI TRÌNH' }).waitFor();
    const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(file.match(/\/Type\s*\/Page[^s]/g)?.length).toBe(1);
    await close();
  });
});

describe('a viewer', () => {
  it('sees alerts, is told why there is no button, and is refused by the server', async () => {
    const { page, close } = await openAs('viewer', '/alerts');
    await row(page).first().waitFor();
    await page.getByText(/Tài khoản của bạn chỉ xem/).waitFor();
    expect(await page.getByRole('button', { name: /Xác nhận/ }).count()).toBe(0);
    const id = await row(page).first().getAttribute('data-alert');
    expect(await ask(page, `/api/alerts/${id}/acknowledge`, {})).toBe(403);
    expect(await ask(page, `/api/alerts/${id}/note`, { text: 'tôi cũng muốn' })).toBe(403);
    await close();
  });
});
