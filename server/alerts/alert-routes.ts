/** The routes of alerts: what stands, what is done about it, what was explained, what is about to be late. */
import type { ExplanationView } from '../../shared/alert.ts';
import type { Role } from '../../shared/people.ts';
import { listActing } from '../acts/assignees.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import type { Application, Request, Response } from '../http.ts';
import type { PersonCaller, ViewerCaller } from '../people/caller.ts';
import { requireUnlocked } from '../people/callers.ts';
import { type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { requireOneOfAnywhere, requireRole, rootsOf } from '../people/roles.ts';
import { getScopedUnit, openReach, type ScopedUnit } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { findExplanation } from '../store/explanation-store.ts';
import { readAlert } from './detail.ts';
import { readDue, readDueList } from './due.ts';
import { listExplanations, showExplanations } from './explained.ts';
import { readHandover } from './handover.ts';
import { readHealth } from './health.ts';
import { listAlerts } from './list.ts';

/** What the routes of alerts work with beside those of people. */
export type AlertParts = PeopleParts & {
  openView: (caller: ViewerCaller) => Promise<View>;
  read: ServeRead;
};

/** Many ids at once: five thousand of nine digits fit. */
const MANY_BYTES = 100_000;

/** The unit that is named, or all that the caller may see. */
const rootsFor = (view: View, unit: string | undefined): readonly ScopedUnit[] =>
  unit === undefined ? view.roots : [getScopedUnit(view, unit)];
/** The unit that is named, or the first of the caller's own. */
const unitFor = (view: View, unit: string | undefined): ScopedUnit =>
  unit === undefined ? view.root : getScopedUnit(view, unit);

/** The id in a path; AppError `notFound` for what is none, as for one that nobody has. */
function idOf({ params }: { params: Record<string, string> }, what: 'alert' | 'explanation'): number {
  const text = params.id ?? '';
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new AppError('notFound', `There is no ${what} ${text.slice(0, 40)}.`);
  return Number(text);
}

type Enter = (request: Request, response: Response) => Promise<PersonCaller>;

/** A person who has one of some roles somewhere (any will do without one) and whose session is not locked. */
function enterAs(parts: PeopleParts, roles: readonly Role[] = []): Enter {
  return async (request, response) => {
    const caller = await parts.admit(request, response);
    requireUnlocked(caller);
    if (roles.length > 0) requireOneOfAnywhere(caller, roles);
    if (caller.kind !== 'person') throw new AppError('forbidden', 'This is for people who have signed in.');
    return caller;
  };
}

/** How many episodes a change came to, as of which commit it is seen. */
async function answerCount({ store }: PeopleParts, { changed }: { changed: number }) {
  return { seq: (await store.readClock()).seq, changed };
}

function serveOne(app: Application, parts: AlertParts): void {
  const { run, clock } = parts;
  const operator = enterAs(parts, ['operator']);
  const shelver = enterAs(parts, ['operator', 'editor']);
  servePeopleRoute(app, 'acknowledgeAlert', operator, async (caller, { body, params }) => {
    const { note = null, isAgain } = body;
    const input = { ids: [idOf({ params }, 'alert')], note, isAgain };
    return answerCount(parts, await run({ name: 'acknowledge', caller, input, now: clock() }));
  });
  servePeopleRoute(
    app,
    'noteAlert',
    enterAs(parts, ['operator', 'head']),
    async (caller, { body, params }) => {
      const input = { id: idOf({ params }, 'alert'), text: body.text };
      return answerCount(parts, await run({ name: 'noteAlert', caller, input, now: clock() }));
    },
  );
  servePeopleRoute(app, 'assignAlert', operator, async (caller, { body, params }) => {
    const input = { id: idOf({ params }, 'alert'), login: body.login };
    return answerCount(parts, await run({ name: 'assignAlert', caller, input, now: clock() }));
  });
  servePeopleRoute(app, 'shelveAlert', shelver, async (caller, { body, params }) => {
    const input = { ...body, ids: [idOf({ params }, 'alert')] };
    return answerCount(parts, await run({ name: 'shelve', caller, input, now: clock() }));
  });
  servePeopleRoute(app, 'unshelveAlert', shelver, async (caller, { params }) => {
    const input = { id: idOf({ params }, 'alert') };
    return answerCount(parts, await run({ name: 'unshelve', caller, input, now: clock() }));
  });
}

function serveService(app: Application, parts: AlertParts): void {
  const { run, clock } = parts;
  const editor = enterAs(parts, ['editor']);
  servePeopleRoute(app, 'takeAlertOutOfService', editor, async (caller, { body, params }) => {
    const input = { ...body, id: idOf({ params }, 'alert') };
    return answerCount(parts, await run({ name: 'takeOutOfService', caller, input, now: clock() }));
  });
  servePeopleRoute(app, 'returnAlertToService', editor, async (caller, { params }) => {
    const input = { id: idOf({ params }, 'alert') };
    return answerCount(parts, await run({ name: 'returnToService', caller, input, now: clock() }));
  });
}

function serveMany(app: Application, parts: AlertParts): void {
  const { run, clock, standing, store } = parts;
  const operator = enterAs(parts, ['operator']);
  servePeopleRoute(
    app,
    'acknowledgeAlerts',
    operator,
    async (caller, { body: { ids, note = null, isAgain } }) => {
      const input = { ids, note, isAgain };
      return answerCount(parts, await run({ name: 'acknowledge', caller, input, now: clock() }));
    },
    MANY_BYTES,
  );
  servePeopleRoute(
    app,
    'shelveAlerts',
    enterAs(parts, ['operator', 'editor']),
    async (caller, { body }) =>
      answerCount(parts, await run({ name: 'shelve', caller, input: body, now: clock() })),
    MANY_BYTES,
  );
  servePeopleRoute(app, 'visitAlerts', enterAs(parts), async (caller, { body }) => {
    await run({ name: 'visitAlerts', caller, input: body, now: clock() });
    return {};
  });
  servePeopleRoute(app, 'listAssignees', operator, async (caller, { query }) => {
    const now = await standing();
    const reach = openReach(now.tree, rootsOf(caller, 'viewer'), now.today);
    const unit = getScopedUnit(reach, query.unit);
    requireRole(caller, 'operator', unit, now);
    const accounts = await listActing(store.reader, { unit }, now);
    return { accounts: accounts.map(({ login, title }) => ({ login, title })) };
  });
}

/** The explanation that an act changed, as whoever asked for it sees it. */
async function showOne(
  { openView }: AlertParts,
  caller: PersonCaller,
  changed: Promise<{ id: number }>,
): Promise<ExplanationView> {
  const { id } = await changed;
  const view = await openView(caller);
  const row = await findExplanation(view.reader, id);
  const [shown] = await showExplanations(view, row ? [row] : [], caller);
  if (!shown) throw new Error('an explanation is shown as nothing');
  return shown;
}

function serveExplanations(app: Application, parts: AlertParts): void {
  const { run, clock } = parts;
  const operator = enterAs(parts, ['operator']);
  servePeopleRoute(app, 'explainAlert', operator, async (caller, { body, params }) => {
    const input = { id: idOf({ params }, 'alert'), ...body };
    return showOne(parts, caller, run({ name: 'explainAlert', caller, input, now: clock() }));
  });
  servePeopleRoute(app, 'answerExplanation', enterAs(parts, ['head']), async (caller, { body, params }) => {
    const input = { id: idOf({ params }, 'explanation'), ...body };
    return showOne(parts, caller, run({ name: 'answerExplanation', caller, input, now: clock() }));
  });
  servePeopleRoute(app, 'urgeExplanation', operator, async (caller, { body, params }) => {
    const input = { id: idOf({ params }, 'explanation'), note: body.note ?? null };
    return showOne(parts, caller, run({ name: 'urgeExplanation', caller, input, now: clock() }));
  });
  servePeopleRoute(app, 'checkExplanation', operator, async (caller, { body, params }) => {
    const { isKept, note = null } = body;
    const input = { id: idOf({ params }, 'explanation'), isKept, note };
    return showOne(parts, caller, run({ name: 'checkExplanation', caller, input, now: clock() }));
  });
}

function serveReads({ read }: AlertParts): void {
  read('listAlerts', async (view, { query: { unit, ...query } }, caller) =>
    listAlerts(view, rootsFor(view, unit), { query, caller }),
  );
  read('getHealth', async (view, { query }) => readHealth(view, unitFor(view, query.unit), query.days));
  read('listExplanations', async (view, { query: { unit, state } }, caller) =>
    listExplanations(view, rootsFor(view, unit), { state, caller }),
  );
  read('getHandover', async (view, { query: { unit, hours } }, caller) =>
    readHandover(view, unitFor(view, unit), { hours, caller }),
  );
  read('getDue', async (view, { query }) => readDue(view, getScopedUnit(view, query.unit)));
  read('listDue', async (view, { query }) => readDueList(view, getScopedUnit(view, query.unit), query));
}

/** Serves the routes of alerts; fixed paths before the one that takes an id. */
export function serveAlerts(app: Application, parts: AlertParts): void {
  serveReads(parts);
  serveMany(app, parts);
  serveExplanations(app, parts);
  serveOne(app, parts);
  serveService(app, parts);
  parts.read('getAlert', async (view, call, caller) => readAlert(view, idOf(call, 'alert'), caller));
}
