/** Rules of hours and days: every end of one since the last judgement, in order, by what was known then. */
import type { EffectiveRule } from '../../shared/effective.ts';
import { dayOf, hourOf, listPeriods, startOfDay } from '../../shared/period.ts';
import type { RuleBody, RuleVersion } from '../../shared/rule.ts';
import type { Axis } from '../rules/axis.ts';
import { readSample } from '../rules/sample.ts';
import { createQuality, judgedQuality, type QualityOf } from '../samples/feeds.ts';
import { isOfSums } from '../samples/lines.ts';
import { listLiving, planFor } from '../samples/plan.ts';
import { readUnitLines, type UnitLine } from '../samples/unit-lines.ts';
import type { RuleBook } from '../store/rule-book.ts';
import { bookAt, findTurn } from '../store/rule-past.ts';
import { fineFrom } from './differences.ts';
import { isSameRule } from './judge-ends.ts';
import type { Judging } from './judge-work.ts';

const HOUR_MS = 3_600_000;
/** So much of the past is stepped in one judgement; the rest follows in the next. */
const MOST_MS = { hour: 48 * HOUR_MS, day: 62 * 24 * HOUR_MS };

type Cadence = Exclude<RuleBody['cadence'], 'change'>;

/** A stretch of time in which no rule became another: after one instant, up to and on another. */
type Stretch = { book: RuleBook; before: RuleBook | null; since: number; upTo: number };

const knowsCadence = ({ rules }: RuleBook, cadence: Cadence) =>
  [...rules.values()].some(({ body }) => body.cadence === cadence);

/** Which of hours and days end in a stretch of time. */
function listEnding({ book, since, upTo }: Stretch, zone: string): Cadence[] {
  return (['hour', 'day'] as const).filter((cadence) => {
    const of = cadence === 'hour' ? hourOf : dayOf;
    return of(since, zone) !== of(upTo, zone) && knowsCadence(book, cadence);
  });
}

/** The instant up to which this judgement steps hours and days: the commit's, or an earlier end of a day. */
function findLimit({ since, work, book }: Judging): number {
  const { at } = work.tx;
  const { zone } = work.site;
  const stretches = listStretches(book, { since, upTo: at });
  const ending = stretches.flatMap((stretch) => listEnding(stretch, zone));
  const finest = ending.includes('hour') ? 'hour' : 'day';
  if (ending.length === 0 || at - since <= MOST_MS[finest]) return at;
  return startOfDay(dayOf(since + MOST_MS[finest], zone), zone);
}

/** Time cut at each instant at which rules became others: an end that falls on one is judged by those before. */
function listStretches(book: RuleBook, { since, upTo }: { since: number; upTo: number }): Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = since; from < upTo; ) {
    const to = Math.min(findTurn(book, from) ?? upTo, upTo);
    const before = stretches.at(-1)?.book ?? null;
    stretches.push({ book: bookAt(book, from), before, since: from, upTo: to });
    from = to;
  }
  return stretches;
}

/** Rules of hours and days by unit, of every day of a stretch. */
function listWishes({ tree, work }: Judging, { book, since, upTo }: Stretch, cadences: readonly Cadence[]) {
  const { zone } = work.site;
  const wishes = new Map<number, Set<RuleVersion>>();
  const days = { from: dayOf(since, zone), to: dayOf(upTo + 24 * HOUR_MS, zone) };
  for (const { key: day } of listPeriods(days, 'day')) {
    const plan = planFor(book, tree, day);
    for (const unit of listLiving(tree, day)) {
      for (const { rule } of plan.judgesOf(unit)) {
        if (!cadences.includes(rule.body.cadence as Cadence) || !isOfSums(rule.body.condition)) continue;
        wishes.set(unit, (wishes.get(unit) ?? new Set()).add(rule));
      }
    }
  }
  return { wishes, days };
}

/** The slots whose ends are judged. */
function listSlots({ axis, rule }: UnitLine, { since, upTo }: { since: number; upTo: number }): number[] {
  const isEnd = (slot: number) =>
    axis.grain === 'day' || rule.body.cadence === 'hour' || axis.days[slot + 1] !== axis.days[slot];
  const slots: number[] = [];
  for (let slot = axis.size - 1; slot >= 0; slot--) {
    const end = axis.ends[slot] ?? 0;
    if (end <= since) break;
    if (end <= upTo && isEnd(slot)) slots.push(slot);
  }
  return slots.reverse();
}

/** The quality of units' figures at each end of a slot, worked out once. */
function createQualities({ tree, pasts }: Judging): (axis: Axis, slot: number) => QualityOf {
  const known = new Map<number, QualityOf>();
  return (axis, slot) => {
    const at = axis.ends[slot] ?? 0;
    let quality = known.get(at);
    if (!quality) {
      quality = createQuality(tree, pasts, { at, day: axis.days[slot] ?? '' });
      known.set(at, quality);
    }
    return quality;
  };
}

/** Steps alerts at the ends of hours and days in a stretch, by the rules that were in force in it. */
async function stepStretch(
  judging: Judging,
  stretch: Stretch,
  qualities: ReturnType<typeof createQualities>,
): Promise<void> {
  const { source, work, steps, tree } = judging;
  const cadences = listEnding(stretch, work.site.zone);
  if (cadences.length === 0) return;
  const { wishes, days } = listWishes(judging, stretch, cadences);
  await steps.load(wishes.keys());
  const fine = fineFrom(work.tx.at, work.site.zone);
  for await (const found of readUnitLines(source, wishes, { ...days, fine, mode: 'asKnown' })) {
    const { rule, unit, line, axis } = found;
    const before = stretch.before?.rules.get(rule.id);
    const isAnother = before !== undefined && !isSameRule(before, rule);
    for (const [index, slot] of listSlots(found, stretch).entries()) {
      const plan = planFor(stretch.book, tree, axis.days[slot] ?? '');
      const judge: EffectiveRule | undefined = plan.findJudge(rule.id, unit);
      if (!judge || slot < line.lives[0] || slot >= line.lives[1]) continue;
      if (isAnother && index === 0)
        steps.step(judge, { unit, key: '' }, { kind: 'end', at: stretch.since, reason: 'ruleChanged' });
      const at = axis.ends[slot] ?? 0;
      const sample = judgedQuality(readSample(line, { slot, at }), qualities(axis, slot)(unit));
      steps.step(judge, { unit, key: '' }, { kind: 'sample', at, sample });
    }
  }
}

/**
 * Steps alerts at the ends of hours and days since the last judgement, each by the rules and overrides of that instant; gives
 * the instant up to which all is stepped.
 */
export async function stepBoundaries(judging: Judging): Promise<number> {
  const upTo = findLimit(judging);
  const qualities = createQualities(judging);
  for (const stretch of listStretches(judging.book, { since: judging.since, upTo }))
    await stepStretch(judging, stretch, qualities);
  return upTo;
}
