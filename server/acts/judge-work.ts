/** What one judgement works with: units, rules, feeds, and the alerts it steps. */
import { JUDGE_RULE } from '../../shared/alert-policy.ts';
import { type EffectiveRule, withoutOverrides } from '../../shared/effective.ts';
import { addDays, dayOf, hourOf, startOfDay } from '../../shared/period.ts';
import { JUDGE } from '../../shared/shipped-rules.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { type FeedPast, readFeedPasts } from '../samples/feeds.ts';
import type { SampleSource } from '../samples/lines.ts';
import { type Plan, planFor } from '../samples/plan.ts';
import type { RuleBook } from '../store/rule-book.ts';
import { Steps } from './judge-steps.ts';
import type { Work } from './work.ts';

/**
 * `since`: the instant up to which all was stepped before. `isAll`: a day, the units or the rules are new, so everything
 * is looked at; `isHourly`: an hour is. `stockFrom`: the day from which on the past is stepped too, after a pause in which one was
 * brought in: so that each alert is as old as what it tells of; null without one.
 */
export type Judging = {
  work: Work;
  source: SampleSource;
  tree: UnitTree;
  book: RuleBook;
  pasts: readonly FeedPast[];
  plan: Plan;
  steps: Steps;
  since: number;
  today: string;
  isAll: boolean;
  isHourly: boolean;
  stockFrom: string | null;
};

/** How many days back the first judgement after a pause looks. */
const STOCK_DAYS = 30;

/** The rule by which an alert is stepped today; undefined: by none. */
export function judgeOf({ plan }: Judging, rule: string, unit: number): EffectiveRule | undefined {
  return rule === JUDGE_RULE ? withoutOverrides(JUDGE) : plan.findJudge(rule, unit);
}

/** Opens a judgement at the instant of the commit. That of a store that was never judged begins with the day. */
export async function openJudging(work: Work): Promise<Judging> {
  const { tx, site, trees, rules } = work;
  const { zone, calendar } = site;
  const tree = await trees.load(tx, tx.unitSeq);
  const book = await rules.load(tx, tx.rulesSeq);
  const today = dayOf(tx.at, zone);
  const isFirst = tx.judgedTo === 0;
  const since = isFirst ? startOfDay(today, zone) : tx.judgedTo;
  const isNew = tx.unitSeq > tx.judgedSeq || tx.rulesSeq > tx.judgedSeq;
  const wasPaused = tx.pausedUntil !== 0;
  const isAll = isFirst || isNew || wasPaused || dayOf(since, zone) !== today;
  return {
    ...{ work, tree, book, since, today, isAll },
    source: { reader: tx, tree, site },
    pasts: await readFeedPasts(tx, { calendar, since }),
    plan: planFor(book, tree, today),
    steps: new Steps(work),
    stockFrom: wasPaused ? addDays(today, -STOCK_DAYS) : null,
    isHourly: isAll || hourOf(since, zone) !== hourOf(tx.at, zone),
  };
}
