/** Figures that sums do not answer: open dossiers by when they are due, and episodes of other rules. */
import { obtain } from '../../shared/obtain.ts';
import { addDays, startOfDay } from '../../shared/period.ts';
import type { Condition, ConditionOf } from '../../shared/rule.ts';
import { createAxis } from '../rules/axis.ts';
import { countDueDays, type DueDays, forecastOverdue, throughputAt } from '../rules/forecast.ts';
import { addSpan } from '../rules/spans.ts';
import { listSlots, readSumSeries } from '../samples/sums.ts';
import { countEpisodes } from '../store/episode-store.ts';
import { countDue, readDueTimes } from '../store/subject-store.ts';
import { fineFrom } from './differences.ts';
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

/** Open dossiers by the working day they are due on, each unit's with all below it. */
async function readDueDays(judging: Judging, days: number): Promise<Map<number, DueDays>> {
  const { tree, today, work } = judging;
  const { tx, site } = work;
  const until = addSpan(tx.at, { amount: days + 1, unit: 'workingDays' }, site.calendar);
  const sums = new Map<number, { overdue: number; due: number[] }>();
  for (const [unit, dueAts] of await readDueTimes(tx, until)) {
    const counted = countDueDays(dueAts, { now: tx.at, days, calendar: site.calendar });
    if (!counted) continue;
    for (const above of tree.pathOn(tree.currentOf(unit, today), today)) {
      const sum = obtain(sums, above, () => ({ overdue: 0, due: counted.due.map(() => 0) }));
      sum.overdue += counted.overdue;
      for (const [day, count] of counted.due.entries()) sum.due[day] = (sum.due[day] ?? 0) + count;
    }
  }
  return sums;
}

/** Days in which the working days lie that throughput is measured by, Tết included. */
const THROUGHPUT_SPAN = 45;

async function readBacklogs(
  judging: Judging,
  { days }: ConditionOf<'backlog'>,
): Promise<Map<number, number>> {
  const { source, today, work } = judging;
  const { calendar, zone } = work.site;
  const due = await readDueDays(judging, days);
  const order = {
    grain: 'day',
    from: addDays(today, -THROUGHPUT_SPAN),
    to: today,
    mode: 'asRevised',
  } as const;
  const ids = ['resolvedEarly', 'resolvedOnTime', 'resolvedLate'] as const;
  const asked = { ...order, units: [...due.keys()], ids, fine: fineFrom(work.tx.at, zone) };
  const series = await readSumSeries(source, asked);
  const axis = createAxis({ grain: 'day', starts: listSlots(order) }, calendar);
  return new Map(
    [...due].map(([unit, own]) => {
      const line = series.get(unit);
      const throughput = line ? throughputAt(line, { axis, slot: axis.size - 1 }) : null;
      return [unit, forecastOverdue(own, throughput ?? 0).at(-1) ?? 0];
    }),
  );
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
    if (condition.kind === 'backlog') known.set(name, await readBacklogs(judging, condition));
    if (condition.kind === 'repeated') known.set(name, await readRepeated(judging, condition));
  }
  return (condition, unit) => {
    const figures = known.get(JSON.stringify(condition));
    return figures ? (figures.get(unit) ?? 0) : null;
  };
}
