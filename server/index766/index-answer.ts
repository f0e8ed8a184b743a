/** The index of one unit with what stands below it, as the contract tells it. */
import type { z } from 'zod';
import type { FormulaVersion, Score } from '../../shared/index766.ts';
import { changeOf, listGains, versionOn } from '../../shared/index766.ts';
import type { GroupLine, IndexAnswer, IndexRow, IndexSeal } from '../../shared/index766-wire.ts';
import { hasEndedBy, isoOf, type Period } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import { getPeriod } from '../figures/asked.ts';
import { samePoint } from '../figures/previous.ts';
import { listBelow, mapOf, treeDayOf, type View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { hasRole } from '../people/roles.ts';
import { isVisible, type ScopedUnit } from '../people/scope.ts';
import type { IndexBasis } from './facts.ts';
import { chooseBasis, type Judged, readJudged } from './scores.ts';
import { rankPeers, type Standing } from './standing.ts';

/** What a request for the index asks. */
export type IndexQuery = {
  period: string;
  children?: '0' | '1' | undefined;
  basis?: IndexBasis | undefined;
};

/** The month, quarter or year that is asked for; AppError `badInput` for any other period. */
export function getIndexPeriod(key: string): Period {
  const period = getPeriod(key);
  if (['month', 'quarter', 'year'].includes(period.grain)) return period;
  throw new AppError('badInput', 'The index is told by month, quarter and year.', [
    { field: 'period', reason: 'use 2026-11, 2026-Q4 or 2026' },
  ]);
}

const totalOf = ({ value, points, outOf, band }: Score) => ({ value, points, outOf, band });
const linesOf = ({ groups }: Score): GroupLine[] => groups.map(({ components: _all, ...line }) => line);

/** Components whose constants differ between two versions. */
function listChanged(now: FormulaVersion, before: FormulaVersion): string[] {
  const constantsOf = ({ max, full, whenNone }: FormulaVersion['components'][number]) =>
    `${max} ${full} ${whenNone}`;
  const known = new Map(before.components.map((one) => [one.id, constantsOf(one)]));
  return now.components.flatMap((one) => (known.get(one.id) === constantsOf(one) ? [] : one.id));
}

function showSeal(view: View, { seal, score, now }: Judged): z.input<typeof IndexSeal> | null {
  if (!seal) return null;
  const later = new Map(now.groups.flatMap(({ components }) => components.map((one) => [one.id, one])));
  const changed = score.groups.flatMap(({ components }) =>
    components.flatMap(({ id, points }) => {
      const then = later.get(id)?.points ?? null;
      return then === points ? [] : [{ component: id, sealed: points, now: then }];
    }),
  );
  const { value, points, outOf } = now;
  return {
    ...{ at: isoOf(seal.at, view.site.zone), by: seal.by, note: seal.note },
    ...{ now: { value, points, outOf }, changed },
  };
}

/** The units with which one is compared: what stands below the same unit, if all that may be seen; itself alone else. */
function listPeers(view: View, unit: number, period: Period): number[] {
  const parent = view.tree.parentOn(unit, treeDayOf(period, view.today));
  return parent !== undefined && isVisible(view, parent) ? listBelow(view, parent, period) : [];
}

type Read = {
  own: Map<number, Judged>;
  previous: Map<number, Judged>;
  children: readonly number[];
  peers: readonly number[];
};

type Order = { period: Period; basis: IndexBasis; children: readonly number[] };

async function readAll(view: View, unit: number, { period, basis, children }: Order): Promise<Read> {
  const peers = listPeers(view, unit, period);
  const units = [...new Set([unit, ...children])];
  const point = samePoint(view, period);
  const map = mapOf(period, view.today);
  const own = await readJudged(view, {
    units: [...new Set([...units, ...peers])],
    period,
    to: period.to,
    basis,
  });
  const before = { period: point.period, to: point.to, map };
  const previous = await readJudged(view, { units, basis, ...before });
  return { own, previous, children, peers };
}

function rankAll(
  view: View,
  units: readonly number[],
  own: ReadonlyMap<number, Judged>,
): Map<number, Standing> {
  return rankPeers(
    units.flatMap((unit) => {
      const judged = own.get(unit);
      if (!judged) return [];
      const { monthly, volume, score } = judged;
      return [{ unit, level: view.tree.get(unit).level, monthly, volume, value: score.value }];
    }),
  );
}

function showRow(
  view: View,
  unit: number,
  { own, previous }: Read,
  standings: Map<number, Standing>,
): IndexRow[] {
  const judged = own.get(unit);
  if (!judged) return [];
  const { absence, score, monthly, volume } = judged;
  const before = previous.get(unit);
  return [
    {
      unit: showUnit(view, unit),
      ...absence,
      ...totalOf(score),
      ...{ groups: linesOf(score), monthly, volume, standing: standings.get(unit) ?? null },
      previous: before?.score.value ?? null,
      change: before ? changeOf(score.groups, before.score.groups) : null,
    },
  ];
}

const maySeal = (view: View, caller: ViewerCaller, unit: number, period: Period) =>
  period.grain === 'month' &&
  period.to <= view.today &&
  !hasEndedBy(view.tree.get(unit), period.from) &&
  caller.kind === 'person' &&
  hasRole(caller, 'editor', unit, view);

/** The index of a unit over a month, quarter or year; with its children where they are asked for. */
export async function readIndex(
  view: View,
  unit: ScopedUnit,
  { query, caller }: { query: IndexQuery; caller: ViewerCaller },
): Promise<z.input<typeof IndexAnswer>> {
  const period = getIndexPeriod(query.period);
  const basis = query.basis ?? (await chooseBasis(view, unit, period));
  const children = query.children === '1' ? listBelow(view, unit, period) : [];
  const read = await readAll(view, unit, { period, basis, children });
  const judged = read.own.get(unit);
  const before = read.previous.get(unit);
  if (!judged || !before) throw new Error('a unit that was asked for was not judged');
  const { score, version, monthly, volume } = judged;
  const standings = rankAll(view, read.children, read.own);
  const { number, from, reason } = version;
  const earlier = samePoint(view, period).period;
  return {
    unit: showUnit(view, unit),
    ...{ period: period.key, from: period.from, to: period.to, seq: view.clock.seq, basis },
    provisional: period.to > view.today,
    ...judged.absence,
    version: {
      number,
      from,
      reason,
      changed: listChanged(version, versionOn(view.site.index766, earlier.from)),
    },
    ...{ score, gains: listGains(version, score), monthly, volume },
    standing: rankAll(view, read.peers, read.own).get(unit) ?? null,
    previous: { period: earlier.key, ...totalOf(before.score), groups: linesOf(before.score) },
    change: changeOf(score.groups, before.score.groups),
    seal: showSeal(view, judged),
    maySeal: judged.seal === null && maySeal(view, caller, unit, period),
    children: read.children.flatMap((child) => showRow(view, child, read, standings)),
  };
}
