/** One dossier's whole life, drawn when it is filed. Law: only legal steps, each later than the one before. */
import type { Norm } from '../../shared/config.ts';
import type { Channel, ServiceLevel } from '../../shared/event.ts';
import type { Service } from './catalogue.ts';
import { type Day, type Days, drawTimeOfDay } from './days.ts';
import type { Dice } from './dice.ts';
import type { Place } from './places.ts';
import { maturity, onlineShare, punctualityShift, vneidShare } from './shape.ts';
import type { Trouble } from './trouble.ts';

/** `due` is what the step states (epoch ms), null where it states nothing. */
export type Step = { at: number; status: number; due: number | null };

/** A dossier with all its steps, in order. `receiver` and `resolver` become their heirs at the merger. */
export type Dossier = {
  code: string;
  resolver: Place;
  receiver: Place;
  heir: Place;
  service: Service;
  channel: Channel;
  level: ServiceLevel;
  hasFee: boolean;
  paidOnline: boolean;
  vneid: boolean;
  reused: boolean;
  populationData: boolean;
  eResult: boolean;
  digitised: boolean;
  apology: boolean;
  steps: Step[];
};

/**
 * Where and when a dossier is filed. `pickReceiver` gives the unit it is filed at, not always the one that resolves;
 * `wave` is what all of a wave ask for, else undefined.
 */
export type Filing = {
  place: Place;
  day: Day;
  code: string;
  pickReceiver: (dice: Dice) => Place;
  wave: Service | undefined;
};

/** No step lies later than this many days after the filing. */
export const LONGEST_LIFE_DAYS = 150;

const HOUR = 3_600_000;
const whole = (at: number): number => Math.floor(at / 1000) * 1000;

type Draft = { dice: Dice; days: Days; trouble: Trouble | undefined; filing: Filing };

/** Draws a dossier filed at a place on a day. Takes from the dice only, so the same dice give the same dossier. */
export function planDossier(filing: Filing, { dice, days }: { dice: Dice; days: Days }): Dossier {
  const { place, day } = filing;
  const trouble = place.trouble && day.startsAt >= place.trouble.since ? place.trouble : undefined;
  const draft: Draft = { dice, days, trouble, filing };
  const service = filing.wave ?? place.services[dice.draw(place.odds)];
  if (!service) throw new RangeError(`${place.code} resolves nothing`);
  const share = trouble?.online ?? onlineShare(place, day.month);
  const isOnline = !day.isWorking || dice.isLucky(share);
  const channel = isOnline ? 'online' : dice.isLucky(0.12) ? 'postal' : 'direct';
  const filedAt = day.startsAt + drawTimeOfDay(dice, isOnline && !filing.wave);
  const { steps, isLate } = planSteps(draft, { filedAt, isOnline, service });
  const facts = drawFacts(draft, service, { channel, filedAt });
  return { ...facts, apology: isLate && dice.isLucky(0.6), steps };
}

type Filed = { channel: Channel; filedAt: number };

function drawFacts(
  draft: Draft,
  service: Service,
  { channel, filedAt }: Filed,
): Omit<Dossier, 'steps' | 'apology'> {
  const { dice, filing } = draft;
  const { place, day } = filing;
  const { quality } = place;
  const grown = maturity(day.month);
  const hasFee = dice.isLucky(Math.min(1, service.fee * place.feeFactor));
  const isOnline = channel === 'online';
  const eResult = dice.isLucky(quality.eResult * grown);
  return {
    code: filing.code,
    resolver: place,
    receiver: filing.pickReceiver(dice),
    heir: place.heirs[dice.draw(place.heirOdds)] ?? place,
    service,
    channel,
    level: isOnline ? (filedAt >= service.fullFrom ? 'full' : 'partial') : 'none',
    hasFee,
    paidOnline: hasFee && dice.isLucky(quality.paid * grown * (isOnline ? 1 : 0.2)),
    vneid: isOnline && dice.isLucky(vneidShare(day.month, day.text)),
    reused: dice.isLucky(0.0171 * grown),
    populationData: dice.isLucky(quality.populationData * grown),
    eResult,
    digitised: eResult && dice.isLucky((quality.digitised * grown) / Math.max(0.01, quality.eResult)),
  };
}

