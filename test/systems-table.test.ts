// The thirteen systems of the articles: docs/systems.md is true, its events give its figures, and none of them is missing.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from '../server/kinds/kinds.ts';
import { findIndicator, INDICATORS } from '../shared/catalogue.ts';
import type { Figure } from '../shared/indicator.ts';
import { MEASURE_IDS } from '../shared/measure.ts';
import { SHIPPED_RULES } from '../shared/shipped-rules.ts';
import { type Running, runApp } from './server.ts';

const text = readFileSync(new URL('../docs/systems.md', import.meta.url), 'utf8');

/** A figure of the table: of a rate its value, of a count how many of how many; nothing where sums do not give it. */
type Stated = { id: string; value: string };
type Row = { system: string; fedBy: string; figures: Stated[]; pages: string; test: string };

const rows: Row[] = text
  .split('\n')
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => {
    const [, , system = '', fedBy = '', figures = '', pages = '', test = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    const stated = figures.split(';').map((figure) => {
      const [id = '', ...value] = figure.trim().split(' ');
      return { id, value: value.join(' ') };
    });
    return { system, fedBy, figures: stated, pages, test: test.replaceAll('`', '') };
  });

const events: { kind: string; measure?: string }[] = (/```ndjson\n([\s\S]*?)```/.exec(text)?.[1] ?? '')
  .trim()
  .split('\n')
  // The small world of tests has a commune A where Phú Thọ has 08707.
  .map((line) => JSON.parse(line.replaceAll('08707', 'A')));

const readSource = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
/** The pages that the app opens by name. */
const pages = [
  ...['wall', 'unit'],
  ...[...readSource('web/app.tsx').matchAll(/^ {2}(\w+): laterPart\(/gm)].map(([, page = '']) => page),
];

const kindsOf = ({ fedBy }: Row) => [...fedBy.matchAll(/`(\w+)`/g)].map(([, kind = '']) => kind);
const idsOf = ({ figures }: Row) => figures.map(({ id }) => id);

/** How the table writes a figure. */
function write(id: string, { value, numerator, denominator }: Figure): string {
  return findIndicator(id)?.hero === 'numerator' ? `${numerator} of ${denominator}` : String(value);
}

let running: Running;
let told: Record<string, Figure>;

beforeAll(async () => {
  running = await runApp();
  const feed = await running.token('feed', '25');
  const { status, body } = await running.post(events, feed);
  expect([status, body]).toMatchObject([200, { accepted: events.length, duplicates: 0 }]);
  const display = await running.token('display', '25');
  const answer = await running.ask('/api/figures?unit=25&period=2026-11', { token: display });
  told = (answer.body as { units: { figures: Record<string, Figure> }[] }).units[0]?.figures ?? {};
});
afterAll(() => running.close());

describe('the table of systems', () => {
  it('names all thirteen, each with what feeds it, its figures, a page and a test', () => {
    expect(rows.map(({ system }) => system.split(/[ :(]/)[0])).toEqual([
      ...['One-stop', 'Stock', 'Digitisation', 'LGSP', 'Population', 'National', 'Electronic'],
      ...['Official', 'Paperless', 'Electronic', 'Insured', 'Compliance', 'Tasks'],
    ]);
    for (const row of rows) {
      expect([row.system, kindsOf(row).length > 0, row.figures.length > 0]).toEqual([row.system, true, true]);
      expect([row.test, existsSync(new URL(`../${row.test}`, import.meta.url))]).toEqual([row.test, true]);
      const named = [...row.pages.matchAll(/`\/(\w+)`/g)].map(([, page = '']) => page);
      expect([row.system, named.length > 0]).toEqual([row.system, true]);
      for (const page of named) expect(pages).toContain(page);
      const shown = readSource(row.test);
      expect([row.test, idsOf(row).some((id) => shown.includes(id))]).toEqual([row.test, true]);
    }
  });

  it('names kinds, measures and indicators that there are', () => {
    const known = INDICATORS.map(({ id }) => id);
    for (const row of rows) {
      for (const kind of kindsOf(row)) expect(Object.keys(KINDS)).toContain(kind);
      for (const id of idsOf(row)) expect(known).toContain(id);
      const reported = /`report` ([\w, ]+?)(?: and the figures|;|$)/.exec(row.fedBy)?.[1]?.split(', ') ?? [];
      for (const measure of reported) expect(MEASURE_IDS).toContain(measure);
    }
  });

  it.each(rows.flatMap(({ system, figures }) => figures.map(({ id, value }) => ({ system, id, value }))))(
    '$system: its events give $id $value',
    ({ id, value }) => {
      const figure = told[id];
      if (!figure) throw new Error(`${id} is not told`);
      if (findIndicator(id)?.basis === 'sums') expect(write(id, figure)).toBe(value);
      else expect(value).toBe('');
    },
  );

  it('sends an event of each kind that it names, and warns of each figure of sums', () => {
    const sent = new Set(events.map(({ kind }) => kind));
    expect(new Set(rows.flatMap(kindsOf))).toEqual(sent);
    const warned = SHIPPED_RULES.flatMap(({ body: { condition } }) =>
      condition.kind === 'level' ? condition.indicator : [],
    );
    for (const id of rows.flatMap(idsOf))
      if (findIndicator(id)?.basis === 'sums') expect(warned).toContain(id);
  });
});
