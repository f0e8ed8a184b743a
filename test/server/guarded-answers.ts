/** What stands in an answer of the guarded world: what it gives away, and what a refusal says beside what it was asked. */
import type { Running } from '../server.ts';
import { idOf } from './guarded-callers.ts';
import type { Order } from './guarded-routes.ts';
import {
  findLeaks,
  markOf,
  type Post,
  referenceOf,
  sightOf,
  type Target,
  UNIT_KEYS,
} from './guarded-world.ts';

const UNIT_FIELDS = ['unit', 'parent', 'of'];

/** Ids of units in the fields of an answer. */
function* listIds(fields: Record<string, unknown>): Generator<number> {
  if ('code' in fields && typeof fields.id === 'number') yield fields.id;
  if ('measures' in fields && Array.isArray(fields.rows)) for (const [unit] of fields.rows) yield unit;
  // Votes of so many samples are of no unit.
  if ('clear' in fields && 'raise' in fields) return;
  // "3 of 148": how many there are.
  if ('affected' in fields) return;
  for (const name of UNIT_FIELDS) {
    const id = fields[name];
    if (typeof id === 'number') yield id;
  }
}

/** Ids of units wherever they stand in an answer. */
function listAllIds(text: string): number[] {
  const found: number[] = [];
  JSON.parse(text, (_name, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      found.push(...listIds(value as Record<string, unknown>));
    return value;
  });
  return found;
}

/** What an answer gives away of units that its reader may not see; `asked` is what the reader said himself. */
export function listLeaks(running: Running, posts: readonly Post[], text: string, asked = ''): string[] {
  const hidden = UNIT_KEYS.filter((key) => sightOf(posts, key) !== 'whole').map((key) => idOf(running, key));
  const ids = text.startsWith('{') ? listAllIds(text).filter((id) => hidden.includes(id)) : [];
  const said = asked === '' ? text : text.replaceAll(asked, '?');
  return [...findLeaks(posts, said), ...new Set(ids.map((id) => `unit ${id}`))];
}

/** An answer without the names of units above its reader's: those he knows of. */
export function withoutAbove(posts: readonly Post[], text: string): string {
  const above = UNIT_KEYS.filter((key) => sightOf(posts, key) === 'part');
  return above.reduce((rest, key) => rest.replaceAll(markOf(key), '?'), text);
}

/** What the answer to a refused request repeats of it: how it named its unit. */
export const codeOf = (target: Target): string => referenceOf(target).split('@')[0] ?? '';

/** The id that a body names, the first of many. */
function idIn(body: unknown): number | string | undefined {
  const { id, ids } = (body ?? {}) as { id?: number | string; ids?: number[] };
  return id ?? ids?.[0];
}

/** A refusal without what the request itself said: two of them are alike when nothing tells their units apart. */
export function withoutName(text: string, target: Target, { path, body }: Order): string {
  const id = idIn(body) ?? /(?:id=|(?:rules|alerts|explanations)\/)(\w+)/.exec(path)?.[1];
  const said = [referenceOf(target), codeOf(target)];
  const rest = said.reduce((left, word) => left.replaceAll(word, '?'), text);
  return id === undefined || id === null ? rest : rest.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), '?');
}
