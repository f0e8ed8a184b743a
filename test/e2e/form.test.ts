/** Form II.06a and 07a on a unit's page, and the workbook that its button downloads: read back, it has the figures on screen. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, FORMS, type FormId } from '../../shared/form-layout.ts';
import { workOut } from '../server/calculator.ts';
import { type Book, type BookSheet, findLines, nameOfColumn, readBook } from '../server/workbook.ts';
import { openBrowser, openPage } from './browser.ts';
import { type Office, openOffice, tellStep } from './office.ts';

const MONTH = '2026-09';
let office: Office;
let browser: Browser;

type Life = { unit: string; day: string; count: number; end?: number; until?: string; more?: object };

/** Dossiers taken in on a day, and brought to an end on another, or left open. */
const tell = ({ unit, day, count, end, until, more = {} }: Life): object[] =>
  Array.from({ length: count }, (_, index) => {
    const dossier = `${unit}-${day}-${end ?? 'open'}-${until ?? ''}-${index}`;
    const at = (on: string, hour: number) => `${on}T0${hour}:${String(index % 60).padStart(2, '0')}:00+07:00`;
    const first = tellStep({ dossier, unit, status: 2, at: at(day, 8) });
    const steps =
      end === undefined
        ? [first]
        : [first, tellStep({ dossier, unit, status: end, at: at(until ?? day, 9) })];
    return steps.map((step) => ({ ...step, ...more }));
  }).flat();

beforeAll(async () => {
  browser = await openBrowser();
  office = await openOffice({ isDemo: true });
  await office.post([
    ...tell({ unit: '08872', day: '2026-08-28', count: 3 }),
    ...tell({ unit: '08872', day: `${MONTH}-08`, count: 40, end: 9 }),
    ...tell({ unit: '08707', day: `${MONTH}-09`, count: 7, end: 9, until: `${MONTH}-25` }),
    ...tell({
      unit: '08707',
      day: `${MONTH}-10`,
      count: 5,
      more: { field: '=1+1', channel: 'direct', level: 'none' },
    }),
    ...tell({ unit: '08707', day: `${MONTH}-11`, count: 4, end: 7, more: { field: 'Đất đai', fee: true } }),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

type Row = { name: string; values: (number | string)[] };

/** The form as it stands on screen, the sum last. */
async function readScreen(page: Page): Promise<Row[]> {
  const rows = page.locator('#part-form .form-table').locator('tbody tr, tfoot tr');
  const texts = await rows.evaluateAll((lines) =>
    lines.map((line) => [
      line.querySelector('th')?.textContent ?? '',
      ...[...line.querySelectorAll('td')].map((cell) => (cell.matches('.nothing') ? '–' : cell.textContent)),
    ]),
  );
  return texts.map(([name = '', ...values]) => ({
    name,
    values: values.map((value) =>
      value === '–' ? value : Number(value.replaceAll('.', '').replace(',', '.')),
    ),
  }));
}

/** The same rows of a sheet, every formula worked out anew. */
function readLines(sheet: BookSheet, id: FormId): Row[] {
  const { first, sum } = findLines(sheet);
  return Array.from({ length: sum - first + 1 }, (_, index) => ({
    name: String(sheet.cells.get(`B${first + index}`)?.value ?? 'Tổng cộng'),
    values: columnsOf(FORMS[id]).map(({ number }) => {
      const value = workOut(sheet, `${nameOfColumn(number)}${first + index}`);
      return typeof value === 'number' ? Math.round(value * 100) / 100 : String(value);
    }),
  }));
}

async function download(page: Page): Promise<{ book: Book; name: string }> {
  const told = page.waitForEvent('download');
  const button = page.locator('#part-form').getByRole('link', { name: 'Tải XLSX' });
  await button.focus();
  await page.keyboard.press('Enter');
  const file = await told;
  return { book: await readBook(await readFile(await file.path())), name: file.suggestedFilename() };
}

function sheetOf({ sheets }: Book, id: FormId): BookSheet {
  const sheet = sheets.find(({ name }) => name === id);
  if (!sheet) throw new Error(`there is no sheet ${id}`);
  return sheet;
}

const SCREENS = [
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];

describe.each(SCREENS)('the form at $width wide', (screen) => {
  it('is on screen what the downloaded workbook works out, in both forms', async () => {
    const { page, troubles, close } = await openPage(
      browser,
      `${office.url}/unit/25?period=${MONTH}`,
      screen,
    );
    await page.locator('#part-form tfoot').waitFor();
    const form = await readScreen(page);
    expect(form.map(({ name }) => name).sort()).toEqual(['=1+1', 'Hộ tịch', 'Tổng cộng', 'Đất đai']);
    expect(form.at(-1)?.values).toEqual([59, 51, 5, 3, 51, 40, 4, 7, 8, 0, 8]);
    const { book, name } = await download(page);
    expect(name).toBe('II.06a-25-2026-09.xlsx');
    expect(readLines(sheetOf(book, 'II.06a'), 'II.06a')).toEqual(form);

    const choose = page.locator('#part-form').getByRole('button', { name: '07a' });
    await choose.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Biểu 07a/BTP' }).waitFor();
    await page.locator('#part-form tfoot .nothing').first().waitFor();
    const wide = await readScreen(page);
    expect(wide.at(-1)?.values.length).toBe(25);
    expect(readLines(sheetOf((await download(page)).book, '07a'), '07a')).toEqual(wide);
    const spill = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(spill).toBeLessThanOrEqual(0);
    expect(troubles).toEqual([]);
    await close();
  });
});

type Figures = { units: { name: { vi: string }; figures: Record<string, { numerator: number }> }[] };

/** Columns 7, 8 + 9, 11 and 13 as the board counts them, of the unit or of each area of work. */
async function readFigures(more: string): Promise<Row[]> {
  const query = `unit=25&period=${MONTH}&indicators=HS02,TT01,HS03,TT04${more}`;
  const { units } = (await (await fetch(`${office.url}/api/figures?${query}`)).json()) as Figures;
  return units.map(({ name, figures }) => ({
    name: name.vi,
    values: ['HS02', 'TT01', 'HS03', 'TT04'].map((id) => figures[id]?.numerator ?? -1),
  }));
}

it('is equal to the figures it sums: of the unit, and of every area of work', async () => {
  const { page, close } = await openPage(browser, `${office.url}/unit/25?period=${MONTH}`);
  await page.locator('#part-form tfoot').waitFor();
  const form = (await readScreen(page)).map(({ name, values }) => {
    const column = (number: number) => Number(values[number - 3]);
    return { name, values: [column(7), column(8) + column(9), column(11), column(13)] };
  });
  const byName = (rows: Row[]) => rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const [own] = await readFigures('');
  expect(form.at(-1)?.values).toEqual(own?.values);
  expect(byName(form.slice(0, -1))).toEqual(byName(await readFigures('&by=field')));
  await close();
});

it('the button downloads what the page is narrowed in time to, in the language of the page', async () => {
  const { page, close } = await openPage(browser, `${office.url}/unit/08707?period=2026-Q3&lang=en`);
  const link = page.locator('#part-form').getByRole('link', { name: 'Download XLSX' });
  expect(await link.getAttribute('href')).toBe('/api/form/xlsx?unit=08707&period=2026-Q3&lang=en');
  const told = page.waitForEvent('download');
  await link.click();
  const book = await readBook(await readFile(await (await told).path()));
  const texts = [...sheetOf(book, 'II.06a').cells.values()].map(({ value }) => value);
  expect(texts).toContain('Period: Quarter III of 2026');
  await close();
});
