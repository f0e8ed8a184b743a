import { createHmac } from 'node:crypto';
import type { OpsEvent } from '../../shared/event.ts';
import { dayOf } from '../../shared/period.ts';
import type { Scope, UnitTree } from '../../shared/unit.ts';
import { AppError, type InputError } from '../errors.ts';
import type { BaseStep, Kinds } from '../kinds/kind.ts';
import type { LoggedEvent } from '../store/event-store.ts';
import type { LogEvent } from '../store/write/events.ts';
import { type AnyFold, getFold } from './folding.ts';
import { takeTurn } from './turn.ts';

/** A little clock difference between a feed and us is no fault. */
const FUTURE_MS = 5 * 60_000;

/** What is needed to check and rewrite a feed's events at the door. `scope` is that of the token's unit. */
export type DoorContext = {
  feed: string;
  namespace: string;
  tree: UnitTree;
  /** The unit of the token. */
  unit: number;
  scope: Scope;
  zone: string;
  now: number;
  hashKey: string;
  kinds: Kinds;
};

/** The step that an event is, of which subject; `units` are those it names. */
export type AdmittedStep = {
  kind: string;
  key: string;
  fold: AnyFold;
  step: BaseStep;
  units: readonly number[];
};

/** An event ready for the log, and the step that it is; `isKnown`: it was told before. */
export type Admitted = {
  index: number;
  event: OpsEvent;
  log: LogEvent;
  step: AdmittedStep;
  isKnown: boolean;
};

/** Hashes of codes seen lately, by one key: a dossier's steps come close together. */
let hashedBy = '';
const hashes = new Map<string, string>();
const MOST_HASHES = 50_000;

/** The keyed hash that stands for a source's code within a namespace: 22 characters, base64url. */
export function hashCode(
  code: string,
  { namespace, hashKey }: { namespace: string; hashKey: string },
): string {
  const named = namespace === '' ? code : `${namespace}\u0000${code}`;
  if (hashedBy !== hashKey) {
    hashes.clear();
    hashedBy = hashKey;
  }
  let hash = hashes.get(named);
  if (hash === undefined) {
    hash = createHmac('sha256', hashKey).update(named).digest('base64url').slice(0, 22);
    if (hashes.size >= MOST_HASHES) hashes.clear();
    hashes.set(named, hash);
  }
  return hash;
}

type Fields = Record<string, unknown>;

/** What an event says in a field; undefined where it says nothing. */
function textOf(event: Fields, field: string): string | undefined {
  const value = event[field];
  return typeof value === 'string' ? value : undefined;
}

type Checked = { at: number; units: number[]; errors: InputError[]; inScope: boolean };

function check(event: OpsEvent, index: number, context: DoorContext): Checked {
  const errors: InputError[] = [];
  const at = Date.parse(event.at);
  if (at > context.now + FUTURE_MS) errors.push({ index, field: 'at', reason: 'lies in the future' });
  const day = dayOf(at, context.zone);
  const units: number[] = [];
  let inScope = false;
  for (const field of context.kinds[event.kind].units) {
    const code = textOf(event, field) ?? context.tree.get(context.unit).code;
    const unit = context.tree.findOn(code, day);
    if (!unit) errors.push({ index, field, reason: `no unit has the code ${code} on ${day}` });
    else {
      units.push(unit.id);
      inScope ||= context.tree.isWithin(context.scope, unit.id, day);
    }
  }
  return { at, units, errors, inScope };
}

type Hidden = { id: string; subject: string | null; facts: Fields };

/**
 * Takes every code that could lead to a person's case out of an event: what is left may be kept. Feeds like to build ids
 * from codes: there the hash stands too, so that a repeat still meets its first.
 */
function hideCodes(event: OpsEvent, context: DoorContext): Hidden {
  const { code, otherCodes } = context.kinds[event.kind];
  // Left out of the text: undefined costs less than deleting, or than copying all the rest one by one.
  const facts: Fields = { ...event, id: undefined, kind: undefined };
  let hiddenId = event.id;
  let subject: string | null = null;
  for (const field of code === null ? otherCodes : [code, ...otherCodes]) {
    const value = textOf(facts, field);
    if (value === undefined) continue;
    const hash = hashCode(value, context);
    hiddenId = hiddenId.replaceAll(value, hash);
    if (field === code) {
      subject = hash;
      facts[field] = undefined;
    } else facts[field] = hash;
  }
  return { id: hiddenId, subject, facts };
}

/** Names the unit that an event left to its token: the log is read without one. */
function stateUnits(facts: Fields, kind: OpsEvent['kind'], context: DoorContext): void {
  for (const field of context.kinds[kind].units) facts[field] ??= context.tree.get(context.unit).code;
}

function admitEvent(event: OpsEvent, index: number, { at, units }: Checked, context: DoorContext): Admitted {
  const { kind } = event;
  const { id, subject, facts } = hideCodes(event, context);
  stateUnits(facts, kind, context);
  const told = { feed: context.feed, id, at, units };
  const key = subject ?? context.kinds[kind].keyOf?.(event, told);
  if (key === undefined) throw new RangeError(`an event of kind ${kind} has no subject`);
  const fold = getFold(context.kinds, kind);
  const step = fold.read(event, told);
  const unit = fold.isNews(step) ? (units.at(-1) ?? null) : null;
  const log: LogEvent = { id, kind, at, subject: key, unit, outcome: null, body: JSON.stringify(facts) };
  return { index, event, log, isKnown: false, step: { kind, key, fold, step, units } };
}

/** Admits a batch or throws AppError: `unprocessable` names every bad event, `forbidden` those outside the scope. */
export async function admitEvents(events: readonly OpsEvent[], context: DoorContext): Promise<Admitted[]> {
  const errors: InputError[] = [];
  const outside: InputError[] = [];
  const admitted: Admitted[] = [];
  for (const [index, event] of events.entries()) {
    const checked = check(event, index, context);
    errors.push(...checked.errors);
    if (checked.errors.length === 0 && !checked.inScope) {
      const field = context.kinds[event.kind].units[0] ?? 'unit';
      outside.push({ index, field, reason: 'lies outside the scope of this token' });
    }
    if (errors.length + outside.length === 0) admitted.push(admitEvent(event, index, checked, context));
    await takeTurn(index);
  }
  if (errors.length > 0)
    throw new AppError('unprocessable', 'Some events cannot be taken; none was.', errors);
  if (outside.length > 0)
    throw new AppError('forbidden', 'Some events lie outside the scope; none was taken.', outside);
  return admitted;
}

/** The step that a logged event stands for: what `rebuild` folds. */
export function readLogged(
  { kind, feed, id, at, body }: Omit<LoggedEvent, 'subject'>,
  { kinds, tree, zone }: Pick<DoorContext, 'kinds' | 'tree' | 'zone'>,
): BaseStep {
  const event = JSON.parse(body) as Fields;
  const day = dayOf(at, zone);
  const fields = Object.entries(kinds).find(([name]) => name === kind)?.[1].units ?? [];
  const units = fields.map((field) => {
    const code = textOf(event, field) ?? '';
    const unit = tree.findOn(code, day);
    if (!unit) throw new AppError('conflict', `The log names a unit that is not stored: ${code} on ${day}.`);
    return unit.id;
  });
  return getFold(kinds, kind).read(event, { feed, id, at, units });
}
