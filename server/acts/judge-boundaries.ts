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
import { fineFrom } from './differences.ts';
import type { Judging } from './judge-work.ts';

const HOUR_MS = 3_600_000;
/** So much of the past is stepped in one judgement; the rest follows in the next. */
const MOST_MS = { hour: 48 * HOUR_MS, day: 62 * 24 * HOUR_MS };

type Cadence = Exclude<RuleBody['cadence'], 'change'>;

/** Which of hours and days end after `since`, up to and on an instant. */
function listEnding({ book, since, work }: Judging, upTo: number): Cadence[] {
  const { zone } = work.site;
  const used = new Set([...book.rules.values()].map(({ body }) => body.cadence));
  return (['hour', 'day'] as const).filter((cadence) => {
    const of = cadence === 'hour' ? hourOf : dayOf;
    return used.has(cadence) && of(since, zone) !== of(upTo, zone);
  });
}

/** The instant up to which this judgement steps hours and days: the commit's, or an earlier end of a day. */
function findLimit(judging: Judging): number {
  const { since, work } = judging;
  const { at } = work.tx;
  const [finest] = listEnding(judging, at);
  if (!finest || at - since <= MOST_MS[finest]) return at;
  return startOfDay(dayOf(since + MOST_MS[finest], work.site.zone), work.site.zone);
}

/** Rules of hours and days by unit, of every day between two instants. */
function listWishes(judging: Judging, { cadences, upTo }: { cadences: readonly Cadence[]; upTo: number }) {
  const { book, tree, since, work } = judging;
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

/** Steps alerts at the ends of hours and days since the last judgement; gives the instant up to which all is stepped. */
export async function stepBoundaries(judging: Judging): Promise<number> {
  const { source, work, steps, book, tree, since } = judging;
  const upTo = findLimit(judging);
  const cadences = listEnding(judging, upTo);
  if (cadences.length === 0) return upTo;
  const { wishes, days } = listWishes(judging, { cadences, upTo });
  await steps.load(wishes.keys());
  const qualities = createQualities(judging);
  const fine = fineFrom(work.tx.at, work.site.zone);
  for await (const found of readUnitLines(source, wishes, { ...days, fine, mode: 'asKnown' })) {
    const { rule, unit, line, axis } = found;
    for (const slot of listSlots(found, { since, upTo })) {
      const judge: EffectiveRule | undefined = planFor(book, tree, axis.days[slot] ?? '').findJudge(
        rule.id,
        unit,
      );
      if (!judge || slot < line.lives[0] || slot >= line.lives[1]) continue;
      const at = axis.ends[slot] ?? 0;
      const sample = judgedQuality(readSample(line, { slot, at }), qualities(axis, slot)(unit));
      steps.step(judge, { unit, key: '' }, { kind: 'sample', at, sample });
    }
  }
  return upTo;
}
