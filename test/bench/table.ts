import { loadavg } from 'node:os';
import type { LoopDelay } from './loop-delay.ts';

/** A table as it is printed: the first column to the left, numbers to the right, what there is to say below. */
export type Table = { title: string; head: readonly string[]; rows: readonly string[][]; notes?: string[] };

/** A table as plain text, aligned. */
export function formatTable({ title, head, rows, notes = [] }: Table): string {
  const widths = head.map((cell, index) =>
    Math.max(cell.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [title, '', line(head), rule, ...rows.map(line), ...notes.map((note) => `  ${note}`), ''].join('\n');
}

/** Prints a table with an empty line after it. */
export function printTable(table: Table): void {
  console.log(formatTable(table));
}

/** A whole number with thousands apart: 12,345. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** Milliseconds with as many places as they are worth: 0.312, 4.5, 130. */
export function ms(value: number): string {
  const places = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toFixed(places);
}

/** Bytes as kB (1000) or MB. */
export function bytes(value: number): string {
  return value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

/** How many times one is of the other. */
export function times(value: number, reference: number): string {
  const ratio = value / reference;
  return `${ratio < 0.1 ? ratio.toFixed(3) : ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}x`;
}

/** How busy the machine was in the last minute, others' work included: 1.8. */
export const describeLoad = (): string => (loadavg()[0] ?? Number.NaN).toFixed(1);

/** How long a loop was held up: p99, worst, and the worst of its own work. */
export const describeDelay = ({ p99Ms, worstMs, workMs }: LoopDelay): string =>
  `${ms(p99Ms)}, ${ms(worstMs)}, ${ms(workMs)}`;
