/** The rows behind a figure as a file: units with their sums, or what was counted. Law: hashed keys alone; as many as make up the very sums. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { COMPONENTS } from '../../shared/index766-components.ts';
import { type Indicator, listMeasures } from '../../shared/indicator.ts';
import { type MeasureId, STOCK_IDS } from '../../shared/measure.ts';
import { dayOf, isoOf, type Period } from '../../shared/period.ts';
import type { Part } from '../../shared/unit.ts';
import { foldStored } from '../acts/folding.ts';
import { type Areas, readAreas } from '../figures/areas.ts';
import { readFigures } from '../figures/figures.ts';
import { listParts } from '../figures/parts.ts';
import { mapOf, readPeriodSums, type View } from '../figures/sums.ts';
import { judgeEach } from '../index766/stated-index.ts';
import type { Fold, FoldContext } from '../kinds/kind.ts';
import { KINDS } from '../kinds/kinds.ts';
import { writeCell } from '../people/audit.ts';
import { isVisible, type ScopedUnit } from '../people/scope.ts';
import type { SubjectRow } from '../store/schema.ts';
import { readSubjectPage } from '../store/subject-store.ts';
import { kindOfMeasure, round } from './terms.ts';

/** What is exported: of which figure. */
export type RowsOrder = { unit: ScopedUnit; indicator: Indicator; period: Period };

type Row = Record<string, string | number | null>;

/** Subjects read at a time: the whole export takes no more memory than these. */
const AT_ONCE = 500;
/** Rows of one file at the most; the last line says where it was cut. */
export const MOST_ROWS = 200_000;

/** The unit and what stands below it, each with the sum of every measure of the figure. */
async function listUnitRows(view: View, { unit, indicator, period }: RowsOrder): Promise<Row[]> {
  const query = { period: period.key, indicators: indicator.id, children: '1' as const };
  const { units } = await readFigures(view, unit, query);
  const sums = await readPeriodSums(
    view,
    units.flatMap(({ id }) => id ?? []),
    { ...period, ids: listMeasures([indicator]) },
  );
  const ids = units.flatMap(({ id }) => id ?? []);
  const points = indicator.basis === 'index' ? await readPoints(view, ids, period) : new Map<number, Row>();
  return units.map(({ id, code, name, figures }) => {
    const own = sums.get(id ?? 0)?.sums;
    const figure = figures[indicator.id];
    const terms = listMeasures([indicator]).map((measure) => [measure, round(own?.[measure] ?? 0)]);
    const { value = null, numerator = 0, denominator = null, completeness = null } = figure ?? {};
    const about = { unit: code, name: name.vi, value, numerator, denominator, completeness };
    return { ...about, ...Object.fromEntries(terms), ...points.get(id ?? 0) };
  });
}

/** The points of each component of the index, and by whose figures; null where nothing is known. */
async function readPoints(view: View, units: readonly number[], period: Period): Promise<Map<number, Row>> {
  const standings = await judgeEach(view, { units, period, to: period.to });
  return new Map(
    units.map((unit) => {
      const standing = standings.get(unit);
      const scored = standing?.judged.score.groups.flatMap(({ components }) => components) ?? [];
      const known = new Map(scored.map(({ id, points }) => [id, points]));
      const points = COMPONENTS.map(({ id }) => [id, known.get(id) ?? null]);
      return [unit, { by: standing?.by ?? null, ...Object.fromEntries(points) }];
    }),
  );
}

/** The columns of what a figure of each unit comes from. */
const listOrigins = (indicator: Indicator): string[] =>
  indicator.basis === 'index' ? ['by', ...COMPONENTS.map(({ id }) => id)] : listMeasures([indicator]);

type Counting = {
  view: View;
  parts: readonly Part[];
  measures: readonly MeasureId[];
  context: FoldContext;
  areas: Areas;
};

const isStock = (id: MeasureId) => STOCK_IDS.includes(id);

/** What a subject adds to a measure over the parts of an answer; 0 for nothing. */
function amountsOf({ view, parts, measures, context }: Counting, row: SubjectRow): Map<MeasureId, number> {
  const fold = KINDS[row.kind as keyof typeof KINDS].fold as Fold<
    unknown,
    { feed: string; id: string; at: number }
  >;
  const last = parts.reduce((most, { to }) => (to > most ? to : most), '');
  const amounts = new Map<MeasureId, number>();
  for (const one of foldStored(row, fold, context).contribution.parts) {
    if (!measures.includes(one.measure)) continue;
    const day = dayOf(one.at, view.site.zone);
    for (const { unit, from, to, weight } of parts) {
      const counts = isStock(one.measure) ? to === last : day >= from;
      if (!counts || day >= to || !one.path.includes(unit)) continue;
      amounts.set(one.measure, (amounts.get(one.measure) ?? 0) + one.amount * weight);
    }
  }
  return amounts;
}

