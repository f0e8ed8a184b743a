/** What a rule would have done: the live step over stored sums, for the units that whoever asks may see. Never tells anybody. */
import { addDays, countPeriods } from '../../shared/period.ts';
import type { PreviewAnswer, PreviewOrder } from '../../shared/preview.ts';
import { keyOfRule } from '../../shared/rivals.ts';
import type { RuleVersion } from '../../shared/rule.ts';
import { listActing } from '../acts/assignees.ts';
import { fineFrom } from '../acts/differences.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import { getScopedUnit, isAbove, isVisible } from '../people/scope.ts';
import { type Load, measureLoad } from '../rules/load.ts';
import { chooseUnits, type ReplayedEpisode, replay } from '../rules/replay.ts';
import { listStretches, type StretchOrder } from '../rules/stretches.ts';
import { suggestLines } from '../rules/suggest.ts';
import { loadRuleBook } from '../store/rule-book.ts';
import { giveWay, type LinesOrder, type PreviewLines, readPreviewLines } from './preview-lines.ts';
import { type Asked, type Grain, type Run, showPreview } from './preview-show.ts';

/** Days that one preview may cover. */
const MOST_DAYS = 400;
/** Units replayed in one go. */
const AT_ONCE = 16;

function refuse(field: string, reason: string): AppError {
  return new AppError('badInput', 'Such a preview cannot be made.', [{ field, reason }], {
    says: { code: 'previewRange' },
  });
}

/** At the ends of hours or days: as the rule is judged; one that each change is judged by, as finely as sums are kept. */
function findGrain(view: View, { body, from, to }: PreviewOrder): Grain {
  const { condition, cadence } = body;
  const keptSince = fineFrom(view.now, view.site.zone);
  const hasHours = from >= keptSince;
  const finest = hasHours ? 'hour' : 'day';
  const wanted = condition.kind === 'anomaly' ? condition.grain : cadence === 'change' ? finest : cadence;
  if (wanted === 'hour' && !hasHours) throw refuse('from', `hours are kept since ${keptSince}`);
  if (from >= to) throw refuse('to', 'is not after from');
  if (from > view.today) throw refuse('from', `lies after today, ${view.today}`);
  if (countPeriods({ from, to }, 'day') > MOST_DAYS)
    throw refuse('from', `covers more than ${MOST_DAYS} days`);
  return wanted;
}

async function open(view: View, order: PreviewOrder): Promise<Asked> {
  const book = await loadRuleBook(view.reader, view.clock.rulesSeq);
  const { unit } = order.body.scope;
  const saved = order.rule === null ? undefined : book.rules.get(order.rule);
  const isHidden = saved && saved.unit !== null && !isVisible(view, saved.unit) && !isAbove(view, saved.unit);
  if ((order.rule !== null && !saved) || isHidden)
    throw new AppError('notFound', `There is no rule ${order.rule}.`);
  const draft: RuleVersion = {
    ...{
      id: saved?.id ?? 'draft',
      version: (saved?.version ?? 0) + 1,
      body: { ...order.body, isEnabled: true },
    },
    unit: unit === null ? null : getScopedUnit(view, unit),
  };
  return { view, order, book, draft, saved, grain: findGrain(view, order) };
}

/** Whom a rule judged on which days; with the rules about the same that may have taken its place. */
function stretchOrder({ view, order, book }: Asked, rule: RuleVersion): StretchOrder {
  const { from, to } = order;
  const key = keyOfRule(rule);
  const others = [...book.rules.values()].filter((other) => other.id !== rule.id && keyOfRule(other) === key);
  const overrides = book.overrides.filter((override) => override.rule === rule.id);
  return { rules: [...others, rule], overrides, tree: view.tree, from, to };
}

/** Units that the draft or the saved rule judges on any day, and of these the ones that may be seen. */
function listUnits(asked: Asked, rules: readonly RuleVersion[]): { peers: number[]; units: number[] } {
  const { view, order } = asked;
  const orders = rules.map((rule) => ({ rule, stretches: stretchOrder(asked, rule) }));
  const peers = [...view.tree.units.values()]
    .filter(({ from, to }) => from < order.to && (to === null || to > order.from))
    .filter(({ id }) =>
      orders.some(({ rule, stretches }) =>
        listStretches(rule, id, stretches).some(({ effective }) => effective !== null),
      ),
    )
    .map(({ id }) => id);
  return { peers, units: peers.filter((unit) => isVisible(view, unit)) };
}

