import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Namespace, Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../../shared/live.ts';
import type { View } from '../figures/sums.ts';
import type { Pacer } from '../pacer.ts';
import type { ViewerCaller } from '../people/caller.ts';
import type { Credentials } from '../people/callers.ts';
import type { Reach, ScopedUnit } from '../people/scope.ts';
import type { AnswerCache } from './encoded.ts';
import type { Room } from './rooms.ts';

/** Where the store stands: its clock, the units as of it, and the day. */
export type Position = Pick<View, 'clock' | 'tree' | 'today'>;

/** Somebody as found at one position of the store; at another it is looked up anew. */
export type Viewer = { caller: ViewerCaller; reach: Reach; asOf: string };

/** Names a position by all that may change what somebody may see. */
export const namePosition = ({ clock, today }: Pick<Position, 'clock' | 'today'>): string =>
  `${clock.rightsSeq} ${clock.unitSeq} ${today}`;

/** What the stream works with. */
export type StreamParts = {
  http: HttpServer;
  build: string;
  clock: () => number;
  /** Lets a link in before anybody looked it up; throws AppError `tooMany`. */
  knock: (request: IncomingMessage) => void;
  /** Whoever opens a link, looked up as it comes in. */
  admit: (request: IncomingMessage, credentials: Credentials) => Promise<Viewer>;
  /** The same, looked up again while it stays. */
  identify: (request: IncomingMessage, credentials: Credentials) => Promise<Viewer>;
  look: () => Promise<Position>;
  /** What a viewer sees at this instant. */
  openView: (caller: ViewerCaller) => Promise<View>;
  /** What all see who watch a unit. */
  openRoom: (unit: ScopedUnit) => Promise<View>;
  onTrouble: (error: unknown) => void;
};

type Facts = { viewer?: Viewer; credentials?: Credentials };
type Inside = Record<string, never>;

/** A viewer's socket, once it was let in. */
export type LiveSocket = Socket<ClientEvents, ServerEvents, Inside, Facts>;
export type LiveSpace = Namespace<ClientEvents, ServerEvents, Inside, Facts>;

/**
 * What this process knows of the store: `seq` up to which it was told, and what everybody starts anew with. `isUrgent`: somebody's
 * rights have changed, so the store is looked at without delay.
 */
export type Known = { seq: number; resetSeq: number; today: string; isUrgent: boolean };

/** What the parts of the stream share. */
export type StreamState = StreamParts & {
  live: LiveSpace;
  rooms: Map<number, Room>;
  known: Known;
  cache: AnswerCache;
  pace: Pacer;
};

/** The name of a unit's room. */
export const roomName = (unit: number): string => `u${unit}`;

/** The unit that a room is of; undefined for a room of another kind. */
export function findRoomUnit(name: string): number | undefined {
  const [, id] = /^u(\d+)$/.exec(name) ?? [];
  return id === undefined ? undefined : Number(id);
}
