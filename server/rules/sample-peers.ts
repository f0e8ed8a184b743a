/** Samples of how far a unit lies from its peers: units of the same kind, and of the same third by volume. */
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { obtain } from '../../shared/obtain.ts';
import type { ConditionOf } from '../../shared/rule.ts';
import type { Axis } from './axis.ts';
import { type Columns, createColumns, evaluateWindows, setRow } from './columns.ts';
import { deviationOf } from './robust.ts';
import type { SumSeries } from './series.ts';
import { cutWindows, ownWindows } from './windows.ts';

/** The fewest peers that say anything of one among them. */
const FEWEST_PEERS = 5;
const THIRDS = 3;

type Peer = { unit: number; figure: Figure & { value: number }; columns: Columns };

const volumeOf = ({ figure }: Peer) => figure.denominator ?? figure.numerator;

/** Peers by volume, in three parts of nearly the same number; fewer where they would be too few. */
function splitByVolume(peers: readonly Peer[]): Peer[][] {
  const sorted = [...peers].sort((a, b) => volumeOf(a) - volumeOf(b) || a.unit - b.unit);
  const parts = Math.max(1, Math.min(THIRDS, Math.floor(sorted.length / FEWEST_PEERS)));
  return Array.from({ length: parts }, (_, part) =>
    sorted.slice((part * sorted.length) / parts, ((part + 1) * sorted.length) / parts),
  );
}

function compareWithin(indicator: Indicator, peers: readonly Peer[], slot: number): void {
  if (peers.length < FEWEST_PEERS) return;
  const others = peers.map(({ figure }) => figure.value);
  for (const { figure, columns } of peers) {
    const deviation = deviationOf(indicator, { figure: figure.value, cases: figure.denominator, others });
    setRow(columns, slot, { figure: deviation, count: null, cases: figure.denominator });
  }
}

type Line = { series: SumSeries; kind: string; columns: Columns; figures: readonly Figure[] };

/** Who can be compared in a row, by kind. What is too little to be judged is no measure of others either. */
function gatherPeers(
  lines: readonly Line[],
  { row, slot, minimum }: { row: number; slot: number; minimum: number },
): Peer[][] {
  const kinds = new Map<string, Peer[]>();
  for (const { series, kind, columns, figures } of lines) {
    const figure = figures[row];
    const [from, to] = series.lives;
    if (!figure || figure.value === null || slot < from || slot >= to) continue;
    const { value, denominator } = figure;
    setRow(columns, slot, { figure: null, count: null, cases: 0 });
    if (denominator !== null && denominator < minimum) continue;
    obtain(kinds, kind, () => []).push({ unit: series.unit, figure: { ...figure, value }, columns });
  }
  return [...kinds.values()];
}

type Order = {
  indicator: Indicator;
  axis: Axis;
  first: number;
  units: readonly SumSeries[];
  minimum: number;
  kindOf: (unit: number) => string;
};

/** Samples of every unit against the others. `kindOf`: what units must have in common; `minimum`: of cases, to be compared. */
export function samplePeers(
  { window }: ConditionOf<'outlier'>,
  { indicator, axis, first, units, minimum, kindOf }: Order,
): Map<number, Columns> {
  const windows = cutWindows(ownWindows(axis, window), first);
  const lines: Line[] = units.map((series) => ({
    series,
    kind: kindOf(series.unit),
    columns: createColumns(axis.size),
    figures: evaluateWindows(indicator, { series, windows, axis }),
  }));
  for (const [row, slot] of windows.now.entries())
    for (const peers of gatherPeers(lines, { row, slot, minimum }))
      for (const part of splitByVolume(peers)) compareWithin(indicator, part, slot);
  return new Map(lines.map(({ series, columns }) => [series.unit, columns]));
}
