/** A table of thresholds as text. What goes out comes in again as it was. */
import { OVERRIDE_FIELDS, statedBy } from '../../shared/effective.ts';
import type { OverrideField } from '../../shared/rule.ts';
import { ThresholdLine } from '../../shared/rule-view.ts';
import { readNumber, type TableShape, writeTable } from '../read-table.ts';

const FACTS = ['rule', 'unit', 'level', 'from', 'to'] as const;
const COLUMNS: readonly string[] = [...FACTS, ...OVERRIDE_FIELDS, 'reason'];

/** The table as a file for spreadsheets. */
export function writeThresholds(lines: readonly Required<ThresholdLine>[]): string {
  const rows = lines.map((line) => {
    const facts = FACTS.map((name) => line[name] ?? '');
    const values = OVERRIDE_FIELDS.map((field) => statedBy(line.values, field) ?? '');
    return [...facts, ...values, line.reason];
  });
  return writeTable(COLUMNS, rows);
}

/** A row as a line would be written in JSON; empty cells say nothing. */
function toContent(textOf: (column: string) => string): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of OVERRIDE_FIELDS) {
    const cell = textOf(field);
    if (cell !== '') place(values, field, cell);
  }
  const named = [...FACTS, 'reason'].flatMap((name) => {
    const text = textOf(name);
    return text === '' ? [] : [[name, text] as const];
  });
  return { ...Object.fromEntries(named), values };
}

function place(values: Record<string, unknown>, field: OverrideField, cell: string): void {
  if (field === 'isOff') values.isOff = ['1', 'true'].includes(cell.toLowerCase()) ? true : cell;
  else if (field === 'minimum') values.minimum = readNumber(cell);
  else {
    const [key = '', severity = ''] = field.split('.');
    values[key] = { ...(values[key] as object | undefined), [severity]: readNumber(cell) };
  }
}

/** What a table of thresholds is made of. */
export const THRESHOLD_TABLE: TableShape<ThresholdLine> = {
  ...{ columns: COLUMNS, needed: ['rule', 'unit'], line: ThresholdLine, toContent },
};
