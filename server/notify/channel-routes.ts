/** The routes by which administrators look after channels. Law: a secret is told once, and never again. */
import type { ChannelView } from '../../shared/rule-view.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import type { Application } from '../http.ts';
import { getAdministered } from '../people/account-routes.ts';
import type { PersonCaller } from '../people/caller.ts';
import { enterAdministrator, type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { createReach, rootsOf } from '../people/roles.ts';
import { createSecret } from '../people/secrets.ts';
import { findChannel, readChannels } from '../store/channel-store.ts';
import { showChannel } from './channel-views.ts';
import type { Notifier } from './notify.ts';
import { Undelivered } from './undelivered.ts';

/** What the routes of channels work with. `openUnit`: what somebody sees who may see a unit. */
export type ChannelParts = PeopleParts &
  Pick<Notifier, 'sendTrial'> & { openUnit: (unit: number) => Promise<View> };

const HOUR_MS = 3_600_000;
const msOf = (hours: number | null) => (hours === null ? null : Math.round(hours * HOUR_MS));

async function showOne({ store, openUnit }: ChannelParts, id: number): Promise<ChannelView> {
  const channel = await findChannel(store.reader, id);
  if (!channel) throw new AppError('notFound', `There is no channel ${id}.`);
  return showChannel(await openUnit(channel.unit), channel);
}

async function listChannels({ store, standing, openUnit, site }: ChannelParts, caller: PersonCaller) {
  const isReached = createReach(await standing(), rootsOf(caller, 'administrator'));
  const channels: ChannelView[] = [];
  for (const channel of await readChannels(store.reader))
    if (isReached(channel.unit)) channels.push(await showChannel(await openUnit(channel.unit), channel));
  const { mail, allowPrivateTargets } = site.alerting;
  return { channels, canMail: mail !== null, allowsPrivate: allowPrivateTargets };
}

/** Sends a trial at once; AppError `unprocessable` says why it did not arrive. */
async function tryOut({ sendTrial }: ChannelParts, id: number): Promise<void> {
  try {
    await sendTrial(id);
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error;
    throw new AppError('unprocessable', `The trial did not arrive: ${error.message}.`, [
      { field: 'target', reason: error.message },
    ]);
  }
}

/** Serves channels: listed, made, changed, tried out, removed. */
export function serveChannels(app: Application, parts: ChannelParts): void {
  const { run, clock } = parts;
  const enter = (...pair: Parameters<PeopleParts['admit']>) => enterAdministrator(parts, ...pair);
  servePeopleRoute(app, 'listChannels', enter, (caller) => listChannels(parts, caller));
  servePeopleRoute(app, 'addChannel', enter, async (caller, { body }) => {
    const { repeatHours, unit, ...facts } = body;
    const secret = body.kind === 'webhook' ? createSecret().text : null;
    const input = {
      ...{ ...facts, secret, repeatMs: msOf(repeatHours) },
      unit: getAdministered(caller, unit, await parts.standing()),
    };
    const { id } = await run({ name: 'addChannel', caller, input, now: clock() });
    return { channel: await showOne(parts, id), secret };
  });
  servePeopleRoute(app, 'changeChannel', enter, async (caller, { body }) => {
    const { repeatHours, ...change } = body;
    const repeat = repeatHours === undefined ? {} : { repeatMs: msOf(repeatHours) };
    await run({ name: 'changeChannel', caller, input: { ...change, ...repeat }, now: clock() });
    if (change.sendTrial) await tryOut(parts, body.id);
    return showOne(parts, body.id);
  });
  servePeopleRoute(app, 'removeChannel', enter, async (caller, { query }) => {
    await run({ name: 'removeChannel', caller, input: { id: query.id }, now: clock() });
    return {};
  });
}
