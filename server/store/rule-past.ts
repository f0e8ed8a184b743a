/** Which rules were in force at any instant. Law: what judged, what colours the past and what says so ask here. */
import { obtain } from '../../shared/obtain.ts';
import { indicatorOf, type RuleVersion } from '../../shared/rule.ts';
import type { RuleBook } from './rule-book.ts';

/** A version that judged from an instant on, until another (exclusive). `from` null: since ever; `to` null: it still does. */
export type DatedVersion = { rule: RuleVersion; from: number | null; to: number | null };

type Known = { turns: readonly number[]; books: Map<number, RuleBook> };

const known = new WeakMap<RuleBook, Known>();

/** Instants at which rules became others, in order. */
function obtainKnown(book: RuleBook): Known {
  let own = known.get(book);
  if (!own) {
    const turns = new Set(book.past.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()));
    own = { turns: [...turns].sort((a, b) => a - b), books: new Map() };
    known.set(book, own);
  }
  return own;
}

/** The first instant after another at which rules became others; undefined: they are what they were. */
export function findTurn(book: RuleBook, after: number): number | undefined {
  return obtainKnown(book).turns.find((turn) => turn > after);
}

/**
 * The rules as they were in force at an instant, and the overrides, which bear their days themselves. The same object for the
 * same stretch of time; the book itself for the present one.
 */
export function bookAt(book: RuleBook, at: number): RuleBook {
  const { turns, books } = obtainKnown(book);
  const stretch = turns.findLastIndex((turn) => turn <= at);
  if (stretch === turns.length - 1) return book;
  return obtain(books, stretch, () => {
    const held = book.past.filter(
      ({ from, to }) => (from === null || from <= at) && (to === null || at < to),
    );
    return { ...book, rules: new Map(held.map(({ rule }) => [rule.id, rule])) };
  });
}

/**
 * The first version of each rule that began after an instant, about an indicator that no rule had been about by then: what
 * stands in where nothing is known of so long ago.
 */
export function listFirst({ past }: RuleBook, at: number): RuleVersion[] {
  const isAhead = ({ from }: DatedVersion) => from !== null && from > at;
  const begun = past.filter((one) => !isAhead(one)).map(({ rule }) => rule);
  const [ids, indicators] = [
    new Set(begun.map(({ id }) => id)),
    new Set(begun.map(({ body }) => indicatorOf(body.condition))),
  ];
  const ahead = past.filter((one) => isAhead(one) && !ids.has(one.rule.id));
  const firsts = [...Map.groupBy(ahead, ({ rule }) => rule.id).values()].map(
    (own) => own.toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0))[0],
  );
  return firsts.flatMap((first) =>
    first && !indicators.has(indicatorOf(first.rule.body.condition)) ? first.rule : [],
  );
}
