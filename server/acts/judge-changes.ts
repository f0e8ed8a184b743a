/** Rules that are judged at each change: units whose sums changed, and what hours and days alone change. */
import type { EffectiveRule } from '../../shared/effective.ts';
import { addDays } from '../../shared/period.ts';
import type { Condition, RuleVersion } from '../../shared/rule.ts';
import { livesOn } from '../../shared/unit.ts';
import { readSample } from '../rules/sample.ts';
import type { Sample } from '../rules/state.ts';
import { createQuality, judgedQuality, listTurns, type QualityOf } from '../samples/feeds.ts';
import { isOfSums } from '../samples/lines.ts';
import { listLiving } from '../samples/plan.ts';
import { readUnitLines, type UnitLine } from '../samples/unit-lines.ts';
import { readAlerts } from '../store/alert-store.ts';
import { readChangedUnits } from '../store/slot-store.ts';
import { fineFrom } from './differences.ts';
import { readOtherFigures } from './judge-others.ts';
import type { Judging } from './judge-work.ts';

/** Conditions whose figure an hour changes without any sum of the unit having changed. */
const HOURLY: ReadonlySet<Condition['kind']> = new Set(['outlier', 'leadTime', 'backlog', 'repeated']);

/** Conditions that are stepped by feed or by system, not by unit. */
const BY_SUBJECT: ReadonlySet<Condition['kind']> = new Set(['silence', 'system', 'certificate']);

/** Whether any feed was late, missing or spoke again since the last judgement. */
export function hasTurned({ pasts, since, work }: Judging): boolean {
  return pasts.some((past) => listTurns(past, { after: since, upTo: work.tx.at }).length > 0);
}

/** Units that have an alert: how far it can be trusted may have changed. */
async function listAlerted({ work, steps }: Judging): Promise<number[]> {
  const units = [...new Set((await readAlerts(work.tx)).map(({ unit }) => unit))];
  await steps.load(units);
  return units;
}

async function listTouched(judging: Judging): Promise<number[]> {
  const { tree, today, isAll, work } = judging;
  if (isAll) return listLiving(tree, today);
  const changed = await readChangedUnits(work.tx, work.tx.judgedSeq);
  const turned = hasTurned(judging) ? await listAlerted(judging) : [];
  return [...new Set([...changed, ...turned])].filter((unit) => livesOn(tree.get(unit), today));
}

const isOfChange = ({ rule: { body } }: EffectiveRule) =>
  body.cadence === 'change' && !BY_SUBJECT.has(body.condition.kind);

/** Which rules judge whom now: of units that were touched all but the hourly ones, of all units those when an hour is new. */
async function listWishes(judging: Judging): Promise<Map<number, EffectiveRule[]>> {
  const { plan, tree, today, isHourly, book } = judging;
  const wishes = new Map<number, EffectiveRule[]>();
  const add = (unit: number, judges: EffectiveRule[]) => {
    if (judges.length > 0) wishes.set(unit, [...(wishes.get(unit) ?? []), ...judges]);
  };
  const isHourlyRule = ({ rule }: EffectiveRule) => HOURLY.has(rule.body.condition.kind);
  for (const unit of await listTouched(judging))
    add(
      unit,
      plan.judgesOf(unit).filter((judge) => isOfChange(judge) && !isHourlyRule(judge)),
    );
  const hasHourly = [...book.rules.values()].some(({ body }) => HOURLY.has(body.condition.kind));
  if (!isHourly || !hasHourly) return wishes;
  for (const unit of listLiving(tree, today))
    add(
      unit,
      plan.judgesOf(unit).filter((judge) => isOfChange(judge) && isHourlyRule(judge)),
    );
  return wishes;
}

/** An instant for a sample: that of the commit, and always after the one before. */
export function instantFor({ steps, work }: Judging, rule: string, unit: number): number {
  const { sampledAt } = steps.stateOf(rule, { unit, key: '' });
  return sampledAt !== null && sampledAt >= work.tx.at ? sampledAt + 1 : work.tx.at;
}

function stepSample(
  judging: Judging,
  judge: EffectiveRule,
  { unit, quality, sampleAt }: { unit: number; quality: QualityOf; sampleAt: (at: number) => Sample },
): void {
  const at = instantFor(judging, judge.rule.id, unit);
  const sample = judgedQuality(sampleAt(at), quality(unit));
  judging.steps.step(judge, { unit, key: '' }, { kind: 'sample', at, sample });
}

/** The days of a line from one on and before the present one, in which its unit lived, as samples at their ends. */
function* listPast(
  { line, axis }: Pick<UnitLine, 'line' | 'axis'>,
  { from, slot }: { from: string; slot: number },
): Generator<Sample> {
  const first = axis.days.findIndex((day) => day >= from);
  for (let past = Math.max(first, line.lives[0]); past < slot; past++)
    yield readSample(line, { slot: past, at: axis.ends[past] ?? 0 });
}

/** Steps alerts of rules that are judged at each change. */
export async function stepChanges(judging: Judging): Promise<void> {
  const { source, steps, tree, pasts, today, plan, work, stockFrom } = judging;
  const wished = await listWishes(judging);
  if (wished.size === 0) return;
  await steps.load(wished.keys());
  const quality = createQuality(tree, pasts, { at: work.tx.at, day: today });
  const rulesOf = (judges: readonly EffectiveRule[]) => new Set(judges.map(({ rule }): RuleVersion => rule));
  const wishes = new Map([...wished].map(([unit, judges]) => [unit, rulesOf(judges)]));
  const fine = fineFrom(work.tx.at, work.site.zone);
  const order = { from: stockFrom ?? today, to: addDays(today, 1), fine, mode: 'asRevised' } as const;
  for await (const { rule, unit, line, axis } of readUnitLines(source, wishes, order)) {
    const judge = plan.findJudge(rule.id, unit);
    const slot = axis.ends.findIndex((end) => end > work.tx.at);
    if (!judge || slot < 0) continue;
    if (stockFrom !== null)
      for (const sample of listPast({ line, axis }, { from: stockFrom, slot }))
        steps.step(judge, { unit, key: '' }, { kind: 'sample', at: sample.at, sample });
    stepSample(judging, judge, { unit, quality, sampleAt: (at) => readSample(line, { slot, at }) });
  }
  const others = [...wished].flatMap(([unit, judges]) =>
    judges
      .filter(({ rule }) => !isOfSums(rule.body.condition))
      .map((judge) => ({ unit, judge, condition: judge.rule.body.condition })),
  );
  const figures = await readOtherFigures(judging, others);
  for (const { unit, judge, condition } of others) {
    const figure = figures(condition, unit);
    const sampleAt = (at: number): Sample => ({
      ...{ at, figure, count: null, cases: null, quality: 'fresh', told: null },
    });
    stepSample(judging, judge, { unit, quality, sampleAt });
  }
}
