import type { z } from 'zod';
import { ROUTES, type RouteName } from '../../shared/wire.ts';
import type { View } from '../figures/sums.ts';
import {
  type Application,
  type Call,
  type Middleware,
  type Request,
  type Response,
  SENT,
  type Sent,
  serveRoute,
} from '../http.ts';
import type { PersonCaller, ViewerCaller } from '../people/caller.ts';
import { requireUnlocked } from '../people/callers.ts';
import { enterSession, type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { requireRoleAnywhere, rootsOf } from '../people/roles.ts';
import { getScopedUnit, openReach } from '../people/scope.ts';
import { placeLines, readTable, sendTable, TABLE_BYTES } from '../read-table.ts';
import { toLedger, writeLedger } from './ledger.ts';
import { listLines, listOverrideViews, readOverrideView } from './overrides.ts';
import { listRuleViews, readRuleView } from './rules.ts';
import { THRESHOLD_TABLE, writeThresholds } from './threshold-table.ts';
import { listThresholdViews } from './thresholds.ts';

/** What the routes of rules work with. `enter` lets in whoever may read, whom `getSeen` gives with what he sees. */
export type RuleParts = PeopleParts & {
  openView: (caller: ViewerCaller) => Promise<View>;
  enter: Middleware;
  getSeen: (request: Request) => { view: View; caller: ViewerCaller };
};

type ReadName =
  | 'listRules'
  | 'exportLedger'
  | 'getRule'
  | 'listOverrides'
  | 'listThresholds'
  | 'exportThresholds';
type Seen<N extends ReadName> = { view: View; caller: ViewerCaller; call: Call<(typeof ROUTES)[N]> };

function serveReads(app: Application, { enter, getSeen, site }: RuleParts): void {
  const read = <N extends ReadName>(
    name: N,
    answer: (seen: Seen<N>) => Promise<z.input<(typeof ROUTES)[N]['answer']> | Sent>,
  ) =>
    serveRoute(
      app,
      ROUTES[name],
      async (call: Call<(typeof ROUTES)[N]>) => answer({ ...getSeen(call.request), call }),
      [enter],
    );
  const find = (view: View, unit: string | undefined) =>
    unit === undefined ? undefined : getScopedUnit(view, unit);
  const { fourEyes } = site.alerting;
  read('listRules', async ({ view, caller, call: { query } }) => ({
    ...{ seq: view.clock.seq, fourEyes },
    rules: await listRuleViews(view, caller, find(view, query.unit)),
  }));
  read('exportLedger', async ({ view, caller, call }) => {
    const rules = toLedger(await listRuleViews(view, caller, find(view, call.query.unit)));
    const file = { name: `rules-${view.today}`, table: () => writeLedger(rules) };
    return sendTable(call, file) ? SENT : { rules };
  });
  read('getRule', ({ view, caller, call }) => readRuleView(view, caller, call.params.id ?? ''));
  read('listOverrides', async ({ view, caller, call: { query } }) => {
    const wanted = { unit: find(view, query.unit), rule: query.rule };
    return { seq: view.clock.seq, overrides: await listOverrideViews(view, caller, wanted) };
  });
  read('listThresholds', async ({ view, call: { query } }) => {
    const thresholds = await listThresholdViews(view, getScopedUnit(view, query.unit), query.on);
    return { seq: view.clock.seq, thresholds };
  });
  read('exportThresholds', async ({ view, call }) => {
    const lines = await listLines(view, find(view, call.query.unit));
    const file = { name: `thresholds-${view.today}`, table: () => writeThresholds(lines) };
    return sendTable(call, file) ? SENT : { lines };
  });
}

function serveEditing(app: Application, parts: RuleParts): void {
  const { run, clock, openView } = parts;
  const enter = async (request: Request, response: Response): Promise<PersonCaller> => {
    const caller = await enterSession(parts, request, response);
    requireUnlocked(caller);
    requireRoleAnywhere(caller, 'editor');
    return caller;
  };
  const edit = <N extends RouteName>(
    name: N,
    handle: Parameters<typeof servePeopleRoute<N, PersonCaller>>[3],
    bodyBytes?: number,
  ) => servePeopleRoute(app, name, enter, handle, bodyBytes);
  const reachOf = async (caller: PersonCaller) => {
    const { tree, today } = await parts.standing();
    return openReach(tree, rootsOf(caller, 'viewer'), today);
  };
  const showRule = async (caller: PersonCaller, id: string) =>
    (await readRuleView(await openView(caller), caller, id)).rule;
  edit('saveRule', async (caller, { body }) => {
    const { unit } = body.body.scope;
    const input = { ...body, unit: unit === null ? null : getScopedUnit(await reachOf(caller), unit) };
    const { id } = await run({ name: 'saveRule', caller, input, now: clock() });
    return showRule(caller, id);
  });
  edit('decideRule', async (caller, { body }) => {
    const { id } = await run({ name: 'decideRule', caller, input: body, now: clock() });
    return showRule(caller, id);
  });
  edit('addOverride', async (caller, { body }) => {
    const input = { ...body, unit: getScopedUnit(await reachOf(caller), body.unit) };
    const { id } = await run({ name: 'addOverride', caller, input, now: clock() });
    return readOverrideView(await openView(caller), caller, id);
  });
  edit('decideOverride', async (caller, { body }) => {
    const { id } = await run({ name: 'decideOverride', caller, input: body, now: clock() });
    return readOverrideView(await openView(caller), caller, id);
  });
  edit(
    'importThresholds',
    async (caller, { body: { format, text, reason, isDryRun } }) => {
      const reach = await reachOf(caller);
      const read = readTable(THRESHOLD_TABLE, { format, text });
      const placed = placeLines(read, (unit) => getScopedUnit(reach, unit));
      const lines = placed.map((line) => ({ ...line, reason: line.reason ?? null }));
      return run({ name: 'importThresholds', caller, input: { lines, reason, isDryRun }, now: clock() });
    },
    TABLE_BYTES,
  );
}

/** Serves rules, overrides and thresholds: read by whoever sees their units, changed by editors. */
export function serveRules(app: Application, parts: RuleParts): void {
  serveReads(app, parts);
  serveEditing(app, parts);
}
