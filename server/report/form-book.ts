/** A workbook of the reporting forms of a unit and a period: official layout, live sums, set up for print. Hides the library that writes it. */
import { type ColumnDef, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { FORM_IDS, FORMS, type FormId, ROW_COLUMNS } from '../../shared/form-layout.ts';
import { putRates, putRows } from './form-body.ts';
import type { FormFacts } from './form-facts.ts';
import { FIRST_ROW, HEAD_ROW, NUMBER_ROW, putHeadings, putTitle, widthOf } from './form-head.ts';
import { listNotes } from './form-notes.ts';
import { FACE, LOOKS } from './form-styles.ts';
import { type Lang, TEXTS } from './form-words.ts';
import { createGrid, type Grid } from './sheet-grid.ts';

const NUMBER_WIDTH = 5;
const NAME_WIDTH = 34;
const COUNT_WIDTH: Record<FormId, number> = { 'II.06a': 11, '07a': 9.5 };
const LINE_POINTS = 14;

const listWidths = (id: FormId): ColumnDef[] =>
  Array.from({ length: widthOf(id) }, (_, column) => ({
    width: [NUMBER_WIDTH, NAME_WIDTH][column] ?? COUNT_WIDTH[id],
  }));

/** Puts notes below a form, each as high as its text needs over the whole width. */
function putNotes(
  grid: Grid,
  notes: readonly string[],
  { row, id, lang }: { row: number; id: FormId; lang: Lang },
) {
  const columns = widthOf(id);
  const letters = listWidths(id).reduce((sum, { width = 0 }) => sum + width, 0) * 1.05;
  grid.put({ row, column: 0, columns }, { text: `${TEXTS.notes[lang]}:` }, LOOKS.noteHead);
  for (const [index, note] of notes.entries()) {
    grid.put({ row: row + 1 + index, column: 0, columns }, { text: note }, LOOKS.note);
    grid.setHeight(row + 1 + index, LINE_POINTS * Math.ceil(note.length / letters) + 2);
  }
}

function createSheet(id: FormId, facts: FormFacts, lang: Lang): WriteSheet {
  const grid = createGrid();
  putTitle(grid, { id, facts, lang });
  putHeadings(grid, { id, lang });
  const sum = putRows(grid, id, { facts, lang });
  const end = id === 'II.06a' ? putRates(grid, { facts, lang, sum }) : sum + 1;
  putNotes(grid, listNotes(id, facts, lang), { row: end + 1, id, lang });
  return {
    name: id,
    columns: listWidths(id),
    ...grid.finish(),
    freezePane: { rows: FIRST_ROW, columns: ROW_COLUMNS },
    pageSetup: {
      ...{ paperSize: 'a4', orientation: 'landscape', horizontalCentered: true },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      margins: { top: 0.4, bottom: 0.5, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L${FORMS[id].code}&R${TEXTS.page[lang]} &P/&N` },
    view: { showGridLines: false },
  };
}

/** The workbook as a file's bytes, a sheet for each form; every formula brings its value, for readers that do not calculate. */
export function writeFormBook(facts: FormFacts, lang: Lang): Promise<Uint8Array> {
  // By name, as the writer does not quote a sheet's name itself.
  const namedRanges = FORM_IDS.map((id) => ({
    name: '_xlnm.Print_Titles',
    range: `'${id}'!$${HEAD_ROW + 1}:$${NUMBER_ROW + 1}`,
    scope: id,
  }));
  const title = `${FORMS['II.06a'].code}: ${facts.form.unit.name[lang]}, ${facts.period.key}`;
  const created = new Date(facts.writtenAt);
  return writeXlsx({
    sheets: FORM_IDS.map((id) => createSheet(id, facts, lang)),
    namedRanges,
    properties: { title, created, modified: created },
    defaultFont: { name: FACE, size: 11 },
  });
}
