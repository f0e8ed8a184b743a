/** People of an office in a real browser: accounts made by the command line, passwords set by their link, and signing in. */
import type { Browser, Page } from 'playwright-core';
import { openPage, type Screen, type WatchedPage } from './browser.ts';
import type { Office } from './office.ts';

export const PASSWORD = 'một chiều gió lộng bên sông Lô';

/** Sets a password on the page that its link opens. */
export async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
  await page.getByLabel('Nhập lại mật khẩu mới').fill(password);
  await page.getByRole('button', { name: 'Đặt mật khẩu' }).click();
  await page.getByText(/^Đã đặt mật khẩu cho/).waitFor();
}

/** Fills the page that asks who comes. */
export async function signIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
}

/** What is done as people of an office: an account, and a page of somebody signed in, whose troubles begin when it is asked for. */
export type Crowd = {
  makeAccount: (login: string, role: string, unit: string, password?: string) => Promise<void>;
  enter: (login: string, path: string, screen?: Screen) => Promise<WatchedPage>;
};

export function crowdOf(office: Office, browser: Browser): Crowd {
  return {
    async makeAccount(login, role, unit, password = PASSWORD) {
      const link = new URL(
        await office.command('user', 'add', '--login', login, '--role', role, '--unit', unit),
      );
      const { page, close } = await openPage(browser, office.url + link.pathname + link.hash);
      await setPassword(page, password);
      await close();
    },
    async enter(login, path, screen = {}) {
      const opened = await openPage(browser, office.url, screen);
      const { page, troubles } = opened;
      await signIn(page, login);
      await page.getByRole('button', { name: /^Tài khoản:/ }).waitFor();
      // Whoever is not known yet is told so.
      troubles.length = 0;
      await page.goto(office.url + path);
      return opened;
    },
  };
}
