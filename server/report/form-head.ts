/** The head of a form: whose it is and of when, and the headings of its columns in three levels with their numbers. */
import {
  columnsOf,
  FORMS,
  type FormColumn,
  type FormGroup,
  type FormId,
  ROW_COLUMNS,
} from '../../shared/form-layout.ts';
import type { FormFacts } from './form-facts.ts';
import { LOOKS } from './form-styles.ts';
import { type Lang, sayDays, sayPeriod, TEXTS } from './form-words.ts';
import type { Grid } from './sheet-grid.ts';

/** Rows of the title block, then the headings, then the first row of figures. */
export const HEAD_ROW = 5;
const LEVELS = 3;
export const NUMBER_ROW = HEAD_ROW + LEVELS;
export const FIRST_ROW = NUMBER_ROW + 1;
/** Columns at the right of the title block. */
const RIGHT = 4;

/** How wide a form is, the columns of number and name included. */
export const widthOf = (id: FormId): number => ROW_COLUMNS + columnsOf(FORMS[id]).length;

type Order = { id: FormId; facts: FormFacts; lang: Lang };

/** Puts the title block: form and basis at the left, title and period in the middle, who reports to whom at the right. */
export function putTitle(grid: Grid, { id, facts, lang }: Order): void {
  const { form, period, receiver } = facts;
  const { code, basis } = FORMS[id];
  const right = widthOf(id) - RIGHT;
  const left = { column: 0, columns: ROW_COLUMNS };
  const middle = { column: ROW_COLUMNS, columns: right - ROW_COLUMNS };
  const say = (name: keyof typeof TEXTS) => TEXTS[name][lang];
  const provisional = form.provisional ? ` – ${say('provisional')}` : '';
  grid.put({ ...left, row: 0 }, { text: `${say('form')} ${code}` }, LOOKS.code);
  if (id === 'II.06a')
    grid.put({ ...left, row: 1, rows: 2 }, { text: `${say('by')} ${basis[lang]}` }, LOOKS.plain);
  grid.put({ ...middle, row: 0, rows: 2 }, { text: say('title') }, LOOKS.title);
  grid.put(
    { ...middle, row: 2 },
    { text: `${say('period')}: ${sayPeriod(period, lang)}${provisional}` },
    LOOKS.period,
  );
  grid.put({ ...middle, row: 3 }, { text: sayDays(form, lang) }, LOOKS.days);
  const people = [
    [0, 'reporter', form.unit.name[lang]],
    [2, 'receiver', receiver?.[lang] ?? '…………………………'],
  ] as const;
  for (const [row, name, value] of people)
    grid.put(
      { row, rows: 2, column: right, columns: RIGHT },
      { text: `- ${say(name)}: ${value}` },
      LOOKS.plain,
    );
  grid.put({ row: 4, column: 0, columns: widthOf(id) }, { text: say('counted') }, LOOKS.unitOfCount);
  for (const row of [0, 1, 2, 3]) grid.setHeight(row, 20);
}

/** Columns that stand side by side under the same words, or each alone. */
function gather(columns: readonly FormColumn[]): FormColumn[][] {
  const runs: FormColumn[][] = [];
  for (const column of columns) {
    const run = runs.at(-1);
    if (column.within && run?.[0]?.within === column.within) run.push(column);
    else runs.push([column]);
  }
  return runs;
}

const sayColumn = ({ words, hint }: FormColumn, lang: Lang) =>
  hint ? `${words[lang]}\n${hint[lang]}` : words[lang];

function putGroup(grid: Grid, group: FormGroup, { first, lang }: { first: number; lang: Lang }): void {
  const columns = group.columns.length;
  const heading = (group.inPrint ?? group.words)[lang];
  grid.put({ row: HEAD_ROW, column: first, columns }, { text: heading }, LOOKS.head);
  let at = first;
  for (const run of gather(group.columns)) {
    const within = run[0]?.within;
    if (within)
      grid.put({ row: HEAD_ROW + 1, column: at, columns: run.length }, { text: within[lang] }, LOOKS.head);
    for (const column of run) {
      const place = within ? { row: HEAD_ROW + 2 } : { row: HEAD_ROW + 1, rows: 2 };
      grid.put({ ...place, column: at }, { text: sayColumn(column, lang) }, LOOKS.head);
      at += 1;
    }
  }
}

/** Puts the headings of a form and the row of the columns' numbers. */
export function putHeadings(grid: Grid, { id, lang }: Pick<Order, 'id' | 'lang'>): void {
  for (const [column, name] of (['number', 'field'] as const).entries())
    grid.put({ row: HEAD_ROW, column, rows: LEVELS }, { text: TEXTS[name][lang] }, LOOKS.head);
  let first = ROW_COLUMNS;
  for (const group of FORMS[id].groups) {
    putGroup(grid, group, { first, lang });
    first += group.columns.length;
  }
  for (let column = 0; column < widthOf(id); column++)
    grid.put({ row: NUMBER_ROW, column }, { text: `(${column + 1})` }, LOOKS.columnNumber);
  grid.setHeight(HEAD_ROW, 30);
  grid.setHeight(HEAD_ROW + 1, 18);
  grid.setHeight(HEAD_ROW + 2, 62);
}
