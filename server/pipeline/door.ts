import { createHmac } from 'node:crypto';
import type { DossierEvent, OpsEvent } from '../../shared/event.ts';
import { dayOf } from '../../shared/period.ts';
import type { Scope, Unit, UnitTree } from '../../shared/unit.ts';
import { packFlags, type Step } from '../dossier/step.ts';
import { AppError, type InputError } from '../errors.ts';
import type { LogEvent } from '../store/log-store.ts';
import { createBreath } from './breath.ts';

/** A little clock difference between a feed and us is no fault. */
const FUTURE_MS = 5 * 60_000;

/** What is needed to check and rewrite a feed's events at the door. `scope` is that of the token's unit. */
export type DoorContext = {
  feed: string;
  tree: UnitTree;
  scope: Scope;
  zone: string;
  now: number;
  hashKey: string;
};

/** An event ready for the log; `step` for a dossier's. */
export type Admitted = { log: LogEvent; step: Step | null };

/** Hashes of codes seen lately: a dossier's steps come close together. */
const hashes = new Map<string, string>();
const MOST_HASHES = 50_000;

/** The keyed hash that stands for a source's code of a dossier or petition: 22 characters, base64url. */
export function hashCode(code: string, hashKey: string): string {
  const seen = `${hashKey}${code}`;
  let hash = hashes.get(seen);
  if (hash === undefined) {
    hash = createHmac('sha256', hashKey).update(code).digest('base64url').slice(0, 22);
    if (hashes.size >= MOST_HASHES) hashes.clear();
    hashes.set(seen, hash);
  }
  return hash;
}

function unitFields(event: OpsEvent): [field: string, code: string][] {
  if (event.kind === 'dossier')
    return [
      ['receiver', event.receiver],
      ['resolver', event.resolver],
    ];
  return event.kind === 'probe' ? [] : [['unit', event.unit]];
}

type Checked = { at: number; units: Unit[]; errors: InputError[]; inScope: boolean };

function check(event: OpsEvent, index: number, context: DoorContext): Checked {
  const errors: InputError[] = [];
  const at = Date.parse(event.at);
  if (at > context.now + FUTURE_MS) errors.push({ index, field: 'at', reason: 'lies in the future' });
  const day = dayOf(at, context.zone);
  const units: Unit[] = [];
  const fields = unitFields(event);
  let inScope = fields.length === 0;
  for (const [field, code] of fields) {
    const unit = context.tree.findOn(code, day);
    if (!unit) errors.push({ index, field, reason: `no unit has the code ${code} on ${day}` });
    else {
      units.push(unit);
      inScope ||= context.tree.isWithin(context.scope, unit.id, day);
    }
  }
  return { at, units, errors, inScope };
}

type Telling = { feed: string; id: string; at: number; units: readonly Unit[] };

function toStep(event: DossierEvent, { feed, id, at, units }: Telling): Step | null {
  const [receiver, resolver] = units;
  if (!receiver || !resolver) return null;
  return {
    feed,
    id,
    at,
    status: event.status,
    receiver: receiver.id,
    resolver: resolver.id,
    channel: event.channel,
    level: event.level,
    procedure: event.procedure,
    field: event.field ?? null,
    due: event.due === undefined ? null : Date.parse(event.due),
    flags: packFlags(event),
  };
}

/** A feed's id of an event without the code that feeds like to build it from; a repeat still meets its first. */
const hideCode = (id: string, code: string, hash: string): string => id.replaceAll(code, hash);

/** Takes every code that could lead to a person's case out of an event: what is left may be kept. */
function toLog(event: OpsEvent, at: number, hashKey: string): LogEvent {
  if (event.kind === 'dossier') {
    const { id, kind, dossier, ...rest } = event;
    const subject = hashCode(dossier, hashKey);
    return { id: hideCode(id, dossier, subject), kind, at, subject, body: JSON.stringify(rest) };
  }
  if (event.kind === 'petition') {
    const { id, kind, petition, ...rest } = event;
    const subject = hashCode(petition, hashKey);
    return { id: hideCode(id, petition, subject), kind, at, subject, body: JSON.stringify(rest) };
  }
  const { id, kind, ...rest } = event;
  if (!('dossier' in rest) || rest.dossier === undefined)
    return { id, kind, at, subject: null, body: JSON.stringify(rest) };
  const dossier = hashCode(rest.dossier, hashKey);
  const body = JSON.stringify({ ...rest, dossier });
  return { id: hideCode(id, rest.dossier, dossier), kind, at, subject: null, body };
}

/** Admits a batch or throws AppError: `unprocessable` names every bad event, `forbidden` those outside the scope. */
export async function admitEvents(events: readonly OpsEvent[], context: DoorContext): Promise<Admitted[]> {
  const errors: InputError[] = [];
  const outside: InputError[] = [];
  const admitted: Admitted[] = [];
  const breath = createBreath();
  for (const [index, event] of events.entries()) {
    const checked = check(event, index, context);
    errors.push(...checked.errors);
    if (checked.errors.length === 0 && !checked.inScope) {
      const field = unitFields(event)[0]?.[0] ?? 'unit';
      outside.push({ index, field, reason: 'lies outside the scope of this token' });
    }
    const log = toLog(event, checked.at, context.hashKey);
    const telling = { feed: context.feed, id: log.id, at: checked.at, units: checked.units };
    admitted.push({ log, step: event.kind === 'dossier' ? toStep(event, telling) : null });
    await breath.take();
  }
  if (errors.length > 0)
    throw new AppError('unprocessable', 'Some events cannot be taken; none was.', errors);
  if (outside.length > 0)
    throw new AppError('forbidden', 'Some events lie outside the scope; none was taken.', outside);
  return admitted;
}

/** The step that a logged dossier event stands for: what `rebuild` folds. */
export function readLoggedStep(
  logged: { feed: string; id: string; at: number; body: string },
  { tree, zone }: { tree: UnitTree; zone: string },
): Step {
  const event = JSON.parse(logged.body) as DossierEvent;
  const day = dayOf(logged.at, zone);
  const receiver = tree.findOn(event.receiver, day);
  const resolver = tree.findOn(event.resolver, day);
  const step = receiver && resolver ? toStep(event, { ...logged, units: [receiver, resolver] }) : null;
  if (!step)
    throw new AppError(
      'conflict',
      `The log names a unit that is not stored: ${event.receiver} or ${event.resolver} on ${day}.`,
    );
  return step;
}
