/** Our own figures beside the portal's: where the two differ, by component and by unit. */
import type { z } from 'zod';
import type { Score, ScoredComponent } from '../../shared/index766.ts';
import { COMPONENTS } from '../../shared/index766-components.ts';
import type { GapAnswer, GapSide } from '../../shared/index766-wire.ts';
import { AppError } from '../errors.ts';
import { listBelow, type View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { getIndexPeriod } from './index-answer.ts';
import { type Judged, readJudged } from './scores.ts';

/** What a request for differences asks; `component`: of which rows of units tell. */
export type GapQuery = { period: string; children?: '0' | '1' | undefined; component: string };

const NO_SIDE: GapSide = { numerator: null, denominator: null, points: null, reason: 'notTold' };

const findIn = (score: Score | undefined, id: string): ScoredComponent | undefined =>
  score?.groups.flatMap(({ components }) => components).find((one) => one.id === id);

function sideOf(score: Score | undefined, id: string): GapSide {
  const found = findIn(score, id);
  if (!found) return NO_SIDE;
  const { numerator, denominator, points, reason } = found;
  return { numerator, denominator, points, reason };
}

/** Ours beside theirs; of what is taken from the portal there is no figure of ours to compare. */
function compare(own: Score | undefined, portal: Score | undefined, id: string) {
  const isTaken = findIn(own, id)?.isTaken === true;
  const sides = { own: isTaken ? NO_SIDE : sideOf(own, id), portal: sideOf(portal, id) };
  const isKnown = sides.own.points !== null && sides.portal.points !== null;
  const difference = Math.round(((sides.own.points ?? 0) - (sides.portal.points ?? 0)) * 100) / 100;
  return { ...sides, difference: isKnown ? difference : null };
}

const totalOf = ({ value, points, outOf, band }: Score) => ({ value, points, outOf, band });

/** Our figures and the portal's of a unit, and of one component by the units below it. AppError `badInput` for an unknown one. */
export async function readGap(
  view: View,
  unit: ScopedUnit,
  query: GapQuery,
): Promise<z.input<typeof GapAnswer>> {
  const period = getIndexPeriod(query.period);
  if (!COMPONENTS.some(({ id }) => id === query.component))
    throw new AppError('badInput', `There is no component ${query.component}.`, [
      { field: 'component', reason: `use one of ${COMPONENTS.map(({ id }) => id).join(', ')}` },
    ]);
  const children = query.children === '1' ? listBelow(view, unit, period) : [];
  const units = [...new Set([unit, ...children])];
  const order = { units, period, to: period.to };
  const own = await readJudged(view, { ...order, basis: 'own' });
  const portal = await readJudged(view, { ...order, basis: 'portal' });
  const scoreOf = (side: Map<number, Judged>, id: number) => side.get(id)?.score;
  const [ours, theirs] = [scoreOf(own, unit), scoreOf(portal, unit)];
  if (!ours || !theirs) throw new Error('a unit that was asked for was not judged');
  return {
    unit: showUnit(view, unit),
    ...{ period: period.key, from: period.from, to: period.to, seq: view.clock.seq },
    component: query.component,
    ...{ own: totalOf(ours), portal: totalOf(theirs) },
    components: ours.groups.flatMap((group) =>
      group.components.map(({ id, max }) => ({ id, max, ...compare(ours, theirs, id) })),
    ),
    children: children.map((child) => ({
      unit: showUnit(view, child),
      ...compare(scoreOf(own, child), scoreOf(portal, child), query.component),
    })),
  };
}
