// People in a real browser, with a real server beside it: signing in, the lock, what is revoked, and the pages of administrators.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';
import { crowdOf, PASSWORD, setPassword, signIn } from './sign-in.ts';

const OTHER = 'con đường đất đỏ qua đồi cọ xanh';
/** Long enough for what a test does between two presses, short enough to be waited for. */
const IDLE_MINUTES = 0.15;

let office: Office;
let browser: Browser;

const wall = (page: Page) => page.locator('.wall .tile-hero').first();

/** Asks from within a page, as its own scripts would; gives the status. */
const ask = (page: Page, method: string, path: string, body?: object) =>
  page.evaluate(
    async ([verb, address, text]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(address, { method: verb, ...(text ? { headers, body: text } : {}) })).status;
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );

const cookieOf = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === 'ioc_session');

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({
    isDemo: false,
    site: { people: { idleMinutes: IDLE_MINUTES, adminIdleMinutes: 30 } },
  });
  await office.post([
    tellStep({ dossier: 'one', unit: '08707', status: 2, at: new Date(Date.now() - 60_000).toISOString() }),
  ]);
  await crowdOf(office, browser).makeAccount('admin', 'administrator', '25');
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('signing in', () => {
  it('shows a stranger no figure, and the board to whoever knows the password', async () => {
    await crowdOf(office, browser).makeAccount('leader', 'viewer', '25');
    const { page, close } = await openPage(browser, office.url);
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    expect(await page.locator('.tile').count()).toBe(0);
    await signIn(page, 'leader', 'không phải mật khẩu này');
    await page.getByRole('alert').filter({ hasText: 'không đúng' }).waitFor();
    await signIn(page, 'leader');
    await wall(page).waitFor();
    const cookie = await cookieOf(page.context());
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', secure: false });
    await page.getByRole('button', { name: /^Tài khoản:/ }).click();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    expect(await ask(page, 'GET', '/api/units')).toBe(401);
    await close();
  });

  it('answers an unknown login as it answers a wrong password', async () => {
    const { page, close } = await openPage(browser, office.url);
    const words: (string | null)[] = [];
    for (const login of ['leader', 'nobody']) {
      await signIn(page, login, 'một mật khẩu sai hoàn toàn');
      const alert = page.getByRole('alert').filter({ hasText: 'không đúng' });
      await alert.waitFor();
      words.push(await alert.textContent());
      await page.reload();
    }
    expect(words[0]).toBe(words[1]);
    await close();
  });

  it('locks an account out for an address after five failures, until an administrator lifts it', async () => {
    await crowdOf(office, browser).makeAccount('forgetful', 'viewer', '25');
    const { page, close } = await openPage(browser, office.url);
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    for (let failure = 0; failure < 5; failure += 1)
      expect(
        await ask(page, 'POST', '/api/session', { login: 'forgetful', password: 'sai rồi sai rồi' }),
      ).toBe(401);
    expect(await ask(page, 'POST', '/api/session', { login: 'forgetful', password: PASSWORD })).not.toBe(200);
    await office.command('user', 'unlock', 'forgetful');
    await signIn(page, 'forgetful');
    await wall(page).waitFor();
    await close();
  });

  it('works by the keyboard alone: in, down to a commune, and back', async () => {
    const { page, troubles, close } = await openPage(browser, office.url);
    await page.getByLabel('Tên đăng nhập').waitFor();
    const press = async (key: string, until: () => Promise<boolean>, most = 60) => {
      for (let count = 0; count < most && !(await until()); count += 1) await page.keyboard.press(key);
      expect(await until()).toBe(true);
    };
    const isFocused = (selector: string) => () =>
      page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector);
    await press('Tab', isFocused('#login'));
    await page.keyboard.type('leader');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await wall(page).waitFor();
    await page.locator('.ranking a').first().waitFor();
    await press('Tab', isFocused('.ranking a'), 200);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/unit\//);
    await page.locator('.desk-head h1').waitFor();
    await page.goBack();
    await wall(page).waitFor();
    expect(troubles.filter((trouble) => !trouble.includes('401'))).toEqual([]);
    await close();
  });
});

