/** Connected systems that are down, are not read any more, or whose certificate runs out: alerts of their own, by system. */
import type { Condition } from '../../shared/rule.ts';
import { certificateAt, type SystemState } from '../../shared/system.ts';
import { listLiving } from '../samples/plan.ts';
import { isWatched, readSystemPasts, type SystemPast } from '../samples/systems.ts';
import type { Judging } from './judge-work.ts';

const MINUTE_MS = 60_000;

/** What a rule of systems compares; null: nobody can say, so nothing is raised and nothing clears. */
const FIGURES: Readonly<Record<SystemState, number | null>> = { up: 0, silent: 1, down: 2, unknown: null };

/** The figure of a system at an instant, by the kinds of conditions that look at systems. */
const FIGURE_OF: Partial<Record<Condition['kind'], (past: SystemPast, at: number) => number | null>> = {
  system: ({ standing }) => FIGURES[standing.state],
  certificate: ({ readings }, at) => certificateAt(readings, at)?.daysLeft ?? null,
};

/** Whether it is time to look: once a minute, since silence comes by the clock alone. */
function isTime({ since, work, isAll }: Judging): boolean {
  return isAll || Math.floor(since / MINUTE_MS) !== Math.floor(work.tx.at / MINUTE_MS);
}

/** Steps the alerts of the systems of units that a rule of systems judges, as they stand at the instant of the commit. */
export async function stepSystems(judging: Judging): Promise<void> {
  const { plan, steps, work, tree, today } = judging;
  if (!isTime(judging)) return;
  const judgesOf = (unit: number) =>
    plan.judgesOf(unit).flatMap((judge) => {
      const find = FIGURE_OF[judge.rule.body.condition.kind];
      return find ? [{ judge, find }] : [];
    });
  const units = listLiving(tree, today).filter((unit) => judgesOf(unit).length > 0);
  const { at } = work.tx;
  const { zone, calendar } = work.site;
  const pasts = (await readSystemPasts(work.tx, { units, now: at, zone, calendar })).filter(isWatched);
  await steps.load(pasts.map(({ unit }) => unit));
  for (const past of pasts) {
    const { unit, key } = past;
    for (const { judge, find } of judgesOf(unit)) {
      const figure = find(past, at);
      const quality = figure === null ? 'missing' : 'fresh';
      const sample = { at, figure, count: null, cases: null, quality, told: null } as const;
      steps.step(judge, { unit, key }, { kind: 'sample', at, sample });
    }
  }
}
