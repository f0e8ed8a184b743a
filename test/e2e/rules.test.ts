// Rules in a real browser, with a real server beside it: an editor writes a rule by its preview, and it warns; a limit of one's own; who may not.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';
import { type Crowd, crowdOf } from './sign-in.ts';

let office: Office;
let browser: Browser;
let crowd: Crowd;

/** Asks from within a page, as its own scripts would; gives the status and the answer. */
const ask = <T>(page: Page, method: string, path: string, body?: object) =>
  page.evaluate(
    async ([verb, address, text]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address, { method: verb, ...(text ? { headers, body: text } : {}) });
      return { status: answer.status, body: await answer.json() };
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  ) as Promise<{ status: number; body: T }>;

type Alerts = { alerts: { rule: string; ref: string; severity: string }[] };

const MINUTE_MS = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: false, site: { people: { idleMinutes: 60, adminIdleMinutes: 60 } } });
  await office.post([
    tellStep({ dossier: 'one', unit: '08707', status: 2, at: ago(30) }),
    tellStep({ dossier: 'two', unit: '08707', status: 2, at: ago(20) }),
  ]);
  crowd = crowdOf(office, browser);
  await crowd.makeAccount('soan', 'editor', '25');
  await crowd.makeAccount('xem', 'viewer', '25');
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('an editor', () => {
  it('writes a rule as a sentence, sees what it would have done while dragging, saves it, and it warns within two seconds', async () => {
    const { page, troubles, close } = await crowd.enter('soan', '/rules');
    await page.getByRole('link', { name: 'Quy tắc mới' }).click();
    await page.getByLabel('Tên (tiếng Việt)').fill('Nhiều hồ sơ tới');
    await page.getByLabel('Tên (tiếng Anh)').fill('Many dossiers');
    await page.getByRole('region', { name: 'Quy tắc' }).getByLabel('Chỉ tiêu').fill('HS01');
    await page.keyboard.press('Enter');
    await page.getByLabel('Tính trong').selectOption('day');
    await page.getByLabel('Trong đơn vị nào').fill('08707 · Phường Vĩnh Yên');
    await page.getByLabel('Ngưỡng Chú ý', { exact: true }).fill('6');
    for (const [label, text] of [
      ['Nếu không ai làm gì (tiếng Việt)', 'Hàng chờ dài ra'],
      ['Nếu không ai làm gì (tiếng Anh)', 'The queue grows'],
      ['Việc phải làm (tiếng Việt)', 'Thêm người ở quầy'],
      ['Việc phải làm (tiếng Anh)', 'Send more people'],
    ] as const)
      await page.getByLabel(label).fill(text);
    const slider = page.getByRole('slider', { name: /^Ngưỡng Chú ý/ });
    await slider.waitFor();
    const asked: string[] = [];
    page.on(
      'request',
      (request) => request.url().endsWith('/api/rules/preview') && asked.push(request.postData() ?? ''),
    );
    await slider.focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByLabel('Ngưỡng Chú ý', { exact: true }).inputValue()).toBe('3');
    await page.locator('.preview-answer:not([data-old])').waitFor();
    expect(asked.length).toBe(1);
    expect(JSON.parse(asked[0] ?? '{}').body.levels).toEqual([
      { severity: 'warning', raise: 3, count: null },
    ]);
    await page.getByText(/^Không chạy lại:|^Mọi phần đều được chạy lại/).waitFor();
    await page.getByLabel('Lý do').fill('Thử báo khi quầy đông');
    await page.getByRole('button', { name: 'Lưu quy tắc' }).click();
    await page.waitForURL(/\/rules\/r\d+$/);
    const id = page.url().split('/').at(-1);
    await page.getByRole('row', { name: /Thử báo khi quầy đông/ }).waitFor();
    expect(
      (await ask<Alerts>(page, 'GET', '/api/alerts?unit=08707')).body.alerts.filter(
        ({ rule }) => rule === id,
      ),
    ).toEqual([]);
    const told = Date.now();
    await office.post([tellStep({ dossier: 'three', unit: '08707', status: 2, at: ago(1) })]);
    const find = async () => {
      const { alerts } = (await ask<Alerts>(page, 'GET', '/api/alerts?unit=08707')).body;
      return alerts.find(({ rule }) => rule === id);
    };
    await expect.poll(find, { interval: 50 }).toMatchObject({ ref: '08707', severity: 'warning' });
    expect(Date.now() - told).toBeLessThan(2000);
    expect(troubles.filter((trouble) => !trouble.includes('401'))).toEqual([]);
    await close();
  });

  it('gives a ward a stricter limit, and sees on its page where that comes from; a looser one is refused', async () => {
    const { page, troubles, close } = await crowd.enter('soan', '/thresholds/08707');
    await page.getByRole('button', { name: 'Đặt ngưỡng riêng' }).click();
    const form = page.getByRole('region', { name: 'Đặt ngưỡng riêng' });
    await form.getByLabel('Quy tắc', { exact: true }).selectOption('TT02');
    await form.getByLabel('Ngưỡng Chú ý').fill('60');
    await form.getByLabel('Lý do').fill('phường trung tâm');
    await form.getByText('Mức nặng hơn phải xa hơn theo chiều xấu.').waitFor();
    await form.getByLabel('Ngưỡng Chú ý').fill('95');
    await form.getByRole('button', { name: 'Đặt ngưỡng', exact: true }).click();
    await form.getByText('Đã đặt ngưỡng.').waitFor();
    const row = page
      .getByRole('table', { name: 'Ngưỡng và nguồn gốc' })
      .getByRole('row', { name: /Đúng hạn \(QĐ 766\)/ });
    await row.getByText('ngưỡng riêng của Phường Vĩnh Yên').waitFor();
    expect(await row.textContent()).toContain('Chú ý thấp hơn 95 %');
    expect(await row.textContent()).toContain('“phường trung tâm”');
    await page.getByLabel('Dán bảng vào đây, hoặc chọn tệp').fill(
      JSON.stringify([
        {
          rule: 'TT02',
          unit: '08707',
          level: null,
          values: { raise: { warning: 96 } },
          reason: 'siết thêm',
        },
      ]),
    );
    const table = page.getByRole('region', { name: 'Nhập, xuất bảng ngưỡng' });
    await table.getByLabel('Lý do').fill('siết thêm');
    await table.getByRole('button', { name: 'Chạy thử' }).click();
    await table.getByText('Mới là chạy thử: chưa có gì thay đổi.').waitFor();
    expect(await row.textContent()).toContain('95 %');
    await table.getByRole('button', { name: /^Áp dụng/ }).click();
    await table.getByText('Đã áp dụng.').waitFor();
    await row.getByText('Chú ý thấp hơn 96 %').waitFor();
    expect(troubles.filter((trouble) => !trouble.includes('401'))).toEqual([]);
    await close();
  });
});

describe('a person without the role', () => {
  it('reads and tries rules, is offered no way to change them, and is refused by the server', async () => {
    const { page, close } = await crowd.enter('xem', '/rules');
    await page.getByText(/^Chỉ cán bộ đặt ngưỡng/).waitFor();
    expect(await page.getByRole('link', { name: 'Quy tắc mới' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Xem quy tắc Đúng hạn (QĐ 766)' }).click();
    await page.locator('.preview-answer').waitFor();
    expect(await page.getByRole('button', { name: 'Lưu quy tắc' }).count()).toBe(0);
    const { body } = await ask<{ rule: { current: { body: object } } }>(page, 'GET', '/api/rules/TT02');
    const order = { id: 'TT02', base: 0, body: body.rule.current.body, reason: 'không được' };
    expect((await ask(page, 'POST', '/api/rules', order)).status).toBe(403);
    await close();
  });
});
