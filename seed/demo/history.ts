/** The history on its way into the store: the past office by office, then what happened since in order of time. */
import type { OpsEvent } from '../../shared/event.ts';
import type { Place } from '../province/places.ts';
import type { Told } from '../province/tell.ts';
import type { Sender } from './sender.ts';

/** The past of offices, handed over one office after the other, as when they join. */
export type OfficesToLoad = {
  offices: readonly Place[];
  /** How many offices are in the store already. */
  done: number;
  pastOf: (office: Place) => Iterable<Told>;
  /** From when to when (epoch ms) an office filed it. */
  spanOf: (office: Place) => { from: number; to: number };
  sender: Sender;
  /** Keeps how many offices are in the store. */
  save: (done: number) => Promise<void>;
  /** Hears of the part, 0..1, that has been sent: by how much each office has to tell, never less than before. */
  onProgress: (part: number) => void;
};

/** Offices between two points at which everything sent is known to be in the store. */
const CHECKPOINT_OFFICES = 40;

/** Told events between two reports of progress. */
const REPORT_EVENTS = 1000;

/** How much of all offices' past lies before an office and an instant of its own past, 0..1. */
function createMeasure({ offices, spanOf }: Pick<OfficesToLoad, 'offices' | 'spanOf'>) {
  const spans = offices.map((office) => ({ ...spanOf(office), perDay: office.perDay }));
  const begins = [0];
  for (const { from, to, perDay } of spans)
    begins.push((begins.at(-1) ?? 0) + Math.max(0, to - from) * perDay);
  const total = begins.at(-1) || 1;
  return (index: number, at: number): number => {
    const { from = 0, to = 0, perDay = 0 } = spans[index] ?? {};
    return ((begins[index] ?? total) + Math.max(0, Math.min(at, to) - from) * perDay) / total;
  };
}

/** Brings the past of every office that has not handed it over yet. */
export async function loadOffices(options: OfficesToLoad): Promise<void> {
  const { offices, done, pastOf, sender, save, onProgress } = options;
  const measure = createMeasure(options);
  let reached = 0;
  let count = 0;
  // Kept one after the other, while the next offices are on their way.
  let kept: Promise<void> = Promise.resolve();
  const report = (part: number) => {
    reached = Math.max(reached, part);
    onProgress(reached);
  };
  for (let index = done; index < offices.length; index++) {
    const office = offices[index];
    if (!office) continue;
    for (const told of pastOf(office)) {
      await sender.add(told);
      count += 1;
      if (count % REPORT_EVENTS === 0) report(measure(index, told.at));
    }
    report(measure(index + 1, 0));
    const isPoint = (index + 1) % CHECKPOINT_OFFICES === 0 || index + 1 === offices.length;
    if (!isPoint) continue;
    const { taken } = await sender.flush();
    kept = Promise.all([kept, taken]).then(() => save(index + 1));
    kept.catch(() => undefined);
  }
  await kept;
}

/** Events between two points at which everything is known to be in the store. */
const CHECKPOINT_EVENTS = 40_000;

/** `save` keeps the instant (epoch ms) up to which everything is in the store. */
export type HistoryOptions = {
  events: Generator<Told<OpsEvent>, void, undefined>;
  sender: Sender;
  save: (loadedUntil: number) => Promise<void>;
};

/** How far to go: up to `until` (epoch ms), not beyond `patienceMs`; `onProgress` hears of each instant reached. */
export type Stretch = { until: number; patienceMs?: number; onProgress?: (at: number) => void };

/** Loads a history stretch by stretch. */
export class History {
  readonly #options: HistoryOptions;
  #next: Told<OpsEvent> | undefined;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#next = options.events.next().value ?? undefined;
  }

  /** When the next event not yet sent happened or will happen; Infinity when there is none. */
  get nextAt(): number {
    return this.#next?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Sends what happened before `until`; false when patience ended first. What was sent is then in the store. */
  async load({ until, patienceMs = Number.POSITIVE_INFINITY, onProgress }: Stretch): Promise<boolean> {
    const { events, sender, save } = this.#options;
    const startedAt = performance.now();
    let sent = 0;
    for (let told = this.#next; told && told.at < until; told = this.#next) {
      await sender.add(told);
      this.#next = events.next().value ?? undefined;
      sent += 1;
      if (sent % 1000 === 0) onProgress?.(told.at);
      if (sent % CHECKPOINT_EVENTS !== 0 && performance.now() - startedAt < patienceMs) continue;
      await sender.finish();
      await save(told.at);
      if (performance.now() - startedAt >= patienceMs) return this.nextAt >= until;
    }
    if (sent === 0) return true;
    await sender.finish();
    await save(until);
    return true;
  }
}
