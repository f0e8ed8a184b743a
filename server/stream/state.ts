import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Namespace, Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../../shared/live.ts';
import type { View } from '../figures/sums.ts';
import type { Pacer } from '../pacer.ts';
import type { Credentials } from '../people/callers.ts';
import type { AnswerCache } from './encoded.ts';
import type { Room } from './rooms.ts';

/** What the stream works with; `openView` gives the view of a scope's unit at this instant. */
export type StreamParts = {
  http: HttpServer;
  build: string;
  clock: () => number;
  /** Lets a link in before anybody looked it up; throws AppError `tooMany`. */
  knock: (request: IncomingMessage) => void;
  /** The unit a link may read, looked up as it comes in. */
  admit: (request: IncomingMessage, credentials: Credentials) => Promise<number>;
  /** The same, asked again while it stays. */
  identify: (request: IncomingMessage, credentials: Credentials) => Promise<number>;
  openView: (root: number) => Promise<View>;
  getUnit: (view: View, reference: string) => number;
  onTrouble: (error: unknown) => void;
};

type Facts = { root?: number; credentials?: Credentials };
type Inside = Record<string, never>;

/** A viewer's socket, once it was let in; `root` is the unit of its scope. */
export type LiveSocket = Socket<ClientEvents, ServerEvents, Inside, Facts>;
export type LiveSpace = Namespace<ClientEvents, ServerEvents, Inside, Facts>;

/** What this process knows of the store: `seq` up to which it was told, and what everybody starts anew with. */
export type Known = { seq: number; resetSeq: number; today: string };

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
