// The task board and the targets in a real browser: 13 of 15 with states and reasons; a target set, signed, and the pace it needs.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';
import { type Crowd, crowdOf } from './sign-in.ts';

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const YEAR = new Date(Date.now() + 7 * 3_600_000).getUTCFullYear();

let office: Office;
let browser: Browser;
let crowd: Crowd;

const TITLES = [
  ['Số hóa kết quả giải quyết thủ tục hành chính', 'Digitise results of procedures'],
  ['Kết nối LGSP với trục liên thông văn bản quốc gia', 'Connect LGSP with the national document axis'],
  ['Chứng thực điện tử ở mọi xã, phường', 'Electronic certification in every commune'],
] as const;

/** Fifteen tasks: 12 met, 1 exceeded, 1 blocked because its software does not run yet, 1 under way and past due. */
function tellTasks(): object[] {
  const owners = ['25', '08707', '25.SNV'];
  return Array.from({ length: 15 }, (_, index) => {
    const [vi = '', en = ''] = TITLES[index % 3] ?? [];
    const facts = {
      ...{
        kind: 'task',
        task: `plan ${index}`,
        unit: owners[index % 3],
        title: { vi: `${index + 1}. ${vi}`, en },
      },
      due: index === 14 ? ago(6) : ago(-20),
    };
    const assigned = { ...facts, id: `t${index}a`, state: 'assigned', at: ago(25) };
    const last = { ...facts, id: `t${index}b`, at: ago(10) };
    if (index === 13)
      return [assigned, { ...last, state: 'blocked', reason: 'phần mềm chưa vận hành chính thức' }];
    if (index === 14) return [assigned, { ...last, state: 'inProgress' }];
    return [assigned, { ...last, state: index === 0 ? 'exceeded' : 'met' }];
  }).flat();
}

/** Dossiers of a commune, 76 in 100 of them fully online. */
const tellDossiers = () =>
  Array.from({ length: 100 }, (_, index) => ({
    ...tellStep({ dossier: `d${index}`, unit: '08707', status: 2, at: ago(1 + (index % 20)) }),
    level: index < 76 ? 'full' : 'partial',
  }));

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({
    isDemo: false,
    site: { people: { idleMinutes: 60 }, alerting: { fourEyes: true } },
  });
  await office.post([...tellTasks(), ...tellDossiers()]);
  crowd = crowdOf(office, browser);
  await crowd.makeAccount('soan', 'editor', '25');
  await crowd.makeAccount('ky', 'editor', '25');
});
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

describe('the task board', () => {
  it('shows 13 of 15 by owner, what is blocked and why, and how long the plan has', async () => {
    const { page, troubles, close } = await crowd.enter('soan', '/tasks');
    await page.getByText('13 trên 15', { exact: true }).waitFor();
    expect(await page.locator('.task').count()).toBe(15);
    expect(await page.locator('.task[data-state="blocked"]').textContent()).toMatch(
      /Kết nối LGSP.*[\s\S]*VM[\s\S]*Vướng mắc[\s\S]*còn \d+ ngày[\s\S]*“phần mềm chưa vận hành chính thức”/,
    );
    expect(await page.locator('.task-totals .task-overdue').textContent()).toContain('1 quá hạn');
    expect(await page.locator('.plan-phase').count()).toBe(3);
    expect(await page.locator('.plan-phase[data-standing="over"]').count()).toBe(2);
    await page.getByRole('button', { name: /^(■ VM )?Vướng mắc/ }).click();
    await expect.poll(() => page.locator('.task').count()).toBe(1);
    expect(page.url()).toContain('state=blocked');
    await close();
    expect(troubles).toEqual([]);
  });
});

describe('a target', () => {
  it('is set by one editor, signed by another, and tells what it needs', async () => {
    const path = `/targets/08707?year=${YEAR}&indicator=ON02`;
    const first = await crowd.enter('soan', path);
    const form = first.page.getByRole('region', { name: 'Đặt chỉ tiêu' });
    await form.getByLabel('Giá trị phải đạt').fill('78,5');
    await form.getByLabel('Cơ quan quyết định').fill('UBND tỉnh Phú Thọ');
    await form.getByLabel('Văn bản').fill('Quyết định 45/QĐ-UBND');
    await form.getByLabel('Lý do').fill('giao chỉ tiêu năm');
    await form.getByRole('button', { name: 'Đặt, chờ ký' }).click();
    await first.page.getByRole('button', { name: /^Không ký chỉ tiêu/ }).waitFor();
    expect(await first.page.getByRole('button', { name: /^Ký chỉ tiêu/ }).count()).toBe(0);
    const row = () => first.page.locator('.target-row').first().textContent();
    expect(await row()).toMatch(/ít nhất 85\s%/);
    const second = await crowd.enter('ky', path);
    await second.page.getByLabel('Lý do ký hoặc không ký').fill('đã xem');
    await second.page.getByRole('button', { name: /^Ký chỉ tiêu/ }).click();
    const signed = second.page.locator('.target-row').first();
    await signed.getByText('ít nhất 78,5 %').waitFor();
    expect(await signed.textContent()).toMatch(
      /của chính đơn vị[\s\S]*UBND tỉnh Phú Thọ, Quyết định 45\/QĐ-UBND/,
    );
    expect(await signed.locator('.target-pace').textContent()).toMatch(
      /Cần .* mỗi ngày làm việc|Ngoài tầm|Đã đạt/,
    );
    await first.close();
    await second.close();
    expect([...first.troubles, ...second.troubles]).toEqual([]);
  });
});
