/** The figures of a form: a row for each area of work, the sum, and the rates, all that adds up as live formulas. */
import { columnsOf, FORMS, type FormColumn, type FormId, ROW_COLUMNS } from '../../shared/form-layout.ts';
import type { FormFacts } from './form-facts.ts';
import { FIRST_ROW, widthOf } from './form-head.ts';
import { LOOKS, lookOfCount } from './form-styles.ts';
import { type Lang, TEXTS } from './form-words.ts';
import { type Content, type Grid, nameOfCell } from './sheet-grid.ts';

const UNKNOWN: Content = { text: '–' };

type Values = readonly (number | null)[];

/** The place of a column by the form's number. */
const placeOf = (number: number) => number - 1;

const nameOf = (row: number, number: number) => nameOfCell({ row, column: placeOf(number) });

/** The sum of columns of a row: of a range where they stand side by side. */
function addFormula(row: number, numbers: readonly number[]): string {
  const [first = 0, ...rest] = numbers;
  const last = rest.at(-1) ?? first;
  const isRange = last - first === rest.length;
  const names = isRange
    ? [`${nameOf(row, first)}:${nameOf(row, last)}`]
    : numbers.map((one) => nameOf(row, one));
  return `SUM(${names.join(',')})`;
}

const toContent = (value: number | null, formula: string | undefined): Content => {
  if (value === null) return UNKNOWN;
  return formula === undefined ? { number: value } : { formula, result: value };
};

type Row = {
  row: number;
  values: Values;
  formulaOf: (column: FormColumn) => string | undefined;
  isTotal?: true;
};

function putValues(
  grid: Grid,
  columns: readonly FormColumn[],
  { row, values, formulaOf, isTotal }: Row,
): void {
  for (const [index, column] of columns.entries()) {
    const value = values[index] ?? null;
    const look = isTotal || column.sumOf ? LOOKS.sum : LOOKS.count;
    const style = value === null ? LOOKS.rowNumber : lookOfCount(look, value);
    grid.put({ row, column: placeOf(column.number) }, toContent(value, formulaOf(column)), style);
  }
}

/** Puts a form's rows and its sum; answers with the row of the sum. */
export function putRows(grid: Grid, id: FormId, { facts, lang }: { facts: FormFacts; lang: Lang }): number {
  const { rows, total } = id === '07a' ? facts.wide : facts.form;
  const columns = columnsOf(FORMS[id]);
  const addAcross =
    (row: number) =>
    ({ sumOf }: FormColumn) =>
      sumOf && addFormula(row, sumOf);
  for (const [index, { field, columns: values }] of rows.entries()) {
    const row = FIRST_ROW + index;
    grid.put({ row, column: 0 }, { number: index + 1 }, LOOKS.rowNumber);
    grid.put({ row, column: 1 }, { text: field.name[lang] }, LOOKS.name);
    putValues(grid, columns, { row, values, formulaOf: addAcross(row) });
  }
  const row = FIRST_ROW + rows.length;
  const addDown = ({ number }: FormColumn) => `SUM(${nameOf(FIRST_ROW, number)}:${nameOf(row - 1, number)})`;
  grid.put({ row, column: 0, columns: ROW_COLUMNS }, { text: TEXTS.total[lang] }, LOOKS.totalName);
  const formulaOf = rows.length === 0 ? addAcross(row) : addDown;
  putValues(grid, columns, { row, values: total, formulaOf, isTotal: true });
  grid.setHeight(row, 20);
  return row;
}

const share = (part: number, whole: number, none: string) => (whole === 0 ? none : part / whole);

type Line = { name: keyof typeof TEXTS; content: Content; isRate: boolean };

/** What is worked out from the sums of form II.06a: its check, and the two on-time rates with what they differ by. */
function listLines(
  { form, repeats }: FormFacts,
  { sum, first, none }: { sum: number; first: number; none: string },
): Line[] {
  const cell = (number: number) => nameOf(sum, number);
  const value = (number: number) => form.total[number - ROW_COLUMNS - 1] ?? 0;
  const ended = value(7);
  const handled = ended + value(11);
  const good = value(8) + value(9);
  const repeated = nameOf(first + 2, widthOf('II.06a') - 1);
  const whole = `${cell(7)}+${cell(11)}`;
  const quote = `"${none}"`;
  const balance = Math.round((value(3) - ended - value(11)) * 100) / 100;
  return [
    {
      name: 'balance',
      content: { formula: `ROUND(${cell(3)}-${cell(7)}-${cell(11)},2)`, result: balance },
      isRate: false,
    },
    {
      name: 'onTime',
      content: {
        formula: `IF(${cell(7)}=0,${quote},(${cell(8)}+${cell(9)})/${cell(7)})`,
        result: share(good, ended, none),
      },
      isRate: true,
    },
    { name: 'repeats', content: { number: repeats }, isRate: false },
    {
      name: 'onTime766',
      content: {
        formula: `IF(${whole}=0,${quote},(${cell(8)}+${cell(9)}+${cell(12)}-${repeated})/(${whole}))`,
        result: share(good + value(12) - repeats, handled, none),
      },
      isRate: true,
    },
  ];
}

/** Puts the check and the rates under the sum of form II.06a; answers with the row after them. */
export function putRates(
  grid: Grid,
  { facts, lang, sum }: { facts: FormFacts; lang: Lang; sum: number },
): number {
  const first = sum + 1;
  const width = widthOf('II.06a');
  const isKnown = facts.form.total.length > 0;
  const lines = listLines(facts, { sum, first, none: TEXTS.none[lang] });
  for (const [index, { name, content, isRate }] of lines.entries()) {
    const row = first + index;
    grid.put({ row, column: 0, columns: width - 2 }, { text: TEXTS[name][lang] }, LOOKS.name);
    grid.put(
      { row, column: width - 2, columns: 2 },
      isKnown ? content : UNKNOWN,
      isRate ? LOOKS.rate : lookOfCount(LOOKS.count, 'number' in content ? content.number : 0),
    );
    grid.setHeight(row, 18);
  }
  return first + lines.length;
}
