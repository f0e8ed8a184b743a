/** Who reports below a unit, when each was last heard of, and who is missing. */
import { type Expected, TOLD_BY, TOLD_IDS } from '../../shared/completeness.ts';
import { addDays, type DayRange, isoOf, startOfDay } from '../../shared/period.ts';
import type { SilentAnswer } from '../../shared/silent.ts';
import { BEGINNING, livesOn } from '../../shared/unit.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readLastHeard } from '../store/sum-store.ts';
import { readAbsences } from './absence.ts';
import { getPeriod } from './asked.ts';
import { listParts } from './parts.ts';
import { listBelow, mapOf, type PeriodSums, readPeriodSums, treeDayOf, type View } from './sums.ts';
import { showUnit } from './views.ts';

/** The instant, at most an hour off, that a row's start stands for. */
function momentOf(start: string, { site, now }: View): string {
  const from = startOfDay(start.slice(0, 10), site.zone);
  const hours = start.length > 10 ? Number(start.slice(11)) + 1 : 24;
  return isoOf(Math.min(from + hours * 3_600_000 - 1000, now), site.zone);
}

/** When each unit, or those that answer for it, was last heard of by the end of a period. */
export async function readAsOf(
  view: View,
  units: readonly number[],
  period: DayRange,
): Promise<Map<number, string>> {
  const range = { from: BEGINNING, to: period.to };
  const map = mapOf(period, view.today);
  const answers = units.map((unit) => ({
    unit,
    by: listParts(view, unit, range, map).map((part) => part.unit),
  }));
  const tomorrow = addDays(view.today, 1);
  const until = view.asKnown !== null && tomorrow < period.to ? tomorrow : period.to;
  const heard = await readLastHeard(view.reader, [...new Set(answers.flatMap(({ by }) => by))], until);
  return new Map(
    answers.flatMap(({ unit, by }) => {
      const newest = by
        .flatMap((id) => heard.get(id) ?? [])
        .sort()
        .at(-1);
      return newest === undefined ? [] : [[unit, momentOf(newest, view)]];
    }),
  );
}

function leavesBelow(view: View, unit: number, day: string): number[] {
  const children = view.tree.childrenOn(unit, day);
  return children.length === 0 ? [unit] : children.flatMap((child) => leavesBelow(view, child.id, day));
}

/** The leaves below a unit in a period, those that report: itself where nothing stands below. */
export function listReporting(view: View, unit: number, period: DayRange): number[] {
  const day = treeDayOf(period, view.today);
  const direct = listBelow(view, unit, period).filter((id) => livesOn(view.tree.get(id), day));
  return direct.length === 0 ? [unit] : direct.flatMap((id) => leavesBelow(view, id, day));
}

function isSilent(leaf: number, sums: ReadonlyMap<number, PeriodSums>, expected: Expected): boolean {
  const own = sums.get(leaf)?.sums;
  return own === undefined || TOLD_BY[expected].every((measure) => own[measure] === 0);
}

/** The share, 0..1, of leaves that told anything of dossiers, or of something else. */
export function completenessOf(
  leaves: readonly number[],
  sums: ReadonlyMap<number, PeriodSums>,
  expected: Expected = 'dossier',
): number {
  const told = leaves.filter((leaf) => !isSilent(leaf, sums, expected)).length;
  return Math.round((told / leaves.length) * 10_000) / 10_000;
}

/** The share, 0..1, of the units below one that told anything in a period. */
export async function readCompleteness(view: View, unit: number, period: DayRange): Promise<number> {
  const leaves = listReporting(view, unit, period);
  return completenessOf(leaves, await readPeriodSums(view, leaves, { ...period, ids: TOLD_IDS }));
}

/** Who is missing from the figures of a unit over a period: those that told nothing, longest silent first. */
export async function readSilent(
  view: View,
  unit: ScopedUnit,
  key: string,
  expected: Expected = 'dossier',
): Promise<SilentAnswer> {
  const period = getPeriod(key);
  const absence = (await readAbsences(view, [unit]))(unit, period);
  const leaves = absence ? [] : listReporting(view, unit, period);
  const sums = await readPeriodSums(view, leaves, { ...period, ids: TOLD_BY[expected] });
  const silent = leaves.filter((leaf) => isSilent(leaf, sums, expected));
  const lastWords = await readAsOf(view, silent, { from: period.from, to: addDays(view.today, 1) });
  return {
    unit: showUnit(view, unit),
    period: period.key,
    from: period.from,
    to: period.to,
    seq: view.clock.seq,
    ...absence,
    reporting: leaves.length,
    silent: silent
      .map((leaf) => ({ unit: showUnit(view, leaf), lastAt: lastWords.get(leaf) ?? null }))
      .sort((a, b) => compareText(a.lastAt ?? '', b.lastAt ?? '') || compareText(a.unit.code, b.unit.code)),
  };
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
