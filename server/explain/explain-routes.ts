/** The routes that explain figures, and hand out the rows behind them. */
import { INDICATORS } from '../../shared/catalogue.ts';
import { dayOf } from '../../shared/period.ts';
import type { AnswerOf, QueryOf } from '../../shared/wire.ts';
import { readAbsences } from '../figures/absence.ts';
import { getPeriod } from '../figures/asked.ts';
import type { View } from '../figures/sums.ts';
import { type Application, SENT } from '../http.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { enterUnlocked, type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { getScopedUnit, type ScopedUnit } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { readCorrections } from './corrections.ts';
import { explainFigure, getIndicator } from './explain.ts';
import { typeOfRows, writeRows } from './rows.ts';

/** What the routes of this room work with beside those of people. */
export type ExplainParts = PeopleParts & {
  openView: (caller: ViewerCaller) => Promise<View>;
  read: ServeRead;
};

const HOUR_MS = 3_600_000;

/** Which figures of a unit were corrected in the last hours. */
async function listCorrections(
  view: View,
  unit: ScopedUnit,
  { period: key, hours }: Required<Pick<QueryOf<'listCorrections'>, 'period'>> & { hours: number },
): Promise<AnswerOf<'listCorrections'>> {
  const period = getPeriod(key);
  if ((await readAbsences(view, [unit]))(unit, period)) return { seq: view.clock.seq, corrections: [] };
  const since = view.now - hours * HOUR_MS;
  const span = { knownFrom: dayOf(since, view.site.zone), knownTo: view.today, most: hours };
  const told = await readCorrections(view, { unit, period, indicators: INDICATORS, ...span });
  const recent = told.filter(({ at }) => Date.parse(at) > since);
  const seen = new Set<string>();
  const corrections = recent.filter(({ indicator }) => !seen.has(indicator) && seen.add(indicator));
  return { seq: view.clock.seq, corrections };
}

function serveRows(app: Application, parts: ExplainParts): void {
  const { openView, run, clock } = parts;
  const enter = (...asked: Parameters<typeof enterUnlocked> extends [unknown, ...infer R] ? R : never) =>
    enterUnlocked(parts, ...asked);
  servePeopleRoute(app, 'exportRows', enter, async (caller, { query, response }) => {
    const view = await openView(caller);
    const unit = getScopedUnit(view, query.unit);
    const indicator = getIndicator(query.indicator);
    const period = getPeriod(query.period);
    const { of, format } = query;
    const input = { unit, indicator: indicator.id, filter: { period: period.key, of, format } };
    await run({ name: 'noteRows', caller, input, now: clock() });
    const name = `${indicator.id}-${view.tree.get(unit).code}-${period.key}-${of}.${format}`;
    response.setHeader('Content-Type', typeOfRows(format));
    response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
    response.setHeader('Cache-Control', 'no-store');
    await writeRows(response, view, { unit, indicator, period, of, format });
    return SENT;
  });
}

/** Serves the stories of figures, their corrections, and the rows behind them. */
export function serveExplain(app: Application, parts: ExplainParts): void {
  const { read } = parts;
  read('explainFigure', (view, { query }) => explainFigure(view, getScopedUnit(view, query.unit), query));
  read('listCorrections', (view, { query }) => listCorrections(view, getScopedUnit(view, query.unit), query));
  serveRows(app, parts);
}
