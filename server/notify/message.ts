/** From what a channel is to send next to the very message: reads notes, episodes and units; writes nothing. */
import type { AlertBrief } from '../../shared/alert.ts';
import { CHANNEL_RULE } from '../../shared/alert-policy.ts';
import type { Notification, NotifiedAlert } from '../../shared/notification.ts';
import { isoOf } from '../../shared/period.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import { showBriefs } from '../alerts/brief.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { createReach } from '../people/roles.ts';
import { readEpisodes } from '../store/alert-store.ts';
import type { StoredChannel } from '../store/channel-store.ts';
import {
  readNotesOf,
  readOpenEpisodes,
  type StoredEpisode,
  type StoredNote,
} from '../store/episode-store.ts';
import { readNewestNote, readNotes } from '../store/note-store.ts';
import { type Claim, keyOf } from './claim.ts';
import { findQuietEnd, findRepeatAfter } from './schedule.ts';
import {
  type Bounds,
  findAnnouncedAt,
  isHeard,
  isTellable,
  isWaiting,
  selectTold,
  type Told,
} from './select.ts';

/** A message, and when the next repeat is due as far as this one looked; `null` where there is nothing to tell. */
export type Built = { message: Notification | null; repeatAt: number | null };

/** More alerts than these are rolled up by unit. */
const ROLLED_UP_OVER = 10;

const byId = (notes: readonly StoredNote[]) => Map.groupBy(notes, ({ episode }) => episode);

/** Whether a channel tells of the alerts of a unit: it lies in its subtree as the tree stands today. */
export function createFilter({ tree, today }: View, channel: StoredChannel): (unit: number) => boolean {
  return createReach({ tree, today }, [channel.unit]);
}

/** A channel does not tell that it fails itself. */
const isOwnFailure = ({ rule, key }: StoredEpisode, { id }: StoredChannel) =>
  rule === CHANNEL_RULE && key === String(id);

/** What notes tell by a channel, in no order. */
export async function findTold(
  view: View,
  channel: StoredChannel,
  { to, ...bounds }: Bounds & { to: number },
): Promise<Told[]> {
  const { reader } = view;
  const isInside = createFilter(view, channel);
  const fresh = await readNotes(reader, { from: bounds.from, to });
  const ids = new Set(
    fresh.filter(({ kind, unit }) => isTellable(kind) && isInside(unit)).map(({ episode }) => episode),
  );
  const episodes = [...(await readEpisodes(reader, [...ids])).values()].filter(
    (one) => !isOwnFailure(one, channel),
  );
  const history = await readNotesOf(reader, [...ids], { from: channel.startsAfter, to });
  return selectTold(episodes, byId(history), channel, bounds);
}

/** What stays unacknowledged and is due to be repeated, and when the next is. */
async function findRepeated(view: View, channel: StoredChannel, { from, at }: Claim) {
  const { reader, site, tree } = view;
  const { repeatMs } = channel;
  if (repeatMs === null) return { told: [], repeatAt: null };
  const isInside = createFilter(view, channel);
  const units = [...tree.units.keys()].filter(isInside);
  const open = (await readOpenEpisodes(reader, units)).filter(
    (episode) => isWaiting(episode) && isHeard(channel, episode.severity) && !isOwnFailure(episode, channel),
  );
  const newest = await readNewestNote(reader);
  const ids = open.map(({ id }) => id);
  const histories = byId(await readNotesOf(reader, ids, { from: channel.startsAfter, to: newest }));
  const isQuiet = findQuietEnd(channel, at, site.zone) !== null;
  const told: Told[] = [];
  let repeatAt: number | null = null;
  for (const episode of open) {
    const announcedAt = findAnnouncedAt(episode, histories.get(episode.id) ?? [], channel);
    if (announcedAt === null) continue;
    const isDue = findRepeatAfter(announcedAt, repeatMs, from) <= at;
    if (isDue && (!isQuiet || episode.severity === 'critical')) told.push({ episode, kinds: [] });
    const next = findRepeatAfter(announcedAt, repeatMs, at);
    repeatAt = repeatAt === null ? next : Math.min(repeatAt, next);
  }
  return { told, repeatAt };
}

const noCounts = () => ({ critical: 0, major: 0, warning: 0, advisory: 0 });

