/** Works the formulas of a sheet out from the numbers in it, never from what they are said to give. Knows SUM, IF and ROUND. */
import type { BookSheet } from './workbook.ts';

type Value = number | string | boolean;
/** A formula on its way: its tokens, how far it was read, and what cells hold. */
type Reading = { formula: string; tokens: readonly string[]; at: number; sheet: BookSheet };

const TOKEN = /\s*("[^"]*"|[A-Z]+\d+(?::[A-Z]+\d+)?|[A-Z]+(?=\()|\d+(?:\.\d+)?|[-+*/=(),])/y;

function listTokens(formula: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < formula.length) {
    const token = TOKEN.exec(formula)?.[1];
    if (token === undefined) throw new Error(`cannot read ${formula}`);
    tokens.push(token);
  }
  return tokens;
}

const columnOf = (letters: string) => [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);
const lettersOf = (column: number): string =>
  column === 0
    ? ''
    : lettersOf(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));

function listRange(range: string): string[] {
  const [first, last] = range.split(':').map((ref) => /([A-Z]+)(\d+)/.exec(ref) ?? []);
  const names: string[] = [];
  for (let row = Number(first?.[2]); row <= Number(last?.[2]); row++)
    for (let column = columnOf(first?.[1] ?? ''); column <= columnOf(last?.[1] ?? ''); column++)
      names.push(`${lettersOf(column)}${row}`);
  return names;
}

function numberOf(value: Value | undefined): number {
  if (typeof value !== 'number') throw new Error(`${String(value)} is no number`);
  return value;
}

const add = (values: readonly Value[]): number =>
  values.reduce<number>((sum, value) => (typeof value === 'number' ? sum + value : sum), 0);

function take(reading: Reading, token?: string): string {
  const taken = reading.tokens[reading.at++] ?? '';
  if (token !== undefined && taken !== token) throw new Error(`${token} is missing in ${reading.formula}`);
  return taken;
}

function call(reading: Reading, name: string): Value {
  take(reading, '(');
  const values = [readComparison(reading)];
  while (reading.tokens[reading.at] === ',') {
    take(reading);
    values.push(readComparison(reading));
  }
  take(reading, ')');
  if (name === 'SUM') return add(values);
  if (name === 'IF') return (values[0] ? values[1] : values[2]) ?? '';
  if (name !== 'ROUND') throw new Error(`${name} is not known`);
  const factor = 10 ** numberOf(values[1]);
  return Math.round(numberOf(values[0]) * factor) / factor;
}

function readOne(reading: Reading): Value {
  const token = take(reading);
  if (token === '-') return -numberOf(readOne(reading));
  if (token === '(') {
    const value = readComparison(reading);
    take(reading, ')');
    return value;
  }
  if (token.startsWith('"')) return token.slice(1, -1);
  if (/^\d/.test(token)) return Number(token);
  if (token.includes(':')) return add(listRange(token).map((ref) => workOut(reading.sheet, ref)));
  return /\d/.test(token) ? workOut(reading.sheet, token) : call(reading, token);
}

function readProduct(reading: Reading): Value {
  let value = readOne(reading);
  for (
    let sign = reading.tokens[reading.at];
    sign === '*' || sign === '/';
    sign = reading.tokens[reading.at]
  ) {
    take(reading);
    const next = numberOf(readOne(reading));
    value = sign === '*' ? numberOf(value) * next : numberOf(value) / next;
  }
  return value;
}

function readSum(reading: Reading): Value {
  let value = readProduct(reading);
  for (
    let sign = reading.tokens[reading.at];
    sign === '+' || sign === '-';
    sign = reading.tokens[reading.at]
  ) {
    take(reading);
    const next = numberOf(readProduct(reading));
    value = numberOf(value) + (sign === '+' ? next : -next);
  }
  return value;
}

function readComparison(reading: Reading): Value {
  const value = readSum(reading);
  if (reading.tokens[reading.at] !== '=') return value;
  take(reading);
  return value === readSum(reading);
}

/** What a cell of a sheet comes to. Throws for a cell that is not there, and for a formula with more than is known. */
export function workOut(sheet: BookSheet, ref: string): Value {
  const cell = sheet.cells.get(ref);
  if (!cell) throw new Error(`nothing stands in ${ref}`);
  const { formula } = cell;
  if (formula === undefined) return cell.value ?? '';
  const reading: Reading = { formula, tokens: listTokens(formula), at: 0, sheet };
  const value = readComparison(reading);
  if (reading.at !== reading.tokens.length) throw new Error(`${formula} has more than was read`);
  return value;
}
