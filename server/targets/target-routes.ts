/** The routes of targets: read by whoever sees their units, set and signed by editors. */
import type { View } from '../figures/sums.ts';
import { type Application, type Request, type Response, SENT } from '../http.ts';
import type { PersonCaller, ViewerCaller } from '../people/caller.ts';
import { requireUnlocked } from '../people/callers.ts';
import { enterSession, type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { requireRoleAnywhere, rootsOf } from '../people/roles.ts';
import { getScopedUnit, openReach } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { placeLines, readTable, sendTable, TABLE_BYTES } from '../read-table.ts';
import { readTargetsById } from '../store/target-store.ts';
import { listTargetLines, TARGET_TABLE, writeTargets } from './target-table.ts';
import { listTargets, readVersion } from './targets.ts';

/** What the routes of targets work with. */
export type TargetParts = PeopleParts & {
  openView: (caller: ViewerCaller) => Promise<View>;
  read: ServeRead;
};

function serveReads({ read }: TargetParts): void {
  read('listTargets', (view, { query }, caller) =>
    listTargets(view, getScopedUnit(view, query.unit), { query, caller }),
  );
  read('exportTargets', async (view, call) => {
    const year = call.query.year ?? Number(view.today.slice(0, 4));
    const lines = await listTargetLines(view, getScopedUnit(view, call.query.unit), year);
    const file = { name: `targets-${year}-${view.today}`, table: () => writeTargets(lines) };
    return sendTable(call, file) ? SENT : { lines };
  });
}

function serveActs(app: Application, parts: TargetParts): void {
  const { run, clock, openView } = parts;
  const enter = async (request: Request, response: Response): Promise<PersonCaller> => {
    const caller = await enterSession(parts, request, response);
    requireUnlocked(caller);
    requireRoleAnywhere(caller, 'editor');
    return caller;
  };
  const reachOf = async (caller: PersonCaller) => {
    const { tree, today } = await parts.standing();
    return openReach(tree, rootsOf(caller, 'viewer'), today);
  };
  servePeopleRoute(app, 'setTarget', enter, async (caller, { body }) => {
    const input = { ...body, unit: getScopedUnit(await reachOf(caller), body.unit) };
    const { id } = await run({ name: 'setTarget', caller, input, now: clock() });
    const view = await openView(caller);
    return readVersion(view, caller, (await readTargetsById(view.reader, [id]))[0]);
  });
  servePeopleRoute(
    app,
    'importTargets',
    enter,
    async (caller, { body: { format, text, ...order } }) => {
      const reach = await reachOf(caller);
      const lines = placeLines(readTable(TARGET_TABLE, { format, text }), (unit) =>
        getScopedUnit(reach, unit),
      );
      return run({ name: 'importTargets', caller, input: { ...order, lines }, now: clock() });
    },
    TABLE_BYTES,
  );
  servePeopleRoute(app, 'signTargets', enter, (caller, { body }) =>
    run({ name: 'signTargets', caller, input: body, now: clock() }),
  );
}

/** Serves targets. */
export function serveTargets(app: Application, parts: TargetParts): void {
  serveReads(parts);
  serveActs(app, parts);
}
