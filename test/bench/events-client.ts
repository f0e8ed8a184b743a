/** A feed's way in over HTTP: bodies written beforehand, posted a few at a time over connections that stay open. */
import { Agent, request } from 'node:http';
import type { OpsEvent } from '../../shared/event.ts';

/** How a batch is written: one JSON object, or one event a line. */
export type BodyForm = 'json' | 'ndjson';

const TYPES = { json: 'application/json', ndjson: 'application/x-ndjson' } as const;

/** Connections of all feeds together; what comes while all are busy waits its turn. */
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** A batch as it goes over the wire. */
export function writeBody(events: readonly OpsEvent[], form: BodyForm): string {
  if (form === 'json') return JSON.stringify({ events });
  return `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
}

/** Where events are posted, and with which token. */
export type Endpoint = { url: string; token: string };

export type Receipt = { accepted: number; duplicates: number; seq: number };

/** Posts one body and gives its receipt; throws with the server's words when it is not taken. */
export async function postBody({ url, token }: Endpoint, body: string, form: BodyForm): Promise<Receipt> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': TYPES[form],
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const call = request(`${url}/api/events`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as Receipt);
        else reject(new Error(`${response.statusCode} ${text}`));
      });
    });
    call.once('error', reject);
    call.end(body);
  });
}

/** Posts bodies in order, `atOnce` at a time. */
export async function postAll(
  endpoint: Endpoint,
  bodies: readonly string[],
  { form, atOnce }: { form: BodyForm; atOnce: number },
): Promise<void> {
  let next = 0;
  const drive = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      await postBody(endpoint, body, form);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, drive));
}