type Planned = { steps: Step[]; isLate: boolean };
type Beginning = { filedAt: number; isOnline: boolean; service: Service };

function planSteps(draft: Draft, { filedAt, isOnline, service }: Beginning): Planned {
  const { dice, days, filing } = draft;
  const opensAt = days.calendar.addWorkingHours(filedAt, 0);
  const isWaiting = opensAt > filedAt;
  const wait = isOnline ? dice.wait(isWaiting ? 0.9 : 0.35) : isWaiting ? dice.next() : 0;
  const acceptedAt = whole(days.calendar.addWorkingHours(opensAt, Math.min(wait, 7)));
  const dueAt = addNorm(acceptedAt, service.procedure.norm, days);
  const due = filing.place.statesDue ? dueAt : null;
  const steps: Step[] = [];
  if (isOnline && (isWaiting || dice.isLucky(0.1))) steps.push({ at: whole(filedAt), status: 1, due: null });
  if (steps.length > 0 && acceptedAt <= whole(filedAt)) steps.pop();
  if (steps.length > 0 && dice.isLucky(0.035)) {
    steps.push({ at: acceptedAt, status: dice.isLucky(0.8) ? 3 : 7, due: null });
    return { steps, isLate: false };
  }
  steps.push({ at: acceptedAt, status: 2, due });
  const isLate = planWork(draft, steps, dueAt);
  const end = filing.day.startsAt + LONGEST_LIFE_DAYS * 86_400_000;
  return { steps: steps.filter(({ at }) => at < end), isLate };
}

/** When a norm that begins at an instant is over; without a norm 10 working days. */
export function addNorm(at: number, norm: Norm | undefined, { calendar }: Days): number {
  if (norm?.unit === 'workingHours') return calendar.addWorkingHours(at, norm.amount);
  if (norm?.unit === 'days') return calendar.addCalendarDays(at, norm.amount);
  return calendar.addWorkingDays(at, norm?.amount ?? 10);
}

/** The share on time that trouble leaves of what falls due at an instant; undefined where there is none of it. */
function findCollapse({ trouble }: Place, dueAt: number): number | undefined {
  if (!trouble || dueAt < trouble.since || dueAt >= (trouble.until ?? Number.POSITIVE_INFINITY))
    return undefined;
  return trouble.onTime;
}

/** The working hours a dossier takes, its pauses left out: within its norm, or more. */
function drawHours({ dice, days, trouble, filing }: Draft, normHours: number, dueAt: number): number {
  if (filing.wave) return normHours + dice.between(-2, 12);
  const { punctuality, quality, origin, tier } = filing.place;
  const dueMonth = days.get(days.numberAt(dueAt)).month;
  const usual = 1 / (1 + Math.exp(-(punctuality + punctualityShift(origin, dueMonth))));
  const collapsed = findCollapse(filing.place, dueAt);
  const onTime = collapsed ?? usual;
  const drag = trouble?.drag ?? 1;
  const isOnTime = dice.isLucky(onTime);
  const part = tier === 'department' ? 0.2 + 0.035 * quality.meanDays : 0.18 + 0.055 * quality.meanDays;
  const slow = Math.min(0.88, part);
  if (isOnTime) return Math.max(0.3, normHours * dice.next() ** ((1 - slow) / slow) * 0.99) * drag;
  const extra = dice.wait(collapsed !== undefined ? 34 : 8 + Math.min(normHours * 0.55, 70) * slow);
  return (normHours + 0.5 + extra * (dice.isLucky(0.06) ? 4 : 1)) * drag;
}