describe('the lock', () => {
  it('keeps the page after a while without a hand on it, gives nothing away meanwhile, and opens again', async () => {
    await crowdOf(office, browser).makeAccount('operator', 'operator', '25');
    const { page, close } = await openPage(browser, office.url);
    await signIn(page, 'operator');
    await wall(page).waitFor();
    await page.evaluate(() => history.replaceState(history.state, '', '/wall/25?indicator=TT01'));
    const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã khóa' });
    await lock.waitFor({ timeout: 30_000 });
    expect(await ask(page, 'GET', '/api/units')).toBe(401);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.lockable').isVisible()).toBe(false);
    expect(await lock.isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    await lock.getByLabel('Mật khẩu').fill('không phải');
    await lock.getByRole('button', { name: 'Mở khóa' }).click();
    await lock.getByRole('alert').waitFor();
    await lock.getByLabel('Mật khẩu').fill(PASSWORD);
    await lock.getByRole('button', { name: 'Mở khóa' }).click();
    await lock.waitFor({ state: 'detached' });
    expect(page.url()).toContain('indicator=TT01');
    await page.locator('.connection[data-stage="live"]').waitFor({ timeout: 20_000 });
    expect(await ask(page, 'GET', '/api/units')).toBe(200);
    await close();
  });
});

describe('rights that change', () => {
  it('send an open board away within a second of the account being disabled', async () => {
    await crowdOf(office, browser).makeAccount('leaver', 'viewer', '25');
    const { page, close } = await openPage(browser, office.url);
    await signIn(page, 'leaver');
    await wall(page).waitFor();
    await page.locator('.connection[data-stage="live"]').waitFor({ timeout: 20_000 });
    await office.command('user', 'disable', 'leaver');
    const since = Date.now();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor({ timeout: 10_000 });
    // The process of the command has still to end before the clock starts, the page has its own way to go.
    expect(Date.now() - since).toBeLessThan(3000);
    await close();
  });
});

describe('a request over the cookie', () => {
  it('changes nothing when it comes from another site', async () => {
    const { page, close } = await openPage(browser, office.url);
    await signIn(page, 'leader');
    await wall(page).waitFor();
    const cookie = await cookieOf(page.context());
    const headers = { cookie: `ioc_session=${cookie?.value}`, 'content-type': 'application/json' };
    const leave = (origin: string | null) =>
      fetch(`${office.url}/api/session`, {
        method: 'DELETE',
        headers: { ...headers, ...(origin === null ? {} : { origin }) },
      });
    expect((await leave('https://elsewhere.example')).status).toBe(403);
    expect((await leave(null)).status).toBe(403);
    expect(await ask(page, 'GET', '/api/units')).toBe(200);
    expect((await leave(office.url)).status).toBe(200);
    expect(await ask(page, 'GET', '/api/units')).toBe(401);
    await close();
  });
});

describe('an administrator', () => {
  it('makes an account in the browser, which sets its password by its link and signs in', async () => {
    const { page, troubles, close } = await openPage(browser, office.url);
    await signIn(page, 'admin');
    await wall(page).waitFor();
    await page.getByRole('button', { name: /^Tài khoản:/ }).click();
    await page.getByRole('link', { name: 'Các trang quản trị' }).click();
    await page.getByRole('button', { name: 'Thêm tài khoản' }).click();
    await page.getByLabel('Tên đăng nhập').fill('viettri');
    await page.getByLabel('Chức danh hiển thị').fill('Tổ vận hành phường Việt Trì');
    await page.getByLabel('Vai trò').selectOption('operator');
    await page.getByLabel('Đơn vị').fill('Phường Việt Trì');
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    const link = (await page.locator('.one-time code').textContent()) ?? '';
    await page
      .getByRole('row', { name: /viettri/ })
      .getByText('chưa đặt mật khẩu')
      .waitFor();
    const other = await openPage(browser, link);
    await setPassword(other.page, OTHER);
    await other.page.getByRole('link', { name: 'Đến trang đăng nhập' }).click();
    await signIn(other.page, 'viettri', OTHER);
    await other.page.locator('h1', { hasText: 'Phường Việt Trì' }).first().waitFor();
    await other.page.goto(link);
    await other.page.getByLabel('Mật khẩu mới', { exact: true }).fill(PASSWORD);
    await other.page.getByLabel('Nhập lại mật khẩu mới').fill(PASSWORD);
    await other.page.getByRole('button', { name: 'Đặt mật khẩu' }).click();
    await other.page.getByRole('alert').filter({ hasText: 'đã dùng' }).waitFor();
    expect(troubles.filter((trouble) => !trouble.includes('401'))).toEqual([]);
    await other.close();
    await close();
  });

  it('reads who did what, and downloads it whole', async () => {
    const { page, close } = await openPage(browser, office.url);
    await signIn(page, 'admin');
    await wall(page).waitFor();
    await page.goto(`${office.url}/audit`);
    await page.getByRole('row').nth(3).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Tải CSV' }).click();
    const stream = await (await download).createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text).toContain('person:admin');
    expect(text).not.toContain(PASSWORD);
    await page.setViewportSize({ width: 718, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    const [table, form] = [page.locator('.office-table'), page.locator('.office-form')];
    expect(await table.evaluate((whole) => whole.getBoundingClientRect().right)).toBeLessThanOrEqual(718);
    expect(await form.isVisible()).toBe(false);
    expect(await page.locator('.paper-foot').textContent()).toContain('in lúc');
    await close();
  });

  it('finds the door shut who is none', async () => {
    const { page, close } = await openPage(browser, office.url);
    await signIn(page, 'leader');
    await wall(page).waitFor();
    expect(await ask(page, 'GET', '/api/accounts')).toBe(403);
    await page.goto(`${office.url}/accounts`);
    await page.getByText('Trang này dành cho quản trị viên.').waitFor();
    await close();
  });
});
