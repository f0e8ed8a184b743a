/** Figures that sums do not answer: open dossiers by when they are due, and episodes of other rules. */
import { addDays, startOfDay } from '../../shared/period.ts';
import type { Condition, ConditionOf } from '../../shared/rule.ts';
import { addSpan } from '../rules/spans.ts';
import { countEpisodes } from '../store/episode-store.ts';
import { countDue } from '../store/subject-store.ts';
import type { Judging } from './judge-work.ts';

type Figures = (condition: Condition, unit: number) => number | null;

/** Counts of units, each added to all that stand above it today. */
function sumUp({ tree, today }: Judging, counts: ReadonlyMap<number, number>): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [unit, count] of counts)
    for (const above of tree.pathOn(tree.currentOf(unit, today), today))
      sums.set(above, (sums.get(above) ?? 0) + count);
  return sums;
}

async function readLeadTimes(judging: Judging, { within }: ConditionOf<'leadTime'>) {
  const { tx, site } = judging.work;
  const until = addSpan(tx.at, { amount: within, unit: 'workingHours' }, site.calendar);
  return sumUp(judging, await countDue(tx, { from: tx.at + 1, to: until + 1 }));
}

async function readRepeated({ work, today }: Judging, { rule, days }: ConditionOf<'repeated'>) {
  const since = startOfDay(addDays(today, 1 - days), work.site.zone);
  return countEpisodes(work.tx, { rule, since });
}

/** Figures of conditions that sums do not answer: a few queries for each condition, however many units. */
export async function readOtherFigures(
  judging: Judging,
  wanted: readonly { condition: Condition }[],
): Promise<Figures> {
  const known = new Map<string, ReadonlyMap<number, number>>();
  for (const { condition } of wanted) {
    const name = JSON.stringify(condition);
    if (known.has(name)) continue;
    if (condition.kind === 'leadTime') known.set(name, await readLeadTimes(judging, condition));
    if (condition.kind === 'repeated') known.set(name, await readRepeated(judging, condition));
  }
  return (condition, unit) => {
    const figures = known.get(JSON.stringify(condition));
    return figures ? (figures.get(unit) ?? 0) : null;
  };
}
