/**
 * Traffic to watch: dossiers of their own, beside the history, whose steps follow within minutes, at any hour.
 * Law: every step is legal after the one before; the open ones are kept by the caller, so that a restart goes on.
 */
import { z } from 'zod';
import type { DossierEvent } from '../../shared/event.ts';
import { Dice, hashText, mixSeeds, sumUp } from './dice.ts';
import type { Place } from './places.ts';
import type { Province } from './province.ts';
import { type Feed, feedOf, type Told } from './tell.ts';

/** An open dossier of the live traffic: the event told last, and its number among the dossier's. */
export const LiveDossier = z.strictObject({
  code: z.string(),
  unit: z.string(),
  procedure: z.string(),
  receiver: z.string(),
  channel: z.enum(['online', 'direct', 'postal']),
  level: z.enum(['full', 'partial', 'none']),
  status: z.int(),
  step: z.int(),
});
export type LiveDossier = z.infer<typeof LiveDossier>;

/** What the caller keeps between runs: dossiers begun so far, and those still open. */
export const LiveState = z.strictObject({ begun: z.int().min(0), open: z.array(LiveDossier) });
export type LiveState = z.infer<typeof LiveState>;

/** The steps that may follow a step, and how often each does. Domain: status codes of the national sync. */
export const NEXT_STEPS: Readonly<Record<number, readonly (readonly [status: number, weight: number])[]>> = {
  1: [
    [2, 94],
    [3, 4],
    [7, 2],
  ],
  2: [
    [4, 94],
    [5, 3],
    [6, 2],
    [7, 1],
  ],
  4: [
    [9, 86],
    [5, 5],
    [6, 5],
    [7, 2],
    [8, 2],
  ],
  5: [
    [4, 96],
    [7, 3],
    [8, 1],
  ],
  6: [
    [4, 98],
    [7, 2],
  ],
  9: [[10, 1]],
};

/** No more than this many are open at once. */
const MOST_OPEN = 80;
const FEW_OPEN = 12;

/** The live traffic of a province; `state` is changed in place by each step. */
export class LiveTraffic {
  readonly state: LiveState;
  readonly #places: readonly Place[];
  readonly #odds: readonly number[];
  readonly #feeds: ReadonlyMap<string, Feed['id']>;

  constructor({ places }: Pick<Province, 'places'>, state: LiveState) {
    this.state = state;
    this.#places = places.filter(({ trouble }) => trouble === undefined);
    this.#odds = sumUp(this.#places.map(({ perDay }) => perDay));
    this.#feeds = new Map(places.map((place) => [place.code, feedOf(place)]));
  }

  /** The next thing to happen, at `at` (epoch ms): a new dossier, or a step of an open one. */
  step(at: number): Told {
    const { open } = this.state;
    const dice = new Dice(mixSeeds(hashText('live'), this.state.begun, Math.floor(at)));
    const isNew = open.length < FEW_OPEN ? dice.isLucky(0.85) : open.length < MOST_OPEN && dice.isLucky(0.3);
    const dossier = isNew || open.length === 0 ? this.#begin(dice, at) : this.#continue(dice);
    if (dossier.status === 10 || !NEXT_STEPS[dossier.status]) {
      this.state.open = open.filter(({ code }) => code !== dossier.code);
    }
    const feed = this.#feeds.get(dossier.unit) ?? 'portal';
    return { at, feed, event: describe(dossier, at, dice) };
  }

  #begin(dice: Dice, at: number): LiveDossier {
    const place = this.#places[dice.draw(this.#odds)];
    const service = place?.services[dice.draw(place.odds)];
    if (!place || !service) throw new RangeError('the province has no unit that resolves dossiers');
    const isOnline = dice.isLucky(0.97);
    this.state.begun += 1;
    const dossier: LiveDossier = {
      code: `${place.prefix}-L${Math.floor(at / 1000).toString(36)}-${this.state.begun}`,
      unit: place.code,
      procedure: service.procedure.code,
      receiver: place.code,
      channel: isOnline ? 'online' : 'direct',
      level: isOnline ? (at >= service.fullFrom ? 'full' : 'partial') : 'none',
      status: isOnline && dice.isLucky(0.25) ? 1 : 2,
      step: 1,
    };
    this.state.open.push(dossier);
    return dossier;
  }

  #continue(dice: Dice): LiveDossier {
    const { open } = this.state;
    const dossier = open[Math.floor(dice.next() * open.length)];
    const next = dossier && NEXT_STEPS[dossier.status];
    if (!dossier || !next) throw new RangeError('an open live dossier has no next step');
    // The step depends on the dossier alone: told again after a crash, it is the same step.
    const own = new Dice(mixSeeds(hashText(dossier.code), dossier.step, 0));
    const [status] = next[own.draw(sumUp(next.map(([, weight]) => weight)))] ?? [4];
    dossier.status = status;
    dossier.step += 1;
    return dossier;
  }
}

function describe(dossier: LiveDossier, at: number, dice: Dice): DossierEvent {
  const { code, unit, status, step, procedure, receiver, channel, level } = dossier;
  const event: DossierEvent = {
    id: `${code}.${step}`,
    kind: 'dossier',
    at: new Date(at).toISOString(),
    dossier: code,
    status,
    procedure,
    receiver,
    resolver: unit,
    channel,
    level,
  };
  if (status <= 2 && channel === 'online') event.vneid = true;
  if (status === 2) {
    event.fee = dice.isLucky(0.55);
    event.paidOnline = event.fee && dice.isLucky(0.85);
  }
  if (status === 9) {
    event.eResult = dice.isLucky(0.75);
    event.digitised = event.eResult && dice.isLucky(0.15);
  }
  return event;
}