/** A subject as a line of the file; undefined where it adds nothing. A unit that may not be seen is left out of it. */
function showCase(counting: Counting, row: SubjectRow): Row | undefined {
  const { view, measures, areas } = counting;
  const amounts = amountsOf(counting, row);
  if (![...amounts.values()].some((amount) => round(amount) !== 0)) return undefined;
  const iso = (at: number | null) => (at === null ? null : isoOf(at, view.site.zone));
  return {
    ...{ kind: row.kind, key: row.key },
    unit: isVisible(view, row.unit) ? view.tree.get(row.unit).code : null,
    procedure: row.procedure,
    field: row.field === null ? null : areas.show(row.field).name.vi,
    ...{ status: row.status, channel: row.channel, outcome: row.outcome },
    ...{ acceptedAt: iso(row.acceptedAt), dueAt: iso(row.dueAt), endAt: iso(row.endAt) },
    ...Object.fromEntries(measures.map((id) => [id, round(amounts.get(id) ?? 0)])),
  };
}

/** What was counted, subject by subject, page by page. */
async function* readCases(view: View, { unit, indicator, period }: RowsOrder): AsyncGenerator<Row[]> {
  const measures = listMeasures([indicator]);
  const parts = listParts(view, unit, period, mapOf(period, view.today));
  const { calendar, zone, procedures } = view.site;
  const context = { tree: view.tree, calendar, zone, procedures, now: view.now };
  const counting: Counting = { view, parts, measures, context, areas: await readAreas(view) };
  for (const kind of new Set(measures.map(kindOfMeasure))) {
    for (let after = '', more = true; more; ) {
      const page = await readSubjectPage(view.reader, kind, { after, limit: AT_ONCE });
      yield page.map((row) => showCase(counting, row)).filter((row) => row !== undefined);
      after = page.at(-1)?.key ?? after;
      more = page.length === AT_ONCE;
    }
  }
}

async function* readUnits(view: View, order: RowsOrder): AsyncGenerator<Row[]> {
  yield await listUnitRows(view, order);
}

const sayCsv = (cells: readonly unknown[]) => `${cells.map(writeCell).join(',')}\r\n`;

/** How the files begin, how they say a row and where they were cut: each cell by its column. The mark tells spreadsheets that a CSV is UTF-8. */
const FORMS = {
  csv: {
    head: (columns: readonly string[]) => `\uFEFF${sayCsv(columns)}`,
    say: (columns: readonly string[], row: Row) => sayCsv(columns.map((column) => row[column] ?? null)),
    cut: (text: string) => sayCsv([text]),
    type: 'text/csv; charset=utf-8',
  },
  ndjson: {
    head: () => '',
    say: (columns: readonly string[], row: Row) =>
      `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column] ?? null])))}\n`,
    cut: (text: string) => `${JSON.stringify({ cut: text })}\n`,
    type: 'application/x-ndjson; charset=utf-8',
  },
} as const;

export type RowsFormat = keyof typeof FORMS;

/** The type of a file of rows. */
export const typeOfRows = (format: RowsFormat): string => FORMS[format].type;

const CASE_COLUMNS = [
  ...['kind', 'key', 'unit', 'procedure', 'field', 'status', 'channel', 'outcome'],
  ...['acceptedAt', 'dueAt', 'endAt'],
];
const UNIT_COLUMNS = ['unit', 'name', 'value', 'numerator', 'denominator', 'completeness'];

/** Writes the rows behind a figure as the reader takes them; stops when nobody reads any more. */
export async function writeRows(
  out: Writable,
  view: View,
  { of, format, ...order }: RowsOrder & { of: 'units' | 'cases'; format: RowsFormat },
): Promise<void> {
  const { head, say, cut } = FORMS[format];
  const stopped = new AbortController();
  out.once('close', () => stopped.abort());
  const columns =
    of === 'cases'
      ? [...CASE_COLUMNS, ...listMeasures([order.indicator])]
      : [...UNIT_COLUMNS, ...listOrigins(order.indicator)];
  out.write(head(columns));
  let count = 0;
  for await (const rows of of === 'cases' ? readCases(view, order) : readUnits(view, order)) {
    if (out.destroyed) return;
    const shown = rows.slice(0, MOST_ROWS - count);
    count += shown.length;
    const text = shown.map((row) => say(columns, row)).join('');
    if (text !== '' && !out.write(text) && !out.destroyed)
      await once(out, 'drain', { signal: stopped.signal }).catch(() => undefined);
    if (count >= MOST_ROWS) {
      out.write(cut(`only the first ${MOST_ROWS} rows`));
      break;
    }
    await new Promise(setImmediate);
  }
  out.end();
}
