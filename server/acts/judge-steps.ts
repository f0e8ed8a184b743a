/** The alerts that one judgement steps: each stepped in memory, however often, and written once at its end. */
import { POLICY } from '../../shared/alert-policy.ts';
import type { EffectiveRule } from '../../shared/effective.ts';
import { START } from '../rules/draft.ts';
import type { AlertEvent, AlertState } from '../rules/state.ts';
import { isWell, step } from '../rules/step.ts';
import { nameAlert, readAlerts, readAlertsOf, readEpisodes, type StoredAlert } from '../store/alert-store.ts';
import { readEndedEpisodes, type StoredEpisode } from '../store/episode-store.ts';
import { type JudgedEffect, type SteppedAlert, writeStepped } from '../store/write/alerts.ts';
import type { Work } from './work.ts';

/** Which alert: `key` is a feed's id where the rule is one of feeds, a system's key where it is one of systems, else empty. */
export type AlertName = { unit: number; key: string };

type Line = NonNullable<SteppedAlert['notes']>[number];

/** An alert as far as it has been stepped. */
type Pending = AlertName & {
  judge: EffectiveRule;
  row: StoredAlert | null;
  state: AlertState;
  nextAt: number | null;
  clearsAt: number | null;
  effects: JudgedEffect[];
  notes: Line[];
};

/** Alerts that are stepped together. `load` their rows first: an alert whose row was not looked for counts as well. */
export class Steps {
  readonly #work: Work;
  readonly #rows = new Map<string, StoredAlert>();
  readonly #loaded = new Set<number>();
  readonly #pending = new Map<string, Pending>();
  #isAll = false;
  /** How many samples have been judged. */
  samples = 0;

  constructor(work: Work) {
    this.#work = work;
  }

  /** Reads the alerts of units that have not been read yet. */
  async load(units: Iterable<number>): Promise<void> {
    if (this.#isAll) return;
    const missing = [...new Set(units)].filter((unit) => !this.#loaded.has(unit));
    for (const unit of missing) this.#loaded.add(unit);
    for (const [name, row] of await readAlertsOf(this.#work.tx, missing)) this.#rows.set(name, row);
  }

  /** Reads all alerts that have a row. */
  async loadAll(): Promise<void> {
    if (this.#isAll) return;
    this.#isAll = true;
    for (const row of await readAlerts(this.#work.tx)) {
      this.#rows.set(nameAlert(row), row);
      this.#loaded.add(row.unit);
    }
  }

  /** Alerts stepped here whose next instant has come. */
  listDue(now: number): (AlertName & { rule: string })[] {
    return [...this.#pending.values()].flatMap(({ unit, key, judge, nextAt }) =>
      nextAt !== null && nextAt <= now ? [{ unit, key, rule: judge.rule.id }] : [],
    );
  }

  /** The rows of alerts read so far. */
  get rows(): Iterable<StoredAlert> {
    return this.#rows.values();
  }

  /** Where an alert stands, as far as it has been stepped. */
  stateOf(rule: string, { unit, key }: AlertName): AlertState {
    const name = nameAlert({ rule, unit, key });
    return this.#pending.get(name)?.state ?? this.#rows.get(name)?.state ?? START;
  }

  /** Steps an alert by what happens to it. */
  step(judge: EffectiveRule, { unit, key }: AlertName, event: AlertEvent): void {
    const name = nameAlert({ rule: judge.rule.id, unit, key });
    const row = this.#rows.get(name) ?? null;
    const before = this.#pending.get(name);
    const context = { effective: judge, calendar: this.#work.site.calendar, policy: POLICY };
    const { effects, ...stands } = step(before?.state ?? row?.state ?? START, event, context);
    if (event.kind === 'sample') this.samples++;
    if (!before && !row && effects.length === 0 && isWell(stands.state, event.at)) return;
    const pending = before ?? { unit, key, judge, row, ...stands, effects: [], notes: [] };
    Object.assign(pending, { judge, ...stands });
    pending.effects.push(...effects.map((effect) => ({ ...effect, version: judge.rule.version })));
    this.#pending.set(name, pending);
  }

  /** Whether the episode that an alert had before is over by what was stepped here. */
  hasEnded({ rule, unit, key }: AlertName & { rule: string }): boolean {
    const effects = this.#pending.get(nameAlert({ rule, unit, key }))?.effects ?? [];
    return effects.some(({ kind }) => kind === 'closed');
  }

  /** Adds a line to the episode of an alert that is stepped too. */
  note(rule: string, { unit, key }: AlertName, line: Line): void {
    this.#pending.get(nameAlert({ rule, unit, key }))?.notes.push(line);
  }

  /** Episodes that end here because their unit did. */
  #listEnding(): { id: number; rule: string; unit: number }[] {
    return [...this.#pending.values()].flatMap(({ unit, judge, row, effects }) => {
      const isEnding = effects.some(({ reason }) => reason === 'unitClosed');
      return row?.episode && isEnding ? [{ id: row.episode, rule: judge.rule.id, unit }] : [];
    });
  }

  /** What an episode that opens for a unit goes on from: that of a unit it took over, of the same rule. */
  async #findPredecessors(opening: readonly Pending[], day: string): Promise<Map<Pending, number>> {
    const { tx, trees } = this.#work;
    const tree = await trees.load(tx, tx.unitSeq);
    const takenBy = (unit: number) =>
      tree.predecessorsOf(unit).flatMap(({ predecessor, on }) => (on <= day ? [predecessor] : []));
    const wanted = new Map(opening.map((one) => [one, takenBy(one.unit)]));
    const before = await readEndedEpisodes(tx, [...new Set([...wanted.values()].flat())]);
    const ended = [...before, ...this.#listEnding()];
    const found = new Map<Pending, number>();
    for (const [pending, units] of wanted) {
      const last = ended.findLast(({ unit, rule }) => rule === pending.judge.rule.id && units.includes(unit));
      if (last) found.set(pending, last.id);
    }
    return found;
  }

  /** Writes what the steps came to; gives the episodes that are new or changed. */
  async write(day: string): Promise<StoredEpisode[]> {
    const { tx } = this.#work;
    const all = [...this.#pending.values()];
    const open = all.flatMap(({ row }) => row?.episode ?? []);
    const episodes = await readEpisodes(tx, open);
    const opening = all.filter(({ effects }) => effects.some(({ kind }) => kind === 'raised'));
    const predecessors = await this.#findPredecessors(opening, day);
    return writeStepped(
      tx,
      all.map((pending): SteppedAlert => {
        const { unit, key, judge, row, state, nextAt, clearsAt, effects, notes } = pending;
        const episode = row?.episode ? (episodes.get(row.episode) ?? null) : null;
        return {
          ...{ rule: judge.rule.id, unit, key, version: judge.rule.version, before: row?.state ?? null },
          ...{ episode, stepped: { state, effects, nextAt, clearsAt }, said: null, notes },
          predecessor: predecessors.get(pending) ?? null,
        };
      }),
    );
  }
}
