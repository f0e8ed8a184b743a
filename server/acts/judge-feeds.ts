/** Feeds that fall silent: alerts of their own, and the alerts of their units that stand still meanwhile. */
import { isExpected } from '../../shared/lateness.ts';
import { dayOf } from '../../shared/period.ts';
import { createQuality, type FeedPast, listTurns, speechAt } from '../samples/feeds.ts';
import { hasTurned } from './judge-changes.ts';
import type { Judging } from './judge-work.ts';

const FIGURES = { fresh: 0, late: 1, missing: 2 } as const;

/** The unit that a feed belongs to by now. */
function homeOf({ tree, today }: Judging, { feed }: FeedPast): number | null {
  return tree.units.has(feed.unit) ? tree.currentOf(feed.unit, today) : null;
}

/** Steps the alerts of feeds at each instant at which one turned late or missing, or spoke again. */
export async function stepSilences(judging: Judging): Promise<void> {
  const { pasts, plan, steps, since, isAll, work } = judging;
  const { at: now, judgedSeq } = work.tx;
  const homes = new Map(
    pasts.filter(({ feed }) => isExpected(feed)).map((past) => [past, homeOf(judging, past)]),
  );
  const turned = [...homes].flatMap(([past, unit]) => {
    const turns = listTurns(past, { after: since, upTo: now });
    const instants = isAll || past.feed.seq > judgedSeq ? [...turns, now] : turns;
    return unit === null || instants.length === 0 ? [] : [{ past, unit, instants }];
  });
  await steps.load(turned.map(({ unit }) => unit));
  for (const { past, unit, instants } of turned) {
    const judges = plan.judgesOf(unit).filter(({ rule }) => rule.body.condition.kind === 'silence');
    for (const judge of judges) {
      for (const at of instants) {
        const figure = FIGURES[speechAt(past, at)];
        const sample = { at, figure, count: null, cases: null, quality: 'fresh', told: null } as const;
        steps.step(judge, { unit, key: past.feed.id }, { kind: 'sample', at, sample });
      }
    }
  }
}

/**
 * Lets the alerts of units stand still from the instant at which nobody told of them any more: what was due after it is not
 * to happen. Those of hours and days are seen to at their ends.
 */
export async function freezeMissing(judging: Judging): Promise<void> {
  const { pasts, since, work, steps, tree, plan } = judging;
  if (!hasTurned(judging)) return;
  const turns = pasts.flatMap((past) => listTurns(past, { after: since, upTo: work.tx.at }));
  await steps.loadAll();
  for (const at of [...new Set(turns)].sort((a, b) => a - b)) {
    const quality = createQuality(tree, pasts, { at, day: dayOf(at, work.site.zone) });
    for (const { rule, unit, key } of steps.rows) {
      const judge = key === '' ? plan.findJudge(rule, unit) : undefined;
      if (judge?.rule.body.cadence !== 'change' || quality(unit) !== 'missing') continue;
      const sample = { at, figure: null, count: null, cases: null, quality: 'missing', told: null } as const;
      steps.step(judge, { unit, key }, { kind: 'sample', at, sample });
    }
  }
}
