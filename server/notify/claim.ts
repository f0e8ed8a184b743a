import type { NotificationKind } from '../../shared/notification.ts';

/**
 * A message that is to be sent or being sent: of notes after `from` up to `to`, of `repeat` those are instants. `at`: the instant
 * as of which it was decided. `by`: the process that sends it.
 */
export type Claim = {
  kind: Exclude<NotificationKind, 'trial'>;
  from: number;
  to: number;
  at: number;
  by: string;
};

/** By what a receiver knows a message that it was sent before: a function of channel, kind and bounds alone. */
export function keyOf(channel: number, { kind, from, to }: Pick<Claim, 'kind' | 'from' | 'to'>): string {
  return `ioc-${channel}-${kind}-${from}-${to}`;
}

/** A claim as it is stored. */
export function readClaim(text: string | null): Claim | null {
  return text === null ? null : (JSON.parse(text) as Claim);
}

/** Whether two claims are the same message, whoever sends it. */
export function isSameMessage(a: Claim, b: Claim): boolean {
  return a.kind === b.kind && a.from === b.from && a.to === b.to && a.at === b.at;
}