function countSeverities(alerts: readonly Pick<AlertBrief, 'severity'>[]): Record<AlertSeverity, number> {
  const counts = noCounts();
  for (const { severity } of alerts) counts[severity] += 1;
  return counts;
}

const rankOf = (severity: AlertSeverity) => ALERT_SEVERITIES.indexOf(severity);
const byUrgency = (a: NotifiedAlert, b: NotifiedAlert) =>
  rankOf(a.severity) - rankOf(b.severity) || Date.parse(a.openedAt) - Date.parse(b.openedAt) || a.id - b.id;

/** Alerts by unit, the worst and then the most first; none where there are few. */
function rollUp(alerts: readonly NotifiedAlert[]): Notification['units'] {
  if (alerts.length <= ROLLED_UP_OVER) return [];
  const units = [...Map.groupBy(alerts, ({ unit }) => unit).values()].flatMap((own) => {
    const [first] = own;
    return first
      ? [{ ref: first.ref, name: first.unitName, worst: first.severity, counts: countSeverities(own) }]
      : [];
  });
  const sizeOf = ({ counts }: (typeof units)[number]) => ALERT_SEVERITIES.map((severity) => counts[severity]);
  return units.sort((a, b) => {
    const [of, other] = [sizeOf(a), sizeOf(b)];
    const difference = of.map((count, index) => (other[index] ?? 0) - count).find((more) => more !== 0);
    return difference ?? (a.ref < b.ref ? -1 : 1);
  });
}

function linkTo({ site }: View, path: string): string | null {
  const { address } = site.alerting;
  return address === null ? null : new URL(path, address.endsWith('/') ? address : `${address}/`).href;
}

/** The frame of a message of a channel: all but what it tells. */
export function frameOf(view: View, channel: StoredChannel, { key, at }: { key: string; at: number }) {
  const { ref, name } = showUnit(view, channel.unit);
  return {
    ...{
      key,
      site: view.site.name,
      channel: { id: channel.id, name: channel.name, unit: ref, unitName: name },
    },
    ...{ seq: view.clock.seq, at: isoOf(at, view.site.zone), url: linkTo(view, 'alerts') },
  };
}

async function showTold(view: View, told: readonly Told[]): Promise<NotifiedAlert[]> {
  const kinds = new Map(told.map((one) => [one.episode.id, one.kinds]));
  const briefs = await showBriefs(
    view,
    told.map(({ episode }) => episode),
  );
  return briefs
    .map((brief) => ({
      ...brief,
      told: [...(kinds.get(brief.id) ?? [])],
      url: linkTo(view, `alerts/${brief.id}`),
    }))
    .sort(byUrgency);
}

/** What a trial tells: that it arrived. */
export function buildTrial(view: View, channel: StoredChannel): Notification {
  const key = `ioc-${channel.id}-trial-${view.now}`;
  const frame = frameOf(view, channel, { key, at: view.now });
  return { ...frame, kind: 'trial', counts: noCounts(), alerts: [], units: [], due: null };
}

/** Counts of dossiers that will be late, by unit, for a digest; null where there are none. */
export type ReadDue = (view: View) => Promise<Notification['due']>;

/** The message a claim stands for, as of its instant: asked again it is the same message. */
export async function buildMessage(
  view: View,
  channel: StoredChannel,
  { claim, readDue }: { claim: Claim; readDue: ReadDue },
): Promise<Built> {
  const { kind, from, to, at } = claim;
  const isQuiet = kind === 'alerts' && findQuietEnd(channel, at, view.site.zone) !== null;
  const hours = kind === 'quietEnd' ? 'heldBack' : isQuiet ? 'criticalOnly' : 'all';
  const { told, repeatAt } =
    kind === 'repeat'
      ? await findRepeated(view, channel, claim)
      : { told: await findTold(view, channel, { from, to, hours }), repeatAt: null };
  const due = kind === 'digest' ? await readDue(view) : null;
  if (told.length === 0 && due === null) return { message: null, repeatAt };
  const alerts = await showTold(view, told);
  const frame = frameOf(view, channel, { key: keyOf(channel.id, claim), at });
  const counts = countSeverities(alerts);
  return { message: { ...frame, kind, counts, alerts, units: rollUp(alerts), due }, repeatAt };
}
