/** The routes and acts of alerts, as they are asked for in the guarded world. */
import { readExplanationsOf } from '../../server/store/explanation-store.ts';
import { insertExplanation, updateExplanation } from '../../server/store/write/explanations.ts';
import type { ALERT_ROUTES } from '../../shared/alert-wire.ts';
import { dayOf } from '../../shared/period.ts';
import type { Running } from '../server.ts';
import { raise, readEpisode, stepAlert, WARNING } from './alerting.ts';
import { idOf } from './guarded-callers.ts';
import type { Managing, Order, RouteCase } from './guarded-routes.ts';
import { referenceOf, type Target, type UnitKey } from './guarded-world.ts';

import { SITE } from './world.ts';

const HOUR = 3_600_000;

/** The id of an alert of a unit that is open and on no shelf. */
export async function addVictimAlert(running: Running, unit: UnitKey): Promise<number> {
  const id = await raise(running, idOf(running, unit), WARNING);
  const { suppression } = await readEpisode(running, id);
  if (suppression === 'outOfService')
    await stepAlert(running, id, { kind: 'putBack', at: running.clock.now() });
  if (suppression === 'shelved') await stepAlert(running, id, { kind: 'unshelve', at: running.clock.now() });
  return id;
}

/** The same, on a shelf. */
async function addVictimShelved(running: Running, unit: UnitKey): Promise<number> {
  const id = await addVictimAlert(running, unit);
  const at = running.clock.now();
  await stepAlert(running, id, { kind: 'shelve', at, until: at + 2 * HOUR, isOneShot: false });
  return id;
}

/** The same, out of service. */
async function addVictimOut(running: Running, unit: UnitKey): Promise<number> {
  const id = await addVictimAlert(running, unit);
  const at = running.clock.now();
  await stepAlert(running, id, { kind: 'takeOut', at, until: at + 48 * HOUR });
  return id;
}

/** A day on which an alert may be reviewed. */
const reviewOn = ({ clock }: Running) => dayOf(clock.now() + 48 * HOUR, SITE.zone);

async function answerAll({ store, clock }: Running, episode: number): Promise<void> {
  const rows = await readExplanationsOf(store.reader, episode);
  await store.commit(clock.now(), async (tx) => {
    for (const row of rows) await updateExplanation(tx, row, { answeredAt: tx.at, nextAt: null });
  });
}

/** The same, of which nothing is asked. */
async function addVictimUnasked(running: Running, unit: UnitKey): Promise<number> {
  const id = await addVictimAlert(running, unit);
  await answerAll(running, id);
  return id;
}

/** The id of an explanation that was asked of a unit. */
async function addVictimAsked(running: Running, unit: UnitKey): Promise<number> {
  const episode = await addVictimAlert(running, unit);
  const dueAt = running.clock.now() + 2 * HOUR;
  const asked = {
    episode,
    unit: idOf(running, unit),
    askedBy: 'command',
    question: 'x',
    dueAt,
    nextAt: dueAt,
  };
  return running.store.commit(running.clock.now(), (tx) => insertExplanation(tx, asked));
}

/** The same, answered. */
async function addVictimAnswered(running: Running, unit: UnitKey): Promise<number> {
  const id = await addVictimAsked(running, unit);
  const answered = { answeredAt: running.clock.now(), nextAt: null };
  await running.store.commit(running.clock.now(), (tx) => updateExplanation(tx, { id }, answered));
  return id;
}

type Make = (running: Running, unit: UnitKey) => Promise<number>;
type OfTarget = (running: Running, target: Target, make: Make) => Promise<number>;

const readUnit = (path: string, more = ''): RouteCase => ({
  ...{ by: 'reference', who: 'viewer' },
  ask: (_running, target) => ({ path: `${path}?unit=${referenceOf(target)}${more}` }),
});
const readAll = (path: string): RouteCase => ({ by: 'nothing', who: 'viewer', ask: () => ({ path }) });

function takeOutCase(ofTarget: OfTarget): RouteCase {
  return {
    ...{ by: 'id', who: 'editor', isSeen: true },
    ask: async (running, target) => ({
      path: `/api/alerts/${await ofTarget(running, target, addVictimAlert)}/out-of-service`,
      method: 'POST',
      body: { reason: 'tried', work: 'tried', reviewOn: reviewOn(running) },
    }),
  };
}

