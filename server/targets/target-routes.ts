/** The routes of targets: read by whoever sees their units, set and signed by editors. */
import type { View } from '../figures/sums.ts';
import type { Application, Request, Response } from '../http.ts';
import type { PersonCaller, ViewerCaller } from '../people/caller.ts';
import { requireUnlocked } from '../people/callers.ts';
import { enterSession, type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { requireRoleAnywhere, rootsOf } from '../people/roles.ts';
import { getScopedUnit, openReach } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { readTargetsById } from '../store/target-store.ts';
import { listTargets, readVersion } from './targets.ts';

/** What the routes of targets work with. */
export type TargetParts = PeopleParts & {
  openView: (caller: ViewerCaller) => Promise<View>;
  read: ServeRead;
};

/** Serves targets. */
export function serveTargets(app: Application, parts: TargetParts): void {
  const { read, run, clock, openView } = parts;
  read('listTargets', (view, { query }, caller) =>
    listTargets(view, getScopedUnit(view, query.unit), { query, caller }),
  );
  const enter = async (request: Request, response: Response): Promise<PersonCaller> => {
    const caller = await enterSession(parts, request, response);
    requireUnlocked(caller);
    requireRoleAnywhere(caller, 'editor');
    return caller;
  };
  servePeopleRoute(app, 'setTarget', enter, async (caller, { body }) => {
    const { tree, today } = await parts.standing();
    const reach = openReach(tree, rootsOf(caller, 'viewer'), today);
    const input = { ...body, unit: getScopedUnit(reach, body.unit) };
    const { id } = await run({ name: 'setTarget', caller, input, now: clock() });
    const view = await openView(caller);
    return readVersion(view, caller, (await readTargetsById(view.reader, [id]))[0]);
  });
  servePeopleRoute(app, 'signTargets', enter, (caller, { body }) =>
    run({ name: 'signTargets', caller, input: body, now: clock() }),
  );
}