/** Adds what happens from acceptance to hand-over, by working hours without pauses; whether it is done late. */
function planWork(draft: Draft, steps: Step[], dueAt: number): boolean {
  const { dice, days, trouble } = draft;
  const course = new Course({ days, steps, dueAt });
  const normHours = Math.max(1, days.calendar.workingMsBetween(course.acceptedAt, dueAt) / HOUR);
  const hours = Math.min(drawHours(draft, normHours, dueAt), 560);
  const start = Math.min(hours * 0.3, 0.05 + dice.wait(Math.min(1.5, normHours * 0.06)));
  if (dice.isLucky(0.985)) course.step(4, start);
  else course.pause(5, start, 2 + dice.wait(9));
  if (dice.isLucky(trouble?.supplement ?? 0.03)) {
    course.pause(5, start + (hours - start) * dice.between(0.1, 0.5), 2 + dice.wait(12));
    if (dice.isLucky(trouble?.again ?? 0.06))
      course.pause(5, hours * dice.between(0.6, 0.9), 2 + dice.wait(10));
  }
  if (dice.isLucky(0.02)) course.pause(6, hours * 0.92, 0.2 + dice.wait(7));
  if (dice.isLucky(0.012)) {
    course.step(dice.isLucky(0.6) ? 7 : 8, hours * 0.95);
    return false;
  }
  return course.finish(hours, dice);
}

/** The course of one dossier since its acceptance; keeps its due time moved by its pauses. */
class Course {
  readonly acceptedAt: number;
  readonly #days: Days;
  readonly #steps: Step[];
  readonly #statesDue: boolean;
  #dueAt: number;
  #pausedHours = 0;

  constructor({ days, steps, dueAt }: { days: Days; steps: Step[]; dueAt: number }) {
    const accepted = steps.at(-1);
    this.acceptedAt = accepted?.at ?? 0;
    this.#statesDue = typeof accepted?.due === 'number';
    this.#days = days;
    this.#steps = steps;
    this.#dueAt = dueAt;
  }

  #after(at: number, hours: number): number {
    const last = this.#steps.at(-1)?.at ?? at;
    return Math.max(last + 1000, whole(this.#days.calendar.addWorkingHours(at, hours)));
  }

  /** A step so many working hours after acceptance. */
  step(status: number, offset: number): void {
    const at = this.#after(this.acceptedAt, offset + this.#pausedHours);
    this.#steps.push({ at, status, due: null });
  }

  /** A step that pauses the clock, and the step 4 that starts it again so many working hours later. */
  pause(status: number, offset: number, hours: number): void {
    this.step(status, offset);
    const { calendar } = this.#days;
    const pausedAt = this.#steps.at(-1)?.at ?? this.acceptedAt;
    const at = this.#after(pausedAt, hours);
    const pausedMs = calendar.workingMsBetween(pausedAt, at);
    this.#pausedHours += pausedMs / HOUR;
    this.#dueAt = calendar.addWorkingHours(this.#dueAt, pausedMs / HOUR);
    this.#steps.push({ at, status: 4, due: this.#statesDue ? this.#dueAt : null });
  }

  /** The end, hurried before the end of a month now and then, and mostly the hand-over; whether it comes late. */
  finish(offset: number, dice: Dice): boolean {
    const last = this.#steps.at(-1)?.at ?? this.acceptedAt;
    const planned = this.#after(this.acceptedAt, offset + this.#pausedHours);
    const { pullTo } = this.#days.get(this.#days.numberAt(planned));
    const pulled = pullTo - Math.floor(dice.next() * 10_000) * 1000;
    const isHurried = pullTo > 0 && planned <= this.#dueAt && pulled > last + HOUR && dice.isLucky(0.35);
    const doneAt = isHurried ? pulled : planned;
    this.#steps.push({ at: doneAt, status: 9, due: null });
    if (dice.isLucky(0.5)) this.#steps.push({ at: this.#after(doneAt, dice.wait(5)), status: 10, due: null });
    return doneAt > this.#dueAt;
  }
}
