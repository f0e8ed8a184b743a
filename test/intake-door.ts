import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DossierEvent, OpsEvent } from '../shared/event.ts';

/** A door as the contract describes it: once per id, all or nothing, refusing by index what `refuses` names. */
export type Door = {
  url: string;
  events: Map<string, DossierEvent>;
  batches: number[];
  tokens: Set<string | undefined>;
  refuses: (event: DossierEvent) => string | undefined;
  /** Answers to give before looking at the next requests: a status, or `drop` to break the connection. */
  moods: (number | 'drop')[];
  isAway: boolean;
  close(): Promise<void>;
};

async function readEvents(request: IncomingMessage): Promise<DossierEvent[]> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { events } = JSON.parse(Buffer.concat(parts).toString()) as { events: unknown[] };
  return events.map((event) => OpsEvent.parse(event)).filter((event) => event.kind === 'dossier');
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' })
    .end(JSON.stringify(body));
}

async function serve(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const events = await readEvents(request);
  door.tokens.add(request.headers.authorization);
  const mood = door.moods.shift();
  if (mood === 'drop') return void request.socket.destroy();
  if (mood !== undefined) return answer(response, mood, { title: 'Not now', detail: `mood ${mood}` });
  const errors = events.flatMap((event, index) => {
    const reason = door.refuses(event);
    return reason === undefined ? [] : [{ index, field: 'receiver', reason }];
  });
  if (errors.length > 0) return answer(response, 422, { title: 'Refused', status: 422, errors });
  const fresh = events.filter(({ id }) => !door.events.has(id));
  for (const event of events) door.events.set(event.id, event);
  door.batches.push(events.length);
  answer(response, 200, {
    accepted: fresh.length,
    duplicates: events.length - fresh.length,
    seq: door.batches.length,
  });
}

/** Opens a door on a free port of this machine. */
export async function openDoor(): Promise<Door> {
  const server = createServer((request, response) => {
    if (door.isAway) request.socket.destroy();
    else serve(door, request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const door: Door = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events: new Map(),
    batches: [],
    tokens: new Set(),
    refuses: () => undefined,
    moods: [],
    isAway: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return door;
}
