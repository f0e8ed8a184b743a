/** What a viewer holds of the unit it follows, and of those it followed before. Law: nothing of one unit under another's name. */
import type { LiveState } from './fold.ts';

const KEPT_UNITS = 6;

/** The state of the unit followed now; what was held before is kept for the way back. */
export class Held {
  #ref: string;
  #state: LiveState | null = null;
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

  /** The number from which on to ask; null: for the whole. */
  get since(): number | null {
    return this.#isForgotten ? null : (this.#state?.seq ?? null);
  }

  /** The state of the unit followed is whole. */
  put(state: LiveState): void {
    this.#state = state;
    this.#isForgotten = false;
  }

  /** Follows another unit, from what was held of it before. */
  turn(ref: string): void {
    if (this.#state && !this.#isForgotten) this.#keep(this.#ref, this.#state);
    this.#ref = ref;
    this.#state = this.#kept.get(ref) ?? null;
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
    this.#kept.delete(this.#ref);
  }

  #keep(ref: string, state: LiveState): void {
    this.#kept.delete(ref);
    this.#kept.set(ref, state);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT_UNITS && oldest !== undefined) this.#kept.delete(oldest);
  }
}
