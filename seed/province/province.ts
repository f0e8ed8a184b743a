/**
 * The make-believe province: what its one-stop shops would have told, from January 2024 on, the same each time.
 * Hides the units' shapes and each dossier's life. Law: a dossier depends on the seed, its unit and its day alone.
 */
import { startOfDay } from '../../shared/period.ts';
import { REFORM_DAY } from '../gazetteer/gazetteer.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { type Day, Days } from './days.ts';
import { createFilings, SAMPLING } from './filings.ts';
import { listPlaces, type Place } from './places.ts';
import { type Dossier, LONGEST_LIFE_DAYS } from './plan.ts';
import { listToldSteps, type Told, tellStep } from './tell.ts';
import { firstWaveDay, plantTrouble, type Trouble } from './trouble.ts';

/** The first day anything happens. */
export const FIRST_DAY = '2024-01-01';

/** Enough for the lists of what is open and what just happened; sums are the same either way. */
export const DETAILED_DAYS = 21;

/**
 * `anchor` (epoch ms): the instant the planted trouble is reckoned from. `sampling`: real dossiers to one of these.
 * `detailedDays`: what ended longer before the anchor is told in brief.
 */
export type ProvinceOptions = { anchor: number; seed?: number; sampling?: number; detailedDays?: number };

/** The province. */
export type Province = {
  days: Days;
  catalogue: Catalogue;
  troubles: readonly Trouble[];
  /** The units that resolve dossiers since the merger. */
  places: readonly Place[];
  /**
   * What is told of `[from, to)` (epoch ms) in order of time, drawn as it is asked for; `to` may be Infinity. Any cut
   * gives the same sequence. Beginning costs the drawing of the 150 days before.
   */
  eventsBetween: (from: number, to: number) => Generator<Told, void, undefined>;
  /** Every place that ever resolved dossiers: those before the merger, then those since. */
  offices: readonly Place[];
  /** What is told of an office's dossiers before `to` (epoch ms), one dossier after the other: its past, handed over. */
  pastOf: (office: Place, to: number) => Generator<Told, void, undefined>;
  /** From when to when (epoch ms) an office files what it hands over of its past before `to`. */
  spanOf: (office: Place, to: number) => { from: number; to: number };
};

/** The province of a seed and an anchor; reads the gazetteer. */
export function createProvince({
  anchor,
  seed = 2026,
  sampling = SAMPLING,
  detailedDays = DETAILED_DAYS,
}: ProvinceOptions): Province {
  const days = new Days();
  const catalogue = readCatalogue(days.zone);
  const troubles = plantTrouble(anchor, days);
  const { old, young } = listPlaces(catalogue, troubles);
  const communes = young.filter(({ tier }) => tier === 'commune');
  const firstWave = firstWaveDay(anchor, days);
  const drawFilings = createFilings({ days, seed, sampling, communes, catalogue, firstWave });
  const moment = { mergedAt: startOfDay(REFORM_DAY, days.zone), zone: days.zone };
  const silentFrom = troubles.find(({ kind }) => kind === 'silence')?.since ?? Number.POSITIVE_INFINITY;
  const briefBefore = anchor - detailedDays * 86_400_000;
  const firstNumber = days.numberAt(startOfDay(FIRST_DAY, days.zone));

  const fileDay = (day: Day, agenda: Agenda) => {
    for (const place of day.startsAt < moment.mergedAt ? old : young) {
      for (const dossier of drawFilings(place, day)) agenda.add(dossier);
    }
  };

  function* eventsBetween(from: number, to: number): Generator<Told, void, undefined> {
    const agenda = new Agenda({ days, from, to, silentFrom, briefBefore });
    let day = days.get(Math.max(firstNumber, days.numberAt(from) - LONGEST_LIFE_DAYS));
    for (; day.startsAt < to; day = days.get(day.number + 1)) {
      fileDay(day, agenda);
      for (const { dossier, index } of agenda.take(day.number)) yield tellStep(dossier, index, moment);
    }
  }

  const spanOf = ({ isOld }: Place, to: number) =>
    isOld
      ? { from: days.get(firstNumber).startsAt, to: Math.min(to, moment.mergedAt) }
      : { from: moment.mergedAt, to };

  function* pastOf(office: Place, to: number): Generator<Told, void, undefined> {
    const span = spanOf(office, to);
    let day = days.get(days.numberAt(span.from));
    for (; day.startsAt < span.to; day = days.get(day.number + 1)) {
      for (const dossier of drawFilings(office, day)) {
        for (const index of listTold(dossier, { to, silentFrom, briefBefore }))
          yield tellStep(dossier, index, moment);
      }
    }
  }
  return {
    days,
    catalogue,
    troubles,
    places: young,
    eventsBetween,
    offices: [...old, ...young],
    pastOf,
    spanOf,
  };
}

type Due = { dossier: Dossier; index: number; at: number };
type Window = { days: Days; from: number } & Until;
/** Up to when steps are told, a silent office's, and which ended dossiers are told in brief (epoch ms). */
type Until = { to: number; silentFrom: number; briefBefore: number };

/** Which steps of a dossier are told before the window's end: an office whose feed fell silent tells nothing since. */
function listTold(dossier: Dossier, { to, silentFrom, briefBefore }: Until): number[] {
  const until = dossier.resolver.trouble?.kind === 'silence' ? Math.min(to, silentFrom) : to;
  const { steps } = dossier;
  return listToldSteps(steps, briefBefore).filter((index) => (steps[index]?.at ?? until) < until);
}

/** The steps that lie ahead, by day; holds no more than the lives of open dossiers. */
class Agenda {
  readonly #window: Window;
  readonly #days = new Map<number, Due[]>();

  constructor(window: Window) {
    this.#window = window;
  }

  /** Notes the steps of a dossier that lie in the window and are told. */
  add(dossier: Dossier): void {
    const { days, from } = this.#window;
    for (const index of listTold(dossier, this.#window)) {
      const { at = 0 } = dossier.steps[index] ?? {};
      if (at < from) continue;
      const number = days.numberAt(at);
      const list = this.#days.get(number);
      if (list) list.push({ dossier, index, at });
      else this.#days.set(number, [{ dossier, index, at }]);
    }
  }

  /** The steps of a day in order, forgotten with this. */
  take(number: number): Due[] {
    const list = this.#days.get(number) ?? [];
    this.#days.delete(number);
    return list.sort(compareDues);
  }
}

function compareDues(a: Due, b: Due): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.dossier.code !== b.dossier.code) return a.dossier.code < b.dossier.code ? -1 : 1;
  return a.index - b.index;
}
