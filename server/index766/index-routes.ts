/** The routes of the index: reading it, and sealing a month. */
import { versionOn } from '../../shared/index766.ts';
import { hasEndedBy, type Period } from '../../shared/period.ts';
import type { SealOrder } from '../acts/seal-index.ts';
import { AppError } from '../errors.ts';
import { treeDayOf, type View } from '../figures/sums.ts';
import type { Application, Request, Response } from '../http.ts';
import type { PersonCaller, ViewerCaller } from '../people/caller.ts';
import { requireUnlocked } from '../people/callers.ts';
import { enterSession, type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { requireRole, requireRoleAnywhere } from '../people/roles.ts';
import { getScopedUnit, nearestDay, type ScopedUnit } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { readGap } from './gap.ts';
import { getIndexPeriod, readIndex } from './index-answer.ts';
import { readKnown } from './scores.ts';
import { findSealFault, packFacts, packFormula } from './sealing.ts';

/** What the routes of the index work with. */
export type IndexParts = PeopleParts & {
  openView: (caller: ViewerCaller) => Promise<View>;
  read: ServeRead;
};

/** AppError `unprocessable` for a month of which nothing is there to be sealed: the unit was not, or nobody told of it. */
async function requireTold(view: View, unit: ScopedUnit, period: Period): Promise<void> {
  const order = { units: [unit], period, to: period.to };
  const own = (await readKnown(view, { ...order, basis: 'own' }))(unit);
  const portal = (await readKnown(view, { ...order, basis: 'portal' }))(unit);
  const facts = view.tree.get(unit);
  const absence = hasEndedBy(facts, period.from) ? { ended: facts.to } : own.absence;
  const fault = findSealFault(absence, portal);
  if (!fault) return;
  throw new AppError('unprocessable', 'There is nothing to seal in this month.', [
    { field: 'period', ...fault },
  ]);
}

/** What is told of a unit and of all below it, ready to be kept. */
async function collect(view: View, unit: ScopedUnit, period: Period) {
  const day = nearestDay(view.tree.get(unit), treeDayOf(period, view.today));
  const units = view.tree.subtreeOn(unit, day).map(({ id }) => id);
  const kept: SealOrder['kept'][number][] = [];
  for (const basis of ['own', 'portal'] as const) {
    const known = await readKnown(view, { units, period, to: period.to, basis });
    kept.push(...units.map((id) => ({ unit: id, basis, told: packFacts(known(id).facts) })));
  }
  return { formula: packFormula(versionOn(view.site.index766, period.from)), kept };
}

/** Serves the index. */
export function serveIndex(app: Application, parts: IndexParts): void {
  const { read, run, clock, openView } = parts;
  read('getIndex', (view, { query }, caller) =>
    readIndex(view, getScopedUnit(view, query.unit), { query, caller }),
  );
  read('getIndexGap', (view, { query }) => readGap(view, getScopedUnit(view, query.unit), query));
  const enter = async (request: Request, response: Response): Promise<PersonCaller> => {
    const caller = await enterSession(parts, request, response);
    requireUnlocked(caller);
    requireRoleAnywhere(caller, 'editor');
    return caller;
  };
  servePeopleRoute(app, 'sealIndex', enter, async (caller, { body }) => {
    const view = await openView(caller);
    const unit = getScopedUnit(view, body.unit);
    requireRole(caller, 'editor', unit, view);
    const { note } = body;
    const period = getIndexPeriod(body.period);
    await requireTold(view, unit, period);
    const collected = await collect(view, unit, period);
    const input = { unit, period: period.key, note, seq: view.clock.seq, ...collected };
    return run({ name: 'sealIndex', caller, input, now: clock() });
  });
}
