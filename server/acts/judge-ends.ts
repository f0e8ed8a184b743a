/** Alerts that end because their unit did, or that go on under another version of their rule. */
import { isDeepStrictEqual } from 'node:util';
import { OWN_RULES } from '../../shared/alert-policy.ts';
import { type EffectiveRule, withoutOverrides } from '../../shared/effective.ts';
import { hasEndedBy, startOfDay } from '../../shared/period.ts';
import type { RuleVersion } from '../../shared/rule.ts';
import { nameAlert, readEpisodes, type StoredAlert } from '../store/alert-store.ts';
import type { StoredEpisode } from '../store/episode-store.ts';
import { readRuleVersion } from '../store/rule-store.ts';
import { type Judging, judgeOf } from './judge-work.ts';

/** Up to which instant an alert may be stepped now: what hours and days have yet to judge waits for them. */
export function limitOf({ work }: Judging, judge: EffectiveRule, upTo: number): number {
  return judge.rule.body.cadence === 'change' ? work.tx.at : upTo;
}

/** The rule that an alert without a judge was judged by last; undefined where none is left, or it never was the judge's own. */
async function findLast(
  { work, book }: Judging,
  { rule }: StoredAlert,
  episode: StoredEpisode | undefined,
): Promise<EffectiveRule | undefined> {
  const stored = episode && (await readRuleVersion(work.tx, rule, episode.version));
  const version = stored ?? book.rules.get(rule);
  return version && withoutOverrides(version);
}

/** Whether a rule looks at the same as before: then its episodes go on. */
export const isSameRule = (a: RuleVersion, b: RuleVersion) =>
  a.body.direction === b.body.direction && isDeepStrictEqual(a.body.condition, b.body.condition);

/** An alert of a unit that ended by now: it ends with the unit, though that be late. */
async function endWithUnit(
  judging: Judging,
  { row, episode, upTo }: { row: StoredAlert; episode: StoredEpisode | undefined; upTo: number },
): Promise<void> {
  const { to } = judging.tree.get(row.unit);
  const last = await findLast(judging, row, episode);
  const at = startOfDay(to ?? judging.today, judging.work.site.zone);
  if (!last || at > limitOf(judging, last, upTo)) return;
  judging.steps.step(last, row, { kind: 'end', at, reason: 'unitClosed' });
}

/** An alert whose episode another version of its rule judged: it goes on with a line that says so, or ends where the rule is another. */
async function changeRule(
  judging: Judging,
  judge: EffectiveRule,
  { row, episode, upTo }: { row: StoredAlert; episode: StoredEpisode; upTo: number },
): Promise<void> {
  const { steps, work } = judging;
  // As its rule became another in the past that was stepped now.
  if (steps.hasEnded(row)) return;
  const before = await readRuleVersion(work.tx, row.rule, episode.version);
  if (before && !isSameRule(before, judge.rule))
    return steps.step(judge, row, { kind: 'end', at: work.tx.at, reason: 'ruleChanged' });
  steps.step(judge, row, { kind: 'time', at: limitOf(judging, judge, upTo) });
  const facts = { from: episode.version, to: judge.rule.version };
  steps.note(row.rule, row, { kind: 'ruleChanged', at: work.tx.at, facts });
}

async function review(
  judging: Judging,
  { row, episode, upTo }: { row: StoredAlert; episode: StoredEpisode | undefined; upTo: number },
): Promise<void> {
  const { tree, today, plan, book, steps, work } = judging;
  if (!tree.units.has(row.unit)) return;
  if (hasEndedBy(tree.get(row.unit), today)) return endWithUnit(judging, { row, episode, upTo });
  const judge = plan.findJudge(row.rule, row.unit);
  if (judge && episode && episode.version !== judge.rule.version)
    return changeRule(judging, judge, { row, episode, upTo });
  if (judge) return;
  const last = await findLast(judging, row, episode);
  // Of another rule that judges the unit now, or of a scope that it has left.
  const reason = book.rules.get(row.rule)?.body.isEnabled ? 'ruleChanged' : 'ruleOff';
  const isEdited = work.tx.rulesSeq > work.tx.judgedSeq;
  const at = isEdited ? work.tx.at : startOfDay(today, work.site.zone);
  if (last && at <= limitOf(judging, last, upTo)) steps.step(last, row, { kind: 'end', at, reason });
}

/** Looks through all alerts where a day, the units or the rules are new: some end, others go on otherwise. */
export async function reviewAlerts(judging: Judging, upTo: number): Promise<void> {
  const { isAll, steps, work } = judging;
  if (!isAll) return;
  await steps.loadAll();
  const rows = [...steps.rows].filter(({ rule }) => !OWN_RULES.includes(rule));
  const open = rows.flatMap(({ episode }) => episode ?? []);
  const episodes = await readEpisodes(work.tx, open);
  for (const row of rows)
    await review(judging, {
      row,
      episode: row.episode === null ? undefined : episodes.get(row.episode),
      upTo,
    });
}

/** Lets the clock step the alerts whose instant has come; gives their number. */
export async function stepDue(
  judging: Judging,
  { due, upTo }: { due: readonly StoredAlert[]; upTo: number },
): Promise<void> {
  const { steps } = judging;
  await steps.load(due.map(({ unit }) => unit));
  const names = new Set<string>();
  for (const { rule, unit, key } of [...due, ...steps.listDue(judging.work.tx.at)]) {
    const judge = judgeOf(judging, rule, unit);
    const name = nameAlert({ rule, unit, key });
    if (!judge || names.has(name)) continue;
    names.add(name);
    steps.step(judge, { unit, key }, { kind: 'time', at: limitOf(judging, judge, upTo) });
  }
}
