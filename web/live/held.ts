/** What a viewer holds of the unit it follows, and of those it followed before. Law: nothing of one unit under another's name. */
import type { UnitView } from '../../shared/answers.ts';
import type { LiveState } from './fold.ts';

const KEPT_UNITS = 6;

/**
 * What is known of a unit that is not held, from one that is: its name and its path, and, where that one is the unit above
 * it, `state`, which holds its figures of running periods too.
 */
export type Glimpse = { unit: UnitView; path: readonly UnitView[]; state: LiveState | null };

/** The first of some states that knows the unit says what is known of it. */
function findGlimpse(ref: string, states: readonly LiveState[]): Glimpse | null {
  for (const state of states) {
    const child = state.children.find((unit) => unit.ref === ref);
    if (child) return { unit: child, path: [...state.path, child], state };
  }
  for (const { path } of states) {
    const at = path.findIndex((unit) => unit.ref === ref);
    const unit = path[at];
    if (unit) return { unit, path: path.slice(0, at + 1), state: null };
  }
  return null;
}

/** The state of the unit followed now; what was held before is kept for the way back. */
export class Held {
  #ref: string;
  #state: LiveState | null = null;
  #glimpse: Glimpse | null = null;
  #isForgotten = false;
  readonly #kept = new Map<string, LiveState>();

  constructor(ref: string) {
    this.#ref = ref;
  }

  get ref(): string {
    return this.#ref;
  }

  /** What may be shown; null until a snapshot came. */
  get state(): LiveState | null {
    return this.#state;
  }

  /** What may be shown while there is no state. */
  get glimpse(): Glimpse | null {
    return this.#glimpse;
  }

  /** The number from which on to ask; null: for the whole. */
  get since(): number | null {
    return this.#isForgotten ? null : (this.#state?.seq ?? null);
  }

  /** The state of the unit followed is whole. */
  put(state: LiveState): void {
    this.#state = state;
    this.#glimpse = null;
    this.#isForgotten = false;
  }

  /** Follows another unit, from what was held of it before. */
  turn(ref: string): void {
    const before = this.#state;
    if (before && !this.#isForgotten) this.#keep(this.#ref, before);
    this.#ref = ref;
    this.#state = this.#kept.get(ref) ?? null;
    const known = [...(before ? [before] : []), ...[...this.#kept.values()].reverse()];
    this.#glimpse = this.#state ? null : findGlimpse(ref, known);
    this.#isForgotten = false;
  }

  /** Nothing held can be resumed from; what is shown stays until there is something better. */
  forget(): void {
    this.#isForgotten = true;
    this.#kept.clear();
  }

  /** Nothing of the unit may be shown any longer. */
  drop(): void {
    this.#state = null;
    this.#glimpse = null;
    this.#kept.delete(this.#ref);
  }

  #keep(ref: string, state: LiveState): void {
    this.#kept.delete(ref);
    this.#kept.set(ref, state);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT_UNITS && oldest !== undefined) this.#kept.delete(oldest);
  }
}