/** Runs a rule over samples, some units at a time. `scale`: of how many times as many units these are. */
async function runRule(
  asked: Asked,
  rule: RuleVersion,
  { read, scale }: { read: PreviewLines; scale: number },
): Promise<Run> {
  const { axis, lines, from, to } = read;
  const stretches = stretchOrder(asked, rule);
  const stretchesOf = (unit: number) => listStretches(rule, unit, stretches);
  const episodes: ReplayedEpisode[] = [];
  let evaluations = 0;
  for (let start = 0; start < lines.length; start += AT_ONCE) {
    const part = lines.slice(start, start + AT_ONCE);
    const run = replay({ axis, from, to, lines: part, stretchesOf });
    episodes.push(...run.episodes);
    evaluations += run.evaluations;
    await giveWay();
  }
  episodes.sort((a, b) => a.from - b.from || a.unit - b.unit);
  return { read, episodes, evaluations, load: measureLoad(episodes, { axis, from, to, scale }) };
}

/** Three lines for the least level, with the load each would bring. */
async function suggest(asked: Asked, { read, scale }: { read: PreviewLines; scale: number }) {
  const { axis, lines, from, to } = read;
  const tried: RuleVersion[] = [];
  const nothing = {
    evaluations: 0,
    episodes: [],
    load: measureLoad([], { axis, from, to: axis.size, scale }),
  };
  const { order } = asked;
  const suggestions = suggestLines({
    ...{ rule: asked.draft, lines, from, to },
    days: countPeriods({ from: order.from, to: order.to }, 'day'),
    run: (rule) => {
      tried.push(rule);
      return nothing;
    },
  });
  const loads: Load[] = [];
  for (const rule of tried) loads.push((await runRule(asked, rule, { read, scale })).load);
  return suggestions.map((one, index) => ({ ...one, load: loads[index] ?? one.load }));
}

/** Which units are replayed, over which days. */
type Extent = {
  units: number[];
  chosen: ReturnType<typeof chooseUnits>;
  drawn: number;
  lineOrder: LineOrder;
};
type LineOrder = Omit<LinesOrder, 'body'>;

function findExtent(asked: Asked, rules: readonly RuleVersion[]): Extent {
  const { view, order, grain } = asked;
  const { peers, units } = listUnits(asked, rules);
  const drawn = order.unit === undefined ? (units[0] ?? view.root) : getScopedUnit(view, order.unit);
  const tomorrow = addDays(view.today, 1);
  // A day that is not over is judged by its hours alone.
  const last = grain === 'day' ? view.today : tomorrow;
  const to = order.to < last ? order.to : last;
  const days = countPeriods({ from: order.from, to }, 'day');
  const chosen = chooseUnits(units, { slots: days * (grain === 'day' ? 1 : 24) });
  const wanted = new Set([...chosen.units, ...(units.includes(drawn) ? [drawn] : [])]);
  const { from, mode } = order;
  return { units, chosen, drawn, lineOrder: { units: [...wanted], peers, grain, from, to, mode } };
}

/** Runs a draft, the saved rule and suggestions over the same samples. `tookMs` is left to whoever has a clock. */
export async function readPreview(view: View, order: PreviewOrder): Promise<Omit<PreviewAnswer, 'tookMs'>> {
  const asked = await open(view, order);
  const { draft, saved } = asked;
  const { units, chosen, drawn, lineOrder } = findExtent(asked, saved ? [draft, saved] : [draft]);
  const scale = chosen.taken === 0 ? 1 : chosen.of / chosen.taken;
  const runOf = async (rule: RuleVersion): Promise<Run | null> => {
    const read = await readPreviewLines(view, { ...lineOrder, body: rule.body });
    return read && runRule(asked, rule, { read, scale });
  };
  const run = await runOf(draft);
  const savedRun = saved ? await runOf(saved) : null;
  const suggestions = run ? await suggest(asked, { read: run.read, scale }) : [];
  const operators = await listActing(
    view.reader,
    { unit: draft.unit ?? view.root, roles: ['operator'] },
    view,
  );
  const sampled = chosen.taken < chosen.of ? { taken: chosen.taken, of: chosen.of } : null;
  return showPreview(asked, {
    ...{ run, savedRun, suggestions, drawn, sampled, units: units.length, to: lineOrder.to },
    stretches: listStretches(draft, drawn, stretchOrder(asked, draft)),
    operators: Math.max(1, operators.length),
  });
}