/** Every route of alerts; `ofTarget` gives what a request is about. */
export function alertCases(
  ofTarget: OfTarget,
): Record<keyof typeof ALERT_ROUTES, RouteCase | readonly RouteCase[]> {
  const verb = (who: Managing, path: (id: number) => string, make: Make, body: object = {}): RouteCase => ({
    ...{ by: 'id', who, isSeen: true },
    ...(make === addVictimAlert || path === urge ? { isLasting: true } : {}),
    ask: async (running, target) => ({
      ...{ path: path(await ofTarget(running, target, make)), method: 'POST', body },
    }),
  });
  const many = (who: Managing, path: string, body: object): RouteCase => ({
    ...{ by: 'id', who, isSeen: true, isLasting: true },
    ask: async (running, target) => ({
      ...{ path, method: 'POST', body: { ...body, ids: [await ofTarget(running, target, addVictimAlert)] } },
    }),
  });
  const alert = (name: string) => (id: number) => `/api/alerts/${id}/${name}`;
  const explanation = (name: string) => (id: number) => `/api/explanations/${id}/${name}`;
  const urge = explanation('urge');
  const shelf = { hours: 1, reason: 'tried' };
  return {
    listAlerts: [
      ...['', '?state=all', '?since=1&state=all'].map((more) => readAll(`/api/alerts${more}`)),
      ...['', '&state=closed'].map((more) => readUnit('/api/alerts', more)),
    ],
    getAlert: {
      ...{ by: 'id', who: 'viewer', isSeen: true, tellsAbove: true },
      ask: async (running, target) => ({
        path: `/api/alerts/${await ofTarget(running, target, addVictimAlert)}`,
      }),
    },
    acknowledgeAlert: verb('operator', alert('acknowledge'), addVictimAlert),
    noteAlert: verb('operator or head', alert('note'), addVictimAlert, { text: 'tried' }),
    assignAlert: verb('operator', alert('assign'), addVictimAlert, { login: null }),
    shelveAlert: verb('operator or editor', alert('shelve'), addVictimAlert, shelf),
    unshelveAlert: verb('operator or editor', alert('unshelve'), addVictimShelved),
    takeAlertOutOfService: takeOutCase(ofTarget),
    returnAlertToService: verb('editor', alert('return-to-service'), addVictimOut),
    acknowledgeAlerts: many('operator', '/api/alerts/acknowledge', {}),
    shelveAlerts: many('operator or editor', '/api/alerts/shelve', shelf),
    visitAlerts: {
      ...{ by: 'nothing', who: { live: 200, locked: 401, other: 403 } },
      ask: (): Order => ({ path: '/api/alerts/visit', method: 'POST', body: { seq: 1 } }),
    },
    listAssignees: {
      ...{ by: 'reference', who: 'operator', isLasting: true },
      ask: (_running, target) => ({ path: `/api/alerts/assignees?unit=${referenceOf(target)}` }),
    },
    explainAlert: verb('operator', alert('explain'), addVictimUnasked, { question: 'tried' }),
    listExplanations: [readAll('/api/explanations'), readUnit('/api/explanations')],
    answerExplanation: verb('head', explanation('answer'), addVictimAsked, {
      ...{ cause: 'tried', measures: 'tried', promisedOn: null },
    }),
    urgeExplanation: verb('operator', urge, addVictimAsked),
    checkExplanation: verb('operator', explanation('check'), addVictimAnswered, { isKept: true }),
    getHealth: [readAll('/api/alerts/health'), readUnit('/api/alerts/health')],
    getHandover: [readAll('/api/handover'), readUnit('/api/handover')],
    getDue: readUnit('/api/due'),
    listDue: readUnit('/api/due/dossiers', '&stage=overdue&limit=500'),
  };
}

type Asked = { running: Running; target: UnitKey };

/** Every act of alerts, past its route. */
export function alertActs(ofVictim: OfTarget) {
  const ofOne = async ({ running, target }: Asked, make: Make) => ({
    id: await ofVictim(running, target, make),
  });
  const ofMany = async ({ running, target }: Asked) => ({
    ids: [await ofVictim(running, target, addVictimAlert)],
  });
  return {
    acknowledge: {
      isLasting: true,
      who: 'operator',
      input: async (asked: Asked) => ({ ...(await ofMany(asked)), note: null, isAgain: false }),
    },
    shelve: {
      isLasting: true,
      who: 'operator or editor',
      input: async (asked: Asked) => ({
        ...(await ofMany(asked)),
        ...{ hours: 1, reason: 'tried', isOneShot: false },
      }),
    },
    unshelve: {
      who: 'operator or editor',
      input: (asked: Asked) => ofOne(asked, addVictimShelved),
    },
    noteAlert: {
      isLasting: true,
      who: 'operator or head',
      input: async (asked: Asked) => ({ ...(await ofOne(asked, addVictimAlert)), text: 'tried' }),
    },
    assignAlert: {
      isLasting: true,
      who: 'operator',
      input: async (asked: Asked) => ({ ...(await ofOne(asked, addVictimAlert)), login: null }),
    },
    visitAlerts: { who: 'session', input: () => ({ seq: 1 }) },
  } as const;
}

/** Every act of being out of service, past its route. */
export function serviceActs(ofVictim: OfTarget) {
  return {
    takeOutOfService: {
      isLasting: true,
      who: 'editor',
      input: async ({ running, target }: Asked) => ({
        id: await ofVictim(running, target, addVictimAlert),
        ...{ reason: 'tried', work: 'tried', reviewOn: reviewOn(running) },
      }),
    },
    returnToService: {
      who: 'editor',
      input: async ({ running, target }: Asked) => ({ id: await ofVictim(running, target, addVictimOut) }),
    },
  } as const;
}

/** Every act of explanations, past its route. */
export function explanationActs(ofVictim: OfTarget) {
  const ofOne = async ({ running, target }: Asked, make: Make) => ({
    id: await ofVictim(running, target, make),
  });
  return {
    explainAlert: {
      who: 'operator',
      input: async (asked: Asked) => ({
        ...(await ofOne(asked, addVictimUnasked)),
        ...{ question: 'tried', within: { amount: 8, unit: 'workingHours' as const } },
      }),
    },
    answerExplanation: {
      who: 'head',
      input: async (asked: Asked) => ({
        ...(await ofOne(asked, addVictimAsked)),
        ...{ cause: 'tried', measures: 'tried', promisedOn: null },
      }),
    },
    urgeExplanation: {
      isLasting: true,
      who: 'operator',
      input: async (asked: Asked) => ({ ...(await ofOne(asked, addVictimAsked)), note: null }),
    },
    checkExplanation: {
      who: 'operator',
      input: async (asked: Asked) => ({
        ...(await ofOne(asked, addVictimAnswered)),
        isKept: true,
        note: null,
      }),
    },
  } as const;
}
