/** A feed at the server's door: bodies written beforehand, posted a few at a time. */
import type { OpsEvent } from '../../shared/event.ts';

/** How a batch is written: one JSON object, or one event a line. */
export type BodyForm = 'json' | 'ndjson';

const TYPES = { json: 'application/json', ndjson: 'application/x-ndjson' } as const;

/** A batch as it goes over the wire. */
export function writeBody(events: readonly OpsEvent[], form: BodyForm): string {
  if (form === 'json') return JSON.stringify({ events });
  return `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
}

/** What a door needs to know: where, with which token. */
export type Door = { url: string; token: string };

/** Posts one body and gives its receipt; throws with the server's words when it is not taken. */
export async function postBody(
  { url, token }: Door,
  body: string,
  form: BodyForm,
): Promise<{ accepted: number; duplicates: number; seq: number }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': TYPES[form] };
  const response = await fetch(`${url}/api/events`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as { accepted: number; duplicates: number; seq: number };
}

/** Posts bodies in order, `lanes` at a time. */
export async function postAll(
  door: Door,
  bodies: readonly string[],
  { form, lanes }: { form: BodyForm; lanes: number },
): Promise<void> {
  let next = 0;
  const drive = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      await postBody(door, body, form);
    }
  };
  await Promise.all(Array.from({ length: lanes }, drive));
}
