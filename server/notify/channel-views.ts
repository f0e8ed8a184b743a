import { isoOf } from '../../shared/period.ts';
import type { ChannelView } from '../../shared/rule-view.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { StoredChannel } from '../store/channel-store.ts';
import { findMessageEnd } from '../store/note-store.ts';
import { findTold } from './message.ts';
import { FAILING_AFTER_MS } from './schedule.ts';

/** So many notes are looked through for what waits. */
const LOOKED_THROUGH = 5000;
const HOUR_MS = 3_600_000;

/** How many alerts a channel has yet to tell of: those after its place, and what quiet hours hold back. */
async function countWaiting(view: View, channel: StoredChannel): Promise<number> {
  if (channel.isEnabled === 0) return 0;
  const { place, heldFrom } = channel;
  const to = await findMessageEnd(view.reader, place, LOOKED_THROUGH);
  const next = await findTold(view, channel, { from: place, to, hours: 'all' });
  const held =
    heldFrom === null ? [] : await findTold(view, channel, { from: heldFrom, to: place, hours: 'heldBack' });
  return new Set([...next, ...held].map(({ episode }) => episode.id)).size;
}

/** How a channel stands. `failing`: for five minutes nothing has arrived. */
function stateOf(channel: StoredChannel, waiting: number, now: number): ChannelView['state'] {
  const { isEnabled, failedFrom, episode, failures, mode } = channel;
  if (isEnabled === 0) return 'off';
  if (failedFrom !== null && (episode !== null || now - failedFrom >= FAILING_AFTER_MS)) return 'failing';
  return failures > 0 || (waiting > 0 && mode === 'immediate') ? 'waiting' : 'ok';
}

/** A channel as its administrators see it, from a view of its unit: all but its secret. */
export async function showChannel(view: View, channel: StoredChannel): Promise<ChannelView> {
  const { id, kind, name, target, least, mode, repeatMs, quietFrom, quietTo, failure } = channel;
  const { ref, name: unitName } = showUnit(view, channel.unit);
  const waiting = await countWaiting(view, channel);
  const iso = (at: number | null) => (at === null ? null : isoOf(at, view.site.zone));
  return {
    ...{ id, kind, name, unit: ref, unitName, target, least, mode, quietFrom, quietTo, failure, waiting },
    repeatHours: repeatMs === null ? null : repeatMs / HOUR_MS,
    isEnabled: channel.isEnabled === 1,
    state: stateOf(channel, waiting, view.now),
    sentAt: iso(channel.sentAt),
    failedAt: iso(channel.failedAt),
  };
}
