/** Channels in the guarded world: as routes and acts ask for them. */
import type { InputOf } from '../../server/acts/acts.ts';
import type { Running } from '../server.ts';
import { idOf } from './guarded-callers.ts';
import type { RouteCase } from './guarded-routes.ts';
import { markOf, referenceOf, type Target, type UnitKey } from './guarded-world.ts';

const COMMAND = { kind: 'command' } as const;
const FACTS = { kind: 'webhook', target: 'https://receiver.example.vn/alerts' } as const;
let made = 0;

/** A channel to be made in a unit. */
export const channelOrder = (running: Running, unit: UnitKey): InputOf<'addChannel'> => ({
  ...{ ...FACTS, name: `Channel ${++made} of ${markOf(unit)}`, unit: idOf(running, unit), secret: 'x' },
  ...{ least: 'warning', mode: 'immediate', repeatMs: null, quietFrom: null, quietTo: null },
});

/** The id of a channel made for one request. */
export async function addVictimChannel(running: Running, unit: UnitKey): Promise<number> {
  const { acts, clock } = running;
  const input = channelOrder(running, unit);
  return (await acts.writer.run({ name: 'addChannel', caller: COMMAND, input, now: clock.now() })).id;
}

type OfTarget = (
  running: Running,
  target: Target,
  make: (running: Running, unit: UnitKey) => Promise<number>,
) => Promise<number>;

/** The routes of channels; `ofTarget` gives what a request is about. */
export const channelRoutes = (ofTarget: OfTarget) =>
  ({
    listChannels: { by: 'nothing', who: 'administrator', ask: () => ({ path: '/api/channels' }) },
    addChannel: {
      by: 'reference',
      who: 'administrator',
      ask: (_running, target) => ({
        ...{ path: '/api/channels', method: 'POST' },
        body: { ...FACTS, name: `Channel ${++made}`, unit: referenceOf(target) },
      }),
    },
    changeChannel: {
      by: 'id',
      who: 'administrator',
      ask: async (running, target) => ({
        ...{ path: '/api/channels', method: 'PUT' },
        body: { id: await ofTarget(running, target, addVictimChannel), isEnabled: false },
      }),
    },
    removeChannel: {
      by: 'id',
      who: 'administrator',
      ask: async (running, target) => ({
        path: `/api/channels?id=${await ofTarget(running, target, addVictimChannel)}`,
        method: 'DELETE',
      }),
    },
  }) as const satisfies Record<string, RouteCase>;
